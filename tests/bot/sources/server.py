"""A vendor for tests: real HTTP on loopback, with the faults that vendors have.

A vendor is a small class with `routes`: a path ("{name}" stands for a part) to a function that takes the call and gives
the JSON of its answer, or an `Answer` where that is more. `buckets` and `page_of` page as vendors do.

    class Acme(Vendor):
        def routes(self):
            return {"/v1/usage": self.usage}

        def usage(self, call):
            return page_of(ROWS, call, size=2)

    with VendorServer(Acme()) as server:
        server.fail(Fault.LIMITED, times=2)
        http = server.http(ACME)
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from bot.sources.base import VendorSource
from bot.sources.http.client import VendorHttp, open_http
from bot.sources.http.waiting import Patience
from tests.bot.sources.faults import AGAIN, INSTEAD, OBJECTS, Fault, each_object

PAGE = "<!DOCTYPE html><html><body>Sign in</body></html>"
CURSORS = ("next_page", "last_id", "next", "next_cursor", "nextPageToken", "after_cursor")
LISTS = ("data", "items", "usageEvents", "results")
FOREVER = 10**9
HUGE_PIECE = b'"' + b"x" * (1024 * 1024 - 3) + b'",'


SIZES = ("limit", "page_size", "per_page", "size", "count", "pageSize", "maxResults")  # what they call a page's size
PLACES = ("page", "after", "after_id", "cursor", "offset", "startAt", "startIndex", "starting_after", "nextPageToken")


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked: `query` has every value of a name, `parts` what stood for the names in the route's path."""

    method: str
    path: str
    query: Mapping[str, Sequence[str]]
    headers: Mapping[str, str]
    body: Any = None
    parts: Mapping[str, str] = field(default_factory=dict)

    def first(self, name: str, default: str = "") -> str:
        """The one value of a name."""
        return next(iter(self.query.get(name, ())), default)

    def number(self, name: str, default: int) -> int:
        """The same as a whole number."""
        return int(self.first(name, str(default)))

    def all(self, name: str) -> list[str]:
        """All values of a name that may be written with brackets."""
        return [*self.query.get(name, ()), *self.query.get(f"{name}[]", ())]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is more than JSON with 200; a body of bytes goes out as it is."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Route = Callable[[Call], Any]


class Vendor:
    """The base of a vendor in tests."""

    key = "sk-right-0123456789"

    def routes(self) -> Mapping[str, Route]:
        """Its paths, with or without a method before them ("POST /v1/usage")."""
        return {}

    def is_let_in(self, call: Call) -> bool:
        """Whether the call has the right key."""
        return self.key in (call.headers.get("x-api-key", ""), call.headers.get("authorization", "").split(" ")[-1])

    def refusal(self, _call: Call) -> Answer:
        """What a wrong key gets; like some vendors it repeats the key."""
        return Answer({"error": {"message": f"Incorrect API key provided: {_call.headers.get('x-api-key', '')}"}}, 401)


@dataclass(slots=True)
class _Failing:
    fault: Fault
    left: int
    where: str
    what: Any


