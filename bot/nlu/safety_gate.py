"""The last component: danger comes before every other meaning of a message."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.chat.labels import intent_of
from bot.safety.screen import Screen, default_screen

DOC = "text_spacy_doc"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyGate(GraphComponent, IntentClassifier):
    """Puts a safety intent first when the screen sees danger; the ranking behind it stays."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyGate:
        """The gate over the project's signs, read at start: editing them needs no training."""
        return cls(default_screen())

    def process(self, messages: List[Message]) -> List[Message]:
        """Force the intent of each message in which danger is seen."""
        for message in messages:
            doc = message.get(DOC)
            if not message.get(TEXT) or doc is None:
                continue
            ranking = message.get(INTENT_RANKING_KEY) or []
            sign = self._screen.look(doc, [(one["name"], one["confidence"]) for one in ranking])
            if sign is not None:
                forced = intent_of(sign.id, 1.0)
                message.set(INTENT, forced, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [forced, *ranking], add_to_output=True)
        return messages
