"""A phrase at the start of a text, asked on Wednesday 18 November 2026, and the days that it was read as."""

from __future__ import annotations

from datetime import date

from bot.questions.periods import Calendar
from bot.questions.periods.phrase import Doubt, Phrase, Reading
from bot.questions.periods.reader import PeriodReader, Taken
from bot.questions.tokens import tokenise

CALENDAR = Calendar(as_of=date(2026, 11, 18), first_day=date(2026, 6, 1))


def reader(text: str, calendar: Calendar = CALENDAR) -> PeriodReader:
    return PeriodReader(tokenise(text).words, calendar)


def said(reading: Reading | None) -> str:
    """Its days as "2026-10-01..2026-10-31", or why they are doubtful."""
    if isinstance(reading, Doubt):
        return reading.reason
    return f"{reading.first}..{reading.last}" if reading is not None else ""


def atom(text: str, calendar: Calendar = CALENDAR) -> Reading | None:
    """The single phrase that is the whole of a text; None where it is not the whole."""
    return whole(reader(text, calendar).atom(0), text)


def whole(taken: Taken | None, text: str) -> Reading | None:
    return taken[0] if taken is not None and taken[1] == len(tokenise(text).words) else None


def phrase(text: str, calendar: Calendar = CALENDAR) -> Phrase:
    found = atom(text, calendar)
    assert isinstance(found, Phrase), text
    return found
