"""A vendor is asked in bounds and in words: tries, waits, pages, sizes, redirects, and never a key to another host."""

from __future__ import annotations

import gzip
import json
import logging
import socket
import tracemalloc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from bot.sources.base import (
    SourceChanged,
    SourceDown,
    SourceError,
    SourceExpired,
    SourceRefused,
    VendorSource,
)
from bot.sources.http import bodies, client
from bot.sources.http.client import open_http
from bot.sources.http.waiting import TRIES, TRIES_OF_A_VENDOR_THAT_IS_DOWN
from bot.sources.paging import linked, paged
from tests.bot.sources.faults import Fault
from tests.bot.sources.server import Answer, Call, Route, Vendor, VendorServer, page_of, patient

ROWS = [{"id": number} for number in range(7)]
KEY = "sk-right-0123456789"
MOST = 40 * 1024 * 1024  # bytes that reading one large reply may take
LINE_BY_LINE = 16 * 1024 * 1024  # bytes that a file may take, however large it is


def source(**more: Any) -> VendorSource:
    return VendorSource(
        name="acme",
        label="Acme",
        base_url="https://api.acme.example",
        needs=("ACME_API_KEY",),
        key_is="an Admin key",
        headers=lambda settings: {"Authorization": f"Bearer {settings['ACME_API_KEY']}"},
        reports=(),
        **more,
    )


ACME = source()


@dataclass
class Acme(Vendor):
    """`answer` is what `/v1/any` gives; files need no key."""

    key: str = KEY
    answer: Any = field(default_factory=dict)
    file: Answer = field(default_factory=lambda: Answer(b'{"n": 1}\n{"n": 2}\n'))
    files: list[Mapping[str, str]] = field(default_factory=list)

    def routes(self) -> Mapping[str, Route]:
        return {
            "/v1/rows": lambda call: page_of(ROWS, call, 3),
            "/v1/linked": self.linked,
            "/v1/any": lambda _call: self.answer,
            "POST /v1/any": lambda call: {"said": call.body},
            "/file": self.signed,
            "/moved": lambda _call: Answer(b"", 302, {"Location": "/v1/rows?limit=3"}),
            "/moved-file": lambda _call: Answer(b"", 302, {"Location": "/file?sig=other"}),
        }

    def is_let_in(self, call: Call) -> bool:
        return "file" in call.path or super().is_let_in(call)

    def linked(self, call: Call) -> Any:
        at = call.number("at", 0)
        more = {"Link": f'</v1/linked?at={at + 1}>; rel="next"'} if at < 2 else {}
        return Answer([at], 200, more)

    def signed(self, call: Call) -> Any:
        self.files.append(call.headers)
        return self.file


@pytest.fixture
def acme() -> Acme:
    return Acme()


@pytest.fixture
def server(acme: Acme) -> Iterator[VendorServer]:
    with VendorServer(acme) as server:
        yield server


def ids(server: VendorServer, slept: list[float] | None = None) -> list[int]:
    with server.http(ACME, slept) as http:
        return [row["id"] for body in paged(http, "/v1/rows", {"limit": 3}) for row in body["data"]]


def error_of(server: VendorServer, path: str = "/v1/rows") -> SourceError:
    with server.http(ACME) as http, pytest.raises(SourceError) as raised:
        http.get(path)
    return raised.value


def test_pages_are_followed_with_the_same_parameters(server: VendorServer) -> None:
    assert ids(server) == [*range(7)]
    assert [dict(call.query) for call in server.calls] == [
        {"limit": ["3"]},
        {"limit": ["3"], "page": ["p3"]},
        {"limit": ["3"], "page": ["p6"]},
    ]


def test_pages_of_the_link_header_are_followed_on_the_same_host(server: VendorServer, acme: Acme) -> None:
    with server.http(ACME) as http:
        assert [*linked(http, "/v1/linked")] == [[0], [1], [2]]
    acme.answer = Answer([0], 200, {"Link": '<https://elsewhere.example/x>; rel="next"'})
    with server.http(ACME) as http, pytest.raises(SourceChanged, match=r"another host \(elsewhere\.example\)"):
        [*linked(http, "/v1/any")]


