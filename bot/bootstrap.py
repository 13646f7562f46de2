"""Puts the services together: the one place that knows which part gets which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from sqlalchemy.engine import Engine

from bot.booking.changing import Changing
from bot.booking.coming import ComingVisits
from bot.booking.desk import Desk
from bot.booking.intake import Intake
from bot.booking.links import CalendarLinks
from bot.booking.offering import Offering, read_offer
from bot.booking.waiting_desk import WaitingDesk
from bot.chat.conversations import Conversations
from bot.chat.questions import Questions
from bot.chat.retention import Retention
from bot.chat.sessions import Sessions
from bot.choosing.chooser import Chooser
from bot.clock import Clock, system_clock
from bot.content.activities import read_activities
from bot.content.choosing import read_table
from bot.content.equipment_words import read_equipment_words
from bot.content.guides import read_guides
from bot.content.library import read_titles
from bot.content.messaging import MessagingTexts, read_messaging_texts
from bot.content.pictures import read_alt_texts
from bot.content.profile import Profile, read_profile
from bot.guides.advisor import Advisor
from bot.guides.cards import Cards
from bot.guides.devices import Devices
from bot.guides.page import GuidePages
from bot.guides.talk import GuideTalk
from bot.safety.fall_check import FallCheck
from bot.safety.records import SafetyRecords
from bot.settings import Settings, read_settings
from bot.store.booking import StoredBooking
from bot.store.engine import make_engine
from bot.store.messaging.mail import StoredMail
from bot.store.sealing import Vault
from bot.store.work import UnitOfWork
from bot.understanding.named import read_named
from bot.understanding.offers import Offers


@dataclass(frozen=True)
class Services:
    """What the edges may call."""

    settings: Settings
    profile: Profile
    engine: Engine
    vault: Vault
    desk: Desk
    waiting: WaitingDesk
    offering: Offering
    intake: Intake
    calendar_links: CalendarLinks
    changing: Changing
    conversations: Conversations
    sessions: Sessions
    offers: Offers
    chooser: Chooser
    guides: GuideTalk
    advisor: Advisor
    devices: Devices
    guide_pages: GuidePages
    fall_check: FallCheck
    safety_records: SafetyRecords
    questions: Questions
    retention: Retention
    coming_visits: ComingVisits
    mail: StoredMail
    messaging_texts: MessagingTexts
    clock: Clock


def build_services(settings: Settings, clock: Clock = system_clock) -> Services:
    """All services over one database."""
    profile = read_profile(settings.profile_path)
    engine = make_engine(settings.database_url)
    vault = Vault(settings.data_secrets)
    booking, mail = StoredBooking(engine, vault), StoredMail(engine, vault)
    desk, waiting = Desk(profile, booking, clock), WaitingDesk(booking, clock)
    conversations = Conversations(lambda: UnitOfWork(engine, vault), clock)
    questions = Questions(lambda: UnitOfWork(engine, vault), clock)
    intake = Intake(desk, clock)
    guides, words, alt_texts = read_guides(), read_equipment_words(), read_alt_texts()
    cards, devices = Cards(guides, words, alt_texts), Devices(guides, words)
    return Services(
        settings=settings,
        profile=profile,
        engine=engine,
        vault=vault,
        desk=desk,
        waiting=waiting,
        offering=Offering(waiting, desk, conversations, read_offer(), clock),
        calendar_links=CalendarLinks(settings.secret, desk, clock),
        conversations=conversations,
        intake=intake,
        changing=Changing(desk, intake.times, clock),
        sessions=Sessions(settings.secret, timedelta(hours=settings.session_hours), clock),
        offers=Offers(read_titles()),
        chooser=Chooser(read_table(), read_named("condition")),
        guides=GuideTalk(guides, devices, cards),
        advisor=Advisor(read_activities(), guides),
        devices=devices,
        guide_pages=GuidePages(guides, words, alt_texts, profile),
        fall_check=FallCheck(),
        safety_records=SafetyRecords(lambda: UnitOfWork(engine, vault), clock),
        questions=questions,
        retention=Retention(
            conversations, questions, mail.forget_silent, profile.privacy.retention_days, clock
        ),
        coming_visits=ComingVisits(booking, clock),
        mail=mail,
        messaging_texts=read_messaging_texts(profile.fields()),
        clock=clock,
    )


@lru_cache(maxsize=1)
def bootstrap() -> Services:
    """The services of this process, built on first use from the environment."""
    return build_services(read_settings())
