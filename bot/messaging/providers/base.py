"""What every provider of messages can do."""

from __future__ import annotations

from typing import Protocol

from bot.messaging.outgoing import Outgoing

CONNECT_SECONDS, READ_SECONDS = 3.05, 10.0
"""How long a provider may take; what did not go out is tried again later."""


class Provider(Protocol):
    """Sends to people; each call may take seconds, and comes from a thread."""

    def send(self, address: str, message: Outgoing) -> str:
        """Send one message; what the provider calls it.

        Raises:
            SendFailed: not now; it may be tried again.
            SendRefused: the provider will never take it.
            PersonStopped: the person told the provider that they want no messages.
        """

    def invite(self, address: str) -> str:
        """Ask a person who was silent too long to write again, by an approved template; its id.

        Raises:
            SendRefused: there is no such template.
            SendFailed, PersonStopped: as above.
        """
