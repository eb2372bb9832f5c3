"""Questions that ask how things stand become the figures of Home, for one scope or two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.questions.reading import World
from bot.questions.scorecard import METRICS, SIDES, scorecard
from storage.engine import reading_engine
from storage.names import read_directory
from storage.query import Query
from tests.conftest import LARKSPUR_DAY


@pytest.fixture
def world(larkspur: str) -> Iterator[World]:
    engine = reading_engine(larkspur)
    with engine.connect() as connection:
        yield World(directory=read_directory(connection, 1), as_of=LARKSPUR_DAY)
    engine.dispose()


def queries(text: str, world: World) -> list[Query]:
    return [reading.query for reading in scorecard(text, world)]


@pytest.mark.parametrize(
    "text",
    [
        "how are we doing?",
        "Hey, how are things going",
        "show me the scorecard",
        "what changed?",
        "anything unusual?",
        "did anything weird happen",
        "I need the exec summary",
        "what's the headline number?",
        "give me 3 insights",
        "give me a summary for the board",
    ],
)
def test_how_are_we_doing_is_the_figures_of_last_month_against_the_month_before(text: str, world: World) -> None:
    found = queries(text, world)

    assert [query.metrics[0] for query in found] == [*METRICS]
    assert {query.period.start for query in found} == {date(2026, 10, 1)}
    assert all(query.previous and query.previous.end == date(2026, 9, 30) for query in found)


@pytest.mark.parametrize(
    ("when", "first", "last", "before"),
    [
        ("this month", date(2026, 11, 1), date(2026, 11, 18), date(2026, 10, 18)),
        ("last week", date(2026, 11, 9), date(2026, 11, 15), date(2026, 11, 8)),
        ("this week", date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 11)),
        ("in May", date(2026, 5, 1), date(2026, 5, 31), date(2026, 4, 30)),
        ("last quarter", date(2026, 7, 1), date(2026, 9, 30), date(2026, 6, 30)),
        ("in Q2 2026", date(2026, 4, 1), date(2026, 6, 30), date(2026, 3, 31)),
    ],
)
def test_a_named_month_or_quarter_is_beside_the_one_before(
    when: str, first: date, last: date, before: date, world: World
) -> None:
    query = queries(f"how are we doing {when}?", world)[0]

    assert (query.period.start, query.period.end) == (first, last)
    assert query.previous is not None
    assert query.previous.end == before


def test_a_team_is_found_by_its_name(world: World) -> None:
    (team,) = {query.filters[0].values for query in queries("how is checkout doing?", world)}

    assert team == ("Checkout",)


@pytest.mark.parametrize("text", ["compare Checkout and Booking", "how does Checkout compare with Booking?"])
def test_two_teams_stand_side_by_side_in_every_figure(text: str, world: World) -> None:
    found = queries(text, world)

    assert [query.metrics[0] for query in found] == [*SIDES]
    assert {query.scopes for query in found} == {("Checkout", "Booking")}


def test_oneself_beside_the_team_is_for_oneself_alone(world: World) -> None:
    person = next(person for person in world.directory.people if person.teams)
    own = World(directory=world.directory, as_of=world.as_of, asker=person.email)

    found = scorecard("how do I compare with my team?", own)

    assert [reading.personal for reading in found] == [True, False, True, False]
    assert found[0].query.filters[0].values == (person.email,)
    assert found[1].query.filters[0].values == (person.teams[-1],)
    assert scorecard("am I a heavy user?", own) == scorecard("what's my rank", own) == found  # nobody is ranked


@pytest.mark.parametrize(
    "text",
    ["compare cost of Checkout and Booking", "tokens last month", "compare Checkout and Nobody"],
)
def test_whatever_names_a_metric_or_no_team_is_left_to_the_reader(text: str, world: World) -> None:
    assert scorecard(text, world) == ()
