"""Reading content files: a slip names the file and the field."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Type, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.errors import ContentError


class Strict(BaseModel):
    """A part of a content file: unknown keys are refused, values are frozen."""

    class Config:
        """Pydantic's switchboard."""

        extra = "forbid"
        allow_mutation = False


_Part = TypeVar("_Part", bound=Strict)


def read_yaml(path: Path) -> Any:
    """The parsed file.

    Raises:
        ContentError: no such file, or not YAML.
    """
    try:
        return YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise ContentError(f"{path}: cannot be read: {problem.strerror}") from problem
    except (YAMLError, UnicodeDecodeError) as problem:
        raise ContentError(f"{path}: is not YAML: {problem}") from problem


def parse(path: Path, shape: Type[_Part], value: Any) -> _Part:
    """The value in its shape.

    Raises:
        ContentError: a field is missing, unknown or wrong; the text names it.
    """
    try:
        return shape.parse_obj(value)
    except ValidationError as problem:
        first = problem.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ContentError(f"{path}: {field}: {first['msg']}") from problem
