"""Values of a vendor's JSON that vendors write in several ways: money, instants, objects, counts inside counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.sources.base import SourceChanged, money

CENTS = Decimal(100)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_MS = 86_400_000


def amount(value: Any) -> Decimal | None:
    """An amount, None where the vendor gives none. Raises SourceChanged."""
    return None if value is None or value == "" else money(value)


def moment(value: Any) -> datetime:
    """An instant: milliseconds since 1970 as a number or its digits, or ISO 8601, in UTC where it has no offset.

    Raises SourceChanged.
    """
    try:
        if isinstance(value, int | float) or (isinstance(value, str) and value.isdigit()):
            return EPOCH + timedelta(milliseconds=int(value))
        at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (ValueError, TypeError, OverflowError):
        raise SourceChanged("the vendor's answer has a time that is none; its format may have changed") from None
    if at.tzinfo is UTC:
        return at
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def utc_day(value: Any) -> date:
    """A day, YYYY-MM-DD. Raises SourceChanged."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise SourceChanged("the vendor's answer has a day that is none; its format may have changed") from None


def milliseconds(start: date) -> int:
    """The beginning of a UTC day in milliseconds since 1970."""
    return (start - EPOCH.date()).days * DAY_MS


def mapping(value: Any) -> Mapping[str, Any]:
    """An object, also where it is JSON in a text; anything else is an empty one."""
    if type(value) is dict:  # first, since millions of values come this way
        return value
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = json.loads(value)
        except ValueError:
            return {}
    return value if isinstance(value, Mapping) else {}


def less(total: int | None, *parts: int | None) -> int | None:
    """What is left of a count that holds its parts, never under 0."""
    return None if total is None else max(0, total - sum(part or 0 for part in parts))
