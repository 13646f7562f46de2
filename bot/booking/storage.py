"""What the desk asks of the database; `bot/store` gives it."""

from __future__ import annotations

from datetime import datetime
from typing import ContextManager, List, Optional, Protocol, Sequence, Tuple

from bot.booking.calendar import Busy
from bot.booking.model import Appointment, Step, WaitingEntry
from bot.booking.schedule import Schedule


class Appointments(Protocol):
    """The appointments, inside one unit of work."""

    def busy_between(self, start: datetime, end: datetime, now: datetime, but: Optional[str] = None) -> Busy:
        """What is taken in [start, end); holds that have run out, and the visit `but`, take nothing."""

    def with_key(self, key: str) -> Optional[Appointment]:
        """The appointment or hold that this request made."""

    def with_reference(self, reference: str) -> Optional[Appointment]:
        """The appointment or hold of this reference."""

    def coming(self, now: datetime) -> List[Appointment]:
        """Every visit that is agreed and yet to come."""

    def add(
        self,
        made: Appointment,
        blocked: Sequence[int],
        key: str,
        at: datetime,
        by: str,
        until: Optional[datetime] = None,
    ) -> None:
        """Take a time, for good or (`until`) as a hold.

        Raises:
            TimeTaken: somebody was faster.
            PatientBusy: the patient has another visit then.
        """

    def change(
        self, before: Appointment, after: Appointment, blocked: Sequence[int], key: str, at: datetime, by: str
    ) -> None:
        """Put an appointment into another state, or at another time, and write it into its history.

        Args:
            blocked: the granules it takes from now on; none frees its time.

        Raises:
            TimeTaken: somebody was faster.
            PatientBusy: the patient has another visit then.
        """

    def step_with_key(self, key: str) -> Optional[Step]:
        """The step that this request made, if it made one."""

    def history(self, reference: str) -> List[Step]:
        """Every step of an appointment, in order."""

    def drop_hold(self, key: str) -> None:
        """Free the time that this request holds; nothing, if it holds none."""

    def drop_holds_before(self, now: datetime) -> None:
        """Free the times whose holds have run out."""


class Schedules(Protocol):
    """The clinic's schedule."""

    def revision(self) -> int:
        """A number that rises with every change of the schedule."""

    def read(self) -> Schedule:
        """The schedule as it stands."""


class Tries(Protocol):
    """Wrong proofs."""

    def of(self, asker: str) -> Optional[Tuple[int, datetime]]:
        """How many wrong tries this asker made, and when the last; None for none."""

    def keep(self, asker: str, wrong: int, at: datetime) -> None:
        """Remember so many wrong tries."""


class Waiting(Protocol):
    """The waiting list."""

    def with_key(self, key: str) -> Optional[WaitingEntry]:
        """The entry that this request made."""

    def with_reference(self, reference: str) -> Optional[WaitingEntry]:
        """The entry of this reference."""

    def add(self, entry: WaitingEntry, key: str) -> None:
        """Keep a new entry."""

    def change(self, entry: WaitingEntry) -> None:
        """Keep the state and the offer of an entry."""

    def in_line(self, now: datetime, most_offers: int) -> List[WaitingEntry]:
        """Who waits and has no offer open, those offered least first, then the longest waiting.

        Left out is whoever had `most_offers` already.
        """

    def untold(self, now: datetime) -> List[WaitingEntry]:
        """Whose offer is open and not told, and has a conversation to be told in."""

    def everybody(self) -> List[WaitingEntry]:
        """Who waits or was offered a time, the longest waiting first."""


class BookingWork(Protocol):
    """One unit of work: only `commit` keeps its changes."""

    @property
    def appointments(self) -> Appointments:
        """The calendar's rows."""

    @property
    def schedules(self) -> Schedules:
        """Who works when."""

    @property
    def tries(self) -> Tries:
        """Wrong proofs."""

    @property
    def waiting(self) -> Waiting:
        """The waiting list."""

    def commit(self) -> None:
        """Keep every change."""


class BookingStore(Protocol):
    """Where units of work come from."""

    def reading(self) -> ContextManager[BookingWork]:
        """A unit of work that looks, and stands in nobody's way."""

    def writing(self) -> ContextManager[BookingWork]:
        """A unit of work that alone changes the calendar, from its first line to its end.

        Raises:
            CalendarBusy: the turn did not come in time.
        """
