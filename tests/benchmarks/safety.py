"""How well danger is seen: `python -m tests.benchmarks.safety FILE…`.

Each file is a YAML list of rows with `text` and `label`; a label that is not a safety id is an ordinary
message. A row counts as caught when the answer is at least as urgent as its label asks. Every row is read
as it stands and in four worn forms, by the parts of the trained model. What the layer adds to a message is
given in milliseconds of the processor's time, whatever else the machine does. The last line is one JSON
object with all figures.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Callable, Dict, List, Optional, Sequence, Tuple

import numpy as np
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.content.library import read_titles
from bot.content.yaml_files import read_yaml
from bot.nlu.topics import RANKED
from bot.safety.detector import Detector
from bot.safety.screen import Screen, project_signs
from bot.safety.signs import URGENCY
from bot.training import trained_model
from bot.understanding.english import load_english
from bot.understanding.plain_text import plain_text
from bot.understanding.reader import Reader
from bot.understanding.sentences import encode
from bot.understanding.topic_model import TopicModel

ALARMS = ("emergency_medical", "crisis_self_harm")
MOST_URGENT = ("emergency_medical", "crisis_self_harm", "abuse_report")
KEYS = {
    "a": "qs", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "y": "tu",
}  # fmt: skip
STORY = (
    "Good morning, I hope you are all well over there. We have been coming to the clinic since the spring "
    "and my sister drives us, she works at the library in town.",
    "Anyway the garden looks nice now and the neighbors brought us tomatoes last week. I would also like to "
    "know whether you are open on Saturday, because my sister has to work.",
)


@dataclass(frozen=True)
class Row:
    """One message of a set, and what its answer must be about."""

    text: str
    label: str

    @property
    def is_danger(self) -> bool:
        """Whether a safety answer is wanted."""
        return self.label in URGENCY


@dataclass(frozen=True)
class Layer:
    """What reads a message in the assistant, as far as danger is concerned."""

    screen: Screen
    reader: Reader


def main(paths: Sequence[str]) -> int:
    """Print everything; 0 when it could be measured."""
    layer = trained_layer()
    figures: Dict[str, object] = {}
    for path in paths:
        rows = [Row(plain_text(one["text"]), one["label"]) for one in read_yaml(Path(path))]
        figures[Path(path).stem] = measured(path, rows, layer)
    print(json.dumps(figures))
    return 0


def trained_layer() -> Layer:
    """The layer of the trained model, outside of Rasa's graph."""
    with TemporaryDirectory() as folder:
        LocalModelStorage.from_model_archive(Path(folder), trained_model(print))
        parts = {path.name.split(".")[-1].rstrip("0123456789"): path for path in Path(folder).iterdir()}
        reader = Reader(TopicModel.load(parts["TopicClassifier"]), read_titles())
        return Layer(Screen(project_signs(), Detector.load(parts["SafetyGate"])), reader)


def measured(name: str, rows: List[Row], layer: Layer) -> Dict[str, Dict[str, object]]:
    """One set in all its forms; prints what a person wants to read."""
    figures: Dict[str, Dict[str, object]] = {}
    for form, wear in FORMS.items():
        worn = [Row(wear(row.text, random.Random(f"{form} {row.text}")), row.label) for row in rows]
        answers, costs = answered(worn, layer)
        figures[form] = summary(worn, answers)
        print(f"\n== {name}: {form}")
        print("\n".join(f"  {key}: {value}" for key, value in figures[form].items()))
        for kind, pairs in (("missed", missed(worn, answers)), ("false", false_alarms(worn, answers))):
            for row, answer in pairs:
                print(f"  {kind}  {row.label} -> {answer}: {row.text}")
        p50, p95 = np.percentile(costs, [50, 95]).round(2)
        print(f"  milliseconds: p50 {p50}, p95 {p95}")
        figures[form].update(p50_ms=float(p50), p95_ms=float(p95))
    return figures


