"""JSON schemas as every server takes them, and the check that what came back keeps to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.questions.llm.failure import ModelFailure

Json = dict[str, Any]
_TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def record(**fields: Json) -> Json:
    """An object with exactly these fields: the strict form knows no defaults, so a field may only be null."""
    return {"type": "object", "properties": fields, "required": [*fields], "additionalProperties": False}


def text(longest: int, about: str = "") -> Json:
    """A string of at most so many characters."""
    return {"type": "string", "maxLength": longest} | ({"description": about} if about else {})


def one_of(values: Sequence[str], about: str = "") -> Json:
    """One of these words."""
    return {"type": "string", "enum": [*values]} | ({"description": about} if about else {})


def many(item: Json, most: int, about: str = "") -> Json:
    """At most so many of these: without the bound a small model repeats itself to the end."""
    return {"type": "array", "items": item, "maxItems": most} | ({"description": about} if about else {})


def maybe(schema: Json) -> Json:
    """This or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def yes(about: str) -> Json:
    """True or false."""
    return {"type": "boolean", "description": about}


def check(value: Any, schema: Json, at: str = "arguments") -> None:
    """Raise ModelFailure, with words that the model can mend it by, where a value is not what a schema says."""
    if "anyOf" in schema:
        _any(value, schema["anyOf"], at)
        return
    kind = schema["type"]
    if not isinstance(value, _TYPES[kind]) or (isinstance(value, bool) and kind in ("integer", "number")):
        raise ModelFailure(f"{at} must be of type {kind}")
    if "enum" in schema and value not in schema["enum"]:
        raise ModelFailure(f"{at} is none of the allowed words")
    if kind == "string" and len(value) > schema.get("maxLength", len(value)):
        raise ModelFailure(f"{at} is too long")
    if kind == "array":
        _array(value, schema, at)
    if kind == "object":
        _object(value, schema, at)


def _any(value: Any, schemas: Sequence[Json], at: str) -> None:
    for number, schema in enumerate(schemas, 1):
        # A null is no object gone wrong, and an object is no null: only the last word on it counts.
        if value is None and schema.get("type") == "null":
            return
        try:
            check(value, schema, at)
        except ModelFailure:
            if value is not None and (number == len(schemas) or schemas[number].get("type") == "null"):
                raise
            continue
        return
    raise ModelFailure(f"{at} has no allowed form")


def _array(value: list[Any], schema: Json, at: str) -> None:
    if len(value) > schema["maxItems"]:
        raise ModelFailure(f"{at} has more than {schema['maxItems']} entries")
    for number, item in enumerate(value):
        check(item, schema["items"], f"{at}[{number}]")


def _object(value: Json, schema: Json, at: str) -> None:
    missing = [name for name in schema["required"] if name not in value]
    if missing or value.keys() - schema["properties"].keys():
        raise ModelFailure(f"{at} must have exactly the fields {', '.join(schema['required'])}")
    for name, field in schema["properties"].items():
        check(value[name], field, f"{at}.{name}")
