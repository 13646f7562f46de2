"""What providers deliver as JSON."""

from __future__ import annotations

import json
import logging
from typing import Any, Callable, Dict, Iterable, List, Mapping, TypeVar

from bot.errors import describe

logger = logging.getLogger(__name__)

T = TypeVar("T")
Shape = Mapping[str, Any]


def json_object(body: bytes) -> Dict[str, Any]:
    """The object in the body of a request; an empty one when there is none."""
    try:
        shape = json.loads(body)
    except ValueError:
        return {}
    return shape if isinstance(shape, dict) else {}


def all_read(shapes: Iterable[Shape], read: Callable[[Shape], Iterable[T]]) -> List[T]:
    """What `read` makes of each shape; one of an unknown form is left out, or it would come for ever."""
    found: List[T] = []
    for shape in shapes:
        try:
            found += read(shape)
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError, OSError) as problem:
            logger.warning("a delivery of an unknown form was left out: %s", describe(problem))
    return found
