"""Each client counts by the signal that it declares, in Protobuf as in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.sources.otlp.messages import (
    ADA,
    CUMULATIVE,
    DELTA,
    Attributes,
    Request,
    histograms,
    logs,
    metrics,
    spans,
)
from tests.bot.sources.otlp.station import Station, dollars, station

CALL: Attributes = {
    **ADA,
    "event.name": "api_request",
    "model": "claude-opus-4-8",
    "request_id": "req_1",
    "input_tokens": "120",
    "output_tokens": "900",
    "cache_read_tokens": "50000",
    "cache_creation_tokens": "4000",
    "cost_usd": "0.0731",
}
CODEX: Attributes = {
    "event.name": "codex.sse_event",
    "event.kind": "response.completed",
    "event.timestamp": "2026-11-05T09:00:30.123Z",
    "conversation.id": "c-1",
    "model": "gpt-5.4-codex",
    "input_token_count": "1000",
    "cached_token_count": "600",
    "output_token_count": "200",
    "reasoning_token_count": "150",
}
GEMINI: Attributes = {**ADA, "model": "gemini-3-flash"}
SPAN: Attributes = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-5",
    "gen_ai.response.model": "gpt-5-2026-08-07",
    "gen_ai.response.id": "resp_1",
    "gen_ai.usage.input_tokens": 100,
    "gen_ai.usage.output_tokens": 20,
    "gen_ai.usage.cache_read.input_tokens": 60,
    "user.id": "u-7",
}


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Station]:
    with station(tmp_path) as made:
        yield made


def tokens(here: Station) -> tuple[int, ...]:
    """Fresh input, read from a cache, written to it, output."""
    found = here.totals()
    names = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens")
    return tuple(found.get(name, -1) for name in names)


@pytest.mark.parametrize("is_json", [False, True])
@pytest.mark.parametrize(
    ("request_", "wanted"),
    [
        (logs("claude-code", ("claude_code.api_request", 30, CALL)), (120, 50_000, 4_000, 900)),
        (logs("codex_cli_rs", ("", 30, CODEX), scope="codex_otel.log_only"), (400, 600, 0, 200)),
        (
            logs(
                "gemini-cli",
                (
                    "",
                    30,
                    GEMINI
                    | {
                        "event.name": "gemini_cli.api_response",
                        "input_token_count": 100,
                        "cached_content_token_count": 40,
                        "output_token_count": 20,
                        "thoughts_token_count": 30,
                        "tool_token_count": 7,
                    },
                ),
            ),
            (60, 40, -1, 50),
        ),
        (
            metrics(
                "gemini-cli",
                ("gemini_cli.token.usage", GEMINI | {"type": "input"}, CUMULATIVE, [(0, 10, 100)]),
                ("gemini_cli.token.usage", GEMINI | {"type": "cache"}, CUMULATIVE, [(0, 10, 40)]),
                ("gemini_cli.token.usage", GEMINI | {"type": "output"}, CUMULATIVE, [(0, 10, 20)]),
                ("gemini_cli.token.usage", GEMINI | {"type": "thought"}, CUMULATIVE, [(0, 10, 30)]),
                ("gemini_cli.token.usage", GEMINI | {"type": "tool"}, CUMULATIVE, [(0, 10, 7)]),
            ),
            (60, 40, -1, 50),
        ),
        (
            histograms(
                "codex_cli_rs",
                ("codex.turn.token_usage", {"token_type": "input", "model": "gpt-5"}, 30, 1_000, 2),
                ("codex.turn.token_usage", {"token_type": "cached_input", "model": "gpt-5"}, 30, 600, 2),
                ("codex.turn.token_usage", {"token_type": "output", "model": "gpt-5"}, 30, 200, 2),
                ("codex.turn.token_usage", {"token_type": "total", "model": "gpt-5"}, 30, 1_200, 2),
            ),
            (400, 600, -1, 200),
        ),
        (spans("agent", ("chat gpt-5", 30, SPAN)), (40, 60, -1, 20)),
    ],
    ids=["claude_code", "codex", "gemini_cli", "gemini_cli metric", "codex metric", "span"],
)
def test_the_use_of_a_client(here: Station, request_: Request, wanted: tuple[int, ...], is_json: bool) -> None:
    assert not here.take(request_, is_json=is_json).rejected

    assert tokens(here) == wanted


def test_codex_sends_each_event_twice_and_the_copy_with_its_user_counts(here: Station) -> None:
    named = CODEX | {"user.email": "bo@acme.test"}
    later = CODEX | {"event.timestamp": "2026-11-05T09:00:30.125Z"}

    here.take(logs("codex_cli_rs", ("", 30, later), ("", 30, named)))

    assert [fact["who"] for fact in here.facts()] == ["bo@acme.test"]


def test_its_copy_without_a_user_does_not_count_where_it_comes_in_a_request_of_its_own(here: Station) -> None:
    here.take(logs("codex_cli_rs", ("", 30, CODEX | {"user.email": "bo@acme.test"})))
    here.take(
        logs("codex_cli_rs", ("", 30, CODEX), scope="codex_otel.trace_safe"), logs("codex_cli_rs", ("", 30, CODEX))
    )

    assert [fact["who"] for fact in here.facts()] == ["bo@acme.test"]


def test_gemini_cli_tells_the_same_by_two_metrics_and_two_records_and_counts_once(here: Station) -> None:
    response = GEMINI | {"event.name": "gemini_cli.api_response", "input_token_count": 100, "output_token_count": 20}
    details = SPAN | {"event.name": "gen_ai.client.inference.operation.details"}
    here.take(
        metrics(
            "gemini-cli",
            ("gemini_cli.token.usage", GEMINI | {"type": "input"}, CUMULATIVE, [(0, 10, 100)]),
            ("gemini_cli.token.usage", GEMINI | {"type": "output"}, CUMULATIVE, [(0, 10, 20)]),
        ),
        histograms("gemini-cli", ("gen_ai.client.token.usage", GEMINI | {"gen_ai.token.type": "input"}, 10, 100, 1)),
        logs("gemini-cli", ("", 9, response), ("", 9, details)),
        spans("gemini-cli", ("generate_content", 9, SPAN)),
    )

    found = here.totals()
    assert (found["input_tokens"], found["output_tokens"], found["requests"]) == (100, 20, 1)


def test_a_call_whose_client_tells_no_cost_is_priced_by_the_list(here: Station) -> None:
    here.take(spans("agent", ("chat gpt-5", 30, SPAN | {"gen_ai.response.model": "gpt-5"})))

    (fact,) = here.facts()
    assert fact["cost_kind"] == "estimated"
    assert fact["cost_nano"] > 0


def test_a_span_without_usage_is_a_request_of_unknown_size(here: Station) -> None:
    bare = {name: value for name, value in SPAN.items() if "usage" not in name}

    here.take(spans("agent", ("chat gpt-5", 30, bare)))

    (fact,) = here.facts()
    assert fact["requests"] == 1
    assert not {"input_tokens", "cached_input_tokens", "output_tokens", "cost_nano"} & fact.keys()


@pytest.mark.parametrize(
    ("attributes", "failed"),
    [
        ({"gen_ai.operation.name": "invoke_agent", "gen_ai.usage.input_tokens": 100}, False),
        ({"gen_ai.operation.name": "execute_tool"}, False),
        ({"http.request.method": "GET"}, False),
        ({"gen_ai.operation.name": "chat"}, True),
    ],
)
def test_spans_of_agents_tools_and_failures_are_no_calls(here: Station, attributes: Attributes, failed: bool) -> None:
    here.take(spans("agent", ("any", 30, attributes), failed=failed))

    assert here.facts() == []


def test_two_instrumentations_of_one_call_are_one_by_the_id_of_its_response(here: Station) -> None:
    here.take(spans("agent", ("chat gpt-5", 30, SPAN), ("ChatOpenAI.chat", 31, SPAN)))

    assert here.totals()["requests"] == 1


@pytest.mark.parametrize(
    "attributes",
    [
        {"gen_ai.system": "openai", "gen_ai.usage.prompt_tokens": 100, "gen_ai.usage.completion_tokens": 20},
        {"llm.request.type": "chat", "llm.usage.prompt_tokens": 100, "llm.usage.completion_tokens": "20"},
    ],
)
def test_older_names_are_read_alike(here: Station, attributes: Attributes) -> None:
    here.take(spans("agent", ("openai.chat", 30, attributes)))

    found = here.totals()
    assert (found["input_tokens"], found["output_tokens"], found["requests"]) == (100, 20, 1)


def usage(kind: str, amount: int, count: int = 2) -> tuple[str, Attributes, float, float, int]:
    name = "gen_ai.client.token.usage"
    return name, {"gen_ai.token.type": kind, "gen_ai.request.model": "gpt-5"}, 30, amount, count


def test_metrics_of_a_service_count_where_no_span_tells_more(here: Station) -> None:
    here.take(histograms("agent", usage("input", 300), usage("output", 40)))

    found = here.totals()
    assert (found["input_tokens"], found["output_tokens"], found["requests"]) == (300, 40, 2)


def test_spans_of_the_same_service_and_day_take_the_place_of_its_metrics(here: Station) -> None:
    measured = histograms("agent", usage("input", 100, 1), usage("output", 20, 1))

    here.take(measured, spans("agent", ("chat gpt-5", 30, SPAN)), measured)

    assert tokens(here) == (40, 60, -1, 20)


def test_of_metrics_that_repeat_each_other_the_newer_counters_count(here: Station) -> None:
    model = {"gen_ai.request.model": "gpt-5"}
    here.take(
        histograms(
            "agent",
            usage("input", 100, 1),
            usage("output", 20, 1),
            ("gen_ai.client.inference.operation.input_tokens", model, 30, 100, 1),
        ),
        metrics(
            "agent",
            ("gen_ai.client.inference.usage.input_tokens", model, DELTA, [(0, 30, 100)]),
            ("gen_ai.client.inference.usage.cache_read.input_tokens", model, DELTA, [(0, 30, 60)]),
            ("gen_ai.client.inference.usage.output_tokens", model, DELTA, [(0, 30, 20)]),
        ),
    )

    assert tokens(here) == (40, 60, -1, 20)


def test_metrics_of_another_service_or_another_day_are_left_alone(here: Station) -> None:
    here.take(
        spans("agent", ("chat gpt-5", 30, SPAN)),
        histograms("helper", usage("input", 300), usage("output", 40)),
        metrics(
            "agent",
            ("gen_ai.client.inference.usage.input_tokens", {}, DELTA, [(100_000, 100_030, 7)]),
        ),
    )

    assert here.totals()["input_tokens"] == 40 + 300 + 7


@pytest.mark.parametrize(
    ("attributes", "who"),
    [
        ({"user.email": " Ada@Acme.test ", "user.account_uuid": "1-2"}, "ada@acme.test"),
        ({"user.account_uuid": "1-2", "user.id": "9f"}, "1-2"),
        ({"user.id": "9f"}, "9f"),
        ({}, ""),
    ],
)
def test_use_is_of_the_most_telling_name_of_its_user(here: Station, attributes: Attributes, who: str) -> None:
    plain = {name: value for name, value in CALL.items() if name != "user.email"}

    here.take(logs("claude-code", ("claude_code.api_request", 30, plain | attributes)))

    assert [fact["who"] for fact in here.facts()] == [who]


def test_a_metric_without_its_session_gives_way_to_events_of_its_user_on_that_day(here: Station) -> None:
    point = {"user.email": "ada@acme.test", "type": "input", "model": "claude-opus-4-8"}
    here.take(
        metrics("claude-code", ("claude_code.token.usage", point, DELTA, [(0, 60, 120)])),
        metrics("claude-code", ("claude_code.token.usage", point | {"user.email": "bo@x.y"}, DELTA, [(0, 60, 7)])),
        logs("claude-code", ("claude_code.api_request", 30, CALL)),
    )

    assert here.totals()["input_tokens"] == 120 + 7


def test_tokens_and_cost_that_come_in_different_requests_are_one_fact(here: Station) -> None:
    point = {**ADA, "model": "claude-opus-4-8"}
    here.take(
        metrics("claude-code", ("claude_code.token.usage", point | {"type": "input"}, DELTA, [(0, 60, 120)])),
        metrics("claude-code", ("claude_code.cost.usage", point, DELTA, [(0, 60, 0.25)])),
    )

    (fact,) = here.facts()
    assert (fact["input_tokens"], fact["output_tokens"], fact["cost_nano"]) == (120, 0, dollars(0.25))
    assert "requests" not in fact  # nothing tells how many there were


def test_a_service_is_a_product_where_its_resource_says_so(here: Station) -> None:
    here.take(logs("claude-code", ("claude_code.api_request", 30, CALL), resource={"fulcrum.ledger": "product"}))

    with here.reading.connect() as connection:
        assert connection.exec_driver_sql("SELECT ledger FROM stream").scalar() == "product"


def test_nothing_that_anybody_wrote_is_kept(here: Station) -> None:
    secret = "the words of a prompt"
    prompt = {**ADA, "event.name": "user_prompt", "prompt": secret, "prompt_length": "21"}
    here.take(
        logs("claude-code", (secret, 29, prompt), ("claude_code.api_request", 30, CALL | {"prompt": secret})),
        spans("agent", ("chat", 30, SPAN | {"gen_ai.input.messages": secret})),
        fold=False,
    )

    with here.reading.connect() as connection:
        kept = connection.exec_driver_sql("SELECT group_concat(hex(body)) FROM telemetry_inbox").scalar()
    assert secret.encode().hex().upper() not in str(kept)
    assert b"req".hex().upper() not in str(kept)  # nor any id of theirs
