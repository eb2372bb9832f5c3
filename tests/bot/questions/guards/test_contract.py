"""What the contract settles whatever the network chose."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.questions.guards.contract import settled
from bot.questions.reading import Intent
from storage.query import Compare, Filter, Grain, Having, Op, Query
from storage.records import Period
from tests.bot.questions.guards.scenes import COST, scene
from tests.bot.questions.organisations import AS_OF

WEB, DATA = Filter("team", ("Web",)), Filter("team", ("Data",))
BOTH = Filter("team", ("Web", "Data"))


def test_contractors_too_filters_nothing_and_contractors_do() -> None:
    query = COST.with_(filters=(Filter("kind", ("contractor",)),))

    assert settled(query, scene("cost in October, contractors too", query)).filters == ()
    assert settled(query, scene("cost of contractors in October", query)).filters == query.filters


@pytest.mark.parametrize(("text", "filters"), [("and Data?", (DATA,)), ("plus Data", (BOTH,)), ("also Data", (BOTH,))])
def test_in_a_thread_a_new_name_replaces_the_old_one_unless_it_is_added(text: str, filters: tuple[Filter, ...]) -> None:
    before, query = COST.with_(filters=(WEB,)), COST.with_(filters=(BOTH,))

    assert settled(query, scene(text, query, before=before)).filters == filters


def test_a_list_by_two_dimensions_is_by_both_in_their_order() -> None:
    query, both = COST.with_(group_by=("tool",)), COST.with_(group_by=("model", "tool"))
    for text in (
        "cost by model and tool in October",
        "cost by model by tool in October",
        "cost by model then by tool",
    ):
        assert settled(query, scene(text, query)) == both, text
    for text in ("cost by tool in October", "cost by tool and month", "cost by tool and adoption"):
        assert settled(query, scene(text, query)) == query, text


def test_one_more_that_is_left_out_is_left_out_beside_the_others() -> None:
    before = COST.with_(filters=(Filter("team", ("Web",), Op.NOT_IN),))
    query = COST.with_(filters=(Filter("team", ("Data",), Op.NOT_IN),))
    (found,) = settled(query, scene("without Data", query, before=before)).filters

    assert found == Filter("team", ("Web", "Data"), Op.NOT_IN)


def test_what_the_thread_does_not_touch_stays_as_it_is() -> None:
    query = COST.with_(filters=(WEB,))

    assert settled(query, scene("cost of Web in October", query)) is query
    assert settled(query, scene("by tool", query, before=query)) == query


def test_what_developed_is_a_series_and_a_change_stays_one_figure() -> None:
    assert settled(COST, scene("how has cost evolved in October", COST)).grain is Grain.WEEK
    assert settled(COST, scene("has cost changed in October", COST)) is COST


def test_items_with_ai_are_of_the_modes_with_ai_and_for_humans_by_hand() -> None:
    items = COST.with_(metrics=("items",))
    said = {
        "items with AI in October": ("assisted", "agent"),
        "success rate for humans": ("human",),
        "hours of human work": (),
        "items by AI and by humans": (),
        "failure rate of agents": ("agent",),
        "items of agents and humans": (),
        "items in October": (),
    }

    assert {text: mode_of(settled(items, scene(text, items))) for text in said} == said
    assert mode_of(settled(COST, scene("cost of work with AI", COST))) == ()
    by_mode = items.with_(group_by=("mode",))
    assert settled(by_mode, scene("items with AI by mode", by_mode)) is by_mode


def mode_of(query: Query) -> tuple[str, ...]:
    found = query.filter_on("mode")
    return found.values if found else ()


def test_teams_where_nobody_uses_ai_have_no_active_people_and_not_no_inactive_ones() -> None:
    none = COST.with_(metrics=("inactive_people",), group_by=("team",), having=(Having(Compare.LE, 0),))

    assert settled(none, scene("teams where nobody uses AI", none)).metrics == ("active_people",)
    assert settled(none, scene("teams with no inactive people", none)).metrics == ("inactive_people",)


def test_a_mode_that_is_left_out_is_left_out_and_a_mean_month_is_of_whole_months() -> None:
    kept = COST.with_(filters=(Filter("mode", ("agent",)),))
    left_out = (Filter("mode", ("agent",), Op.NOT_IN),)
    for text in ("cost but not agent mode", "cost without the agent mode"):
        assert settled(kept, scene(text, kept)).filters == left_out
    assert settled(kept, scene("cost in agent mode", kept)) is kept

    four_weeks = Period(AS_OF - timedelta(days=28), AS_OF - timedelta(days=1))
    mean = COST.with_(period=four_weeks, average=Grain.MONTH)
    assert settled(mean, scene("cost per month on average", mean)).period.start.day == 1
    assert settled(mean, scene("cost per month on average last 28 days", mean)) is mean


def test_whether_something_is_high_is_of_last_week_where_no_days_are_said() -> None:
    four_weeks = COST.with_(period=Period(AS_OF - timedelta(days=28), AS_OF - timedelta(days=1)))

    week = settled(four_weeks, scene("is our cost high", four_weeks, intent=Intent.NORMAL)).period
    assert (week.days, week.start.weekday()) == (7, 0)
    dated = scene("is our cost of the last 28 days high", four_weeks, intent=Intent.NORMAL)
    assert settled(four_weeks, dated) is four_weeks


def test_two_modes_side_by_side_are_a_list_of_both_and_three_are_left_alone() -> None:
    both = settled(COST, scene("cost of agent mode vs chat mode", COST))

    assert both.group_by == ("mode",)
    assert mode_of(both) == ("agent", "chat")
    assert mode_of(settled(COST, scene("cost of chat, completion and agent mode", COST))) == ()


def test_the_difference_between_two_names_is_of_no_earlier_period() -> None:
    two = COST.with_(filters=(Filter("tool", ("cursor", "copilot")),), group_by=("tool",), previous=COST.period)

    assert settled(two, scene("difference in cost between Cursor and Copilot", two)).previous is None
    assert settled(two, scene("cost of Cursor and Copilot against the month before", two)).previous is not None
