"""What can go wrong, as one family.

HandrailError
├── SettingsError          a setting in the environment cannot be used
├── ContentError           a content file is wrong; names the file and the field
├── StartError             the assistant cannot start; says what to do about it
├── SealBroken             what is sealed in the database cannot be opened
├── BookingError
│   ├── TimeTaken          somebody was faster; nothing was changed
│   │   └── PatientBusy    the patient has another visit at that time
│   ├── CalendarBusy       no turn at the calendar came in time; nothing was changed
│   ├── UnknownVisitType   no visit type of the clinic has this id
│   ├── NotFound           no appointment goes with this proof
│   ├── TooManyTries       wrong proofs; says when to try again
│   └── CannotChange       the visit is over or cancelled
├── ChatError
│   ├── BadLink            the link to a file is forged or too old
│   ├── BadSession         the token is missing, forged or expired
│   ├── UnknownPayload     this conversation was never offered that button
│   ├── IdTaken            another message of this conversation has that id
│   ├── UnknownMessage     this conversation has no such message of the clinic
│   └── TurnLost           another worker took this turn over; what was done in it does not count
└── MessagingError
    ├── Unproven           the request does not come from the provider
    ├── SendFailed         a message could not be sent now, and may be tried again
    ├── SendRefused        the provider will never take this message
    └── PersonStopped      the provider knows that this person wants no messages
"""

from datetime import datetime
from typing import Optional


class HandrailError(Exception):
    """The root: catch this only at the edge of a process."""


class SettingsError(HandrailError):
    """A setting in the environment cannot be used."""


class ContentError(HandrailError):
    """A content file is wrong; the text names the file and the field."""


class StartError(HandrailError):
    """The assistant cannot start; the text says what to do about it."""


class SealBroken(HandrailError):
    """What is sealed in the database cannot be opened: its key is missing, or it was tampered with."""


class BookingError(HandrailError):
    """A visit could not be booked; nothing was changed."""


class TimeTaken(BookingError):
    """Somebody was faster with the same time."""


class PatientBusy(TimeTaken):
    """The patient has another visit at that time."""


class CalendarBusy(BookingError):
    """So many change the calendar, or one so slowly, that no turn came in time."""


class UnknownVisitType(BookingError):
    """The clinic has no visit type of this id."""


class NotFound(BookingError):
    """No appointment goes with this proof: the reference is unknown, or the rest does not fit it."""


class TooManyTries(BookingError):
    """Too many wrong proofs; the next one is read at `again_at` (aware, UTC)."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(again_at.isoformat())
        self.again_at = again_at


class CannotChange(BookingError):
    """The appointment is in no state to be changed like this: it is over or cancelled."""


class ChatError(HandrailError):
    """A client of the chat API asked for something it may not have."""


class BadLink(ChatError):
    """The link to a file is forged, or its time is over."""


class BadSession(ChatError):
    """The token is missing, forged or expired."""


class UnknownPayload(ChatError):
    """This conversation was never offered that button."""


class IdTaken(ChatError):
    """Another message of this conversation has that id."""


class UnknownMessage(ChatError):
    """This conversation has no such message of the clinic."""


class TurnLost(ChatError):
    """Another worker took this turn over; what was done in it does not count."""


class MessagingError(HandrailError):
    """Something went wrong between the assistant and a provider of messages."""


class Unproven(MessagingError):
    """The request does not come from the provider: its signature or secret is missing or wrong."""


class SendFailed(MessagingError):
    """A message could not be sent now; with `retry_after`, the provider says how many seconds to wait."""

    def __init__(self, code: str, retry_after: Optional[float] = None) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


class SendRefused(MessagingError):
    """The provider will never take this message; `code` is what it calls the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PersonStopped(MessagingError):
    """The provider knows that this person wants no messages."""


def describe(problem: BaseException) -> str:
    """The kind and place of a failure, for a log: never its text, which may hold somebody's words."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return f"{type(problem).__name__}{place}"
