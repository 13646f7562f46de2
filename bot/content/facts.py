"""The clinic's facts in words, section by section of its profile."""

from __future__ import annotations

from typing import Callable, Iterator, Optional
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, validator
from pydantic.validators import str_validator

from bot.content.yaml_files import Strict


class Sentence(str):
    """A fact that stands on its own: a capital letter comes first and a full stop last, as written or not."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[str], Sentence]]:
        yield cls.of

    @classmethod
    def of(cls, text: str) -> Sentence:
        """The text as a sentence."""
        words = str_validator(text).strip()
        return cls(words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else "."))


Words = Optional[str]
Statement = Optional[Sentence]


class Clinic(Strict):
    """Who the clinic is."""

    name: str
    state: Words
    timezone: str

    @validator("timezone")
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as problem:
            raise ValueError(f"no time zone is called {name!r}") from problem
        return name


class Contact(Strict):
    """How to reach the clinic; the phone is the one thing every answer may fall back on."""

    phone: str
    fax: Words
    email: Words
    form_url: Words
    callback_time: Words
    after_hours: Statement
    billing: Statement


class Location(Strict):
    """Where the clinic is."""

    address: Words
    directions: Statement
    map_url: Words
    parking: Statement
    accessible_parking: Statement
    transit: Statement


class Access(Strict):
    """Help with getting in, around and understood."""

    building: Statement
    equipment: Statement
    restroom: Statement
    interpreter: Statement
    languages: Words
    notice_days: Words
    how_to_ask: Statement


class Prices(Strict):
    """What a visit costs."""

    evaluation: Words
    session: Words
    home_visit: Words
    payment_methods: Words
    payment_plan: Statement
    sliding_scale: Statement


class Insurance(Strict):
    """Which plans the clinic bills."""

    accepted: Words
    medicare: Statement
    medicaid: Statement


class Policies(Strict):
    """The clinic's rules."""

    referral: Statement
    cancellation_notice: Optional[int]  # hours
    cancellation_how: Statement
    late_cancel_fee: Words
    no_show_fee: Words
    late_arrival_minutes: Words
    illness: Statement
    minors: Statement
    visitors: Statement
    same_therapist: Statement
    contact_with_others: Statement


class Services(Strict):
    """What the clinic does, and does not."""

    list: Words
    age_groups: Words
    conditions: Words
    hand_therapy: Statement
    driving: Statement
    work_rehab: Statement
    mental_health: Statement
    home_visits: Statement
    home_visit_area: Words
    telehealth: Statement
    telehealth_how: Statement
    pt: Statement
    not_offered: Words
    community_resources: Words


class Staff(Strict):
    """Who works there."""

    list: Words
    certifications: Statement


class Equipment(Strict):
    """Whether the clinic sells or lends equipment."""

    sales: Statement
    loan: Statement


class Privacy(Strict):
    """What the clinic keeps of a chat."""

    stored: Words
    who_sees: Statement
    retention_days: Optional[int] = Field(None, ge=1, le=3650)
    chat_is_record: Statement
    policy_url: Words
