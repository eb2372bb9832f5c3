"""Periods, numbers and clock times between the names of a message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.questions.finders.marking import mark
from bot.questions.finders.marks import Marked, Mention
from bot.questions.finders.timing import Laid, clocks, numbers, shape, times
from bot.questions.periods import Calendar, find
from bot.questions.tokens import tokenise
from tests.bot.questions.finders.bureau import mentions, world

CALENDAR = Calendar(date(2026, 11, 18), date(2026, 2, 2))


def laid(text: str) -> Laid:
    return Laid(tokenise(text).tokens)


@pytest.mark.parametrize("text", ["tokens after 10 pm", "cost at 14:30", "requests before 9am", "tokens after 18 uhr"])
def test_a_time_of_day_is_a_clock_time(text: str) -> None:
    assert [mention.kind for mention in mentions(text)] == ["clock"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("spend 05.11.", "2026-11-05..2026-11-05"),
        ("spend from 21.09. to 30.09. for Web", "2026-09-21..2026-09-30"),
        ("what was the 2026 bill", "2026-01-01..2026-11-18"),
        ("cost by month so far", "2026-02-02..2026-11-18"),
        ("cost lw", "2026-11-09..2026-11-15"),
    ],
)
def test_dates_years_and_short_forms_are_periods(text: str, days: str) -> None:
    (period,) = [mention.values[0] for mention in mentions(text) if mention.kind == "period"]
    assert f"{period.start}..{period.end}" == days


def test_a_number_with_a_point_is_no_date() -> None:
    assert [mention.kind for mention in mentions("teams over 12.50 dollars")] == ["number"]


def test_a_span_that_is_taken_for_good_is_taken_once_and_a_doubtful_one_may_be_taken_again() -> None:
    held = laid("may lind asks")
    held.add(0, 1, [Mention("person", ("may",), doubtful=True)])
    held.add(0, 2, [Mention("person", ("may", "lind"))])
    held.add(1, 3, [Mention("team", ())])

    assert held.spans == {0: (2, held.spans[0][1])}
    assert held.blocked == {0, 1}


def test_a_number_of_a_clock_time_or_a_period_counts_nothing() -> None:
    held = laid("over 5 tokens after 10 pm in week 46")
    clocks(held)
    times(held, CALENDAR, Marked())
    numbers(held)
    kinds = [mention.kind for _, found in sorted(held.spans.values(), key=lambda span: span[0]) for mention in found]

    assert kinds == ["number", "clock", "period"]


def test_numbers_of_a_pair_share_their_scale() -> None:
    held = laid("between 5 and 20 million")
    numbers(held)

    assert [found[0].values[0] for _, found in held.spans.values()] == [5e6, 2e7]


def test_nothing_is_scaled_by_nought() -> None:
    held = laid("between 5 and 0 million")
    numbers(held)

    assert [found[0].values[0] for _, found in held.spans.values()] == [5, 0]


def test_a_time_that_no_calendar_knows_is_told_with_its_reason() -> None:
    out = Marked()
    times(laid("tokens last sprint"), CALENDAR, out)

    assert out.problem
    assert "sprint" in out.problems[0]


@pytest.mark.parametrize(
    ("text", "seen"),
    [("october", ("month", "month")), ("last 4 weeks", ("span", "weeks")), ("9 nov to 10 nov", ("span", "days"))],
)
def test_the_network_sees_what_kind_of_period_it_is_and_no_day(text: str, seen: tuple[str, ...]) -> None:
    (match,) = find(tokenise(text).words, CALENDAR).periods

    assert shape(match) == seen


def test_a_month_is_no_colleague_where_two_are_called_so_and_words_of_time_stand_beside_it() -> None:
    people = world().directory.people
    twin = replace(people[0], name="May Costa", email="may.costa@bureau.example")
    twins = replace(world(), directory=replace(world().directory, people=(*people, twin)))

    def kinds(text: str) -> list[str]:
        return [mention.kind for mention in mark(text, twins).mentions]

    for text in ("cost since May", "cost in May", "monthly cost May through August", "cost between May and July"):
        assert kinds(text) == ["period"], text
    for text in ("May's tokens", "cost by May", "what did May spend"):
        assert "person" in kinds(text), text
