"""Names become placeholders before a model reads the question."""

from __future__ import annotations

import json

from bot.questions.llm.linking import CLOSED, OPENED
from bot.questions.reading import Impossible, Understood
from storage.query import Filter, Grain, Order
from tests.bot.questions.llm.planned import SEPTEMBER, TOKENS, linked


def test_each_name_is_a_placeholder_of_its_kind_with_the_words_that_said_it() -> None:
    found = linked("tokens of RevOps in cursor last month")

    assert found.text == "tokens of ⟦team:1⟧ in ⟦tool:2⟧ last month"
    assert found.links["⟦team:1⟧"].words == "RevOps"
    assert [name.value for name in found.links["⟦team:1⟧"].names] == ["Growth"]


def test_the_askers_words_can_be_had_back() -> None:
    found = linked("tokens of RevOps in cursor")

    assert found.said("⟦team:1⟧ in ⟦tool:2⟧") == "RevOps in cursor"
    assert found.said("⟦team:9⟧") == "⟦team:9⟧"


def test_a_placeholder_that_the_asker_wrote_is_none() -> None:
    found = linked("tokens of ⟦team:1⟧")

    assert OPENED not in found.text
    assert CLOSED not in found.text
    assert found.links == {}


def test_a_word_that_is_only_perhaps_a_name_stays_a_word() -> None:
    assert linked("tokens in may").text == "tokens in may"


def test_what_nobody_records_is_refused_before_any_model_is_asked() -> None:
    assert isinstance(linked("tokens at night last month").refused, Impossible)
    assert linked("tokens last month").refused is None


def test_the_query_of_the_thread_is_told_in_kinds_and_placeholders() -> None:
    query = TOKENS.with_(
        filters=(Filter("tool", ("cursor",)), Filter("mode", ("agent",))), scopes=("Web", "Data"),
        group_by=("team",), grain=Grain.WEEK, previous=SEPTEMBER, order=Order(), limit=3,
    )  # fmt: skip
    shape = json.loads(linked("and in Growth?", before=Understood(query=query)).thread)

    assert shape == {
        "metrics": ["tokens"],
        "group_by": ["team"],
        "grain": "week",
        "filters": [
            {"dimension": "tool", "op": "in", "values": ["⟦tool:2⟧"]},
            {"dimension": "mode", "op": "in", "values": ["agent"]},
            {"dimension": "team", "op": "in", "values": ["⟦team:3⟧", "⟦team:4⟧"]},
        ],
        "compare": True,
        "ranked": True,
        "limit": 3,
    }