class VendorServer:
    """Serves a vendor while it is open; `calls` are those that it heard, `fields` the names of what it said."""

    def __init__(self, vendor: Vendor, zipped: bool = True) -> None:
        self.vendor = vendor
        self.calls: list[Call] = []
        self.fields: set[str] = set()
        self.retry_after = "1"
        self.elsewhere = "http://localhost:9/elsewhere"
        self.zipped = zipped
        self.most = 0  # rows that a page has at most, whatever is asked for; 0 is as many as are asked for
        self._pages: dict[str, list[Answer]] = {}
        self._failing: list[_Failing] = []
        self._last: dict[str, list[Any]] = {}
        self._stuck: dict[str, Any] = {}
        self._lock = Lock()
        self._open = Event()  # set at the end, for those that wait for it
        self._server = _Listener(self)
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> VendorServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Its base address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def fail(self, fault: Fault, times: int = FOREVER, where: str = "", what: Any = None) -> None:
        """From now on: `times` answers of paths that hold `where`. `what` is the name of the field that is missing."""
        with self._lock:
            self._failing.append(_Failing(fault, times, where, what))

    def mend(self) -> None:
        """No fault from now on."""
        with self._lock:
            self._failing.clear()

    def settings(self, source: VendorSource, **more: str) -> dict[str, str]:
        """The settings of a source that has its right key here."""
        return {name: self.vendor.key for name in source.keys} | {source.url_setting: self.url} | more

    @contextmanager
    def http(self, source: VendorSource, slept: list[float] | None = None, **more: str) -> Iterator[VendorHttp]:
        """The way of a source to here; it notes how long it would have slept, and does not."""
        with open_http(source, self.settings(source, **more), patient(slept)) as http:
            yield http

    def answer(self, call: Call) -> tuple[Answer, Fault | None]:
        """The answer to a call, and the fault that is dealt with while it is written."""
        with self._lock:
            self.calls.append(call)
            failing = [failure for failure in self._failing if failure.left > 0 and failure.where in call.path]
            instead = next((failure for failure in failing if failure.fault in INSTEAD), None)
            changing = [failure for failure in failing if failure.fault not in INSTEAD]
            for failure in [instead] if instead else changing:
                failure.left -= 1
        call = _smaller(call, self.most) if self.most else call
        if instead and instead.fault in AGAIN:
            return self._again(call, AGAIN[instead.fault]), None
        if instead and instead.fault is not Fault.CUT:
            return self._fault(instead.fault), instead.fault
        answer = self._of_vendor(call)
        if answer.status == 200 and not isinstance(answer.body, bytes):
            answer = replace(answer, body=self._changed(answer.body, call, changing))
        if any(failure.fault is Fault.SKEW for failure in changing):
            answer = replace(answer, headers={**answer.headers, "Date": _date(timedelta(minutes=5))})
        return answer, instead.fault if instead else None

    def _of_vendor(self, call: Call) -> Answer:
        if not self.vendor.is_let_in(call):
            return self.vendor.refusal(call)
        for route, give in self.vendor.routes().items():
            method, _, path = route.rpartition(" ")
            pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
            found = re.fullmatch(pattern, call.path)
            if found and call.method == (method or "GET"):
                parts = {name: unquote(part) for name, part in found.groupdict().items()}
                try:
                    given = give(replace(call, parts=parts))
                except (ValueError, KeyError) as error:
                    return Answer({"error": {"message": f"cannot be read: {error}"}}, 400)
                return given if isinstance(given, Answer) else Answer(given)
        return Answer({"error": {"message": f"no route {call.path}"}}, 404)

    def _again(self, call: Call, most: int) -> Answer:
        """The first pages of what a call asks for, in turn."""
        asked = json.dumps([call.path, _whole(call.query), _whole(call.body)], sort_keys=True)
        with self._lock:
            pages = self._pages.setdefault(asked, [])
        if len(pages) < most:
            pages.append(self._of_vendor(call))
            return pages[-1]
        pages.append(pages.pop(0))
        return pages[-1]

    def _fault(self, fault: Fault) -> Answer:
        if fault is Fault.SILENT:
            self._open.wait()
        return {
            Fault.SILENT: Answer(b"", 503),
            Fault.LIMITED: Answer({"error": "slow down"}, 429, {"Retry-After": self.retry_after}),
            Fault.BROKEN: Answer({"error": "oops"}, 500),
            Fault.HTML: Answer(PAGE.encode(), 200, {"Content-Type": "text/html"}),
            Fault.HUGE: Answer(b"", 200),
            Fault.FORBIDDEN: Answer({"error": {"message": "insufficient permissions"}}, 403),
            Fault.EXPIRED: Answer({"error": "expired"}, 410),
            Fault.ELSEWHERE: Answer(b"", 302, {"Location": self.elsewhere}),
        }[fault]

    def _changed(self, body: Any, call: Call, failing: Sequence[_Failing]) -> Any:
        body = json.loads(json.dumps(body))
        each_object(body, self.fields.update)
        rows = next((body[name] for name in LISTS if isinstance(body, dict) and isinstance(body.get(name), list)), None)
        with self._lock:
            before = self._last.get(call.path, [])
            if rows is not None:
                self._last[call.path] = [*rows]
        for failure in failing:
            if failure.fault is Fault.DUPLICATE and rows is not None:
                rows[:0] = before
            elif failure.fault is Fault.STUCK:
                first = next((body[name] for name in CURSORS if body.get(name)), "p0")
                with self._lock:
                    stuck = self._stuck.setdefault(call.path, first)
                body |= {name: stuck for name in CURSORS if name in body} | {"has_more": True}
            elif failure.fault in OBJECTS:
                each_object(body, partial(OBJECTS[failure.fault], name=failure.what))
        return body


