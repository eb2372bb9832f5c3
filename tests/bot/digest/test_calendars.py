"""Weeks that holidays keep out of baselines and tests: by the workspace's calendar, or by those of many people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import isclose
from pathlib import Path

import pytest

from bot.digest.calendars import country_of
from bot.digest.value import DigestState
from bot.digest.week import week_of
from bot.settings import Settings
from storage.query import Query
from tests.bot.digest.company import Company
from tests.bot.digest.conftest import Store, bent, by_hand
from tests.databases import fresh_store

CHRISTMAS = 13  # the number of the week from 22 December 2025: two workdays in Poland, four in the United States
AMERICA = Settings(country="US")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with fresh_store("sqlite", tmp_path) as url:
        made = Store(url)
        yield made
        made.reading.dispose()
        made.writing.dispose()


def company(**places: str) -> Company:
    return Company(first=date(2025, 9, 22), factor=bent("Care", 9, at=CHRISTMAS), places=places)


@pytest.mark.parametrize(
    ("location", "workspace", "country"),
    [
        ("Germany", "US", "DE"),
        ("germany", "US", "DE"),
        ("DE", "US", "DE"),
        ("DEU", "US", "DE"),
        ("Berlin, DE", "PL", "DE"),
        ("London, United Kingdom", "DE", "GB"),
        ("London, UK", "DE-BY", "GB"),
        ("Munich, Germany", "DE-BY", ""),
        ("Wilmington, DE", "US", ""),
        ("Atlanta, Georgia", "US", ""),
        ("Tbilisi, Georgia", "DE", "GE"),
        ("Berlin", "US", ""),
        ("Remote", "US", ""),
        ("de", "US", ""),
        ("", "US", ""),
    ],
)
def test_a_location_names_another_country_by_its_name_or_code_at_the_end(
    location: str, workspace: str, country: str
) -> None:
    assert country_of(location, workspace) == country


def test_a_week_in_which_over_a_quarter_has_holidays_of_its_own_is_shown_and_not_tested(store: Store) -> None:
    here = company(Care="Warsaw, PL")  # 22 of 37
    here.save(store.writing)

    digest = store.digest(here, CHRISTMAS, settings=AMERICA)

    assert (digest.away, digest.short, digest.state, digest.movers) == (True, False, DigestState.NORMAL, ())
    assert digest.value is not None
    assert "Over a quarter of its people were on holiday: shown, not compared." in digest.text
    assert digest.to_json()["short_week"] is False


def test_a_quarter_or_fewer_change_nothing(store: Store) -> None:
    here = company(Law="Warsaw, PL")  # 3 of 37
    here.save(store.writing)

    digest = store.digest(here, CHRISTMAS, settings=AMERICA)

    assert not digest.away
    assert digest.state is DigestState.CHANGED
    assert "Holiday week (4 of 5 workdays)." in digest.text


def test_each_team_has_the_holidays_of_its_own_people(store: Store) -> None:
    here = company(Build="Poland")  # 12 of 37, and all of Build
    here.save(store.writing)

    away = {team: store.digest(here, CHRISTMAS, team=team, settings=AMERICA).away for team in ("Build", "Care")}

    assert away == {"Build": True, "Care": False}


def test_such_a_week_is_in_no_later_baseline(store: Store) -> None:
    here = company(Care="Warsaw, PL")
    here.save(store.writing)
    week = week_of(here.monday(15))

    digest = store.digest(here, 15, settings=AMERICA)

    before = [week.plus(-back) for back in range(13, 0, -1) if week.plus(-back) != week_of(here.monday(CHRISTMAS))]
    query = Query(metrics=("tokens_per_employee",), period=week.period)
    assert digest.usual is not None
    assert isclose(digest.usual.low, by_hand([store.ask(query.with_(period=week.period)) for week in before])[0])


def test_without_a_country_there_are_no_holidays_at_all(store: Store) -> None:
    here = company(Care="Warsaw, PL")
    here.save(store.writing)

    digest = store.digest(here, CHRISTMAS)

    assert not digest.away
    assert digest.workdays == 5
