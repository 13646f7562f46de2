"""Chats are kept as long as the clinic says, and no longer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Callable, Optional

from bot.chat.conversations import Conversations
from bot.chat.questions import Questions
from bot.clock import Clock


class Retention:
    """Erases what is older than the days of the clinic profile; without them nothing."""

    def __init__(
        self,
        conversations: Conversations,
        questions: Questions,
        forget_people: Callable[[datetime], None],
        days: Optional[int],
        clock: Clock,
    ) -> None:
        self._conversations = conversations
        self._questions = questions
        self._forget_people = forget_people
        self._days = days
        self._clock = clock

    def tidy(self) -> int:
        """Erase chats whose person was last heard of that long ago; how many there were."""
        if self._days is None:
            return 0
        before = self._clock() - timedelta(days=self._days)
        silent = self._conversations.silent_since(before)
        for conversation_id in silent:
            self._conversations.erase(conversation_id)
        self._questions.forget_before(before)
        self._forget_people(before)
        return len(silent)
