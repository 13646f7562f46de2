"""What can go wrong, as one family.

HandrailError
├── SettingsError          a setting in the environment cannot be used
├── ContentError           a content file is wrong; names the file and the field
├── StartError             the assistant cannot start; says what to do about it
├── BookingError
│   ├── TimeTaken          somebody was faster; nothing was changed
│   └── UnknownVisitType   no visit type of the clinic has this id
└── ChatError
    ├── BadSession         the token is missing, forged or expired
    ├── UnknownPayload     this conversation was never offered that button
    └── TurnInProgress     the same message is being answered right now
"""


class HandrailError(Exception):
    """The root: catch this only at the edge of a process."""


class SettingsError(HandrailError):
    """A setting in the environment cannot be used."""


class ContentError(HandrailError):
    """A content file is wrong; the text names the file and the field."""


class StartError(HandrailError):
    """The assistant cannot start; the text says what to do about it."""


class BookingError(HandrailError):
    """A visit could not be booked; nothing was changed."""


class TimeTaken(BookingError):
    """Somebody was faster with the same time."""


class UnknownVisitType(BookingError):
    """The clinic has no visit type of this id."""


class ChatError(HandrailError):
    """A client of the chat API asked for something it may not have."""


class BadSession(ChatError):
    """The token is missing, forged or expired."""


class UnknownPayload(ChatError):
    """This conversation was never offered that button."""


class TurnInProgress(ChatError):
    """The same message is being answered right now."""


def describe(problem: BaseException) -> str:
    """The kind and place of a failure, for a log: never its text, which may hold somebody's words."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return f"{type(problem).__name__}{place}"
