"""ISO weeks: their days, the ones before, and which of them are too short to compare."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from bot.errors import SettingsError, UserError
from storage.records import Period

WRITTEN = re.compile(r"(\d{4})-W(\d{2})")
FEWEST_WORKDAYS = 3
WORKDAYS = 5


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO week by its Monday."""

    monday: date

    def __str__(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02}"

    @property
    def short_name(self) -> str:
        """ "W46": enough where the year is plain."""
        return f"W{self.monday.isocalendar().week}"

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    @property
    def period(self) -> Period:
        """Its days, labelled by its name."""
        return Period(self.monday, self.sunday, str(self))

    def plus(self, weeks: int) -> Week:
        """The week so many after it."""
        return Week(self.monday + timedelta(weeks=weeks))

    def workdays(self, free: Container[date]) -> int:
        """Its days from Monday to Friday that are no holiday."""
        return sum(day.weekday() < WORKDAYS and day not in free for day in self.period.each_day())

    def is_short(self, free: Container[date]) -> bool:
        """Whether it has too few workdays to be compared with others."""
        return self.workdays(free) < FEWEST_WORKDAYS


def week_of(day: date) -> Week:
    """The ISO week that holds a day."""
    return Week(day - timedelta(days=day.weekday()))


def parse_week(text: str) -> Week:
    """ "2026-W46" as a week. Raises UserError for anything else, week 53 of a year without one included."""
    match = WRITTEN.fullmatch(text.strip().upper())
    try:
        if match:
            return Week(date.fromisocalendar(int(match[1]), int(match[2]), 1))
    except ValueError:
        pass
    raise UserError(f"There is no week {text!r}; write it as 2026-W46.")


@lru_cache(maxsize=64)
def holidays_of(country: str) -> Container[date]:
    """The public holidays of a country ("DE", "US-CA" with a part of it), none for "". Raises SettingsError."""
    if not country:
        return frozenset()
    name, _, part = country.upper().partition("-")
    try:
        found: Container[date] = holidays.country_holidays(name, subdiv=part or None)
    except NotImplementedError:  # caught, not raised: so the calendar package says that it does not know a country
        raise SettingsError([f"FULCRUM_COUNTRY: no holidays are known of {country!r}"]) from None
    return found
