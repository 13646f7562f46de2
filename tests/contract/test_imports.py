"""The direction of imports: content, then subjects, then edges; and each duty in its one place."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Iterator

import pytest

from bot.settings import ROOT

MODULES = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("actions/*.py")])
EDGES = ("bot.nlu", "bot.channels", "bot.staff", "actions")
ASSEMBLY = ("bot.bootstrap", "bot.serve", "bot.training", "bot.store")
FRAMEWORKS = ("rasa", "rasa_sdk", "sanic")
MAY_READ_THE_ENVIRONMENT = ("bot.settings", "bot.serve", "bot.training")
MAY_WRITE_SQL = ("bot.store", "bot.bootstrap", "bot.serve", "bot.channels.trackers", "bot.channels.health")
ASKS_THE_TIME = (
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.localtime",
)


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where things come from"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def uses(path: Path) -> Iterator[str]:
    """Every dotted name that a file speaks, `datetime.now` for `datetime.datetime.now` too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute):
            owner = node.value
            if isinstance(owner, ast.Attribute):
                yield f"{owner.attr}.{node.attr}"
            elif isinstance(owner, ast.Name):
                yield f"{owner.id}.{node.attr}"


modules = pytest.mark.parametrize("path", MODULES, ids=name_of)


@modules
def test_only_edges_know_the_frameworks(path):
    if not within(name_of(path), EDGES):
        assert not [name for name in imports(path) if within(name, FRAMEWORKS)]


@modules
def test_nothing_imports_an_edge_but_the_edge_itself(path):
    own = tuple(edge for edge in EDGES if within(name_of(path), (edge,)))
    others = tuple(edge for edge in EDGES if edge not in own)
    assert not [name for name in imports(path) if within(name, others)]


@modules
def test_a_subject_knows_neither_the_database_nor_who_puts_it_together(path):
    if not within(name_of(path), (*EDGES, *ASSEMBLY)):
        assert not [name for name in imports(path) if within(name, ASSEMBLY)]


@modules
def test_content_knows_no_other_subject(path):
    if within(name_of(path), ("bot.content",)):
        allowed = ("bot.content", "bot.errors", "bot.settings")
        assert not [name for name in imports(path) if within(name, ("bot",)) and not within(name, allowed)]


@modules
def test_only_the_settings_read_the_environment(path):
    if not within(name_of(path), MAY_READ_THE_ENVIRONMENT):
        assert not {"os.environ", "os.getenv"} & {*uses(path), *imports(path)}


@modules
def test_only_the_clock_asks_the_time(path):
    if name_of(path) != "bot.clock":
        assert not set(ASKS_THE_TIME) & set(uses(path))


@modules
def test_only_the_store_and_who_hands_it_out_know_the_database_library(path):
    if not within(name_of(path), MAY_WRITE_SQL):
        assert not [name for name in imports(path) if within(name, ("sqlalchemy", "alembic"))]
