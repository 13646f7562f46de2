"""The meaning of a message as one dense vector."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.fingerprints import fingerprint_of
from bot.understanding import sentences
from bot.understanding.sentences import encode


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(DenseFeaturizer, GraphComponent):
    """Adds the sentence features of `bot.understanding.sentences`."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """A component as Rasa's graph wants it."""
        return cls(execution_context.node_name, {**cls.get_default_config(), **config})

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The modules that do the work belong to it."""
        return fingerprint_of(sentences)

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """There is nothing to configure."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples are encoded as messages are."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the vector of each message that has a text."""
        spoken = [message for message in messages if message.get(TEXT)]
        if not spoken:
            return messages
        for message, vector in zip(spoken, encode([message.get(TEXT) for message in spoken]), strict=True):
            self.add_features_to_message(None, vector.reshape(1, -1), TEXT, message)
        return messages
