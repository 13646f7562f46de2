"""Going on with a walkthrough that was left: "where were we?"."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.chat.labels import intent_of
from bot.guides.moves import asks_where_we_were

GOES_ON = "next_step"
_OPEN_TO_IT = (None, "guide_form")
"""No form, or that of the steps; the other forms ask their own question again."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class LeftSteps(GraphComponent, IntentClassifier):
    """Takes "where were we?" for going on, when steps were left: it sounds like asking for the clinic."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LeftSteps:
        """The one there is."""
        return cls()

    def process(
        self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None
    ) -> List[Message]:
        """Set the intent of each message that asks for the place."""
        if tracker is None or not _were_left(tracker):
            return messages
        for message in messages:
            if asks_where_we_were(message.get(TEXT) or ""):
                meant = intent_of(GOES_ON, 1.0)
                message.set(INTENT, meant, add_to_output=True)
                message.set(
                    INTENT_RANKING_KEY,
                    [meant, *(message.get(INTENT_RANKING_KEY) or [])],
                    add_to_output=True,
                )
        return messages


def _were_left(tracker: DialogueStateTracker) -> bool:
    return tracker.active_loop_name in _OPEN_TO_IT and tracker.get_slot("guide_walkthrough") is not None
