"""Figures and dimensions that are read as plainer ones: every entry by its example, and what becomes of the query."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.questions.answers.answer import Option
from bot.questions.lexicon.tables import read
from bot.questions.reading import Impossible, Reading, Unclear, Understood, World
from bot.questions.rewording import in_other_words, reworded
from storage.names import Directory
from storage.query import Compare, Filter, Grain, Having, Op, Query
from storage.records import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
NAMES_OF_CLASSES = ("input_cost", "cache_read_cost", "cache_write_cost", "output_cost")
BOOKED = {"project": ("Apollo", "Blue Moon"), "cost_center": (), "repository": ()}


def world(values: dict[str, tuple[str, ...]] | None = None) -> World:
    names = Directory(1, 1, (), (), (), values or {}, None, None)
    return World(directory=names, as_of=date(2026, 11, 18))


class Plain:
    """A reader that gives one query, and keeps the text it was given."""

    def __init__(self, metric: str = "tokens", group_by: tuple[str, ...] = (), period: Period = OCTOBER) -> None:
        self.query = Query(metrics=(metric,), period=period, group_by=group_by)
        self.texts: list[str] = []

    def __call__(self, text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        self.texts.append(text)
        return (Understood(query=self.query),)


def query_of(text: str, plain: Plain, known: World | None = None, before: Query | None = None) -> Query:
    held = Understood(query=before) if before else None
    (found,) = in_other_words(plain)(text, known or world(), held)
    assert isinstance(found, Understood)
    return found.query


def test_every_entry_is_found_in_its_example() -> None:
    entries = [*read("rewordings")["entry"], *read("rewordings")["dimension"]]
    sayings = read("rewordings")["saying"]

    assert [
        saying["example"] for saying in sayings if reworded(saying["example"], world()).text == saying["example"]
    ] == []

    assert [entry["example"] for entry in entries if not reworded(entry["example"], world()).changes] == []


@pytest.mark.parametrize(
    ("text", "read_as", "metric", "meant"),
    [
        ("median tokens per person in October", "tokens in October", "tokens", "median_tokens"),
        ("p90 of requests a user in October", "requests in October", "requests", "p90_requests"),
        ("the 75th percentile of our spend by team", "cost by team", "cost", "p75_cost"),
        (
            "median active days by tool",
            "active days per person by tool",
            "active_days_per_person",
            "median_active_days",
        ),
        (
            "how many people used AI on at least ten days",
            "how many people used AI",
            "active_people",
            "people_active_10_days",
        ),
        ("people active on more than 4 days", "people active", "active_people", "people_active_5_days"),
        ("DAU in October", "active people in October", "active_people", "daily_active_people"),
        ("new users by month", "active people by month", "active_people", "first_time_users"),
        ("cost per accepted suggestion by tool", "cost by tool", "cost", "cost/accepted"),
        ("what do idle seats cost by tool", "cost by tool", "cost", "idle_seat_cost"),
        ("spend for each hour saved in October", "cost in October", "cost", "cost/hours_offloaded"),
    ],
)
def test_a_figure_is_read_as_a_plain_one_and_put_in_its_place(text: str, read_as: str, metric: str, meant: str) -> None:
    plain = Plain(metric)

    assert query_of(text, plain).metrics == (meant,)
    assert plain.texts == [read_as]


def test_money_is_read_by_one_class_of_token_where_prices_by_class_are_loaded() -> None:
    priced = replace(world(), directory=replace(world().directory, class_prices=True))
    asked = {
        "what did caching save us in October": "cache_savings",
        "how much money did we save with prompt caching": "cache_savings",
        "cache savings by team": "cache_savings",
        "cost of cache writes by model": "cache_write_cost",
        "what did we spend on cached input tokens": "cache_read_cost",
        "cache read cost by month": "cache_read_cost",
        "how much did output tokens cost us": "output_cost",
        "input token spend": "input_cost",
    }

    assert {text: query_of(text, Plain("cost"), priced).metrics[0] for text in asked} == asked
    assert query_of("cost by class of token", Plain("cost"), priced).metrics == NAMES_OF_CLASSES
    assert reworded("cost of cached tokens and of output tokens", priced).changes == ()
    (refused,) = in_other_words(Plain("cost"))("what did caching save us", world(), None)
    assert isinstance(refused, Impossible)
    assert "price_cached" in refused.text


def test_days_a_week_and_days_in_a_row_are_another_habit() -> None:
    for text in (
        "people active on at least 3 days a week",
        "active at least 5 days in a row",
        "3 or more days per week",
    ):
        assert reworded(text, world()).changes == ()


def test_where_another_figure_was_read_the_words_stand_as_they_were() -> None:
    plain = Plain("adoption_rate")

    assert query_of("share of people active at least 10 days", plain).metrics == ("adoption_rate",)
    assert plain.texts[-1] == "share of people active at least 10 days"


def test_a_percentile_of_everyone_counts_those_at_zero() -> None:
    assert query_of("median cost per person, including those at zero, in October", Plain("cost")).everyone
    assert not query_of("median cost per person in October", Plain("cost")).everyone


def test_monthly_active_people_without_a_time_are_those_of_the_last_month() -> None:
    four_weeks = Period(date(2026, 10, 21), date(2026, 11, 17))

    assert query_of("MAU", Plain("active_people", period=four_weeks)).period.label == "October 2026"


def test_weekdays_are_a_filter_and_a_list() -> None:
    weekend = Filter("weekday", ("Saturday", "Sunday"))
    assert query_of("tokens at weekends in October", Plain()).filters == (weekend,)
    assert query_of("tokens without the weekends", Plain()).filters[0].values[0] == "Monday"
    assert query_of("tokens by weekday", Plain(group_by=("tool",))).group_by == ("weekday",)
    assert query_of("tokens by tool and weekday", Plain(group_by=("tool", "provider"))).group_by == ("tool", "weekday")
    assert reworded("tokens last weekend", world()).changes == ()


def test_what_use_is_booked_to_is_asked_by_name_and_listed() -> None:
    known = world(BOOKED)
    plain = Plain()

    assert query_of("tokens of project Apollo in October", plain, known).filters == (Filter("project", ("Apollo",)),)
    assert query_of("tokens without blue moon", plain, known).filters == (Filter("project", ("Blue Moon",), Op.NOT_IN),)
    beside = query_of("tokens in project Apollo vs Blue Moon in October", plain, known)
    assert (beside.filters, beside.group_by) == ((Filter("project", ("Apollo", "Blue Moon")),), ("project",))
    assert plain.texts == ["tokens in October", "tokens", "tokens in October"]
    assert query_of("tokens by project", Plain(group_by=("tool",)), known).group_by == ("project",)


def test_a_list_by_what_is_not_recorded_says_what_brings_it() -> None:
    (found,) = in_other_words(Plain(group_by=("tool",)))("cost by cost centre", world(BOOKED), None)

    assert isinstance(found, Impossible)
    assert "cost_center" in found.text


def test_a_follow_up_changes_nothing_else() -> None:
    before = Query(metrics=("median_tokens",), period=OCTOBER, group_by=("team",), grain=Grain.WEEK)

    assert query_of("and p90?", Plain(), before=before) == before.with_(metrics=("p90_tokens",))
    on_weekends = query_of("and at weekends?", Plain(), before=before)
    assert on_weekends == before.with_(filters=(Filter("weekday", ("Saturday", "Sunday")),))


def test_whose_seats_are_idle_is_a_list_of_those_with_any() -> None:
    query = query_of("who has idle seats", Plain(group_by=("person",)))

    assert (query.metrics, query.group_by, query.having) == (("idle_seats",), ("person",), (Having(Compare.GT, 0),))


def test_what_is_asked_back_offers_no_plainer_figure_to_press() -> None:
    def asked_back(text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        return (Unclear(text="Which one?", options=(Option(label="tokens of A", ask="tokens of A"),)),)

    assert in_other_words(asked_back)("median tokens of A", world(), None) == (Unclear(text="Which one?"),)


def test_contractors_that_are_left_out_are_left_out() -> None:
    for text in ("cost excluding contractors", "cost in October, contractors excluded", "cost but not contractors"):
        assert query_of(text, Plain("cost")).filters == (Filter("kind", ("contractor",), Op.NOT_IN),), text
