"""Things that a message names: conditions, by their everyday names too."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.content.conditions import Conditions, read_conditions


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class NamedThings(GraphComponent, EntityExtractorMixin):
    """Adds entity `condition` with the id of each condition that is named."""

    def __init__(self, conditions: Conditions) -> None:
        self._conditions = conditions

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NamedThings:
        """The extractor over the project's conditions, read at start."""
        return cls(read_conditions())

    def process(self, messages: List[Message]) -> List[Message]:
        """Add what each message names."""
        for message in messages:
            named = self._conditions.named_in(message.get(TEXT) or "")
            entities = [{"entity": "condition", "value": id} for id in named]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)
        return messages
