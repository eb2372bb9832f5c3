"""The OTLP receiver over HTTP, as clients meet it."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from threading import Event, Timer
from time import monotonic, sleep

import pytest
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceResponse
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
    ExportMetricsServiceResponse,
)

from bot.processes import telemetry
from bot.processes.telemetry import TelemetryReceiver
from bot.sources.otlp.receive import JSON, PROTOBUF
from tests.bot.processes.front import OTLP_TOKEN, Front, front, process
from tests.bot.sources.otlp.messages import ADA, DELTA, as_json, logs, metrics, spans
from tests.bot.sources.otlp.station import Station
from tests.databases import BACKENDS, fresh_store

POINT = {**ADA, "type": "input", "model": "claude-opus-4-8"}
KILLS = 3


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Front]:
    with fresh_store("sqlite", tmp_path) as url, front(url) as made:
        yield made


def use(minute: int = 1, amount: float = 120, **attributes: str) -> ExportMetricsServiceRequest:
    """Tokens of a minute."""
    points = [(60 * (minute - 1), 60 * minute, amount)]
    return metrics("claude-code", ("claude_code.token.usage", POINT | attributes, DELTA, points))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("is_json", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_what_is_accepted_is_in_the_facts(backend: str, is_json: bool, packed: bool, tmp_path: Path) -> None:
    with fresh_store(backend, tmp_path) as url, front(url) as here:
        body = as_json(use()) if is_json else use().SerializeToString()
        headers = {"Content_Type": JSON if is_json else PROTOBUF} | ({"Content_Encoding": "gzip"} if packed else {})
        answer = here.post("/v1/metrics", gzip.compress(body) if packed else body, **headers)
        here.held.fold()

        assert (answer.status, answer.body) == (200, b"{}" if is_json else b"")
        assert answer.headers["content-type"] == headers["Content_Type"]
        assert here.held.totals()["input_tokens"] == 120


@pytest.mark.parametrize("token", ["", "wrong", OTLP_TOKEN + "x"])
def test_without_the_token_nothing_is_read(here: Front, token: str) -> None:
    answer = here.post("/v1/metrics", b"no message at all", token, Content_Type=JSON)

    assert answer.status == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json() == {"code": 16, "message": "the bearer token is missing or wrong"}


def test_whoever_guesses_tokens_is_slowed_down(here: Front) -> None:
    statuses = [here.post("/v1/logs", b"", "wrong").status for _ in range(telemetry.WRONG_BURST + 10)]

    assert set(statuses) == {401, 429}
    assert here.otlp(use()).status == 200  # with the right one nobody waits


@pytest.mark.parametrize(
    ("body", "headers", "status", "words"),
    [
        (b"{", {"Content_Type": JSON}, 400, "JSON"),
        (b"[]", {"Content_Type": JSON}, 400, "object"),
        (b'{"resourceMetrics": 7}', {"Content_Type": JSON}, 400, "list"),
        (b"[" * 100_000, {"Content_Type": JSON}, 400, "JSON"),
        (b"\xff\xff", {"Content_Type": PROTOBUF}, 400, "Protobuf"),
        (b"{}", {"Content_Type": "text/plain"}, 415, "Content-Type"),
        (b"", {}, 415, "Content-Type"),
        (b"{}", {"Content_Type": JSON, "Content_Encoding": "br"}, 400, "gzip"),
        (gzip.compress(b"{}" * 99, mtime=0)[:-4], {"Content_Type": JSON, "Content_Encoding": "gzip"}, 400, "cut off"),
        (gzip.compress(bytes(21 * 2**20), mtime=0), {"Content_Type": JSON, "Content_Encoding": "gzip"}, 413, "20 MB"),
        (bytes(21 * 2**20), {"Content_Type": PROTOBUF}, 413, "20 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    here: Front, body: bytes, headers: dict[str, str], status: int, words: str
) -> None:
    answer = here.post("/v1/metrics", body, **headers)

    assert answer.status == status
    assert words in answer.body.decode("utf-8", "replace")


def test_what_is_rejected_is_told_and_the_rest_counts(here: Front) -> None:
    wrong = metrics("claude-code", ("claude_code.token.usage", POINT, DELTA, [(0, 60, -5), (0, 60, 120)]))

    answer = here.otlp(wrong)
    told = ExportMetricsServiceResponse.FromString(answer.body).partial_success
    again = here.otlp(wrong, is_json=True).json()["partialSuccess"]
    here.held.fold()

    assert answer.status == 200
    assert (told.rejected_data_points, again["rejectedDataPoints"]) == (1, "1")
    assert "claude_code.token.usage" in told.error_message
    assert here.held.totals()["input_tokens"] == 120


def test_records_out_of_time_are_rejected(here: Front) -> None:
    call = {**ADA, "event.name": "api_request", "model": "m", "input_tokens": 7}

    answer = here.otlp(logs("claude-code", ("", 40 * 86_400, call), ("", -50 * 365 * 86_400, call)))

    assert ExportLogsServiceResponse.FromString(answer.body).partial_success.rejected_log_records == 2


def test_what_counts_no_use_is_accepted_and_left_out(here: Front) -> None:
    assert here.otlp(spans("shop", ("GET /", 1, {"http.request.method": "GET"}))).status == 200
    assert here.otlp(metrics("shop", ("http.requests", {}, DELTA, [(0, 1, 3)]))).status == 200
    assert here.post("/v1/traces", b"", Content_Type=PROTOBUF).status == 200
    assert here.held.fold().points == 0


def test_more_than_are_worked_on_and_wait_are_asked_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telemetry, "INSIDE", 1)
    monkeypatch.setattr(telemetry, "AT_ONCE", 1)
    begun, go = Event(), Event()

    def slow(*_: object) -> bool:
        begun.set()
        return go.wait(10) and False

    monkeypatch.setattr(TelemetryReceiver, "_is_full", slow)
    with fresh_store("sqlite", tmp_path) as url, front(url) as here, ThreadPoolExecutor(1) as pool:
        first = pool.submit(here.otlp, use(1))
        assert begun.wait(10)
        second = here.otlp(use(2))
        go.set()

        assert (first.result().status, second.status, second.headers["retry-after"]) == (200, 429, "1")


def test_more_than_the_rate_allows_are_asked_to_come_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telemetry, "BURST", 3)
    monkeypatch.setattr(telemetry, "A_SECOND", 0.01)
    with fresh_store("sqlite", tmp_path) as url, front(url) as here:
        answers = [here.otlp(use(minute)) for minute in range(1, 5)]

        assert [answer.status for answer in answers] == [200, 200, 200, 429]
        assert int(answers[-1].headers["retry-after"]) > 50


def test_too_much_that_waits_to_be_folded_is_asked_to_come_again(here: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telemetry, "BACKLOG", 0)
    assert here.otlp(use(1)).status == 200

    answer = here.otlp(use(2))

    assert answer.status == 503
    assert int(answer.headers["retry-after"]) > 0
    here.held.fold()
    assert here.otlp(use(2)).status == 200


def test_a_store_that_cannot_be_written_is_told_as_a_reason_to_come_again(here: Front) -> None:
    with here.held.writing.begin() as connection:
        connection.exec_driver_sql("DROP TABLE telemetry_inbox")

    answer = here.otlp(use(), is_json=True)

    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    assert answer.json()["message"] == "the store cannot be written now"


def test_several_replicas_over_one_store_make_one_series(tmp_path: Path) -> None:
    with fresh_store("sqlite", tmp_path) as url, front(url) as one, front(url) as other:
        for minute in range(1, 9):
            (one if minute % 2 else other).otlp(use(minute, minute))
            (one if minute % 3 else other).held.fold()

        assert one.held.totals()["input_tokens"] == sum(range(1, 9))


def kill_and_send_again(url: str, kills: int, seed: int) -> int:
    """Send minute after minute while the server is killed at any moment; what was not answered with 200 is sent again.

    Gives how many minutes were sent.
    """
    chance = random.Random(seed)
    minute = 1
    for _ in range(kills):
        with process(url) as (running, here):
            ending = Timer(chance.uniform(0.0, 0.6), running.kill)
            ending.start()
            with suppress(OSError, HTTPException):
                while here.otlp(use(minute, 1)).status == 200:
                    minute += 1
            ending.join()
    with process(url) as (_, here):
        assert here.otlp(use(minute, 1)).status == 200
    return minute


def tokens_at_rest(url: str) -> int:
    """The tokens in the store once everything is folded by a new process."""
    made = Station(url)
    try:
        made.fold()
        return made.totals().get("input_tokens", 0)
    finally:
        made.dispose()


def test_what_was_answered_with_200_survives_a_kill(tmp_path: Path) -> None:
    with fresh_store("sqlite", tmp_path) as url:
        sent = kill_and_send_again(url, KILLS, seed=7)

        assert sent > KILLS
        assert tokens_at_rest(url) == sent


@pytest.mark.trial
def test_it_survives_thirty(tmp_path: Path) -> None:
    with fresh_store("sqlite", tmp_path) as url:
        sent = kill_and_send_again(url, 30, seed=8)

        assert tokens_at_rest(url) == sent


def test_a_server_folds_by_itself(tmp_path: Path) -> None:
    with fresh_store("sqlite", tmp_path) as url, process(url) as (_, here):
        here.otlp(use(1, 7))
        made = Station(url)
        until = monotonic() + 20
        while not made.facts() and monotonic() < until:
            sleep(0.05)

        assert made.totals()["input_tokens"] == 7
        made.dispose()
