"""The two wire formats as plain values."""

from __future__ import annotations

from typing import Any

import pytest

from bot.questions.llm.failure import Blame, ModelFailure
from bot.questions.llm.tools import TOOLS
from bot.questions.llm.wire import (
    Prompt,
    Rung,
    ToolCall,
    calls_in,
    chat_reply,
    chat_request,
    chat_spent,
    parsed,
    responses_reply,
    responses_request,
    responses_spent,
)

PROMPT = Prompt("be brief", "how much?")
CALL = {"function": {"name": "decline", "arguments": '{"reason": "advice"}'}}


def choice(finish: Any = "stop", **message: Any) -> dict[str, Any]:
    return {"choices": [{"message": message, "finish_reason": finish}]}


@pytest.mark.parametrize("rung", [rung for rung in Rung if rung is not Rung.RESPONSES])
def test_each_way_of_asking_offers_the_tools_in_its_own_way(rung: Rung) -> None:
    request = chat_request(rung, PROMPT, TOOLS)
    system, user = (message["content"] for message in request["messages"])

    assert user == "how much?"
    assert ("tools" in request) == (rung in (Rung.STRICT, Rung.PLAIN))
    assert ("response_format" in request) == (rung in (Rung.SCHEMA, Rung.OBJECT))
    assert ('"calls"' in system) == (rung is Rung.OBJECT)
    assert all("strict" in tool["function"] for tool in request.get("tools", ())) or rung is Rung.PLAIN


def test_a_response_is_asked_for_without_being_kept_and_with_tools_only_where_there_are_some() -> None:
    request = responses_request(PROMPT, TOOLS)

    assert (request["store"], request["tool_choice"], len(request["tools"])) == (False, "required", len(TOOLS))
    assert "tools" not in responses_request(PROMPT, ())


def test_a_chat_reply_is_its_calls_and_its_words() -> None:
    reply = chat_reply(choice("tool_calls", content=None, tool_calls=[CALL, "broken"]))

    assert reply.calls == (ToolCall("decline", '{"reason": "advice"}'), ToolCall("", ""))
    assert reply.text == ""


@pytest.mark.parametrize(
    ("data", "reason", "blame"),
    [
        ({}, "without choices", Blame.SERVER),
        ({"choices": "many"}, "without choices", Blame.SERVER),
        (choice(None, content="x"), "without a finish", Blame.SERVER),
        (choice("length", content="x"), "cut at its limit", Blame.REPLY),
        (choice("content_filter", content="x"), "refused", Blame.REPLY),
        (choice("stop", refusal="no"), "refused", Blame.REPLY),
    ],
)
def test_what_is_no_chat_reply_says_who_failed(data: dict[str, Any], reason: str, blame: Blame) -> None:
    with pytest.raises(ModelFailure, match=reason) as failure:
        chat_reply(data)

    assert failure.value.blame is blame


def test_a_response_is_its_calls_and_its_words() -> None:
    output = [
        {"type": "reasoning", "content": [{"type": "output_text", "text": "thought"}]},
        {"type": "message", "content": [{"type": "output_text", "text": "a"}, {"type": "output_text", "text": "b"}]},
        {"type": "function_call", "name": "decline", "arguments": "{}"},
    ]
    reply = responses_reply({"status": "completed", "output": output})

    assert (reply.text, reply.calls) == ("ab", (ToolCall("decline", "{}"),))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"status": "incomplete"}, "cut at its limit"),
        ({"status": "failed"}, "without a finish"),
        ({}, "without a finish"),
        (
            {"status": "completed", "output": [{"type": "message", "content": [{"type": "refusal"}]}]},
            "refused",
        ),
    ],
)
def test_what_is_no_response_is_said_to_be_none(data: dict[str, Any], reason: str) -> None:
    with pytest.raises(ModelFailure, match=reason):
        responses_reply(data)


def test_counts_are_disjoint_and_never_absurd() -> None:
    details = {"prompt_tokens_details": {"cached_tokens": 900}, "completion_tokens_details": {"reasoning_tokens": 80}}
    chat = chat_spent({"model": "m", "usage": {"prompt_tokens": 600, "completion_tokens": 60} | details})
    broken = responses_spent({"model": 5, "usage": {"input_tokens": -4, "output_tokens": True}})

    assert (chat.input, chat.cached, chat.output, chat.reasoning) == (0, 600, 60, 60)
    assert (broken.model, broken.input, broken.cached, broken.output) == ("", 0, 0, 0)
    assert responses_spent({}).input == chat_spent({"usage": None}).output == 0


def test_calls_written_as_json_are_calls_and_other_json_is_not() -> None:
    assert calls_in('{"calls": [{"tool": "decline", "arguments": {"a": 1}}]}') == (ToolCall("decline", '{"a": 1}'),)
    for text in ("{}", "[]", '{"calls": {}}'):
        with pytest.raises(ModelFailure, match="without a call"):
            calls_in(text)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000])
def test_what_is_no_json_is_a_reply_without_use(text: str) -> None:
    with pytest.raises(ModelFailure, match="no JSON"):
        parsed(text)


def test_more_is_said_after_the_question_and_not_to_the_standing_text() -> None:
    assert PROMPT.more("again") == Prompt("be brief", "how much?\n\nagain")
