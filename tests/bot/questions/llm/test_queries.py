"""The typed query of one call, its values and times already settled."""

from __future__ import annotations

from typing import Any

import pytest

from bot.questions.llm.failure import ModelFailure
from bot.questions.llm.queries import MOST_ROWS, query_of
from bot.questions.llm.tools import CheckedCall
from bot.questions.llm.when import CallPeriods
from bot.questions.reading import Intent, Understood
from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Share
from tests.bot.questions.llm.calls import CHANGE, OFFLOAD
from tests.bot.questions.llm.planned import OCTOBER, SEPTEMBER, TOKENS, run_query

ALONE, COMPARED = CallPeriods(OCTOBER), CallPeriods(OCTOBER, SEPTEMBER)
WEB, CURSOR = Filter("team", ("Web",)), Filter("tool", ("cursor",))


def asked(*filters: Filter, times: CallPeriods = ALONE, **fields: Any) -> Understood:
    return query_of(run_query(**fields), filters, times)


def test_a_plain_call_is_a_plain_query() -> None:
    assert asked() == Understood(query=TOKENS)
    assert asked(WEB, times=COMPARED).query == TOKENS.with_(filters=(WEB,), previous=SEPTEMBER)


def test_one_metric_over_another_is_a_ratio_and_only_of_two() -> None:
    assert asked(metrics=["cost"], divided_by="requests").query.metrics == ("cost/requests",)
    for metrics, below in ((["cost", "tokens"], "requests"), (["cost"], "cost"), ([], None)):
        with pytest.raises(ModelFailure):
            asked(metrics=metrics, divided_by=below)


def test_thresholds_ranks_and_limits_are_those_said() -> None:
    having = [{"by": "share", "compare": "lt", "value": 20, "percent": True}]
    query = asked(
        group_by=["tool"], having=having, order={"by": "change", "descending": False}, limit=3, times=COMPARED
    ).query

    assert query.having == (Having(Compare.LT, 0.2, By.SHARE),)
    assert (query.order, query.limit) == (Order(By.CHANGE, False), 3)


@pytest.mark.parametrize("limit", [0, -1, MOST_ROWS + 1])
def test_a_limit_is_neither_nothing_nor_everything(limit: int) -> None:
    with pytest.raises(ModelFailure, match="a limit is a number from 1"):
        asked(limit=limit)


def test_a_share_is_of_the_total_or_of_all_but_one_condition() -> None:
    assert asked(CURSOR, share=True, group_by=["team"]).query.share == Share((CURSOR,))
    assert asked(WEB, CURSOR, share=True, share_of="tool").query.share == Share((WEB,))
    with pytest.raises(ModelFailure, match="without a filter"):
        asked(WEB, share=True, share_of="tool")
    with pytest.raises(ModelFailure, match="needs share_of or a grouping"):
        asked(share=True)


def test_teams_side_by_side_are_rows_and_no_filter() -> None:
    query = asked(Filter("team", ("Web", "Data")), CURSOR, side_by_side=True, group_by=["tool"]).query

    assert (query.scopes, query.filters, query.group_by) == (("Web", "Data"), (CURSOR,), ("team", "tool"))
    for wrong in ((), (Filter("team", ("Web",), Op.NOT_IN),)):
        with pytest.raises(ModelFailure, match="side_by_side needs"):
            asked(*wrong, side_by_side=True)


@pytest.mark.parametrize(
    ("word", "intent"), [("figures", Intent.FIGURES), ("normal", Intent.NORMAL), ("peers", Intent.PEERS)]
)
def test_what_is_wanted_of_the_figure_is_said(word: str, intent: Intent) -> None:
    assert asked(asks=word).intent is intent


def test_a_series_and_an_average_have_their_steps() -> None:
    query = asked(grain="week", average=None).query

    assert query.grain is Grain.WEEK
    assert asked(average="day").query.average is Grain.DAY


def test_a_ranking_by_change_is_answered_by_the_change() -> None:
    ranked = asked(group_by=["tool"], order={"by": "change", "descending": True}, times=COMPARED)

    assert ranked.headline is By.CHANGE
    assert asked(group_by=["tool"], order={"by": "label", "descending": True}).headline is By.VALUE


def test_a_change_needs_an_earlier_period() -> None:
    call = CheckedCall("decompose_change", CHANGE | {"by": "tool"})
    found = query_of(call, (WEB,), COMPARED)

    assert (found.intent, found.headline, found.query.group_by) == (Intent.WHY, By.CHANGE, ("tool",))
    with pytest.raises(ModelFailure, match="needs a period to compare with"):
        query_of(call, (WEB,), ALONE)


def test_work_to_hand_over_is_listed_by_the_hours_still_done_by_hand() -> None:
    query = query_of(CheckedCall("list_offload_workflows", OFFLOAD | {"limit": 3}), (WEB,), ALONE).query

    assert (query.metrics, query.group_by, query.limit) == (("offloadable_hours",), ("workflow",), 3)
    assert query.order == Order()
