"""The OTLP/HTTP receiver of the web process, and the step beside it that folds what came in into facts.

A client hears 200 once its points are in the store; whatever dies later, the next fold (here or in the worker) takes
them up. Nothing of a body is read before its token is known, and nothing of it is logged.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import BoundedSemaphore, Event, Thread
from zoneinfo import ZoneInfo

from flask import Flask, Response, request
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from bot.logs import cause
from bot.processes.guarding import BadBody, BodyTooLarge, Limiter, bears, bounded
from bot.processes.shared import Shared
from bot.sources.otlp import receive
from bot.sources.otlp.folding import fold_all
from bot.sources.otlp.observations import pack
from bot.sources.otlp.translate import Translator
from bot.sources.otlp.wire import Malformed
from storage.load import telemetry

log = logging.getLogger(__name__)

PATHS = {f"/v1/{signal}": signal for signal in receive.SIGNALS}
MAX_BODY = 20 * 2**20  # bytes, unpacked; what an OpenTelemetry collector takes by default
AT_ONCE, INSIDE = 4, 8  # requests that are worked on, and with those that wait for it; Slack's need the other threads
WAIT_FOR_TURN = 5.0  # seconds
A_SECOND, BURST = 500, 1_000  # requests
WRONG_A_SECOND, WRONG_BURST = 5, 50  # requests with a wrong token
BACKLOG = 5_000_000  # points that may wait to be folded
RETRY_SECONDS = 5
SETTLE, PAUSE = 0.5, 5.0  # seconds a fold waits for more to come, and at least between two

Clock = Callable[[], datetime]


class Folder:
    """Folds in a thread of its own: soon after something came, and at its start what another process left."""

    def __init__(self, reading: Engine, writing: Engine, zone: ZoneInfo, now: Clock) -> None:
        self._reading, self._writing, self._zone, self._now = reading, writing, zone, now
        self._wanted, self._stop = Event(), Event()
        self._wanted.set()
        self._thread = Thread(target=self._run, name="telemetry", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Say that something came."""
        self._wanted.set()

    def close(self) -> None:
        """End, after what is under way; what waits is safe in the store."""
        self._stop.set()
        self._wanted.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wanted.wait()
            self._stop.wait(SETTLE)
            self._wanted.clear()
            if self._stop.is_set():
                return
            try:
                fold_all(self._reading, self._writing, self._zone, self._now())
            except Exception as error:  # noqa: BLE001  # the border of the thread: what waits is folded the next time
                log.error("telemetry could not be folded: %s", cause(error))
                self._wanted.set()
            self._stop.wait(PAUSE)


class TelemetryReceiver:
    """Answers `/v1/metrics`, `/v1/logs` and `/v1/traces`."""

    def __init__(
        self,
        token: str,
        workspace_id: int,
        reading: Engine,
        writing: Engine,
        now: Clock,
        wake: Callable[[], None],
        shared: Shared,
    ) -> None:
        self._token, self._workspace_id, self._now, self._wake = token, workspace_id, now, wake
        self._reading, self._writing = reading, writing
        self._translator = Translator()
        self._turns, self._inside = BoundedSemaphore(AT_ONCE), BoundedSemaphore(INSIDE)
        self._rate = Limiter(A_SECOND, BURST, bucket=shared.bucket("telemetry"))
        self._wrong = Limiter(WRONG_A_SECOND, WRONG_BURST, bucket=shared.bucket("telemetry-wrong-token"))

    def attach(self, web: Flask) -> None:
        """Put its routes into the web application."""
        for path, signal in PATHS.items():
            web.add_url_rule(path, endpoint=f"otlp_{signal}", view_func=self._view(signal), methods=["POST"])

    def _view(self, signal: str) -> Callable[[], Response]:
        return lambda: self.answer(signal)

    def answer(self, signal: str) -> Response:
        """The answer to the request under way."""
        is_json = request.mimetype == receive.JSON
        if not bears(request.headers.get("Authorization"), self._token):
            return self._refused(is_json)
        if not is_json and request.mimetype != receive.PROTOBUF:
            return _problem(
                True, 415, receive.INVALID, f"the Content-Type must be {receive.PROTOBUF} or {receive.JSON}"
            )
        wait = self._rate.wait()
        if wait:
            return _problem(is_json, 429, receive.EXHAUSTED, "too many requests", wait)
        with self._turn() as ours:
            if not ours:
                return _problem(is_json, 429, receive.EXHAUSTED, "too many requests at once", 1)
            return self._take(signal, is_json)

    def _take(self, signal: str, is_json: bool) -> Response:
        try:
            body = self._body()
            told = receive.read(self._translator, signal, is_json, body, round(self._now().timestamp() * 1000))
        except BodyTooLarge as error:
            return _problem(is_json, 413, receive.INVALID, str(error))
        except (BadBody, Malformed) as error:
            return _problem(is_json, 400, receive.INVALID, str(error))
        if told.batch.size:
            try:
                if self._is_full():
                    return _problem(is_json, 503, receive.UNAVAILABLE, "too much waits to be counted", 60)
                with self._writing.begin() as connection:
                    telemetry.put(connection, self._workspace_id, pack(told.batch), told.batch.size, self._now())
            except DBAPIError as error:
                log.error("telemetry could not be kept: %s", cause(error))
                return _problem(is_json, 503, receive.UNAVAILABLE, "the store cannot be written now", RETRY_SECONDS)
            self._wake()
        if told.rejected:
            log.warning("%d %s were rejected: %s", told.rejected, signal, told.reason)
        return _answer(200, is_json, receive.answer(signal, is_json, told.rejected, told.reason))

    def _body(self) -> bytes:
        if (request.content_length or 0) > MAX_BODY:
            raise BodyTooLarge(f"the body is larger than {MAX_BODY // 2**20} MB")
        request.max_content_length = MAX_BODY
        return b"".join(bounded(request.stream, request.headers.get("Content-Encoding", ""), MAX_BODY))

    def _is_full(self) -> bool:
        with self._reading.connect() as connection:
            return telemetry.backlog(connection, self._workspace_id) > BACKLOG

    def _refused(self, is_json: bool) -> Response:
        wait = self._wrong.wait()
        if wait:
            return _problem(is_json, 429, receive.EXHAUSTED, "too many requests with a wrong token", wait)
        answer = _problem(is_json, 401, receive.UNAUTHENTICATED, "the bearer token is missing or wrong")
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer

    @contextmanager
    def _turn(self) -> Iterator[bool]:
        if not self._inside.acquire(blocking=False):
            yield False
            return
        ours = self._turns.acquire(timeout=WAIT_FOR_TURN)
        try:
            yield ours
        finally:
            if ours:
                self._turns.release()
            self._inside.release()


def _problem(is_json: bool, status: int, code: int, message: str, retry: float = 0) -> Response:
    answer = _answer(status, is_json, receive.problem(is_json, code, message))
    if retry:
        answer.headers["Retry-After"] = str(max(1, math.ceil(retry)))
    return answer


def _answer(status: int, is_json: bool, body: bytes) -> Response:
    return Response(body, status, content_type=receive.JSON if is_json else receive.PROTOBUF)
