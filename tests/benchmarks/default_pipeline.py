"""Handrail's pipeline beside Rasa's recommended default, both trained on the same sample of examples.

Each trains, and then reads, in processes of its own, so that time and memory are its own. Nothing is taken
from Rasa's training cache.
"""

from __future__ import annotations

import os
import random
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Callable, Dict

from ruamel.yaml import YAML

from bot.chat.labels import RETRIEVAL_INTENT
from bot.content.answers import read_topics
from bot.settings import ROOT
from bot.training import QUIET

Figures = Dict[str, float]
Read = Callable[[Path], Figures]
"""Reads every row with a model, in a process of its own."""

DEFAULT: Dict[str, Any] = {
    "recipe": "default.v1",
    "language": "en",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
}


def compare(read: Read, most: int) -> Dict[str, Figures]:
    """The figures of both, by name.

    Args:
        read: what measures a trained model; a function that a new process can import.
        most: examples of each label.
    """
    os.environ.update(QUIET, RASA_MAX_CACHE_SIZE="0")  # what the new processes begin with
    with TemporaryDirectory() as folder:
        data, config = Path(folder, "nlu.yml"), Path(folder, "config.yml")
        write_sample(data, most)
        _write(config, DEFAULT)
        configs = {"handrail": ROOT / "config.yml", "default": config}
        return {name: _measured(name, one, data, read, Path(folder)) for name, one in configs.items()}


def write_sample(path: Path, most: int) -> None:
    """Examples of every topic, the same ones in each run, and a response for each question."""
    chance = random.Random("sample")
    blocks, responses = [], {}
    for label, topic in sorted(read_topics().items()):
        texts = list(topic.utterances)
        chosen = chance.sample(texts, min(most, len(texts)))
        blocks.append({"intent": label, "examples": "".join(f"- {text}\n" for text in chosen)})
        if topic.is_answer:
            responses[f"utter_{label}"] = [{"text": label}]
    _write(path, {"version": "3.1", "nlu": blocks, "responses": responses})


def _measured(name: str, config: Path, data: Path, read: Read, folder: Path) -> Figures:
    model = folder / f"{name}.tar.gz"
    training = _apart(train, config, data, model)
    return {**training, "model_mb": round(model.stat().st_size / 1e6, 1), **_apart(read, model)}


def train(config: Path, data: Path, model: Path) -> Figures:
    """Train a model file; seconds by the clock and of the processor, and the most memory in MB."""
    from rasa.model_training import train_nlu

    begun = time.perf_counter()
    train_nlu(str(config), str(data), str(model.parent), fixed_model_name=model.name)
    return {
        "training_s": round(time.perf_counter() - begun, 1),
        "training_cpu_s": round(time.process_time(), 1),
        "training_peak_mb": peak_mb(),
    }


def chosen_response(parsed: Dict[str, Any], label: str) -> str:
    """The label of a retrieval intent's response, which the default pipeline chooses in a second step."""
    if label != RETRIEVAL_INTENT:
        return label
    return str(parsed["response_selector"]["default"]["response"]["intent_response_key"])


def peak_mb() -> float:
    """The most memory that this process has held."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def _apart(call: Callable[..., Figures], *arguments: Any) -> Figures:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(call, *arguments).result()


def _write(path: Path, shape: Dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        YAML().dump(shape, file)


def print_side_by_side(figures: Dict[str, Figures]) -> None:
    """A line a figure, a column a pipeline."""
    print(f"{'':22s}" + "".join(f"{name:>12s}" for name in figures))
    for key in next(iter(figures.values())):
        print(f"{key:22s}" + "".join(f"{one[key]:12.4g}" for one in figures.values()))
