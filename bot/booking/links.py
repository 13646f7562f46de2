"""Signed links to the calendar file of a visit."""

from __future__ import annotations

from datetime import timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from bot.booking.calendar_file import calendar_file
from bot.booking.desk import Desk
from bot.booking.model import Appointment
from bot.clock import Clock
from bot.errors import BadLink, NotFound

LIFE_AFTER_VISIT = timedelta(days=1)


class CalendarLinks:
    """Makes links that open until a day after the visit, and what lies behind them; stores nothing."""

    def __init__(self, secret: str, desk: Desk, clock: Clock) -> None:
        self._signer = URLSafeSerializer(secret, salt="calendar-file")
        self._desk = desk
        self._clock = clock

    def path(self, visit: Appointment) -> str:
        """Where the file of a visit lies on the clinic's page; whoever has the link can open it."""
        expires = int((visit.end + LIFE_AFTER_VISIT).timestamp())
        return f"/chat/appointments/{self._signer.dumps([visit.reference, expires])}.ics"

    def file(self, token: str) -> bytes:
        """The calendar file of the visit, as it stands now.

        Raises:
            BadLink: forged, its time is over, or the visit is not there any more.
        """
        try:
            reference, expires = self._signer.loads(token)
            if self._clock().timestamp() >= expires:
                raise BadLink()
            visit = self._desk.appointment(str(reference))
        except (BadSignature, ValueError, TypeError, NotFound) as problem:
            raise BadLink() from problem
        kind, clinician = self._desk.visit_type(visit.visit_type_id), self._desk.clinician(visit.clinician_id)
        return calendar_file(visit, kind, clinician.name, self._desk.profile, self._clock())
