"""The first component: typed text is made plain, so that it can never be a command."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.fingerprints import fingerprint_of
from bot.understanding import plain_text as module
from bot.understanding.plain_text import plain_text


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class PlainText(GraphComponent):
    """Stands before everything that reads the text, and before Rasa's own command reader."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PlainText:
        """A component as Rasa's graph wants it."""
        return cls()

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The module that does the work belongs to it."""
        return fingerprint_of(module)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples are read as messages are."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Replace the text of each message by its plain form."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                message.set(TEXT, plain_text(text), add_to_output=True)
        return messages
