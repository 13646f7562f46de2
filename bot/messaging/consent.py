"""What follows from the words that carriers and the law reserve: STOP, START, HELP and those like them."""

from __future__ import annotations

from typing import Callable, Optional

from bot.content.messaging import MessagingTexts
from bot.messaging.model import MEANT_THE_VISIT, Person, Received, Reply
from bot.messaging.outgoing import Outgoing
from bot.messaging.reserved import Word


class Consent:
    """Decides whether the dialogue has a part in a message at all."""

    def __init__(self, texts: MessagingTexts, has_coming_visit: Callable[[Person], bool]) -> None:
        self._texts = texts
        self._has_coming_visit = has_coming_visit

    def reply_to(self, word: Optional[Word], received: Received) -> Optional[Reply]:
        """The whole reply to a reserved word, or to somebody who wrote STOP; None to all other talk.

        Whatever a carrier has answered itself is kept, and not answered once more.
        """
        has_stopped = received.person.stopped_at is not None
        if word in (Word.STOP, Word.CANCEL):
            return Reply() if has_stopped else self._stop(word, received)
        if word is Word.START and has_stopped:
            return Reply(self._say(self._texts.started, received), stops=False)
        if has_stopped:
            return Reply()
        return Reply(self._say(self._texts.help, received)) if word is Word.HELP else None

    def _stop(self, word: Word, received: Received) -> Reply:
        if word is Word.CANCEL and self._has_coming_visit(received.person):
            said = self._say(self._texts.stopped_with_visit, received)
            return Reply(said, stops=True, task=MEANT_THE_VISIT)
        return Reply(self._say(self._texts.stopped, received), stops=True)

    @staticmethod
    def _say(text: str, received: Received) -> tuple[Outgoing, ...]:
        return () if received.said.answered else (Outgoing(text),)
