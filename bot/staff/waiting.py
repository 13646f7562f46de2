"""The waiting list at the command line: who waits, and what they said on the phone."""

from __future__ import annotations

import argparse
from typing import Any

from bot.booking.model import WaitingEntry, start_of
from bot.booking.waiting import MOST_OFFERS, OFFERED
from bot.booking.wording import short_date, short_when, spoken_wish
from bot.bootstrap import Services
from bot.errors import NotFound, TimeTaken


def add_commands(commands: Any) -> None:
    """Add `waiting` and `answer-offer` to the parser's commands."""
    waiting = commands.add_parser("waiting", help="who waits for a time, the longest waiting first")
    waiting.set_defaults(run=show_waiting)
    answer = commands.add_parser("answer-offer", help="note what somebody on the waiting list said by phone")
    answer.add_argument("reference", help="of the place on the list, like K7QM-2XWP")
    answer.add_argument("said", choices=("take", "decline", "leave"))
    answer.set_defaults(run=answer_offer)


def show_waiting(services: Services, given: argparse.Namespace) -> None:
    """Print whom to reach, what they wait for and what they were offered; no wish whose days are over."""
    today = services.clock().astimezone(services.profile.zone).date()
    for one in services.waiting.everybody():
        if one.wish.last_day is None or one.wish.last_day >= today:
            since = short_date(one.since.astimezone(services.profile.zone).date())
            visit = services.desk.visit_type(one.visit_type_id).name
            print(f"{one.reference}  since {since}  {one.patient_name}, {one.contact}")
            print(f"           {visit}, {spoken_wish(one.wish)}: {_state(services, one)}")


def answer_offer(services: Services, given: argparse.Namespace) -> None:
    """Book the offered time, or free it for the next in line, and print what came of it."""
    try:
        if given.said == "take":
            visit = services.waiting.accept(given.reference)
            when = short_when(visit.start, services.profile.zone)
            print(f"Booked: {when}, reference {visit.reference}.")
        else:
            services.waiting.decline(given.reference, leaving=given.said == "leave")
            print("Noted.")
    except NotFound:
        print("Nobody waits under that reference.")
    except TimeTaken:
        print("Nothing is offered to them, or it is taken by now.")


def _state(services: Services, entry: WaitingEntry) -> str:
    if entry.offered_until is not None and entry.status == OFFERED and entry.offered_until > services.clock():
        moments = (start_of(str(entry.offered_time_id)), entry.offered_until)
        when, until = (short_when(at, services.profile.zone) for at in moments)
        where = "told in the chat" if entry.told else "NOT TOLD, please call"
        return f"offered {when}, kept until {until}, {where}"
    if entry.offers >= MOST_OFFERS:
        return f"took none of {entry.offers} offers, please call"
    return "waiting"
