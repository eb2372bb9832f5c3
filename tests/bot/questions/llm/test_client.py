"""The client against a real server that fails in every way seen in the wild."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from bot.questions.llm.client import ModelClient, Server
from bot.questions.llm.failure import Blame, ModelFailure
from bot.questions.llm.tools import TOOLS
from bot.questions.llm.wire import Prompt, Rung
from tests.fakes.openai_api import (
    FakeModel,
    Script,
    Step,
    call,
    chat,
    completion,
    error,
    responses,
    stream,
    stream_responses,
)

SAID = Prompt("be brief", "how much?")
DECLINE = call("decline", {"reason": "advice"})
AS_TEXT = json.dumps({"calls": [{"tool": "decline", "arguments": {"reason": "advice"}}]})
DEADLINE = 3.2  # enough for a second try on a busy machine
SOON, LATER = 0.5, 2.0  # how long a server that hangs is waited for, and one that is only on a busy machine
LEEWAY = 1.0  # the pause before a second try may lie across the deadline


class Asking:
    """Clients of one test, closed after it."""

    def __init__(self) -> None:
        self.open: list[tuple[ModelClient, FakeModel]] = []

    def __call__(
        self, *steps: Step | Script, api: str = "chat", model: str = "gpt-4.1-mini"
    ) -> tuple[ModelClient, FakeModel]:
        fake = FakeModel(*steps)
        fake.__enter__()
        hangs = any(isinstance(step, Step) and step.hang for step in steps)
        longest = SOON if hangs else LATER
        client = ModelClient(
            Server(api_key="sk-secret", model=model, base_url=fake.url, api=api, longest=longest, connect=LATER)
        )
        self.open.append((client, fake))
        return client, fake


@pytest.fixture
def asking() -> Iterator[Asking]:
    made = Asking()
    yield made
    for client, fake in made.open:
        client.close()
        fake.__exit__()


def plan(client: ModelClient) -> str:
    """What came of asking: the tool called, or the failure."""
    try:
        return client.plan(SAID, TOOLS, time.monotonic() + DEADLINE).calls[0].tool
    except ModelFailure as failure:
        return f"{failure.blame}: {failure.reason}"


FAILURES = {
    "a server error, twice": (error(500, "server_error"), "server: status 500", 2),
    "too many requests": (error(429, "rate_limit_exceeded"), "server: status 429", 2),
    "a long wait asked for": (error(429, "x", retry_after="60"), "server: status 429", 1),
    "a wait until a date": (error(429, "x", retry_after="Wed, 21 Oct 2026 07:28:00 GMT"), "server: status 429", 1),
    "no quota": (error(429, "insufficient_quota"), "account: the account has no quota left", 1),
    "a refused key": (error(401, "invalid_api_key"), "account: the key is refused (status 401)", 1),
    "silence": (Step(hang=True), "server: no reply in time", 2),
    "a drip": (Step(pieces=("{",) * 100, pause=0.05), "server: no reply in time", 1),
    "a login page": (Step("<html>Sign in</html>", kind="text/html"), "server: a page instead of a reply", 1),
    "a redirect": (Step("", 302, headers={"Location": "/login"}), "server: status 302", 1),
    "broken JSON": (Step("{oops"), "server: a malformed reply (JSONDecodeError)", 1),
    "an empty body": (Step(""), "server: a malformed reply (JSONDecodeError)", 1),
    "JSON nested too deep": (Step("[" * 100_000), "server: a malformed reply (RecursionError)", 1),
    "a list": (Step("[1, 2]"), "server: a page instead of a reply", 1),
    "no choices": (Step(json.dumps(completion(None))), "server: a reply without choices", 1),
    "an empty list of choices": (Step(json.dumps(completion([]))), "server: a reply without choices", 1),
    "no finish": (chat(DECLINE, finish=""), "server: a reply without a finish", 1),
    "cut at the limit": (chat(DECLINE, finish="length"), "reply: a reply cut at its limit", 1),
    "a content filter": (chat(text="", finish="content_filter"), "reply: the model refused", 1),
    "a refusal": (chat(refusal="I will not"), "reply: the model refused", 1),
    "other types everywhere": (
        Step(json.dumps(completion([{"index": "a", "message": 7, "finish_reason": ["x"]}], usage=[1]))),
        "server: a malformed reply (TypeError)",
        1,
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_is_named_in_time(asking: Asking, name: str) -> None:
    step, expected, requests = FAILURES[name]
    client, fake = asking(step)
    started = time.monotonic()

    found = plan(client)

    assert found == expected
    assert len(fake.requests) == requests
    assert time.monotonic() - started < DEADLINE + LEEWAY


def test_a_gateways_query_stays_behind_the_path() -> None:
    with FakeModel(chat(DECLINE)) as fake:
        server = Server(api_key="k", model="m", base_url=f"{fake.url}?api-version=2026-10-01&x=1", api="chat")
        client = ModelClient(server)

        assert plan(client) == "decline"
        client.close()

    assert fake.requests[0].path == "/v1/chat/completions?api-version=2026-10-01&x=1"


def test_a_closed_port_is_no_connection() -> None:
    client = ModelClient(Server(api_key="k", model="m", base_url="http://127.0.0.1:9/v1", longest=0.5, connect=0.4))

    assert plan(client) == "server: no connection"
    client.close()


@pytest.mark.parametrize("first", [error(500, "e"), error(503, "e"), error(429, "e", retry_after="0")])
def test_a_passing_failure_is_tried_once_more(asking: Asking, first: Step) -> None:
    client, fake = asking(first, chat(DECLINE))

    assert plan(client) == "decline"
    assert len(fake.requests) == 2


def test_what_is_sent_holds_strict_tools_without_defaults_and_bounds(asking: Asking) -> None:
    client, fake = asking(chat(DECLINE))

    plan(client)

    body = fake.requests[0].body
    functions = [tool["function"] for tool in body["tools"]]
    assert [function["name"] for function in functions] == [tool.name for tool in TOOLS]
    assert all(function["strict"] for function in functions)
    assert body["tool_choice"] == "required"
    assert '"default":' not in fake.requests[0].said
    assert all(_bounded(function["parameters"]) for function in functions)


def _bounded(schema: dict[str, object]) -> bool:
    """Every list and every free string has a bound, every object names all its fields."""
    kind = schema.get("type")
    if kind == "object":
        fields = schema["properties"]
        assert isinstance(fields, dict)
        return (
            schema["required"] == [*fields]
            and not schema["additionalProperties"]
            and all(map(_bounded, fields.values()))
        )
    if kind == "array":
        items = schema["items"]
        assert isinstance(items, dict)
        return "maxItems" in schema and _bounded(items)
    if kind == "string":
        return "maxLength" in schema or "enum" in schema
    variants = schema.get("anyOf", [])
    assert isinstance(variants, list)
    return all(map(_bounded, variants))


def test_a_server_is_asked_in_simpler_ways_until_one_works_and_so_ever_after(asking: Asking) -> None:
    client, fake = asking(
        error(400, "strict is not supported"), error(422, "tools"), error(404, "json_schema"), chat(text=AS_TEXT)
    )

    assert plan(client) == "decline"
    assert plan(client) == "decline"

    ways = [sorted({"tools", "response_format"} & request.body.keys()) for request in fake.requests]
    assert ways == [["tools"], ["tools"], ["response_format"], ["response_format"], ["response_format"]]
    assert client.ladder.rung is Rung.OBJECT


def test_words_where_a_call_was_required_are_a_step_down(asking: Asking) -> None:
    client, fake = asking(chat(text="Sure! Let me see."), chat(DECLINE))

    assert plan(client) == "decline"
    assert client.ladder.rung is Rung.PLAIN
    assert len(fake.requests) == 2


def test_a_ladder_that_never_worked_begins_at_the_top_again(asking: Asking) -> None:
    client, fake = asking(error(404, "model is loading"))

    assert plan(client) == "server: status 404"
    fake.play(chat(DECLINE))
    assert plan(client) == "decline"
    assert client.ladder.rung is Rung.STRICT


def test_what_a_slow_server_refused_is_not_tried_again(asking: Asking) -> None:
    client, fake = asking(
        error(400, "strict is not supported"), error(422, "tools"), error(404, "json_schema"), Step(hang=True)
    )

    assert plan(client) == "server: no reply in time"
    fake.play(chat(text=AS_TEXT))
    asked = len(fake.requests)
    assert plan(client) == "decline"
    assert len(fake.requests) == asked + 1
    assert client.ladder.rung is Rung.OBJECT


def test_a_server_that_wants_responses_gets_them(asking: Asking) -> None:
    client, fake = asking(error(400, "x", "Function tools are not supported, use /v1/responses"), responses(DECLINE))

    assert plan(client) == "decline"
    assert [request.path for request in fake.requests] == ["/v1/chat/completions", "/v1/responses"]


def test_responses_keep_nothing_on_the_server(asking: Asking) -> None:
    client, fake = asking(responses(DECLINE), api="responses", model="gpt-5-mini")

    assert plan(client) == "decline"
    body = fake.requests[0].body
    assert body["store"] is False
    assert body["reasoning"] == {"effort": "low"}
    assert "previous_response_id" not in body


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (responses(status="incomplete"), "reply: a reply cut at its limit"),
        (responses(status="failed"), "server: a reply without a finish"),
        (Step("<html>", kind="text/html"), "server: a page instead of a reply"),
    ],
)
def test_responses_fail_by_name(asking: Asking, step: Step, expected: str) -> None:
    client, _ = asking(step, api="responses", model="gpt-5-mini")

    assert plan(client) == expected


def test_three_failures_leave_the_server_alone_for_five_minutes() -> None:
    now = [0.0]
    with FakeModel(error(400, "x")) as fake:
        client = ModelClient(Server(api_key="k", model="m", base_url=fake.url), clock=lambda: now[0])
        said = [_asked_at(client, now[0]) for _ in range(4)]
        now[0] = 299.0
        said.append(_asked_at(client, now[0]))
        fake.play(chat(DECLINE))
        now[0] = 301.0
        said.append(_asked_at(client, now[0]))
        client.close()

    assert said == [*["server: status 400"] * 3, *["paused: the server is left alone for a while"] * 2, "decline"]


def _asked_at(client: ModelClient, now: float) -> str:
    try:
        return client.plan(SAID, TOOLS, now + 20).calls[0].tool
    except ModelFailure as failure:
        return f"{failure.blame}: {failure.reason}"


def test_an_account_without_quota_is_not_asked_again(asking: Asking) -> None:
    client, fake = asking(error(429, "insufficient_quota"))

    said = [plan(client) for _ in range(3)]

    assert said[1:] == ["paused: the server is left alone for a while"] * 2
    assert len(fake.requests) == 1


def test_refusals_are_no_reason_to_leave_a_server_alone(asking: Asking) -> None:
    client, fake = asking(chat(refusal="no"))

    assert {plan(client) for _ in range(4)} == {"reply: the model refused"}
    assert len(fake.requests) == 4


TOLD = {
    "its end": (stream(["Beside ", "that"]), "Beside that"),
    "no end": (stream(["Beside "], finish=None), f"{Blame.SERVER}: a stream without its end"),
    "a stall": (stream(["Beside "], finish=None, stall=True), f"{Blame.SERVER}: no reply in time"),
    "a drip": (stream(["x"] * 90, pause=0.05), f"{Blame.SERVER}: no reply in time"),
    "a limit": (stream(["Beside "], finish="length"), f"{Blame.REPLY}: a stream without its end"),
    "a page": (Step("<html>", kind="text/html"), f"{Blame.SERVER}: a stream without its end"),
}


@pytest.mark.parametrize("name", TOLD)
def test_a_stream_counts_only_with_its_end(asking: Asking, name: str) -> None:
    step, expected = TOLD[name]
    client, _ = asking(step)

    assert _told(client) == expected


def test_a_stream_of_responses_counts_only_with_its_end(asking: Asking) -> None:
    client, fake = asking(stream_responses(["Beside ", "that"]), api="responses", model="gpt-5-mini")

    assert _told(client) == "Beside that"
    fake.play(stream_responses(["Beside "], finish=False))
    assert _told(client) == f"{Blame.SERVER}: a stream without its end"


def _told(client: ModelClient) -> str:
    try:
        return client.tell(SAID, time.monotonic() + DEADLINE).text
    except ModelFailure as failure:
        return f"{failure.blame}: {failure.reason}"


def test_what_a_reply_cost_comes_in_disjoint_counts(asking: Asking) -> None:
    client, _ = asking(chat(DECLINE))

    spent = client.plan(SAID, TOOLS, time.monotonic() + DEADLINE).spent

    assert (spent.input, spent.cached, spent.output, spent.reasoning) == (600, 400, 60, 20)


def test_the_key_is_in_no_representation() -> None:
    assert "sk-secret" not in repr(Server(api_key="sk-secret", model="m"))
