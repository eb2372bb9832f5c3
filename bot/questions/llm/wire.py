"""The two wire formats as plain values: what is sent to chat completions and to Responses, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.questions.llm.failure import Blame, ModelFailure
from bot.questions.llm.tools import CALLS_SCHEMA, Tool

Json = dict[str, Any]
MOST_OUTPUT = 2_000  # tokens of a reply, reasoning included where there is some
DONE = frozenset(("stop", "tool_calls", "function_call"))


class Rung(StrEnum):
    """How the tools are offered, from the strictest way to the one that every server knows."""

    RESPONSES = "responses"
    STRICT = "strict tools"
    PLAIN = "tools"
    SCHEMA = "json schema"
    OBJECT = "json object"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is said to the model: the standing text, and this question."""

    system: str
    user: str

    def more(self, words: str) -> Prompt:
        """The same with something added to the question."""
        return Prompt(self.system, f"{self.user}\n\n{words}")


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool call as the model wrote it; `arguments` is its JSON, unchecked."""

    tool: str
    arguments: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one reply cost, in disjoint counts; `reasoning` is a part of `output`."""

    model: str = ""
    reply: str = ""
    input: int = 0
    cached: int = 0
    output: int = 0
    reasoning: int = 0


@dataclass(frozen=True, slots=True)
class ModelReply:
    """What the model said: calls, or words."""

    calls: tuple[ToolCall, ...]
    text: str
    spent: Spent


def chat_request(rung: Rung, prompt: Prompt, tools: Sequence[Tool]) -> Json:
    """The arguments of a chat completion that offers these tools in a rung's way."""
    system = prompt.system
    more: Json = {}
    if rung in (Rung.STRICT, Rung.PLAIN):
        strict = {"strict": True} if rung is Rung.STRICT else {}
        more["tools"] = [{"type": "function", "function": _declared(tool) | strict} for tool in tools]
        more["tool_choice"] = "required" if rung is Rung.STRICT else "auto"
    elif rung is Rung.SCHEMA:
        schema = {"name": "calls", "schema": CALLS_SCHEMA, "strict": True}
        more["response_format"] = {"type": "json_schema", "json_schema": schema}
    else:
        more["response_format"] = {"type": "json_object"}
        system = f"{system}\n\nReply with one JSON object of this schema:\n{_written(CALLS_SCHEMA)}"
    return {"messages": messages(Prompt(system, prompt.user))} | more


def _written(schema: Json) -> str:
    return json.dumps(schema, separators=(",", ":"))


def messages(prompt: Prompt) -> list[Json]:
    """A prompt in the form of chat completions."""
    return [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}]


def responses_request(prompt: Prompt, tools: Sequence[Tool]) -> Json:
    """The arguments of a response; nothing is kept on the server."""
    declared = [{"type": "function", "strict": True} | _declared(tool) for tool in tools]
    return {
        "instructions": prompt.system,
        "input": [{"role": "user", "content": prompt.user}],
        "max_output_tokens": MOST_OUTPUT,
        "store": False,
    } | ({"tools": declared, "tool_choice": "required"} if declared else {})


def _declared(tool: Tool) -> Json:
    return {"name": tool.name, "description": tool.description, "parameters": tool.parameters}


def chat_reply(data: Mapping[str, Any]) -> ModelReply:
    """The reply in a chat completion. Raises ModelFailure where it is none."""
    choices = _list(data.get("choices"))
    if not choices:
        raise ModelFailure("a reply without choices", Blame.SERVER)
    message = _object(_object(choices[0]).get("message"))
    finished = _object(choices[0]).get("finish_reason")
    if not finished:
        raise ModelFailure("a reply without a finish", Blame.SERVER)
    if message.get("refusal") or finished == "content_filter":
        raise ModelFailure("the model refused")
    if finished not in DONE:
        raise ModelFailure("a reply cut at its limit")
    functions = [_object(_object(call).get("function")) for call in _list(message.get("tool_calls"))]
    return ModelReply(
        tuple(ToolCall(_text(function.get("name")), _text(function.get("arguments"))) for function in functions),
        _text(message.get("content")),
        chat_spent(data),
    )


def chat_spent(data: Mapping[str, Any]) -> Spent:
    """What a chat completion, or the last piece of a stream of one, says it cost."""
    return _spent(data, "prompt", "completion")


def responses_reply(data: Mapping[str, Any]) -> ModelReply:
    """The reply in a response. Raises ModelFailure where it is none."""
    status = data.get("status")
    if status == "incomplete":
        raise ModelFailure("a reply cut at its limit")
    if status != "completed":
        raise ModelFailure("a reply without a finish", Blame.SERVER)
    items = [_object(item) for item in _list(data.get("output"))]
    parts = [_object(part) for item in items for part in _list(item.get("content")) if item.get("type") == "message"]
    if any(part.get("type") == "refusal" for part in parts):
        raise ModelFailure("the model refused")
    calls = [item for item in items if item.get("type") == "function_call"]
    return ModelReply(
        tuple(ToolCall(_text(call.get("name")), _text(call.get("arguments"))) for call in calls),
        "".join(_text(part.get("text")) for part in parts if part.get("type") == "output_text"),
        responses_spent(data),
    )


def responses_spent(data: Mapping[str, Any]) -> Spent:
    """What a response says it cost."""
    return _spent(data, "input", "output")


def calls_in(text: str) -> tuple[ToolCall, ...]:
    """The calls that a model wrote as JSON because it was offered no tools. Raises ModelFailure."""
    data = parsed(text)
    calls = [_object(call) for call in _list(_object(data).get("calls"))]
    if not calls:
        raise ModelFailure("a reply without a call")
    return tuple(ToolCall(_text(call.get("tool")), json.dumps(call.get("arguments"))) for call in calls)


def parsed(text: str) -> Any:
    """A JSON text as a value. Raises ModelFailure."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelFailure("a reply that is no JSON") from error


def _spent(data: Mapping[str, Any], read: str, written: str) -> Spent:
    """What a reply says it cost; `read` and `written` are what its format calls the tokens of either side."""
    usage = _object(data.get("usage"))
    total, output = _count(usage.get(f"{read}_tokens")), _count(usage.get(f"{written}_tokens"))
    cached = min(_count(_object(usage.get(f"{read}_tokens_details")).get("cached_tokens")), total)
    reasoning = _count(_object(usage.get(f"{written}_tokens_details")).get("reasoning_tokens"))
    return Spent(
        model=_text(data.get("model"))[:200],
        reply=_text(data.get("id"))[:200],
        input=total - cached,
        cached=cached,
        output=output,
        reasoning=min(reasoning, output),
    )


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _count(value: Any) -> int:
    return max(0, value) if isinstance(value, int) and not isinstance(value, bool) else 0
