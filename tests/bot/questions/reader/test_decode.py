"""Choices become a query that the catalogue accepts, or an honest reason why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.questions.finders.marking import mark
from bot.questions.finders.marks import Marked
from bot.questions.reader.choices import Choices, Role
from bot.questions.reader.decode import reading
from bot.questions.reader.schema import KEEP, heads
from bot.questions.reading import Impossible, Missing, Reading, Told, Unclear, Understood, World
from bot.questions.training.sets import AS_OF, organisation
from storage.catalogue import METRICS
from storage.query import By, Compare, Filter, Op, Query

PARAPHRASES = Path(__file__).parents[1] / "paraphrases"
WORLD = World(directory=organisation(PARAPHRASES / "strangers/c1.json"), as_of=AS_OF)
PLAIN = {name: values[0] for name, values in heads(tuple(METRICS), ("cost", "requests")).items()}


def chosen(marked: Marked, roles: tuple[str, ...], condition: float = 0.0, **said: str) -> Choices:
    """The choices of a network that is sure of everything."""
    held = PLAIN | {"metric": "tokens"} | said
    found = [Role(name.partition(":")[0], 1.0, name.partition(":")[2] or "value") for name in roles]
    assert len(found) == len(marked.mentions), marked.parts
    return Choices(held, dict.fromkeys(held, 1.0), found, condition=condition)


def read(text: str, *roles: str, before: Query | None = None, condition: float = 0.0, **said: str) -> Reading:
    """The reading of a message whose mentions are for what `roles` say."""
    marked = mark(text, WORLD)
    return reading(marked, chosen(marked, roles, condition, **said), before, WORLD)


def query(text: str, *roles: str, before: Query | None = None, **said: str) -> Query:
    """The query of a message that is understood."""
    got = read(text, *roles, before=before, condition=0.0, **said)
    assert isinstance(got, Understood), got
    return got.query


def test_a_name_and_a_period_are_what_they_are_for() -> None:
    got = query("tokens of Yield in October", "in", "main")
    assert got.filters == (Filter("team", ("Yield",)),)
    assert (str(got.period.start), str(got.period.end)) == ("2026-10-01", "2026-10-31")


def test_a_name_that_is_only_said_filters_nothing() -> None:
    assert query("tokens in October, asks Yield", "main", "ignore").filters == ()


def test_without_leaves_out_and_below_goes_down() -> None:
    assert query("tokens without Yield in October", "not_in", "main").filters == (
        Filter("team", ("Yield",), Op.NOT_IN),
    )
    assert query("teams below Fab in October", "below", "main", group="team").filters[0].op is Op.BELOW


def test_a_part_of_a_whole_is_a_share_of_it() -> None:
    got = query("share of Yield in Fab's tokens in October", "part", "over", "main", share="yes")
    assert got.filters == (Filter("team", ("Yield",)),)
    assert got.share is not None
    assert got.share.over == (Filter("team", ("Fab",)),)


def test_percent_of_a_sum_compares_shares_and_of_a_rate_the_rate() -> None:
    cost = query("teams over 10% of cost in October", "gt", "main", metric="cost", group="team").having[0]
    assert (cost.compare, cost.value, cost.by) == (Compare.GT, 0.1, By.SHARE)
    rate = query("teams over 10% adoption in October", "gt", "main", metric="adoption_rate", group="team").having[0]
    assert (rate.value, rate.by) == (0.1, By.VALUE)


def test_a_ratio_is_two_choices() -> None:
    assert query("cost per request in October", "main", metric="cost", per="requests").metrics == ("cost/requests",)


def test_a_follow_up_keeps_what_the_network_keeps() -> None:
    before = query("cost of Yield in October by tool", "in", "main", metric="cost", group="tool")
    got = query("and last week?", "main", before=before, metric=KEEP, group=KEEP)
    assert (got.metrics, got.group_by, got.filters) == (("cost",), ("tool",), ())
    assert str(got.period.start) == "2026-11-09"


def test_a_condition_that_nothing_records_stops_the_answer() -> None:
    got = read("tokens of Yield in October at night", "in", "main", condition=0.9, topic="hour")
    assert isinstance(got, Impossible)
    assert "day" in got.text


def test_each_refusal_has_its_kind() -> None:
    assert isinstance(read("tokens in October", "main", status="unsupported"), Impossible)
    assert isinstance(read("tokens in October", "main", status="no_data"), Missing)
    assert isinstance(read("tokens in October", "main", status="clarify"), Unclear)
    assert isinstance(read("hi", status="told"), Told)


def test_what_the_catalogue_does_not_have_is_asked_back() -> None:
    assert isinstance(read("share of adoption in October", "main", metric="adoption_rate", share="yes"), Unclear)


def test_i_must_be_somebody() -> None:
    assert isinstance(read("my tokens in October", "main", personal="yes"), Unclear)


def days(got: Query) -> tuple[str, str]:
    """First and last day of a query."""
    return str(got.period.start), str(got.period.end)


@pytest.mark.parametrize(
    ("grain", "expected"),
    [
        ("week", ("2026-08-24", "2026-11-15")),
        ("month", ("2026-05-01", "2026-10-31")),
        ("quarter", ("2025-10-01", "2026-09-30")),
        ("day", ("2026-10-21", "2026-11-17")),
    ],
)
def test_a_series_without_days_has_its_grains_default(grain: str, expected: tuple[str, str]) -> None:
    assert days(query(f"tokens by {grain}", grain=grain)) == expected


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("tokens in the first half of October", "the second half?", ("2026-10-16", "2026-10-31")),
        ("tokens in October", "from 1st to 7th?", ("2026-10-01", "2026-10-07")),
        ("tokens since 14 September", "until 11 October", ("2026-09-14", "2026-10-11")),
    ],
)
def test_a_part_said_in_a_thread_is_of_the_threads_days(first: str, then: str, expected: tuple[str, str]) -> None:
    assert days(query(then, "main", before=query(first, "main"))) == expected


def test_days_are_not_compared_with_themselves() -> None:
    assert isinstance(read("tokens in September and in Q3", "main", "other", time="pair"), Unclear)


def test_from_one_month_to_another_compares_the_last_with_the_first() -> None:
    got = query("are tokens any better from August to October", "main", time="ends")
    assert days(got) == ("2026-10-01", "2026-10-31")
    assert got.previous is not None
    assert (str(got.previous.start), str(got.previous.end)) == ("2026-08-01", "2026-08-31")


def test_the_only_filter_of_a_share_is_its_part() -> None:
    got = query("share of Yield in tokens in October", "in", "main", share="yes")
    assert got.share is not None
    assert got.share.over == ()
