"""spaCy's English for the components behind it."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP

from bot.understanding.english import MODEL_NAME, load_english


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MODEL_LOADER,
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
    ],
    is_trainable=False,
    model_from="PackagedSpacyNLP",
)
class PackagedSpacyNLP(SpacyNLP):
    """SpacyNLP over the packaged pipeline, which cannot be loaded by its name."""

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        """The pipeline; there is only one, whatever name is given."""
        return SpacyModel(model=load_english(), model_name=MODEL_NAME)
