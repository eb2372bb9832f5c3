"""What can be wrong with a vendor's answer, and what some of it makes of each object that the answer holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any


class Fault(Enum):
    """What can be wrong with an answer. Those of the first part come instead of it, those of the second change it."""

    LIMITED = "429 with Retry-After"
    BROKEN = "500"
    CUT = "a body that ends half way"
    HTML = "200 with a web page"
    HUGE = "a body without an end (300 MB)"
    FORBIDDEN = "403"
    EXPIRED = "410"
    ELSEWHERE = "a redirect to another host"
    SILENT = "no answer"
    SAME_PAGE = "the first page again, whichever is asked for"
    CIRCLE = "the first two pages in turn, without an end"

    DUPLICATE = "the rows of the page before once more"
    STUCK = "a cursor that does not move"
    NEW_FIELD = "a field that nobody knows, in every object"
    MISSING_FIELD = "a field that is not there any more"
    SKEW = "a clock that is five minutes ahead"
    EMPTY = "lists without rows"
    WRONG_TYPE = "a field of another type"
    TEXTS = "numbers that are written as texts"
    LOWER = "a figure that was corrected downwards"
    RENAMED = "a name that was changed"


INSTEAD = frozenset([*Fault][: [*Fault].index(Fault.DUPLICATE)])
AGAIN = {Fault.SAME_PAGE: 1, Fault.CIRCLE: 2}  # from so many pages


def each_object(value: Any, change: Callable[[dict[str, Any]], Any]) -> None:
    if isinstance(value, dict):
        for part in [*value.values()]:
            each_object(part, change)
        change(value)
    elif isinstance(value, list):
        for part in value:
            each_object(part, change)


def _grown(found: dict[str, Any], name: str) -> None:
    found |= {"brand_new": {"a": [1]}, "brand_new_count": 7}


def _emptied(found: dict[str, Any], name: str) -> None:
    found |= {name: [] for name, value in found.items() if isinstance(value, list)}


def _mistyped(found: dict[str, Any], name: str) -> None:
    if name in found:
        found[name] = [found[name]] if isinstance(found[name], dict) else {"odd": [found[name]]}


def _written_out(found: dict[str, Any], name: str) -> None:
    found |= {key: str(value) for key, value in found.items() if type(value) in (int, float)}


def _lowered(found: dict[str, Any], name: str) -> None:
    if found.get(name):
        found[name] //= 2


def _renamed(found: dict[str, Any], name: str) -> None:
    if found.get(name):
        found[name] += "-next"


def _without(found: dict[str, Any], name: str) -> None:
    found.pop(name, None)


OBJECTS: Mapping[Fault, Callable[..., None]] = {  # what a fault makes of each object of an answer
    Fault.NEW_FIELD: _grown,
    Fault.MISSING_FIELD: _without,
    Fault.EMPTY: _emptied,
    Fault.WRONG_TYPE: _mistyped,
    Fault.TEXTS: _written_out,
    Fault.LOWER: _lowered,
    Fault.RENAMED: _renamed,
}
