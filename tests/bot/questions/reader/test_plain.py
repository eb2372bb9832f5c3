"""What is plain in a message is not left to the network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.questions.finders.marking import mark
from bot.questions.finders.marks import Marked
from bot.questions.lexicon.tables import entries, entry
from bot.questions.read import read
from bot.questions.reader.choices import Choices, Role
from bot.questions.reader.plain import settled
from bot.questions.reading import Understood
from storage.query import Filter
from tests.bot.questions.finders.bureau import world


@pytest.mark.parametrize("mode", ["human", "assisted", "agent"])
def test_a_mode_called_so_is_that_mode(mode: str) -> None:
    (reading,) = read(f"human minutes in mode {mode} in October", world())

    assert isinstance(reading, Understood)
    assert Filter("mode", (mode,)) in reading.query.filters


@pytest.mark.parametrize("metric", ["requests", "cost", "tokens", "adoption", "headcount"])
def test_a_question_that_names_recorded_days_is_not_refused_for_its_days(metric: str) -> None:
    (reading,) = read(f"{metric} in October 2026", world())

    assert isinstance(reading, Understood)
    assert str(reading.query.period.start) == "2026-10-01"


def choices(marked: Marked, **said: str) -> Choices:
    """What an unsure network would choose."""
    heads = {"status": "clarify", "topic": "none", "time": "one", "grain": "none", "average": "none", "share": "no"}
    heads |= {"group": "none", "per": "none", "of_mode": "", "personal": "no", "metric": "cost", **said}
    return Choices(heads, dict.fromkeys(heads, 0.5), [Role("in", 0.9) for _ in marked.mentions])


def heads(text: str, **said: str) -> Mapping[str, str]:
    """The heads once the words of a message have had their say."""
    marked = mark(text, world())
    return settled(marked, choices(marked, **said)).heads


@pytest.mark.parametrize(
    "text", ["items in October", "tokens", "cost of Web by tool in Q3", "requests per team, August"]
)
def test_a_figure_with_names_and_days_alone_is_a_question(text: str) -> None:
    assert heads(text)["status"] == "figures"


@pytest.mark.parametrize("text", ["items of interns in October", "tokens after lunch", "tokens for people who sing"])
def test_a_word_more_is_the_networks_to_judge(text: str) -> None:
    assert heads(text)["status"] == "clarify"


@pytest.mark.parametrize(
    ("text", "grain"), [("cost per day in October", "day"), ("tokens month by month", "month"), ("cost", "none")]
)
def test_a_grain_said_is_a_series(text: str, grain: str) -> None:
    assert heads(text)["grain"] == grain


def test_an_average_per_day_is_no_series() -> None:
    assert heads("average cost per day in October")["grain"] == "none"


def test_a_vendor_share_lists_the_vendors() -> None:
    assert heads("vendor share of our cost in Q3", share="yes")["group"] == "provider"


def test_a_list_that_words_ask_for_is_one_and_nothing_is_divided_by_it() -> None:
    assert heads("cost split by department in Q3")["group"] == "team"
    assert heads("cost per workflow in Q3", per="items") == heads("cost by workflow in Q3")
    assert heads("cost per item by workflow in Q3", per="items", group="workflow")["per"] == "items"
    assert heads("cost by team in Q3", group="tool")["group"] == "tool"  # what the network sees besides stands


def test_a_rise_from_one_month_to_another_compares_the_two() -> None:
    assert heads("which team's cost rose from August to October")["time"] == "ends"
    assert heads("cost from August to October")["time"] == "one"


def test_nobody_is_asked_about_themselves_who_does_not_say_so() -> None:
    assert heads("October, kindly", personal="yes")["personal"] == "no"
    assert heads("my cost in October", personal="yes")["personal"] == "yes"


@pytest.mark.parametrize(
    ("text", "role"), [("the growth in cost in October", "ignore"), ("cost of growth in Q3", "in")]
)
def test_growth_in_a_figure_is_no_team(text: str, role: str) -> None:
    marked = mark(text, world())
    got = settled(marked, choices(marked))
    assert [role.name for mention, role in zip(marked.mentions, got.roles, strict=True) if mention.kind == "team"] == [
        role
    ]


def test_one_side_alone_is_a_filter() -> None:
    marked = mark("cost of Web in October", world())
    found = replace(choices(marked), roles=[Role("scope", 0.9) for _ in marked.mentions[:1]] + [Role("main", 0.9)])
    assert [role.name for role in settled(marked, found).roles] == ["in", "main"]


def test_a_metric_that_the_weights_do_not_know_is_told_by_its_words() -> None:
    marked = mark("list value of Web in October", world())
    known = replace(choices(marked), metrics=("cost", "tokens"))
    assert settled(marked, known).heads["metric"] == "list_value"
    both = mark("cost and list value of Web", world())
    assert settled(both, replace(choices(both), metrics=("cost",))).heads["metric"] == "list_value"


@pytest.mark.parametrize("name", [entry.name for entry in entries("metrics")])
def test_every_metric_is_asked_by_its_words(name: str) -> None:
    (reading,) = read(f"{entry('metrics', name).words[0]} in October", world())
    assert isinstance(reading, Understood), reading
    assert reading.query.metrics[0] == name


@pytest.mark.parametrize(
    "text", ["which tool had the highest list value in October", "list value of Web by tool in Q3"]
)
def test_a_metric_that_the_weights_do_not_know_is_ranked_and_listed(text: str) -> None:
    (reading,) = read(text, world())
    assert isinstance(reading, Understood), reading
    assert (reading.query.metrics[0], reading.query.group_by) == ("list_value", ("tool",))
