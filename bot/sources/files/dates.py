"""How a file writes days and numbers: found out over all of it, since 09/07/2026 alone can be read in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

PARTS = re.compile(r"([0-9]{1,4})([/.\-])([0-9]{1,2})\2([0-9]{4}|[0-9]{1,2})(?:,?[ T].*)?")
WRITTEN_TOGETHER = re.compile(r"(2[0-9]{3})([0-9]{2})([0-9]{2})")
WEEKDAY = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ", re.IGNORECASE
)  # says nothing that the day does not
WORDS = re.compile(
    r"(?:([0-9]{1,2})[ \-]([a-z]{3,9})\.?[ \-]([0-9]{4})|([a-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4}))", re.IGNORECASE
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BY_COMMA = re.compile(r"^[^0-9]*+(?:[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]+,(?:[0-9]{1,2}|[0-9]{4,}))[^0-9]*")
BY_POINT = re.compile(r"^[^0-9]*+(?:[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,}))[^0-9]*")


# A count has no broken part: a point or a comma in it groups its digits, unless all behind it are noughts.
POINTS_IN_A_COUNT = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}|[1-9][0-9]{0,2}\.(?!000)[0-9]{3}")
COMMAS_IN_A_COUNT = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}|[1-9][0-9]{0,2},(?!000)[0-9]{3}")


class DateOrder(Enum):
    """In which order a file writes a day."""

    ISO = "YYYY-MM-DD"
    DAY_FIRST = "DD/MM/YYYY"
    MONTH_FIRST = "MM/DD/YYYY"
    OPEN = "DD/MM/YYYY or MM/DD/YYYY"  # nothing in the file tells, or it has both


class DecimalMark(Enum):
    """What stands between whole and broken in a file's numbers."""

    POINT = "."
    COMMA = ","
    UNKNOWN = ""  # 1,234 in a file where nothing tells


@dataclass(slots=True)
class Habits:
    """What has been seen of a file's days and numbers."""

    day_first: bool = False
    month_first: bool = False
    open_order: bool = False
    by_comma: bool = False
    by_point: bool = False

    def look(self, days: Iterable[str], numbers: Iterable[str], counts: Iterable[str] = ()) -> None:
        """Look at the fields of one row."""
        for text in counts:
            if "." in text or "," in text:
                self.by_comma |= bool(POINTS_IN_A_COUNT.fullmatch(text.strip()))
                self.by_point |= bool(COMMAS_IN_A_COUNT.fullmatch(text.strip()))
        for text in days:
            found = PARTS.fullmatch(text.strip())
            if found and len(found[1]) <= 2 and found[2] != ".":
                first, second = int(found[1]), int(found[3])
                self.day_first |= first > 12
                self.month_first |= second > 12
                self.open_order |= first <= 12 and second <= 12
        for text in numbers:
            self.by_comma |= bool(BY_COMMA.fullmatch(text.strip()))
            self.by_point |= bool(BY_POINT.fullmatch(text.strip()))

    @property
    def are_plain(self) -> bool:
        """Whether nothing was seen that other rows could explain."""
        return not (self.day_first or self.month_first or self.open_order or self.by_comma)

    @property
    def order(self) -> DateOrder:
        """The order of its days."""
        if self.day_first != self.month_first:
            return DateOrder.DAY_FIRST if self.day_first else DateOrder.MONTH_FIRST
        return DateOrder.OPEN if self.open_order or self.day_first else DateOrder.ISO

    def mark(self, by_semicolon: bool) -> DecimalMark:
        """The mark in its numbers; where commas separate fields, a comma inside a number groups its digits."""
        if self.by_comma != self.by_point:
            return DecimalMark.COMMA if self.by_comma else DecimalMark.POINT
        return DecimalMark.UNKNOWN if by_semicolon and not self.by_point else DecimalMark.POINT


def read(text: str, order: DateOrder) -> date | None:
    """A day that is not written as YYYY-MM-DD; None where it is none. Raises ValueError where there is no such day."""
    if found := WRITTEN_TOGETHER.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    text = WEEKDAY.sub("", text, count=1)
    found = PARTS.fullmatch(text)
    if found:
        first, second, third = int(found[1]), int(found[3]), int(found[4])
        if len(found[1]) == 4:
            return date(first, second, third)
        if len(found[4]) != 4:
            return None
        if found[2] == "." or order is DateOrder.DAY_FIRST or (first > 12 and order is not DateOrder.MONTH_FIRST):
            return date(third, second, first)
        return date(third, first, second) if order is DateOrder.MONTH_FIRST or second > 12 else None
    found = WORDS.fullmatch(text)
    if not found:
        return None
    day, word, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    month = MONTHS.index(word[:3].lower()) + 1 if word[:3].lower() in MONTHS else 0
    return date(int(year), month, int(day)) if month else None


def two_ways(text: str) -> tuple[date, date] | None:
    """The two days that a text may mean, where nothing tells which comes first, the day or the month."""
    found = PARTS.fullmatch(text)
    if (
        not found
        or len(found[1]) > 2
        or len(found[4]) != 4
        or not 0 < int(found[1]) <= 12
        or not 0 < int(found[3]) <= 12
    ):
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    return date(year, second, first), date(year, first, second)
