"""What a field of a vendor's JSON must be, however vendors write it: counts, money, instants, texts, objects, lists.

Each reader takes an object and the name of its field. A field that must be there and is not, or that holds another type
of value, is a changed format, told with its name, what is there and what is expected.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.sources.base import SourceChanged

CENTS = Decimal(100)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_MS = 86_400_000
KINDS: Mapping[type[Any], str] = {
    dict: "an object",
    list: "a list",
    bool: "yes or no",
    int: "a number",
    float: "a number",
    type(None): "nothing",
}

AMOUNTS = (float, int, str, Decimal)
FLAGS = {"true": True, "1": True, "false": False, "0": False}

Row = Mapping[str, Any]


def unexpected(value: Any, name: str, expected: str) -> SourceChanged:
    """The error of a field that holds something else, which is told by its kind alone: it may be anybody's."""
    there = "nothing" if value == "" else KINDS.get(type(value), "a text")
    return SourceChanged(
        f"the vendor's answer has {there} in “{name}”, where {expected} is expected; its format may have changed"
    )


def required(value: Any, *path: str) -> Any:
    """A field that must be there, though it may be null; raises SourceChanged with its name."""
    for name in path:
        try:
            value = value[name]
        except KeyError:
            words = f"the vendor's answer has no field “{'.'.join(path)}”; its format may have changed"
            raise SourceChanged(words) from None
        except (TypeError, IndexError):
            raise unexpected(value, f"the object of “{name}”", "an object") from None
    return value


def optional(row: Any, name: str) -> Any:
    """A field that need not be there, None where it is not; raises SourceChanged where there is no object at all."""
    try:
        return row.get(name)
    except AttributeError:
        raise unexpected(row, f"the object of “{name}”", "an object") from None


def count(row: Any, name: str, *, needed: bool = False) -> int | None:
    """A count, None where the vendor does not give it. Raises SourceChanged for what is no whole number from 0 on."""
    value = required(row, name) if needed else optional(row, name)
    if value is None or (type(value) is int and value >= 0):  # first, since millions of values come this way
        return value
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        with suppress(ValueError, OverflowError):
            whole = int(value)
            if whole == float(value) and whole >= 0:
                return whole
    raise unexpected(value, name, "a whole number from 0 on")


def money(row: Any, name: str) -> Decimal:
    """An amount that must be there, as it was written: vendors send numbers and texts. Raises SourceChanged."""
    return _money(required(row, name), name)


def amount(row: Any, name: str, *, needed: bool = False) -> Decimal | None:
    """An amount, None where the vendor gives none. Raises SourceChanged."""
    value = required(row, name) if needed else optional(row, name)
    return None if value is None or value == "" else _money(value, name)


def text(row: Any, name: str, *, needed: bool = False) -> str:
    """A name or an id, which some vendors write as a number; "" where there is none. Raises SourceChanged."""
    value = required(row, name) if needed else optional(row, name)
    if type(value) is str:  # first, as above
        return value
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise unexpected(value, name, "a text")


def inner(row: Any, name: str, *, needed: bool = False) -> Row:
    """An object in an object, an empty one where there is none. Raises SourceChanged."""
    value = required(row, name) if needed else optional(row, name)
    if isinstance(value, Mapping) or (value is None and not needed):
        return value or {}
    raise unexpected(value, name, "an object")


def listed(row: Any, name: str, *, needed: bool = False) -> Sequence[Row]:
    """A list of objects, an empty one where there is none. Raises SourceChanged."""
    value = required(row, name) if needed else optional(row, name)
    if value is None and not needed:
        return []
    odd = next((item for item in value if not isinstance(item, Mapping)), None) if isinstance(value, list) else value
    if odd is None and isinstance(value, list):
        return value
    raise unexpected(odd, name, "a list of objects")


def flag(row: Any, name: str, *, needed: bool = False) -> bool:
    """A yes or no, which some write as a text or a number; no where there is none. Raises SourceChanged."""
    value = required(row, name) if needed else optional(row, name)
    said = str(value).lower()
    if value is None or said in FLAGS:
        return FLAGS.get(said, False)
    raise unexpected(value, name, "yes or no")


def texts(row: Any, name: str, *, needed: bool = False) -> Sequence[str]:
    """A list of names or ids, an empty one where there is none. Raises SourceChanged."""
    value = required(row, name) if needed else optional(row, name)
    if value is None and not needed:
        return []
    if not isinstance(value, list):
        raise unexpected(value, name, "a list of texts")
    return [text({name: item}, name) for item in value]


def moment(row: Any, name: str) -> datetime:
    """An instant: milliseconds since 1970 as a number or its digits, or ISO 8601, in UTC where it has no offset.

    Raises SourceChanged.
    """
    value = required(row, name)
    try:
        if type(value) is str and not value.isdigit():  # first, as above
            at = datetime.fromisoformat(value)
        elif isinstance(value, datetime):
            at = value
        else:
            return EPOCH + timedelta(milliseconds=int(value))
    except (ValueError, TypeError, OverflowError):
        raise unexpected(value, name, "a time") from None
    if at.tzinfo is UTC:
        return at
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def seconds(row: Any, name: str) -> datetime:
    """An instant in seconds since 1970, as a number or its digits. Raises SourceChanged."""
    value = required(row, name)
    with suppress(ValueError, TypeError, OverflowError):
        return EPOCH + timedelta(seconds=int(value))
    raise unexpected(value, name, "a time in seconds")


def utc_day(row: Any, name: str) -> date:
    """A day, YYYY-MM-DD. Raises SourceChanged."""
    value = required(row, name)
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise unexpected(value, name, "a day") from None


def milliseconds(start: date) -> int:
    """The beginning of a UTC day in milliseconds since 1970."""
    return (start - EPOCH.date()).days * DAY_MS


def packed(row: Any, name: str) -> Row:
    """An object, also where it is JSON in a text; a text that is none is an empty one. Raises SourceChanged."""
    value = optional(row, name)
    if type(value) is dict:  # first, since millions of values come this way
        return value
    if isinstance(value, str):
        with suppress(ValueError):
            value = json.loads(value)
        return value if isinstance(value, Mapping) else {}
    return inner(row, name)


def _money(value: Any, name: str) -> Decimal:
    if isinstance(value, AMOUNTS) and type(value) is not bool:
        try:
            amount = Decimal(value.strip() if isinstance(value, str) else str(value))
            if amount.is_finite():
                return amount
        except ArithmeticError:
            pass
    raise unexpected(value, name, "an amount")


def less(total: int | None, *parts: int | None) -> int | None:
    """What is left of a count that holds its parts, never under 0."""
    return None if total is None else max(0, total - sum(part or 0 for part in parts))
