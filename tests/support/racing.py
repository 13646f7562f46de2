"""Many people at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Callable, Sequence, TypeVar

T = TypeVar("T")


def race(calls: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """What each call gave or raised; they begin at the same moment."""
    together = Barrier(len(calls))

    def run(call: Callable[[], T]) -> T | Exception:
        together.wait()
        try:
            return call()
        except Exception as problem:
            return problem

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
