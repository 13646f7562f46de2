"""Reading one message: its slips mended, in the light of the last answer, with each of its wishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, List, Mapping, Optional, Sequence

from numpy.typing import NDArray

from bot.understanding.decision import OUT_OF_SCOPE, decide
from bot.understanding.english import english_words
from bot.understanding.follow_ups import in_context
from bot.understanding.ranking import Ranking
from bot.understanding.sentences import encode
from bot.understanding.spelling import Spelling
from bot.understanding.stories import wish_in_story
from bot.understanding.topic_model import TopicModel
from bot.understanding.wishes import wishes_in


@dataclass(frozen=True)
class Reading:
    """What a message means: the label to act on (None: ask), the ranking, and its wishes if several."""

    label: Optional[str]
    ranking: Ranking
    wishes: List[str]


class Reader:
    """Reads messages with a trained model; `titles` are the topics that a button can name."""

    def __init__(self, model: TopicModel, titles: Mapping[str, str]) -> None:
        self._model = model
        self._titles = titles
        self._spelling = Spelling(model.usual_words, english_words())

    def read(self, text: str, vector: NDArray[Any], topic: Optional[str] = None) -> Reading:
        """What a message means.

        Args:
            vector: the text as `sentences.encode` gives it.
            topic: the label of the answer that the person has just read.
        """
        mended = self._spelling.corrected(text)
        alone = self._model.rank(text, vector) if mended == text.lower() else self._rank(mended)
        ranking = in_context(mended, alone, self._titles.get(topic or "", ""), self._rank)
        label = decide(ranking, self._titles)
        if label == OUT_OF_SCOPE:
            ranking = wish_in_story(mended, self._rank_all) or ranking
            label = decide(ranking, self._titles)
        wishes = wishes_in(mended, self._rank) if label != OUT_OF_SCOPE else []
        return Reading(label, ranking, wishes)

    def _rank(self, text: str) -> Ranking:
        return self._rank_all([text])[0]

    def _rank_all(self, texts: Sequence[str]) -> List[Ranking]:
        return [self._model.rank(text, vector) for text, vector in zip(texts, encode(texts), strict=True)]
