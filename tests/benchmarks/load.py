"""What a message costs, and what it costs at ten times the conversations: `python -m tests.benchmarks.load`.

People talk as people do: each reads an answer for a while (`--pause` seconds on average) before the next
message. Measured through HTTP, with both servers and a SQLite database; beside it, in the same run, Rasa's
own `rest` channel with the same model and a memory in the process: no history, no sealing, no message ids.
The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Sequence

import requests

from bot.serve import stop, surroundings
from bot.settings import ROOT
from bot.training import trained_model
from tests.support.assistant import Assistant, environment, serving, wait_for
from tests.support.ports import free_port

PATIENCE = 60
SAID = (
    "hello",
    "what is occupational therapy?",
    "how much does an evaluation cost",
    "my mom had a stroke last year and she can not button her shirt anymore, can you help her with that",
    "how do I go up the stairs with a cane",
    "I help somebody",
    "done",
    "what are your opening hours",
    "done",
    "stop",
    "book an evaluation for my mom next tuesday morning",
    "stop",
    "her socks are so hard to get on",
    "thank you",
)
Say = Callable[[str], object]


@dataclass
class Figures:
    """What was measured in one round."""

    waits: List[float] = field(default_factory=list)
    failures: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def as_json(self) -> Dict[str, Any]:
        """Round numbers for people."""
        waits = sorted(self.waits)
        return {
            "messages": len(waits),
            "failures": self.failures,
            "per_second": round(len(waits) / self.seconds, 1),
            "p50_ms": round(statistics.median(waits) * 1000),
            "p95_ms": round(waits[int(0.95 * (len(waits) - 1))] * 1000),
            "cpu_ms": round(self.cpu_seconds / len(waits) * 1000),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=5)
    parser.add_argument("--times", type=int, default=10, help="how many times as many in the second round")
    parser.add_argument("--pause", type=float, default=10.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    given = parser.parse_args()
    figures: Dict[str, Any] = {"conversations": given.conversations, "pause": given.pause}
    with tempfile.TemporaryDirectory() as name:
        model = trained_model(print)
        with serving(model, environment(Path(name))) as assistant:
            figures["handrail"] = measured(given, partial(in_chat, assistant), assistant.processes)
            with plain(assistant, model, Path(name)) as (opens, processes):
                figures["rest"] = measured(given, opens, [*processes, assistant.processes[0]])
    for kind in ("handrail", "rest"):
        for count, costs in figures[kind].items():
            print(f"{kind:10} {count:>4} conversations  {costs}")
    print(json.dumps(figures))


def measured(
    given: argparse.Namespace, opens: Callable[[], Say], processes: Sequence[subprocess.Popen[bytes]]
) -> Dict[str, Any]:
    """By the number of conversations, what a message costs."""
    counts = (given.conversations, given.conversations * given.times)
    talked(opens, 1, 0.0, 3.0, processes)  # what is loaded on first use is loaded before
    return {
        str(count): talked(opens, count, given.pause, given.seconds, processes).as_json() for count in counts
    }


def talked(
    opens: Callable[[], Say],
    count: int,
    pause: float,
    seconds: float,
    processes: Sequence[subprocess.Popen[bytes]],
) -> Figures:
    """So many people talk for so long."""
    figures, started, before = Figures(), time.monotonic(), cpu_seconds(processes)

    def person(number: int) -> None:
        chance, say, said = random.Random(number), opens(), 0
        time.sleep(chance.uniform(0, pause))
        while time.monotonic() - started < seconds:
            asked = time.monotonic()
            try:
                say(SAID[(number + said) % len(SAID)])
                figures.waits.append(time.monotonic() - asked)
            except requests.RequestException:
                figures.failures += 1
            said += 1
            time.sleep(chance.expovariate(1 / pause) if pause else 0)

    with ThreadPoolExecutor(count) as pool:
        list(pool.map(person, range(count)))
    figures.seconds = time.monotonic() - started
    figures.cpu_seconds = cpu_seconds(processes) - before
    return figures


def in_chat(assistant: Assistant) -> Say:
    """A new conversation of the chat API."""
    talk = assistant.talk()
    return lambda text: talk.send(text=text).raise_for_status()


def in_rest(url: str) -> Say:
    """A new conversation of Rasa's own channel."""
    sender = uuid.uuid4().hex

    def say(text: str) -> None:
        body = {"sender": sender, "message": text}
        requests.post(f"{url}/webhooks/rest/webhook", json=body, timeout=PATIENCE).raise_for_status()

    return say


@contextmanager
def plain(
    assistant: Assistant, model: Path, folder: Path
) -> Iterator[tuple[Callable[[], Say], list[subprocess.Popen[bytes]]]]:
    """Rasa as it comes, with this model and the assistant's action server."""
    (folder / "credentials.yml").write_text("rest:\n")
    (folder / "endpoints.yml").write_text(
        "action_endpoint:\n  url: ${ACTION_URL}\n  headers:\n    X-Action-Token: ${HANDRAIL_SECRET}\n"
        "nlg:\n  type: bot.nlu.replies.ClinicReplies\n"
    )
    port = free_port()
    command = [sys.executable, "-m", "rasa", "run", "--model", str(model), "-i", "127.0.0.1", "-p", str(port)]
    command += ["--credentials", str(folder / "credentials.yml")]
    command += ["--endpoints", str(folder / "endpoints.yml")]
    process = subprocess.Popen(
        command, cwd=ROOT, env=surroundings(assistant.settings), start_new_session=True
    )
    url = f"http://127.0.0.1:{port}"
    try:
        if wait_for(f"{url}/webhooks/rest/", 120) is None:
            raise SystemExit("Rasa's own channel did not start.")
        yield partial(in_rest, url), [process]
    finally:
        stop([process])


def cpu_seconds(processes: Sequence[subprocess.Popen[bytes]]) -> float:
    """What these processes have taken of the processor so far."""
    ticks = 0
    for process in processes:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