def patient(slept: list[float] | None = None) -> Patience:
    """Patience that takes no time."""
    return Patience(sleep=(slept if slept is not None else []).append, chance=lambda: 0.0)


def opener(slept: list[float] | None = None) -> Callable[[VendorSource, Mapping[str, str]], Any]:
    """`OpenHttp` that takes no time."""
    return lambda source, settings: open_http(source, settings, patient(slept))


def page_of(
    rows: Sequence[Any], call: Call, size: int = 100, *, sent: str = "page", told: str = "next_page", **more: Any
) -> dict[str, Any]:
    """Rows by a cursor that is sent back: `has_more`, and the next page's cursor as `told`."""
    start = int(call.first(sent, "p0").removeprefix("p"))
    end = start + call.number("limit", size)
    has_more = end < len(rows)
    return {"data": [*rows[start:end]], "has_more": has_more, told: f"p{end}" if has_more else None, **more}


def after(rows: Sequence[Mapping[str, Any]], call: Call, size: int = 100, *, sent: str = "after") -> dict[str, Any]:
    """Rows after the one with an id: `first_id`, `last_id` and `has_more`."""
    ids = [row["id"] for row in rows]
    start = ids.index(call.first(sent)) + 1 if call.first(sent) else 0
    shown = rows[start : start + call.number("limit", size)]
    told = {"first_id": shown[0]["id"], "last_id": shown[-1]["id"]} if shown else {"first_id": None, "last_id": None}
    return {"object": "list", "data": [*shown], "has_more": start + len(shown) < len(rows), **told}


def days_between(first: datetime, end: datetime) -> list[date]:
    """The UTC days from an instant to before another."""
    return [first.date() + timedelta(days=n) for n in range(max(0, (end.date() - first.date()).days))]


def unix(day: date) -> int:
    """Midnight of a UTC day in seconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _smaller(call: Call, most: int) -> Call:
    """The same call for a page of at most so many rows."""
    query = {
        name: [str(min(most, int(values[0])))] if name in SIZES and values[0].isdigit() else values
        for name, values in call.query.items()
    }
    body = call.body
    if isinstance(body, dict):
        body = {
            name: min(most, value) if name in SIZES and isinstance(value, int) else value
            for name, value in body.items()
        }
    return replace(call, query=query, body=body)


def _whole(asked: Any) -> Any:
    """What is asked for, without which page of it."""
    if not isinstance(asked, Mapping):
        return asked
    return {name: _whole(value) for name, value in asked.items() if name not in PLACES}


def _date(ahead: timedelta = timedelta()) -> str:
    return format_datetime(datetime.now(UTC) + ahead, usegmt=True)


def _huge(size: int) -> Iterator[bytes]:
    yield b"["
    yield from repeat(HUGE_PIECE, size // len(HUGE_PIECE))


class _Listener(ThreadingHTTPServer):
    def __init__(self, of: VendorServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.of = of

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that breaks off, or is killed, is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = json.loads(sent) if sent else None
        call = Call(self.command, parts.path, parse_qs(parts.query), headers, body)
        answer, fault = self.server.of.answer(call)
        try:
            self._write(answer, fault, "gzip" in headers.get("accept-encoding", "") and self.server.of.zipped)
        except OSError:
            self.close_connection = True  # the other side had enough

    def _write(self, answer: Answer, fault: Fault | None, zipped: bool) -> None:
        body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        headers = {"Content-Type": "application/json", "Date": _date(), **answer.headers}
        if zipped and len(body) > 1000 and "Content-Encoding" not in headers:
            body = gzip.compress(body, 1)
            headers["Content-Encoding"] = "gzip"
        size = 300 * 1024 * 1024 if fault is Fault.HUGE else len(body)
        self.send_response_only(answer.status)
        for name, value in {**headers, "Content-Length": str(size)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = fault in (Fault.CUT, Fault.HUGE)
        if fault is Fault.CUT:
            body = body[: len(body) // 2]
        for piece in _huge(size) if fault is Fault.HUGE else [body]:
            self.wfile.write(piece)

    def log_message(self, *_: object) -> None:
        pass
