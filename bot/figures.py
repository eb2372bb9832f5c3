"""How a figure is written: in full where it stands in a table, in three digits where it is read in passing."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable

from storage.catalogue import Unit

NOTHING = "–"
HIDDEN = "hidden (small group)"
MINUS = "−"
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
Written = Callable[[float], str]
DIME = 0.1  # below it cents are too coarse to compare
WHOLE_FROM = 100  # from here on decimals are noise
SIZES = ((1e9, "B"), (1e6, "M"), (1e3, "k"))
ROUNDED = 2  # of one that was rounded, so that nobody is singled out
DIGITS = 3  # significant ones of a figure in a sentence, a chart or a heading
NAMES: dict[str, tuple[str, str]] = {  # of the units that are said behind a figure, for one and for more
    Unit.TOKENS: ("token", "tokens"),
    Unit.REQUESTS: ("request", "requests"),
    Unit.PEOPLE: ("person", "people"),
    Unit.DAYS: ("day", "days"),
    Unit.SUGGESTIONS: ("suggestion", "suggestions"),
    Unit.ITEMS: ("item", "items"),
    Unit.SEATS: ("seat", "seats"),
    Unit.MINUTES: ("minute", "minutes"),
    Unit.HOURS: ("hour", "hours"),
}


def figure(value: float | int | str | None, unit: str) -> str:
    """In full: `1,234,568`, `$3.10`, `42.0%`, `−7`; an absent one is a dash."""
    return _written(value, unit, _number, _cents)


def short(value: float | int | str | None, unit: str) -> str:
    """In three digits: `1.23M`, `$1.16k`, `42.0%`; an absent one is a dash. Less than a hundred dollars have cents, and
    less than an hour hundredths."""
    if unit == Unit.HOURS and isinstance(value, float) and abs(value) < 1:
        value = round(value, 2)
    return _written(value, unit, _three, lambda size: _cents(size) if 0 < size < WHOLE_FROM else _three(size))


def rough(value: float | int | str | None, unit: str) -> str:
    """One that was rounded to two digits, in these: `2.7M`, `$270`, `18%`."""
    if isinstance(value, int | float) and unit == Unit.FRACTION and math.isfinite(value):
        return f"{value * 100:.{ROUNDED}g}%"
    return _written(value, unit, _two, lambda size: _with_cents(_two(size)))


def signed(value: float, unit: str) -> str:
    """A part of a change in three digits, always with its sign: `+3.21M`, `−$10.15`."""
    return f"{'+' if value > 0 else MINUS}{short(abs(value), unit)}"


def points(change: float) -> str:
    """The size of a change of a rate, a fraction: `1.7 points`."""
    size = _percent(abs(change) * 100)
    return f"{size} point{'' if size == '1' else 's'}"


def counted(value: float, unit: str) -> str:
    """A figure in three digits with the name of what it counts: `1 person`, `1.23M tokens`; money and rates alone."""
    names = NAMES.get(unit)
    said = short(value, unit)
    return f"{said} {names[said != '1']}" if names else said


def times(ratio: float) -> str:
    """How many times as much: `2.5 times`."""
    return f"{_three(ratio)} times"


def plural(count: int, noun: str) -> str:
    """`1 row`, `2 rows`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def in_currency(unit: str, currency: str) -> str:
    """A unit of money in another currency: "USD per person" is "EUR per person"."""
    return currency + unit[len(Unit.USD) :] if currency and unit.startswith(Unit.USD) else unit


def _written(value: float | int | str | None, unit: str, number: Written, money: Written) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value or NOTHING
    if not math.isfinite(value):
        return NOTHING
    if unit == Unit.FRACTION:
        said = f"{_percent(abs(value) * 100)}%"
    elif _is_money(unit):
        said = f"{SIGNS.get(unit[:3], unit[:3] + ' ')}{money(abs(value))}"
    else:
        said = number(abs(value))
    return f"{MINUS}{said}" if value < 0 and any(digit in said for digit in "123456789") else said


def _is_money(unit: str) -> bool:
    return len(unit) >= 3 and unit[:3].isalpha() and unit[:3].isupper() and unit[3:4] in ("", " ")


def _three(size: float) -> str:
    return _digits(size, DIGITS)


def _two(size: float) -> str:
    return _digits(size, ROUNDED)


def _with_cents(said: str) -> str:
    """ "5.7" as "5.70": money has no single decimal."""
    return f"{said}0" if said[-2:-1] == "." else said


def _digits(size: float, digits: int) -> str:
    """So many significant digits, from a thousand on with the letter of its size."""
    if size == 0:
        return "0"
    near = min(float(f"{size:.{digits - 1}e}"), sys.float_info.max)
    scale, letter = next(((scale, letter) for scale, letter in SIZES if near >= scale), (1.0, ""))
    left = near / scale
    decimals = max(digits - 1 - math.floor(math.log10(left)), 0)
    said = f"{left:,.{decimals}f}"
    return said + letter if letter else _trimmed(said)


def _trimmed(said: str) -> str:
    return said.rstrip("0").rstrip(".") if "." in said else said


def _cents(size: float) -> str:
    """Cents; of less than ten the first three digits that are not nought, as in a cost per item or a token's price."""
    if size == 0 or size >= DIME:
        return f"{size:,.2f}"
    said = f"{size:.{DIGITS - 1 - math.floor(math.log10(size))}f}"
    return said.rstrip("0").ljust(len("0.00"), "0")


def _percent(part: float) -> str:
    """Tenths; of less than one the first two digits that are not nought; nothing, the whole and more without any."""
    if part == 0 or part >= 100:
        return f"{part:,.0f}"
    if part >= 0.05:
        return f"{part:,.1f}"
    return f"{part:.{1 - math.floor(math.log10(part))}f}"


def _number(size: float) -> str:
    if size == int(size) or size >= WHOLE_FROM:
        return f"{size:,.0f}"
    return f"{size:,.2f}" if size >= 1 else f"{size:,.4g}"