def test_lists_are_sent_as_repeated_names_and_bodies_as_json(server: VendorServer) -> None:
    with server.http(ACME) as http:
        http.get("/v1/rows", {"group_by[]": ("model", "user"), "limit": 1})
        assert http.post("/v1/any", {"a": 1}, {"b": 2}).body == {"said": {"a": 1}}
    assert server.calls[0].all("group_by") == ["model", "user"]


@pytest.mark.parametrize("fault", [Fault.LIMITED, Fault.BROKEN, Fault.CUT, Fault.HTML])
def test_what_passes_is_tried_again(server: VendorServer, fault: Fault) -> None:
    server.fail(fault, times=2)

    assert ids(server) == [*range(7)]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.LIMITED, "limits how often it is asked (429)"),
        (Fault.BROKEN, "has a failure of its own (500)"),
        (Fault.CUT, "breaks off"),
        (Fault.HTML, "a web page in place of data"),
    ],
)
def test_what_does_not_pass_is_one_sentence_after_a_few_tries(server: VendorServer, fault: Fault, words: str) -> None:
    server.fail(fault)
    slept: list[float] = []

    with server.http(ACME, slept) as http, pytest.raises(SourceDown) as raised:
        http.get("/v1/rows")

    assert words in str(raised.value)
    assert "\n" not in str(raised.value)
    assert len(server.calls) == TRIES
    assert len(slept) == TRIES - 1


def test_a_vendor_that_was_down_a_moment_ago_is_not_waited_for_all_that_long_again(server: VendorServer) -> None:
    server.fail(Fault.BROKEN)
    with server.http(ACME) as http:
        for calls in (TRIES, TRIES_OF_A_VENDOR_THAT_IS_DOWN):
            server.calls.clear()
            with pytest.raises(SourceDown):
                http.get("/v1/rows")
            assert len(server.calls) == calls
        server.mend()
        http.get("/v1/rows")
        server.calls.clear()
        server.fail(Fault.BROKEN)
        with pytest.raises(SourceDown):
            http.get("/v1/rows")

    assert len(server.calls) == TRIES


def test_waits_grow_and_what_the_vendor_asks_for_is_kept_to(server: VendorServer) -> None:
    slept: list[float] = []
    server.fail(Fault.BROKEN, times=3)
    ids(server, slept)
    assert slept == [0.25, 0.5, 1.0]

    slept.clear()
    server.retry_after = "7"
    server.fail(Fault.LIMITED, times=1)
    ids(server, slept)
    assert slept == [7.0]


def test_a_date_to_wait_for_is_by_the_vendors_own_clock(server: VendorServer, acme: Acme) -> None:
    theirs = datetime(2026, 11, 10, 12, tzinfo=UTC)  # whatever ours says
    headers = {
        "Retry-After": format_datetime(theirs + timedelta(seconds=9), usegmt=True),
        "Date": format_datetime(theirs, usegmt=True),
    }
    acme.answer = Answer({}, 429, headers)
    slept: list[float] = []

    with server.http(ACME, slept) as http, pytest.raises(SourceDown):
        http.get("/v1/any")

    assert slept == [9.0] * (TRIES - 1)


def test_a_wait_of_hours_is_left_to_a_later_pass(server: VendorServer, acme: Acme) -> None:
    acme.answer = Answer({}, 429, {"Retry-After": "7200"})
    slept: list[float] = []

    with server.http(ACME, slept) as http, pytest.raises(SourceDown, match="asks to wait 120 minutes"):
        http.get("/v1/any")

    assert slept == []


