"""Spans of days written close together, in words that the reader knows: "1.10.-31.10.", "1-31.10.", "1 Oct–31 Oct"."""

from __future__ import annotations

import re

from bot.questions.periods.labels import MONTH_NAMES

_NAME = r"[A-Za-z]{3,9}\.?"
_POINTS = re.compile(
    r"(?<![\w.,$€£-])(?P<d1>\d{1,2})(?:\.(?P<m1>\d{1,2}))?\.?(?P<y1>20\d\d)?\s*(?:-|–|—|to|bis|until|till)\s*"
    r"(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})(?:\.(?P<y2>20\d\d|\d\d)?)?(?![\w%])"
)
_DASHED = re.compile(
    rf"(?<!\w)(\d{{1,2}}\s+{_NAME}|{_NAME}\s+\d{{1,2}})[-–—](\d{{1,2}}\s+{_NAME}|{_NAME}\s+\d{{1,2}})(?!\w)"
)
MONTHS, DAYS = len(MONTH_NAMES), 31


def with_months_named(text: str) -> str:
    """The text with such spans as "1 October to 31 October"; what is no day of a month is left alone."""
    return _DASHED.sub(r"\1 to \2", _POINTS.sub(_named, text))


def _named(hit: re.Match[str]) -> str:
    first = int(hit["d1"]), int(hit["m1"] or hit["m2"])
    last = int(hit["d2"]), int(hit["m2"])
    if not all(1 <= day <= DAYS and 1 <= month <= MONTHS for day, month in (first, last)):
        return hit[0]
    year = hit["y2"] or hit["y1"] or ""
    said = f" {year if len(year) != len('26') else '20' + year}" if year else ""
    return f"{first[0]} {MONTH_NAMES[first[1] - 1]}{said} to {last[0]} {MONTH_NAMES[last[1] - 1]}{said}"
