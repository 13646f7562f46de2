"""The API's description, and checks of what was sent against it."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from bot.settings import ROOT

PATH = ROOT / "docs" / "openapi.yml"
API: dict[str, Any] = YAML(typ="safe").load(PATH)


def validator(name: str) -> Draft7Validator:
    """Of a schema of the description, by its name."""
    return Draft7Validator(
        {"$ref": f"#/components/schemas/{name}", "components": {"schemas": as_json_schema(SCHEMAS)}}
    )


def as_json_schema(part: Any) -> Any:
    """OpenAPI 3.0 says `nullable` where JSON Schema has a type more."""
    if isinstance(part, list):
        return [as_json_schema(one) for one in part]
    if not isinstance(part, dict):
        return part
    plain = {key: as_json_schema(value) for key, value in part.items() if key != "nullable"}
    if part.get("nullable") is True:
        plain["type"] = [part["type"], "null"]
    return plain


SCHEMAS = API["components"]["schemas"]
