"""The tools that a model may call, and a call of one as checked values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.questions.lexicon.tables import entries
from bot.questions.llm.failure import ModelFailure
from bot.questions.llm.schema import check
from bot.questions.llm.tools import BY_NAME, CALLS_SCHEMA, MOST_CALLS, RUN_QUERY, TOOLS, CheckedCall
from storage.catalogue import METRICS
from tests.bot.questions.llm.calls import CHANGE, OFFLOAD, QUERY


def parts_of(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema within a schema."""
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from parts_of(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from parts_of(inner)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_nothing_in_a_tool_is_without_bounds(tool: Any) -> None:
    for part in parts_of(tool.parameters):
        if part.get("type") == "array":
            assert part["maxItems"] > 0
        if part.get("type") == "string":
            assert "enum" in part or part["maxLength"] > 0
        if part.get("type") == "object":
            assert part["required"] == [*part["properties"]]


def test_every_metric_that_is_not_read_in_plainer_words_can_be_asked_for_and_no_other() -> None:
    asked = RUN_QUERY.parameters["properties"]["metrics"]["items"]["enum"]

    assert asked == [name for name in METRICS if name in {entry.name for entry in entries("metrics")}]


def test_the_same_calls_can_be_written_as_one_object_where_a_server_knows_no_tools() -> None:
    calls = [
        {"tool": "run_query", "arguments": QUERY},
        {"tool": "decompose_change", "arguments": CHANGE},
        {"tool": "list_offload_workflows", "arguments": OFFLOAD},
        {"tool": "decline", "arguments": {"reason": "advice"}},
    ]
    check({"calls": calls}, CALLS_SCHEMA)

    with pytest.raises(ModelFailure):
        check({"calls": [{"tool": "decline", "arguments": QUERY}]}, CALLS_SCHEMA)
    with pytest.raises(ModelFailure):
        check({"calls": calls * MOST_CALLS}, CALLS_SCHEMA)


def test_tools_are_known_by_name_and_fit_into_json() -> None:
    assert [*BY_NAME.values()] == [*TOOLS]
    assert json.loads(json.dumps(CALLS_SCHEMA)) == CALLS_SCHEMA


def test_an_argument_that_a_tool_does_not_have_is_what_stands_for_it() -> None:
    call = CheckedCall("decline", {"reason": None})

    assert call.get("reason", "x") is None
    assert call.get("compare", "none") == "none"
    assert call.get("grain") is None
