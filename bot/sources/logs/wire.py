"""How the JSON of the clients is read: into declared types, so that long texts are passed over and figures are checked.

A type names the members that matter and no others. `Loose` stands where another kind of line may have anything else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar

import msgspec

LARGEST_COUNT = 10**10  # more than any one call, or any one session, can use
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
FIRST_MS, LAST_MS = 946_684_800_000, 4_102_444_800_000  # 2000 to 2099: an instant outside is no instant
SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]").search

Count = Annotated[int, msgspec.Meta(ge=0, le=LARGEST_COUNT)] | None  # tokens; None where they are not told
Loose = str | int | float | bool | list[Any] | None
T = TypeVar("T")


class BadLine(ValueError):
    """The line cannot be right; the message says why."""


def reads(kind: type[T]) -> Callable[[Any], T]:
    """The quick way from a JSON to a type. What it raises, `reread` knows what to do with."""
    return msgspec.json.Decoder(kind).decode


def read(data: bytes, kind: type[T]) -> T:
    """A JSON as a type. Raises BadLine."""
    try:
        return reads(kind)(data)
    except (msgspec.DecodeError, RecursionError) as refused:
        return reread(data, kind, refused)


def reread(data: bytes, kind: type[T], refused: Exception) -> T:
    """The careful way for a JSON that the quick one refused. Raises BadLine."""
    if isinstance(refused, msgspec.ValidationError):
        raise BadLine(f"it cannot be right: {refused}") from refused
    if isinstance(refused, RecursionError):
        raise BadLine("it is nested too deeply") from refused
    if SURROGATE(data):
        # JavaScript writes one half of a pair where it cut a text inside an emoji; most readers refuse the line.
        try:
            return msgspec.convert(json.loads(data), kind)
        except (ValueError, RecursionError):
            pass
    raise BadLine(f"it is no JSON: {refused}") from refused


def instant(value: object) -> int:
    """Milliseconds since 1970, of a time as text or of such a number; a time that names no zone is UTC."""
    try:
        if isinstance(value, str):
            time = datetime.fromisoformat(value)
            found = ((time if time.tzinfo else time.replace(tzinfo=UTC)) - EPOCH) // MILLISECOND
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found = int(value)
        else:
            raise BadLine("it has no time")
    except (ValueError, OverflowError) as error:
        raise error if isinstance(error, BadLine) else BadLine(f"its time is {_short(value)}") from error
    if not FIRST_MS <= found <= LAST_MS:
        raise BadLine(f"its time is {_short(value)}")
    return found


def text(value: object) -> str:
    """A name as it is kept: one line, not long; "" where it is none."""
    return " ".join(value.split())[:200] if isinstance(value, str) else ""


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"