def test_some_say_not_now_with_a_403(server: VendorServer, acme: Acme) -> None:
    reset = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(datetime.now(UTC).timestamp()) + 60)}
    acme.answer = Answer({}, 403, reset)
    slept: list[float] = []

    with server.http(ACME, slept) as http, pytest.raises(SourceDown, match="limits how often"):
        http.get("/v1/any")

    assert all(55 <= seconds <= 61 for seconds in slept)


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (401, SourceRefused, "does not know the key in ACME_API_KEY (401); ACME_API_KEY must be an Admin key"),
        (403, SourceRefused, "does not let the key in ACME_API_KEY read this (403)"),
        (404, SourceRefused, "no such report or organisation (404); check ACME_API_KEY, FULCRUM_ACME_URL"),
        (410, SourceExpired, "(410)"),
        (400, SourceRefused, "refuses the request (400): limit is too large"),
    ],
)
def test_a_refusal_is_tried_once_and_says_what_to_change(
    server: VendorServer, acme: Acme, status: int, kind: type[SourceError], words: str
) -> None:
    acme.answer = Answer({"error": {"message": "limit is\ntoo large"}}, status)

    error = error_of(server, "/v1/any")

    assert type(error) is kind
    assert words in str(error)
    assert len(server.calls) == 1


def test_a_status_that_is_allowed_is_given_back(server: VendorServer, acme: Acme) -> None:
    acme.answer = Answer(b"<html>", 403, {"Content-Type": "text/html"})

    with server.http(ACME) as http:
        reply = http.get("/v1/any", allowed=(403,))

    assert (reply.status, reply.body) == (403, None)


def test_an_empty_body_is_none(server: VendorServer, acme: Acme) -> None:
    acme.answer = Answer(b"", 204)

    with server.http(ACME) as http:
        assert http.get("/v1/any").body is None


def test_a_reply_of_300_mb_is_refused_in_bounded_memory(server: VendorServer) -> None:
    server.fail(Fault.HUGE)
    tracemalloc.start()

    error = error_of(server)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "larger than 32 MB" in str(error)
    assert "--since" in str(error)
    assert peak < MOST + bodies.LARGEST_REPLY


def test_a_packed_reply_is_bounded_by_what_is_in_it(server: VendorServer, acme: Acme) -> None:
    bomb = gzip.compress(b"[" + b" " * 64 * 1024 * 1024 + b"]", 9)
    acme.answer = Answer(bomb, 200, {"Content-Encoding": "gzip"})
    assert len(bomb) < 100_000

    assert "larger than 32 MB" in str(error_of(server, "/v1/any"))


def test_a_packed_reply_that_is_cut_is_cut(server: VendorServer, acme: Acme) -> None:
    acme.answer = Answer(gzip.compress(b'{"a": 1}')[:-9], 200, {"Content-Encoding": "gzip"})

    assert "breaks off before its end" in str(error_of(server, "/v1/any"))


def test_a_redirect_on_the_host_is_followed_and_one_to_another_host_gets_nothing(server: VendorServer) -> None:
    with server.http(ACME) as http:
        assert len(http.get("/moved").body["data"]) == 3

    with VendorServer(Acme()) as other:
        server.elsewhere = f"{other.url}/v1/rows"
        server.fail(Fault.ELSEWHERE)
        error = error_of(server)

        assert other.calls == []
    assert isinstance(error, SourceRefused)
    assert "redirects to another host (127.0.0.1), which gets no key" in str(error)


def test_a_link_of_the_vendor_is_read_line_by_line_without_the_key(server: VendorServer, acme: Acme) -> None:
    with server.http(ACME) as http:
        assert [*http.lines(f"{server.url}/file?sig=secret")] == [{"n": 1}, {"n": 2}]
        assert [*http.lines(f"{server.url}/moved-file")] == [{"n": 1}, {"n": 2}]

    assert all("authorization" not in headers for headers in acme.files)