def answered(rows: List[Row], layer: Layer) -> Tuple[List[Optional[str]], List[float]]:
    """The safety id that each row is answered with, and the milliseconds that the layer took for it."""
    answers, costs = [], []
    for row in rows:
        doc, vector = load_english()(row.text.lower()), encode([row.text])
        reading = layer.reader.read(row.text, vector)
        begun = time.process_time()
        sign = layer.screen.look(doc, vector, reading.ranking[:RANKED])
        costs.append((time.process_time() - begun) * 1000)
        topic = reading.label if reading.label in URGENCY else None
        answers.append(sign.id if sign else topic)
    return answers, costs


def is_caught(row: Row, answer: Optional[str]) -> bool:
    """Whether the answer is at least as urgent as it must be."""
    return answer is not None and URGENCY.index(answer) <= URGENCY.index(row.label)


def missed(rows: List[Row], answers: List[Optional[str]]) -> List[Tuple[Row, Optional[str]]]:
    """Danger that was not seen."""
    return [
        (row, one)
        for row, one in zip(rows, answers, strict=True)
        if row.is_danger and not is_caught(row, one)
    ]


def false_alarms(rows: List[Row], answers: List[Optional[str]]) -> List[Tuple[Row, Optional[str]]]:
    """Ordinary messages with any safety answer."""
    return [(row, one) for row, one in zip(rows, answers, strict=True) if not row.is_danger and one]


def summary(rows: List[Row], answers: List[Optional[str]]) -> Dict[str, object]:
    """Recall by id, exactness, and false alarms, as shares of the rows they are counted on."""
    caught: Dict[str, List[bool]] = defaultdict(list)
    for row, answer in zip(rows, answers, strict=True):
        if row.is_danger:
            caught[row.label].append(is_caught(row, answer))
    urgent = [one for id in MOST_URGENT for one in caught[id]]
    ordinary = [answer for row, answer in zip(rows, answers, strict=True) if not row.is_danger]
    alarms = Counter(answer for answer in ordinary if answer)
    return {
        "recall": {id: f"{sum(caught[id])}/{len(caught[id])}" for id in URGENCY},
        "most_urgent_recall": _share(sum(urgent), len(urgent)),
        "false_emergency_or_crisis": _share(sum(alarms[id] for id in ALARMS), len(ordinary)),
        "false_any": _share(sum(alarms.values()), len(ordinary)),
    }


def _share(part: int, whole: int) -> Optional[float]:
    return round(part / whole, 4) if whole else None


def as_written(text: str, _chance: random.Random) -> str:
    """No change."""
    return text


def with_typos(text: str, chance: random.Random) -> str:
    """A slip in every fifth word of four letters or more: swapped, dropped, doubled, or the next key."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= 4 and word.isascii() and word.isalpha()]
    for at in chance.sample(long, min(len(long), max(1, len(long) // 5))):
        words[at] = _slip(words[at], chance)
    return " ".join(words)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    kind = chance.choice(["swap", "drop", "double", "key"])
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[: at + 1] + word[at:]
    return word[:at] + chance.choice(KEYS.get(word[at].lower(), word[at])) + word[at + 1 :]


def without_punctuation(text: str, _chance: random.Random) -> str:
    """Letters, digits and blanks."""
    return " ".join("".join(sign for sign in text if sign.isalnum() or sign.isspace()).split())


def in_capitals(text: str, _chance: random.Random) -> str:
    """All of it."""
    return text.upper()


def inside_a_story(text: str, _chance: random.Random) -> str:
    """Ordinary talk before and after it."""
    end = "" if text[-1:] in ".!?" else "."
    return f"{STORY[0]} {text}{end} {STORY[1]}"


FORMS: Dict[str, Callable[[str, random.Random], str]] = {
    "as_written": as_written,
    "typos": with_typos,
    "no_punctuation": without_punctuation,
    "capitals": in_capitals,
    "in_a_story": inside_a_story,
}


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("files", nargs="+", metavar="FILE")
    sys.exit(main(reader.parse_args().files))
