"""How a figure is written in a table or beside another: exact enough to copy, short enough to read."""

from __future__ import annotations

import math

from storage.catalogue import Unit

NOTHING = "–"
HIDDEN = "hidden (small group)"
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
WHOLE_FROM = 100  # from here on decimals are noise


def figure(value: float | int | str | None, unit: str) -> str:
    """`1,234,568`, `$3.10`, `42.0 %`; an absent one is a dash."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value or NOTHING
    if not math.isfinite(value):
        return NOTHING
    if unit == Unit.FRACTION:
        return f"{_percent(value * 100)}%"
    sign = "-" if value < 0 else ""
    if _is_money(unit):
        return f"{sign}{SIGNS.get(unit[:3], unit[:3] + ' ')}{_cents(abs(value))}"
    return f"{sign}{_number(abs(value))}"


def in_currency(unit: str, currency: str) -> str:
    """A unit of money in another currency: "USD per person" is "EUR per person"."""
    return currency + unit[len(Unit.USD) :] if currency and unit.startswith(Unit.USD) else unit


def _is_money(unit: str) -> bool:
    return len(unit) >= 3 and unit[:3].isalpha() and unit[:3].isupper() and unit[3:4] in ("", " ")


def _cents(size: float) -> str:
    """Cents; of less than one the first two digits that are not nought, as in a price per token."""
    if size == 0 or size >= 0.005:
        return f"{size:,.2f}"
    return f"{size:.{1 - math.floor(math.log10(size))}f}"


def _percent(part: float) -> str:
    """Tenths; of less than one the first two digits that are not nought."""
    if part == 0 or abs(part) >= 0.05:
        return f"{part:,.1f}"
    return f"{part:.{1 - math.floor(math.log10(abs(part)))}f}"


def _number(size: float) -> str:
    if size == int(size) or size >= WHOLE_FROM:
        return f"{size:,.0f}"
    return f"{size:,.2f}" if size >= 1 else f"{size:,.4g}"
