"""The columns of an answer, by their role."""

from __future__ import annotations

from storage.answer.columns import column_name, columns_of
from storage.catalogue import metric
from storage.query import Share
from storage.records import Period
from tests.storage.answer.office import MONDAYS, TOKENS

BY_TOOL = TOKENS.with_(group_by=("tool",))
BY_TEAM = TOKENS.with_(group_by=("team",))


def test_columns_are_named_by_their_role_and_by_metric_where_there_are_several() -> None:
    tokens, cost = metric("tokens"), metric("cost")
    compared = TOKENS.with_(previous=Period(MONDAYS[0], MONDAYS[1]), share=Share())

    assert [column.name for column in columns_of(compared, [tokens])] == [
        "tokens", "share", "previous", "change", "change_pct",
    ]  # fmt: skip
    assert [column.name for column in columns_of(TOKENS, [tokens, cost])] == ["tokens", "cost"]
    assert column_name(cost, "change", several=True) == "cost_change"
