"""The last component: danger comes before every other meaning of a message."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.tokens import Doc

from bot.chat.labels import intent_of, label_of
from bot.nlu.fingerprints import fingerprint_of
from bot.nlu.way_back import DANGER
from bot.safety import detector
from bot.safety.aftercare import last_alarm
from bot.safety.complaints import is_an_answer
from bot.safety.detector import Detector, Numbers
from bot.safety.parts import parts
from bot.safety.screen import Screen, project_signs
from bot.safety.signs import URGENCY, Sign
from bot.understanding import ngrams
from bot.understanding.decision import INFORM

DOC = "text_spacy_doc"
_MEANT = 0.25
"""Share from which an ordinary topic is taken for the rest of a message that has several parts."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SafetyGate(GraphComponent, IntentClassifier):
    """Puts a safety intent first when the screen sees danger; the ranking behind it stays.

    Its signs are read at start, so editing them needs no training; what it learned is in the model.
    """

    def __init__(self, storage: ModelStorage, resource: Resource, learned: Optional[Detector] = None) -> None:
        self._storage = storage
        self._resource = resource
        self._screen = Screen(project_signs(), learned)

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyGate:
        """A gate that has the signs, and has learned nothing yet."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SafetyGate:
        """The trained gate."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Detector.load(Path(folder)))

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The modules that do the work belong to it."""
        return fingerprint_of(detector, ngrams)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples of all topics and keep what was learned."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT)]
        learned = Detector.fit(
            [one.get(TEXT) for one in examples],
            np.vstack([_vector(one) for one in examples]),
            [one.get_full_intent() for one in examples],
        )
        with self._storage.write_to(self._resource) as folder:
            learned.save(Path(folder))
        self._screen = Screen(project_signs(), learned)
        return self._resource

    def process(
        self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None
    ) -> List[Message]:
        """Force the intent of each message in which danger is seen."""
        after = last_alarm(_seen(tracker)) if tracker else None
        asked = tracker.get_slot(REQUESTED_SLOT) if tracker else None
        for message in messages:
            doc = message.get(DOC)
            if message.get(TEXT) and doc is not None:
                self._judge(message, doc, after, asked)
        return messages

    def _judge(self, message: Message, doc: Doc, after: Optional[Sign], asked: Optional[str]) -> None:
        ranking = message.get(INTENT_RANKING_KEY) or []
        shares = [(one["name"], one["confidence"]) for one in ranking]
        sign = self._screen.look(doc, _vector(message), shares, after, asked)
        if sign is not None:
            forced = intent_of(sign.id, 1.0)
            message.set(INTENT, forced, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [forced, *ranking], add_to_output=True)
            seen = {"kind": sign.kind, "rest": _rest(doc, shares)}
            message.set(DANGER, seen, add_to_output=True)
        elif is_an_answer(asked, label_of(message.get(INTENT)), doc.text):
            message.set(INTENT, intent_of(INFORM, 1.0), add_to_output=True)


def _rest(doc: Doc, shares: List[Tuple[str, float]]) -> Optional[str]:
    """What the other half of a message is about."""
    if not parts(doc):
        return None
    return next((label for label, share in shares if label not in URGENCY and share >= _MEANT), None)


def _seen(tracker: DialogueStateTracker) -> List[Sign]:
    """What each message of the person was about."""
    return [
        Sign(str(event.intent_name), ((event.parse_data or {}).get(DANGER) or {}).get("kind"), "")
        for event in tracker.applied_events()
        if isinstance(event, UserUttered)
    ]


def _vector(message: Message) -> Numbers:
    _, sentence = message.get_dense_features(TEXT)
    if sentence is None:
        raise ValueError("SafetyGate needs a SentenceEncoder before it in config.yml")
    return np.asarray(sentence.features).reshape(1, -1)