@pytest.mark.parametrize(
    ("body", "values"),
    [
        (b'{"n": 1}\r\n\n{"n": 2}', [{"n": 1}, {"n": 2}]),
        (b'{\n "n": 1,\n "m": [2]\n}', [{"n": 1, "m": [2]}]),
        (b"[1, 2]", [[1, 2]]),
        (b"", []),
    ],
)
def test_a_file_is_lines_or_one_value(server: VendorServer, acme: Acme, body: bytes, values: list[Any]) -> None:
    acme.file = Answer(body)

    with server.http(ACME) as http:
        assert [*http.lines(f"{server.url}/file")] == values


def test_a_file_that_breaks_off_is_read_again_from_its_beginning(server: VendorServer) -> None:
    server.fail(Fault.CUT, times=1, where="/file")

    with server.http(ACME) as http:
        assert [*http.lines(f"{server.url}/file")] == [{"n": 1}, {"n": 2}]


@pytest.mark.parametrize("megabytes", [40, pytest.param(300, marks=pytest.mark.trial)])
def test_a_large_file_is_read_in_bounded_memory(server: VendorServer, acme: Acme, megabytes: int) -> None:
    line = json.dumps({"day": "2026-11-10", "text": "x" * 990}).encode() + b"\n"
    wanted = megabytes * 1024 * 1024 // len(line)
    acme.file = Answer(gzip.compress(line * wanted, 1), 200, {"Content-Encoding": "gzip"})
    with server.http(ACME) as http:
        tracemalloc.start()
        count = sum(1 for _ in http.lines(f"{server.url}/file"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert count == wanted
    assert peak < LINE_BY_LINE


def test_a_link_that_is_no_longer_good_begins_the_pull_anew(server: VendorServer, acme: Acme) -> None:
    acme.file = Answer(b"<Error/>", 403)

    with server.http(ACME) as http, pytest.raises(SourceExpired, match="no longer good"):
        [*http.lines(f"{server.url}/file?sig=secret")]


@pytest.mark.parametrize("link", ["http://files.example/x?sig=1", "ftp://files.example/x", "file:///etc/passwd", "x"])
def test_a_link_without_https_is_not_followed(server: VendorServer, link: str) -> None:
    with server.http(ACME) as http, pytest.raises(SourceChanged, match="without https"):
        [*http.lines(link)]


def test_nobody_there_is_said_with_the_setting_and_not_for_ever() -> None:
    settings = {"ACME_API_KEY": KEY, "FULCRUM_ACME_URL": "http://127.0.0.1:9"}
    slept: list[float] = []

    with open_http(ACME, settings, patient(slept)) as http, pytest.raises(SourceDown, match="cannot be reached"):
        http.get("/v1/any")

    assert len(slept) == TRIES - 1


def test_a_vendor_that_keeps_silent_is_not_asked_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "READ", 0.01)
    slept: list[float] = []
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = {"ACME_API_KEY": KEY, "FULCRUM_ACME_URL": f"http://127.0.0.1:{silent.getsockname()[1]}"}
        with open_http(ACME, settings, patient(slept)) as http:
            for _ in range(5):
                with pytest.raises(SourceDown, match="did not answer in time"):
                    http.get("/v1/any")

    assert len(slept) == TRIES - 1 + TRIES_OF_A_VENDOR_THAT_IS_DOWN - 1


def test_a_vendor_that_drips_is_given_up(server: VendorServer) -> None:
    clock = iter(range(0, 10**9, 1000))
    with (
        open_http(ACME, server.settings(ACME), patient(), clock=lambda: float(next(clock))) as http,
        pytest.raises(SourceDown, match="too slowly"),
    ):
        http.get("/v1/rows")


def test_no_key_is_in_a_log_or_an_error(server: VendorServer, acme: Acme, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger=client.__name__)
    acme.answer = Answer({"error": f"the key {KEY} of Bearer {KEY} is not welcome at https://x.example/a?sig=1"}, 422)

    error = error_of(server, "/v1/any")
    server.fail(Fault.BROKEN)
    error_of(server)

    assert KEY not in str(error) + repr(error) + caplog.text
    assert "sig=1" not in str(error)
    assert "is not welcome" in str(error)
