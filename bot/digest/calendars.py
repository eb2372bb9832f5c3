"""Which weeks are compared with no others because of holidays: those of the workspace, or of many of its people."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import holidays
from holidays.registry import COUNTRIES
from sqlalchemy import Connection

from bot.digest.baseline import DigestScope
from bot.digest.week import Week, holidays_of
from storage.answer.privacy import OPERATOR
from storage.names import Directory

MANY = 0.25  # of the people, on holiday


@dataclass(frozen=True)
class WorkCalendar:
    """The holidays of one scope: `free` are those of the workspace's country, `elsewhere` by location those of others.

    A person is on holiday in a week that has fewer than three workdays where they are: by the calendar of the country
    that their location names, else by the workspace's. A week is left out of baselines and tests where it is short for
    the workspace, or where more than a quarter of the scope's people are on holiday. Where no country is set there are
    no holidays at all; leave that people take by themselves is not known.
    """

    scope: DigestScope
    free: Container[date]
    elsewhere: Mapping[str, Container[date]]
    _away: dict[Week, bool] = field(default_factory=dict)

    def leaves_out(self, week: Week) -> bool:
        """Whether a week is compared with no other."""
        return week.is_short(self.free) or self.many_away(week)

    def many_away(self, week: Week) -> bool:
        """Whether more than a quarter of the people have holidays of their own in a week that is none here."""
        if week not in self._away:
            self._away[week] = self._share_away(week) > MANY
        return self._away[week]

    def _share_away(self, week: Week) -> float:
        closed = {place for place, free in self.elsewhere.items() if week.is_short(free)}
        if not closed or week.is_short(self.free):
            return 0.0
        query = self.scope.query("headcount", week=week).with_(group_by=("location",))
        heads = {row.labels["location"]: row.values["headcount"] or 0 for row in self.scope.rows(query)}
        everybody = sum(heads.values())
        return float(sum(heads.get(place, 0) for place in closed) / everybody) if everybody else 0.0


def calendar(connection: Connection, directory: Directory, week: Week, team: str | None, country: str) -> WorkCalendar:
    """The holidays of a team, or of all."""
    scope = DigestScope(connection, directory, OPERATOR, week, team)  # who is on holiday is told to nobody
    free = holidays_of(country)
    named = {place: country_of(place, country) for place in directory.values["location"]} if country else {}
    return WorkCalendar(scope, free, {place: holidays_of(code) for place, code in named.items() if code})


def country_of(location: str, workspace: str) -> str:
    """The code of the other country that a location names: "Germany", "DE", "Berlin, DE"; "" where it names none.

    Behind a place a part of the workspace's own country comes first: with US set, "Wilmington, DE" lies in Delaware.
    """
    home = workspace.upper().partition("-")[0]
    place, _, last = (part.strip() for part in location.rpartition(","))
    if place and last in _parts(home):
        return ""
    code = _countries().get(last if last.isupper() else last.casefold().replace(" ", "_"), "")
    return "" if code == _countries().get(home) else code


@lru_cache(maxsize=8)
def _parts(country: str) -> frozenset[str]:
    found = holidays.country_holidays(country)
    return frozenset((*found.subdivisions, *found.subdivisions_aliases))


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """The alpha-2 code by every code in capitals, and by the name in small letters."""
    return {key: codes[1] for name, codes in COUNTRIES.items() for key in (name, *codes[1:]) if key[:1].isalpha()}
