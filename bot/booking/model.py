"""The words of booking, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import FrozenSet, Optional, Tuple

from bot.booking.states import BOOKED

GRANULE = timedelta(minutes=15)

SELF, CAREGIVER, PARENT = "self", "caregiver", "parent"
BOOKERS = (SELF, CAREGIVER, PARENT)
"""Who may book: the patient, or somebody for the patient."""

NEEDS = ("wheelchair", "transfer_help", "interpreter", "quiet_room", "companion")
"""What a patient may need on the day."""


@dataclass(frozen=True)
class OpenTime:
    """A time that can be booked with one clinician: [start, end), aware, in UTC."""

    start: datetime
    end: datetime
    clinician_id: str

    @property
    def id(self) -> str:
        """The name a button carries, e.g. "2026-03-03T18:00+00:00~alvarez"."""
        return f"{self.start.isoformat(timespec='minutes')}~{self.clinician_id}"

    @classmethod
    def from_id(cls, id: str, length: timedelta) -> OpenTime:
        """The time that `id` names, for a visit of this length.

        Raises:
            ValueError: not such a name.
        """
        instant, _, clinician_id = id.partition("~")
        start = datetime.fromisoformat(instant)
        if not clinician_id or start.tzinfo is None:
            raise ValueError(id)
        return cls(start, start + length, clinician_id)


def start_of(time_id: str) -> datetime:
    """The instant that the id of a time names."""
    return datetime.fromisoformat(time_id.partition("~")[0])


@dataclass(frozen=True)
class TimeWish:
    """When somebody would like to come, on the clinic's own calendar; None leaves it open.

    `first_day` to `last_day` and `earliest` to `latest` (start of the visit) include both ends;
    `weekdays` are those that suit, Monday being 0.
    """

    first_day: Optional[date] = None
    last_day: Optional[date] = None
    earliest: Optional[time] = None
    latest: Optional[time] = None
    weekdays: FrozenSet[int] = frozenset(range(7))

    @property
    def is_open(self) -> bool:
        """Whether nothing at all was wished."""
        return self == TimeWish()

    def suits(self, local: datetime) -> bool:
        """Whether a start on the clinic's clock is within the wish."""
        in_days = (self.first_day or date.min) <= local.date() <= (self.last_day or date.max)
        in_days = in_days and local.weekday() in self.weekdays
        return in_days and (self.earliest or time.min) <= local.time() <= (self.latest or time.max)


@dataclass(frozen=True)
class Hold:
    """A time kept for one person until an instant (aware, UTC) while they make up their mind."""

    key: str
    visit_type_id: str
    time: OpenTime
    until: datetime


@dataclass(frozen=True)
class BookingRequest:
    """One person's wish for one time.

    `key` is the same whenever the same wish is sent again, and never used for another.

    Raises:
        ValueError: `booked_by` is none of BOOKERS, or a need is none of NEEDS.
    """

    key: str
    visit_type_id: str
    time_id: str
    visit_for: str
    patient_name: str
    contact: str
    booked_by: str = SELF
    needs: Tuple[str, ...] = ()
    reason: Optional[str] = None

    def __post_init__(self) -> None:
        if self.booked_by not in BOOKERS or not set(self.needs) <= set(NEEDS):
            raise ValueError("an unknown booker or need")


@dataclass(frozen=True)
class Appointment:
    """A visit that was agreed: [start, end), aware, in UTC.

    `changes` counts the moves and the cancellation since it was booked.
    """

    reference: str
    visit_type_id: str
    clinician_id: str
    start: datetime
    end: datetime
    visit_for: str
    patient_name: str
    contact: str
    status: str = BOOKED
    booked_by: str = SELF
    needs: Tuple[str, ...] = ()
    reason: Optional[str] = None
    room_id: Optional[str] = None
    changes: int = 0


@dataclass(frozen=True)
class WaitingRequest:
    """One person's wish for a time that is not there; `key` and the rest as in a BookingRequest.

    `conversation_id` is where the person can be told; `passed` are ids of times they were shown and did
    not want.
    """

    key: str
    visit_type_id: str
    wish: TimeWish
    visit_for: str
    patient_name: str
    contact: str
    booked_by: str = SELF
    needs: Tuple[str, ...] = ()
    conversation_id: Optional[str] = None
    passed: Tuple[str, ...] = ()


@dataclass(frozen=True)
class WaitingEntry:
    """A place on the waiting list; with an offer, the time that is held and until when (aware, UTC).

    `told` is whether the offer stands in the person's conversation; `passed` are ids of times that are
    offered no more.
    """

    reference: str
    visit_type_id: str
    wish: TimeWish
    visit_for: str
    patient_name: str
    contact: str
    booked_by: str
    needs: Tuple[str, ...]
    since: datetime
    status: str = "waiting"
    offers: int = 0
    offered_time_id: Optional[str] = None
    offered_until: Optional[datetime] = None
    conversation_id: Optional[str] = None
    told: bool = False
    passed: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One line of an appointment's history: who took it when from one state and start to another."""

    at: datetime
    by: str
    before: str
    after: str
    start: datetime


@dataclass(frozen=True)
class Proof:
    """What shows that somebody may see an appointment: its reference, and a thing only they know.

    `known` is the patient's last name, or the phone number or e-mail address given at booking.
    """

    reference: str
    known: str


@dataclass(frozen=True)
class Cancellation:
    """A cancelled appointment; `is_late` when the clinic's notice was not kept."""

    appointment: Appointment
    is_late: bool
