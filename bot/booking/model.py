"""The words of booking, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Optional

GRANULE = timedelta(minutes=15)

BOOKED = "booked"
"""Status of a live appointment (FHIR R4 Appointment.status)."""


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


@dataclass(frozen=True)
class TimeWish:
    """When somebody would like to come, on the clinic's own calendar; None leaves it open.

    `first_day` to `last_day` and `earliest` to `latest` (start of the visit) include both ends.
    """

    first_day: Optional[date] = None
    last_day: Optional[date] = None
    earliest: Optional[time] = None
    latest: Optional[time] = None

    @property
    def is_open(self) -> bool:
        """Whether nothing at all was wished."""
        return self == TimeWish()


@dataclass(frozen=True)
class BookingRequest:
    """One person's wish for one time.

    `key` is the same whenever the same wish is sent again, and never used for another.
    """

    key: str
    visit_type_id: str
    time_id: str
    visit_for: str
    patient_name: str
    contact: str


@dataclass(frozen=True)
class Appointment:
    """A booked visit: [start, end), aware, in UTC."""

    reference: str
    visit_type_id: str
    clinician_id: str
    start: datetime
    end: datetime
    visit_for: str
    patient_name: str
    contact: str
    status: str = BOOKED
