"""What the README lists, the code has: every setting with its default."""

from __future__ import annotations

import ast

import pytest

from bot.settings import ROOT, Settings

README = ROOT / "README.md"


def settings_by_name() -> dict[str, str]:
    """The environment's names with the fields they fill, as the reader has them."""
    tree = ast.parse((ROOT / "bot" / "settings.py").read_text())
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg:
            for call in ast.walk(node.value):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "read":
                    found[ast.literal_eval(call.args[0])] = node.arg
    return found


def test_every_field_is_read_from_the_environment():
    assert set(settings_by_name().values()) == set(Settings.__dataclass_fields__)


@pytest.mark.parametrize(("name", "field"), settings_by_name().items())
def test_the_readme_lists_each_setting_with_its_default(name, field):
    if not README.exists():
        pytest.skip("there is no README.md")
    lines = [line for line in README.read_text().splitlines() if f"`{name}`" in line]
    assert lines, f"README.md does not list {name}"
    default = getattr(Settings(), field)
    if default in ("", ()) and field != "secret":
        assert any("| none |" in line for line in lines), f"README.md: {name} has no default"
    elif field != "secret":  # made on first use
        assert any(f"`{default}`" in line for line in lines), f"README.md: {name} has the default {default}"
