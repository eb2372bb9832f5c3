"""Windows: whole units exactly, other days of few people in two digits, and none that others answered leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.answer.decompose import decompose
from storage.answer.nearest import nearest
from storage.answer.privacy import Viewer
from storage.answer.result import NoteKind, Result
from storage.errors import Denied
from storage.query import By, Compare, Filter, Grain, Having, Order, Query, Share
from storage.records import Period
from tests.storage.organisation import Organisation, Stay, Use
from tests.storage.worlds import World, worlds

START = date(2026, 2, 2)  # a Monday; the last day is the Wednesday of the fifth week
LAST = START + timedelta(days=30)
WEEK, WEEKS = Period(START, START + timedelta(days=6)), Period(START, START + timedelta(days=27))
ODD = Period(START + timedelta(days=1), START + timedelta(days=13))
WORKDAYS = Period(START + timedelta(days=21), START + timedelta(days=25))
WHOLE_WEEK = Period(START + timedelta(days=21), START + timedelta(days=27))
MEMBER = Viewer(email="large0")
SIZES = {"Large": 30, "Middle": 9, "Little": 8}
TOKENS = Query(metrics=("tokens",), period=WEEKS)
MIDDLE = Filter("team", ("Middle",))


def organisation() -> Organisation:
    """Everybody has use on each workday; three of Large also on the last Saturday."""
    stays, uses = [], []
    for team, size in SIZES.items():
        for number in range(size):
            email = f"{team.lower()}{number}"
            stays.append(Stay(email=email, team=team))
            for day in Period(START, LAST).each_day():
                if day.weekday() < 5:
                    uses.append(Use(day=day, email=email, input=1_001 + number, requests=1))
    saturday = START + timedelta(days=26)
    uses += [Use(day=saturday, email=f"large{number}", input=70, requests=1) for number in range(3)]
    return Organisation(dict.fromkeys(SIZES, ""), tuple(stays), tuple(uses))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [organisation()]) as found:
        yield found[0]


def values(result: Result) -> list[int | float | None]:
    return [row.values[result.columns[0].name] for row in result.rows]


def rounded(result: Result) -> list[bool]:
    return [row.rounded for row in result.rows]


def told(*results: Result) -> Viewer:
    """The member after these answers."""
    return replace(MEMBER, known=tuple(shown for result in results for shown in result.shown))


def test_whole_weeks_are_exact_for_everybody(world: World) -> None:
    for query in (TOKENS, TOKENS.with_(period=WEEK), TOKENS.with_(grain=Grain.WEEK)):
        mine = world.ask(query.with_(filters=(MIDDLE,)), MEMBER)
        assert values(mine) == values(world.ask(query.with_(filters=(MIDDLE,))))
        assert not any(rounded(mine))


def test_other_days_of_few_people_are_in_two_digits_for_all_but_the_operator(world: World) -> None:
    query = TOKENS.with_(period=ODD, filters=(MIDDLE,))
    assert values(world.ask(query)) == [9 * 9 * 1_001 + 9 * 36]
    mine = world.ask(query, MEMBER)
    assert (values(mine), rounded(mine)) == ([81_000], [True])
    assert [note.data for note in mine.notes if note.kind is NoteKind.ROUNDED] == [{"people": 20}]


def test_other_days_of_many_people_are_exact(world: World) -> None:
    large = world.ask(TOKENS.with_(period=ODD, filters=(Filter("team", ("Large",)),)), MEMBER)
    assert rounded(large) == [False]
    listed = world.ask(TOKENS.with_(period=ODD, group_by=("team",)), MEMBER)
    assert {row.labels["team"]: row.rounded for row in listed.rows} == {"Large": False, "Middle": True, "Little": True}


def test_counts_of_people_are_never_rounded(world: World) -> None:
    mine = world.ask(TOKENS.with_(metrics=("active_people",), period=ODD, filters=(MIDDLE,)), MEMBER)
    assert (values(mine), rounded(mine)) == ([9], [False])


def test_a_rounded_row_tells_nothing_exact_by_its_change_its_share_or_a_threshold(world: World) -> None:
    before = Period(ODD.end + timedelta(days=1), ODD.end + timedelta(days=13))
    (row,) = world.ask(TOKENS.with_(period=ODD, filters=(MIDDLE,), previous=before), MEMBER).rows
    assert (row.values["tokens"], row.values["previous"], row.values["change"]) == (81_000, 90_000, -9_000)
    assert row.values["change_pct"] == -0.1
    (shared,) = world.ask(TOKENS.with_(period=ODD, filters=(MIDDLE,), share=Share()), MEMBER).rows
    assert shared.values["share"] == pytest.approx(round(float(shared.values["share"] or 0), 2))
    by_team = TOKENS.with_(period=ODD, group_by=("team",))
    for threshold, passes in ((80_999, True), (81_000, False), (81_400, False)):
        rows = world.ask(by_team.with_(having=(Having(Compare.GT, threshold),)), MEMBER).rows
        assert ("Middle" in {row.labels["team"] for row in rows}) is passes, threshold


def test_why_a_rounded_figure_changed_is_rounded_too(world: World) -> None:
    query = TOKENS.with_(period=ODD, filters=(MIDDLE,), previous=WEEK)
    found = decompose(world.connection, world.directory, query, MEMBER)
    assert found.rounded
    assert (found.value, found.previous) == (81_000, 45_000)
    assert all(float(f"{part.contribution:.1e}") == part.contribution for part in found.parts)


def test_a_small_teams_days_are_answered_by_week_and_say_so(world: World) -> None:
    daily = TOKENS.with_(grain=Grain.DAY)
    mine = world.ask(daily.with_(filters=(MIDDLE,)), MEMBER)
    assert mine.query.grain is Grain.WEEK
    assert [row.labels["week"] for row in mine.rows] == [(START + timedelta(days=7 * n)).isoformat() for n in range(4)]
    assert [note.kind for note in mine.notes] == [NoteKind.BY_WEEK]
    assert world.ask(daily.with_(group_by=("team",)), MEMBER).query.grain is Grain.WEEK
    for query, viewer in ((daily.with_(filters=(Filter("team", ("Large",)),)), MEMBER), (daily, MEMBER)):
        assert world.ask(query, viewer).query.grain is Grain.DAY
    assert len(world.ask(daily.with_(filters=(MIDDLE,))).rows) == 28


def test_a_day_of_three_people_is_hidden_in_a_series_with_the_next_smallest(world: World) -> None:
    rows = world.ask(TOKENS.with_(grain=Grain.DAY, period=WHOLE_WEEK), MEMBER).rows
    hidden = [row.labels["day"] for row in rows if row.suppressed]
    assert hidden == [WHOLE_WEEK.start.isoformat(), (START + timedelta(days=26)).isoformat()]


def test_a_single_day_of_few_people_is_not_answered(world: World) -> None:
    saturday = Period(START + timedelta(days=26), START + timedelta(days=26))
    with pytest.raises(Denied):
        world.ask(TOKENS.with_(period=saturday), MEMBER)


def test_workdays_of_a_week_give_way_to_the_week_which_is_offered(world: World) -> None:
    """The week is answered to everybody: with the workdays it would tell the Saturday of three."""
    query = TOKENS.with_(period=WORKDAYS)
    with pytest.raises(Denied) as refused:
        world.ask(query, MEMBER)
    assert refused.value.reason == "difference"
    offered = nearest(world.connection, world.directory, query, MEMBER, other_days_first=True)
    assert offered is not None
    assert (offered.period.start, offered.period.end) == (WHOLE_WEEK.start, WHOLE_WEEK.end)
    assert world.ask(offered, MEMBER).rows[0].values["tokens"]


def test_days_answered_before_and_longer_ones_together_must_not_leave_few_people_alone(world: World) -> None:
    first = TOKENS.with_(period=Period(START + timedelta(days=15), START + timedelta(days=25)))
    second = first.with_(period=Period(START + timedelta(days=15), START + timedelta(days=26)))
    for one, other in ((first, second), (second, first)):
        known = told(world.ask(one, MEMBER))
        with pytest.raises(Denied):
            world.ask(other, known)
        assert world.ask(one, known).rows, "what is known may be asked again"


def test_three_windows_are_looked_at_together(world: World) -> None:
    first, middle, friday = (START + timedelta(days=count) for count in (16, 23, 25))
    left, right = Period(first, middle - timedelta(days=1)), Period(middle, friday)
    both = Period(first, friday + timedelta(days=1))
    known = told(*(world.ask(TOKENS.with_(period=days), MEMBER) for days in (left, right)))
    with pytest.raises(Denied):
        world.ask(TOKENS.with_(period=both), known)
    assert world.ask(TOKENS.with_(period=both), MEMBER).rows


def test_figures_of_other_kinds_take_nothing_from_each_other(world: World) -> None:
    first = TOKENS.with_(period=Period(START + timedelta(days=15), START + timedelta(days=25)))
    second = first.with_(period=Period(START + timedelta(days=15), START + timedelta(days=26)), metrics=("requests",))
    assert world.ask(second, told(world.ask(first, MEMBER))).rows


def test_a_ranking_keeps_what_it_showed_and_nothing_else(world: World) -> None:
    top = world.ask(TOKENS.with_(group_by=("team",), order=Order(By.VALUE), limit=1), MEMBER)
    (shown,) = top.shown
    assert shown.rows == ((0, ("Large",)),)
    assert world.ask(TOKENS.with_(period=ODD, filters=(MIDDLE,)), MEMBER).shown == ()
    assert world.ask(TOKENS.with_(metrics=("headcount",)), MEMBER).shown == ()
