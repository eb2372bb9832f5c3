"""Asks one vendor, on its own host, with its key: every failure is a SourceError in one sentence without a secret."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeVar
from urllib.parse import urljoin

import httpx2

from bot.sources.base import (
    NONE,
    Params,
    Reply,
    SourceChanged,
    SourceDown,
    SourceExpired,
    SourceRefused,
    VendorSource,
)
from bot.sources.http import bodies
from bot.sources.http.addresses import base_address, host_of, may_follow, origin
from bot.sources.http.redaction import secrets_of
from bot.sources.http.refusals import refusal
from bot.sources.http.waiting import TRIES, TRIES_OF_A_VENDOR_THAT_IS_DOWN, Again, Patience, TooLong, is_limit

log = logging.getLogger(__name__)

CONNECT, READ = 10.0, 60.0  # seconds until there is a connection, and between two pieces of a body
WHOLE_REPLY, WHOLE_FILE = 300.0, 3600.0  # seconds for all of it
LARGEST_FILE = 8 * 1024**3  # bytes of a file of lines, unpacked
IN_MEMORY = 4 * 1024 * 1024  # bytes of a file before it goes to the disk
MOST_REDIRECTS = 5
MOST_SILENT = 2  # requests in a row without an answer, after which a pass asks no more
REDIRECTS = frozenset({301, 302, 303, 307, 308})

T = TypeVar("T")


class VendorHttp:
    """`Http` for one source; use it in one thread."""

    def __init__(
        self, source: VendorSource, settings: Mapping[str, str], waiting: Patience, clock: Callable[[], float]
    ) -> None:
        self._source = source
        self._label = source.label
        self._base = base_address(source, settings)
        self._origin = origin(self._base)
        self._own_address = bool(settings.get(source.url_setting))
        self._waiting = waiting
        self._is_down = False
        self._silent = 0  # requests in a row that nobody answered
        self._clock = clock
        headers = {"Accept": "application/json", **source.headers(settings)}
        self.secrets = secrets_of(settings, headers)
        limits = httpx2.Timeout(READ, connect=CONNECT)
        accepted = {"User-Agent": "fulcrum", "Accept-Encoding": "gzip"}
        self._vendor = httpx2.Client(headers={**accepted, **headers}, timeout=limits, follow_redirects=False)
        self._stranger = httpx2.Client(headers=accepted, timeout=limits, follow_redirects=False)  # has no key

    def close(self) -> None:
        """Let go of the connections."""
        self._vendor.close()
        self._stranger.close()

    def get(self, path: str, params: Params = NONE, *, allowed: Sequence[int] = ()) -> Reply:
        """GET a path below the base address, or a `next_link` of the same host."""
        return self._ask("GET", path, params, None, allowed)

    def post(self, path: str, body: Any, params: Params = NONE, *, allowed: Sequence[int] = ()) -> Reply:
        """POST a JSON body."""
        return self._ask("POST", path, params, body, allowed)

    def file(self, path: str) -> bytes:
        """GET a path below the base address whose answer is a file and no JSON, as large as a reply may be."""
        url = self._address(path)
        return self._tried(lambda: self._answer("GET", url, {}, self._file))

    def lines(self, link: str) -> Iterator[Any]:
        """The JSON lines (or the one value) of a signed link, fetched whole before the first of them is given."""
        with self._tried(lambda: self._fetched(link)) as file:
            try:
                yield from bodies.lines(file)
            except bodies.Cut as cut:
                raise SourceChanged(
                    f"a file of {self._label} has a line that is no JSON; it will be read again"
                ) from cut
            except bodies.OverBound as large:
                raise SourceChanged(
                    f"a file of {self._label} has a line of more than 8 MB, which no report has"
                ) from large

    def _ask(self, method: str, path: str, params: Params, body: Any, allowed: Sequence[int]) -> Reply:
        url = self._address(path)
        return self._tried(lambda: self._try(method, url, params, body, allowed))

    def _tried(self, attempt: Callable[[], T]) -> T:
        """As often as it takes; a vendor that was down a moment ago is not waited for all that long again."""
        if self._silent >= MOST_SILENT:
            raise self._no_answer()
        most = TRIES_OF_A_VENDOR_THAT_IS_DOWN if self._is_down else TRIES
        try:
            found = self._waiting.tried(attempt, most)
        except SourceDown as down:
            self._is_down = True
            self._silent = self._silent + 1 if isinstance(down.__cause__, httpx2.TimeoutException) else 0
            raise
        self._is_down, self._silent = False, 0
        return found

    def _no_answer(self) -> SourceDown:
        return SourceDown(f"{self._label} did not answer in time; the next pass tries again")

    def _address(self, path: str) -> str:
        if "://" not in path:
            return self._base + path
        if origin(path) != self._origin:
            raise SourceChanged(
                f"{self._label} points to another host ({host_of(path)}) for its next page, which gets no key; "
                f"set {self._source.url_setting} if it has moved"
            )
        return path

    def _try(self, method: str, url: str, params: Params, body: Any, allowed: Sequence[int]) -> Reply:
        asked: dict[str, Any] = {"params": _flat(params)} if params else {}
        if method == "POST":
            asked["json"] = body
        return self._answer(method, url, asked, lambda response: self._reply(response, allowed))

    def _answer(self, method: str, url: str, asked: dict[str, Any], read: Callable[[httpx2.Response], T]) -> T:
        """What the vendor answers, by its own redirects, read as it is expected."""
        for _ in range(MOST_REDIRECTS):
            with self._sent(self._vendor, method, url, asked) as response:
                if response.status_code not in REDIRECTS:
                    return read(response)
                url, asked = self._redirected(response, method, asked)
        raise SourceChanged(f"{self._label} redirects in a circle; set {self._source.url_setting} to its final address")

    def _redirected(self, response: httpx2.Response, method: str, asked: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        target = urljoin(str(response.url), response.headers.get("location", ""))
        if origin(target) != self._origin:
            raise SourceRefused(
                f"{self._label} redirects to another host ({host_of(target)}), which gets no key; "
                f"set {self._source.url_setting} if it has moved"
            )
        if method == "POST" and response.status_code not in (307, 308):
            raise SourceChanged(f"{self._label} redirects a request that cannot be; check {self._source.url_setting}")
        return target, {name: value for name, value in asked.items() if name != "params"}

    @contextmanager
    def _sent(
        self, client: httpx2.Client, method: str, url: str, asked: Mapping[str, Any]
    ) -> Iterator[httpx2.Response]:
        try:
            with client.stream(method, url, **asked) as response:
                yield response
        except httpx2.TimeoutException as error:
            raise Again(self._no_answer()) from error
        except httpx2.TransportError as error:
            self._note(type(error).__name__)
            raise Again(
                SourceDown(
                    f"{self._label} cannot be reached at {host_of(url)} or breaks off; check the network, or "
                    f"{self._source.url_setting}; the next pass tries again"
                )
            ) from error
        except (httpx2.InvalidURL, httpx2.DecodingError) as error:
            raise SourceChanged(f"{self._label} gives an address or a body that cannot be read") from error

    def _reply(self, response: httpx2.Response, allowed: Sequence[int]) -> Reply:
        status, body, is_page = self._said(response, allowed)
        if status < 400:
            return Reply(status, _value(body, self._cut), self._next(response))
        return Reply(status, None if is_page else _value(body, lambda: None), "")

    def _file(self, response: httpx2.Response) -> bytes:
        return self._said(response, ())[1]

    def _said(self, response: httpx2.Response, allowed: Sequence[int]) -> tuple[int, bytes, bool]:
        """Status and body of an answer that is one, and whether that is a page; everything else is raised."""
        status = response.status_code
        if is_limit(status, response.headers) or status >= 500:
            raise self._later(response)
        body, is_page = self._body(response)
        if status < 400 and is_page:
            raise Again(
                SourceDown(
                    f"{self._label} answers with a web page in place of data; check {self._source.url_setting} and "
                    "any proxy on the way; the next pass tries again"
                )
            )
        if status >= 400 and status not in allowed:
            raise refusal(self._source, status, body, self.secrets)
        return status, body, is_page

    def _body(self, response: httpx2.Response) -> tuple[bytes, bool]:
        pieces = bodies.unpacked(self._in_time(response, WHOLE_REPLY), response.headers.get("content-encoding", ""))
        try:
            body = bodies.whole(pieces)
        except bodies.OverBound as large:
            raise SourceChanged(
                f"a reply of {self._label} is larger than {bodies.LARGEST_REPLY >> 20} MB and was not read; "
                "ask for fewer days at once (--since, --until)"
            ) from large
        except bodies.Cut as cut:
            raise Again(self._broken()) from cut
        except bodies.Unreadable as packed:
            raise SourceChanged(f"{self._label} packs its reply in a way that was not asked for ({packed})") from packed
        return body, bodies.is_page(body, response.headers.get("content-type", ""))

    def _in_time(self, response: httpx2.Response, seconds: float) -> Iterator[bytes]:
        until = self._clock() + seconds
        for piece in response.iter_raw(bodies.PIECE):
            if self._clock() > until:
                raise Again(SourceDown(f"{self._label} sends too slowly; the next pass tries again"))
            yield piece

    def _later(self, response: httpx2.Response) -> Again:
        status = response.status_code
        self._note(f"status {status}")
        said = "limits how often it is asked" if status < 500 else "has a failure of its own"
        try:
            after = self._waiting.asked(status, response.headers)
        except TooLong as wait:
            minutes = max(1, round(wait.seconds / 60))
            raise SourceDown(
                f"{self._label} {said} ({status}) and asks to wait {minutes:,} minutes; a later pass goes on"
            ) from wait
        return Again(SourceDown(f"{self._label} {said} ({status}); the next pass goes on where this one ended"), after)

    def _next(self, response: httpx2.Response) -> str:
        link = response.links.get("next", {}).get("url", "")
        return urljoin(str(response.url), link) if link else ""

    def _fetched(self, link: str) -> IO[bytes]:
        """The file behind a signed link, unpacked, from its beginning."""
        file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # given to the caller, who closes it
        try:
            self._fetch(link, file)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    def _fetch(self, link: str, file: IO[bytes]) -> None:
        for _ in range(MOST_REDIRECTS):
            if not may_follow(link, self._own_address, self._origin[1]):
                raise SourceChanged(
                    f"{self._label} gives a link without https or to no vendor ({host_of(link)}), which is not followed"
                )
            with self._sent(self._stranger, "GET", link, {}) as response:
                if response.status_code in REDIRECTS:
                    link = urljoin(link, response.headers.get("location", ""))
                    continue
                self._keep(response, file)
                return
        raise SourceChanged(f"a link of {self._label} redirects in a circle")

    def _keep(self, response: httpx2.Response, file: IO[bytes]) -> None:
        status = response.status_code
        if is_limit(status, response.headers) or status >= 500:
            raise self._later(response)
        if status >= 400:
            raise SourceExpired(f"a link that {self._label} gave is no longer good ({status}); the next pass asks anew")
        if "html" in response.headers.get("content-type", "").lower():
            raise Again(SourceDown(f"{self._label} gives a web page in place of a file; the next pass tries again"))
        left = LARGEST_FILE
        try:
            for piece in bodies.unpacked(
                self._in_time(response, WHOLE_FILE), response.headers.get("content-encoding", "")
            ):
                left -= len(piece)
                if left < 0:
                    raise SourceChanged(f"a file of {self._label} is larger than {LARGEST_FILE >> 30} GB")
                file.write(piece)
        except bodies.Cut as cut:
            raise Again(self._broken()) from cut
        except bodies.Unreadable as packed:
            raise SourceChanged(f"{self._label} packs a file in a way that was not asked for ({packed})") from packed

    def _broken(self) -> SourceDown:
        return SourceDown(f"a reply of {self._label} breaks off before its end; the next pass tries again")

    def _cut(self) -> Any:
        raise Again(self._broken())

    def _note(self, what: str) -> None:
        log.info("%s: %s", self._source.name, what)


@contextmanager
def open_http(
    source: VendorSource,
    settings: Mapping[str, str],
    waiting: Patience | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[VendorHttp]:
    """The way to one vendor, closed at the end. Raises SourceRefused where its address cannot be one."""
    http = VendorHttp(source, settings, waiting or Patience(), clock)
    try:
        yield http
    finally:
        http.close()


def _flat(params: Params) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in params.items():
        values = [value] if isinstance(value, str | int) else value
        found += [(name, str(part)) for part in values]
    return found


def _value(body: bytes, cut: Callable[[], Any]) -> Any:
    try:
        return bodies.value(body)
    except bodies.Cut:
        return cut()
