"""Things that a message names: conditions, equipment, activities."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.named import FOLDERS, Named, read_named


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class NamedThings(GraphComponent, EntityExtractorMixin):
    """Adds an entity `condition`, `equipment` or `activity`, with its id, for each thing that is named."""

    def __init__(self, named: Mapping[str, Named]) -> None:
        self._named = named

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NamedThings:
        """The extractor over the project's names, read at start."""
        return cls({kind: read_named(kind) for kind in FOLDERS})

    def process(self, messages: List[Message]) -> List[Message]:
        """Add what each message names."""
        for message in messages:
            text = message.get(TEXT) or ""
            entities = [
                {"entity": kind, "value": id}
                for kind, named in self._named.items()
                for id in named.found_in(text)
            ]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)
        return messages
