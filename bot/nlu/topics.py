"""Which topic a message is about, for Rasa: intent, ranking, and the response of a question."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Optional

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.chat.labels import SEVERAL_WISHES, intent_of, response_selection
from bot.content.library import read_titles
from bot.nlu.fingerprints import fingerprint_of
from bot.understanding import ngrams, spelling, topic_model
from bot.understanding.reader import Reader
from bot.understanding.topic_model import TopicModel

RANKED = 5
"""How many labels are kept of each message: every one is stored with the conversation."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Ranks the flat labels of the catalogue (`faq/cost`, `greet`); needs a SentenceEncoder before it."""

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, model: Optional[TopicModel] = None
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._reader = Reader(model, read_titles()) if model else None

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """An untrained classifier."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """The trained classifier."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, TopicModel.load(Path(folder)))

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """The modules that do the work belong to it."""
        return fingerprint_of(topic_model, ngrams, spelling)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and keep the model."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT)]
        model = TopicModel.fit(
            [one.get(TEXT) for one in examples],
            np.vstack([_vector(one) for one in examples]),
            [one.get_full_intent() for one in examples],
        )
        with self._model_storage.write_to(self._resource) as folder:
            model.save(Path(folder))
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent, ranking, and what Rasa needs to answer, of each message."""
        for message in messages:
            text = message.get(TEXT)
            if text and self._reader is not None:
                self._understand(message, text, self._reader)
        return messages

    def _understand(self, message: Message, text: str, reader: Reader) -> None:
        topic = (message.get("metadata") or {}).get("topic")
        reading = reader.read(text, _vector(message), topic)
        label = SEVERAL_WISHES if reading.wishes else reading.label or DEFAULT_NLU_FALLBACK_INTENT_NAME
        ranking = [{"name": name, "confidence": share} for name, share in reading.ranking[:RANKED]]
        message.set(INTENT, intent_of(label, reading.ranking[0][1]), add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set("wishes", reading.wishes, add_to_output=True)
        selection = response_selection(label)
        if selection:
            message.set("response_selector", selection, add_to_output=True)


def _vector(message: Message) -> NDArray[Any]:
    _, sentence = message.get_dense_features(TEXT)
    if sentence is None:
        raise ValueError("TopicClassifier needs a SentenceEncoder before it in config.yml")
    return np.asarray(sentence.features)
