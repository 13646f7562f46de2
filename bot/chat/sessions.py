"""Signed session tokens: a token names one conversation, and nothing else does."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from bot.clock import Clock
from bot.errors import BadSession


@dataclass(frozen=True)
class Session:
    """A conversation, and the token that opens it until `expires_at` (aware, UTC)."""

    conversation_id: str
    token: str
    expires_at: datetime


class Sessions:
    """Makes and reads tokens; nothing about them is stored."""

    def __init__(self, secret: str, life: timedelta, clock: Clock) -> None:
        self._signer = URLSafeSerializer(secret, salt="chat-session")
        self._life = life
        self._clock = clock

    def open(self) -> Session:
        """A new conversation; its id has 128 random bits."""
        conversation_id = secrets.token_urlsafe(16)
        expires_at = (self._clock() + self._life).replace(microsecond=0)
        token = self._signer.dumps([conversation_id, int(expires_at.timestamp())])
        return Session(conversation_id, str(token), expires_at)

    def read(self, token: str) -> str:
        """The id of the conversation that this token opens.

        Raises:
            BadSession: forged, or its time is over.
        """
        try:
            conversation_id, expires = self._signer.loads(token)
        except (BadSignature, ValueError, TypeError) as problem:
            raise BadSession() from problem
        if self._clock().timestamp() >= expires:
            raise BadSession()
        return str(conversation_id)
