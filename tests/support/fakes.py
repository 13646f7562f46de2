"""Stand-ins for the database, at the seam where the services meet it."""

from __future__ import annotations

from datetime import datetime
from typing import Dict, List, Optional, Set, Tuple

from bot.booking.calendar import Claim, granules
from bot.booking.model import Appointment
from bot.errors import TimeTaken


class MemoryAppointments:
    """Appointments in a list; `arriving_first` is booked by somebody else at the very last moment."""

    def __init__(self) -> None:
        self.kept: Dict[str, Appointment] = {}
        self.arriving_first: List[Tuple[str, Appointment]] = []

    def claims_between(self, start: datetime, end: datetime) -> Set[Claim]:
        wanted = set(granules(start, end))
        return {
            (one.clinician_id, granule)
            for one in self.kept.values()
            for granule in granules(one.start, one.end)
            if granule in wanted
        }

    def with_key(self, key: str) -> Optional[Appointment]:
        return self.kept.get(key)

    def add(self, appointment: Appointment, key: str, at: datetime) -> None:
        while self.arriving_first:
            other_key, other = self.arriving_first.pop()
            self.kept[other_key] = other
        wanted = {(appointment.clinician_id, one) for one in granules(appointment.start, appointment.end)}
        if key in self.kept or wanted & self.claims_between(appointment.start, appointment.end):
            raise TimeTaken(appointment.start.isoformat())
        self.kept[key] = appointment


class MemoryWork:
    """A unit of work over memory, entered again and again."""

    def __init__(self) -> None:
        self.appointments = MemoryAppointments()
        self.commits = 0

    def __enter__(self) -> MemoryWork:
        return self

    def __exit__(self, *exc_info: object) -> None:
        pass

    def commit(self) -> None:
        self.commits += 1
