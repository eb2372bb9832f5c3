"""`POST /ingest`: an import file, or the same as JSON lines, loaded as `fulcrum import` loads it, with its report.

    POST /ingest?file=usage&feed=laptops    Authorization: Bearer …    Content-Type: text/csv | application/x-ndjson

`file` names the kind (`usage`, `roster`, …); without it the header or the first line tells. `feed`, `whole_days=1`,
`strict=1` and `dry_run=1` are the options of `fulcrum import`. The body may be gzip. One load at a time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from zoneinfo import ZoneInfo

from flask import Flask, Response, jsonify, request
from sqlalchemy import Engine

from bot.logs import cause
from bot.processes.guarding import BadBody, BodyTooLarge, Limiter, bears, bounded
from bot.processes.shared import Shared
from bot.sources.files.json_lines import to_csv
from bot.sources.files.load import FILES, import_folder
from bot.sources.files.problems import FileRefused
from bot.sources.files.report import FolderReport
from storage.errors import StorageError
from storage.load.exclusive import alone

log = logging.getLogger(__name__)

PATH = "/ingest"
MAX_BODY = 256 * 2**20  # bytes, unpacked; larger ones go by `fulcrum import`
JSON_LINES = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"})
CSV = frozenset({"text/csv", "text/plain", "text/tab-separated-values", "application/octet-stream", ""})
WRONG_A_SECOND, WRONG_BURST = 5, 50  # requests with a wrong token
BUSY_SECONDS = 10
LONGEST_FEED = 200
OPTIONS = frozenset({"file", "feed", "whole_days", "strict", "dry_run"})


class Ingest:
    """Answers `/ingest`."""

    def __init__(
        self,
        token: str,
        workspace_id: int,
        writing: Engine,
        zone: ZoneInfo,
        now: Callable[[], datetime],
        shared: Shared,
    ) -> None:
        self._token, self._workspace_id, self._writing, self._zone, self._now = token, workspace_id, writing, zone, now
        self._wrong = Limiter(WRONG_A_SECOND, WRONG_BURST, bucket=shared.bucket("ingest-wrong-token"))
        self._loading = Lock()

    def attach(self, web: Flask) -> None:
        """Put its route into the web application."""
        web.add_url_rule(PATH, endpoint="ingest", view_func=self.answer, methods=["POST"])

    def answer(self) -> Response:
        """The answer to the request under way."""
        if not bears(request.headers.get("Authorization"), self._token):
            if self._wrong.wait():
                return _problem(429, "Too many requests with a wrong token.", 1)
            answer = _problem(401, "The bearer token is missing or wrong.")
            answer.headers["WWW-Authenticate"] = "Bearer"
            return answer
        if request.mimetype not in CSV | JSON_LINES | {"application/json"}:
            return _problem(415, "The Content-Type must be text/csv or application/x-ndjson.")
        unknown = sorted(request.args.keys() - OPTIONS)
        if unknown:
            return _problem(400, f"There is no option {unknown[0]}; there are: {', '.join(sorted(OPTIONS))}.")
        if not self._loading.acquire(blocking=False):
            return _busy()
        try:
            with alone(self._writing, "ingest") as ours:
                return self._load() if ours else _busy()
        finally:
            self._loading.release()

    def _load(self) -> Response:
        try:
            kind = _kind()
            with TemporaryDirectory() as folder:
                report = self._loaded(self._received(Path(folder), kind), kind)
        except BodyTooLarge as error:
            return _problem(413, f"{_sentence(error)} Send it in parts, or load it with `fulcrum import`.")
        except (BadBody, FileRefused) as error:
            return _problem(400, _sentence(error))
        except StorageError as error:
            log.error("a file could not be loaded: %s", cause(error))
            return _problem(503, "The store cannot be written now; send the file again later.", BUSY_SECONDS)
        answer = jsonify(report.to_json())
        answer.status_code = 200 if report.loaded else 422
        return answer

    def _received(self, folder: Path, kind: str) -> Path:
        """The body as an import file."""
        if (request.content_length or 0) > MAX_BODY:
            raise BodyTooLarge(f"the body is larger than {MAX_BODY // 2**20} MB")
        request.max_content_length = MAX_BODY
        path = folder / "body"
        with path.open("wb") as file:
            for piece in bounded(request.stream, request.headers.get("Content-Encoding", ""), MAX_BODY):
                file.write(piece)
        named = folder / f"{kind or 'upload'}.csv"
        if request.mimetype in JSON_LINES or _is_json(path):
            to_csv(path, named)
        else:
            path.rename(named)
        return named

    def _loaded(self, path: Path, kind: str) -> FolderReport:
        report = import_folder(
            path,
            self._writing,
            self._workspace_id,
            clock=self._now,
            zone=self._zone,
            strict=_flag("strict"),
            feed=request.args.get("feed", "").strip()[:LONGEST_FEED],
            whole_days=_flag("whole_days"),
            dry_run=_flag("dry_run"),
        )
        if path.with_name("body").exists():  # it was converted, below a header that its sender did not write
            for file in report.files:
                file.rejections = [rejection.moved(-1) for rejection in file.rejections]
        return report


def _busy() -> Response:
    return _problem(429, "Another file is being loaded; send this one again in a moment.", BUSY_SECONDS)


def _kind() -> str:
    kind = request.args.get("file", "").strip().lower().removesuffix(".csv")
    if kind and kind not in FILES:
        raise FileRefused(f"there is no file {kind}; there are: {', '.join(FILES)}")
    return kind


def _flag(name: str) -> bool:
    return request.args.get(name, "").strip().lower() in ("1", "true", "yes", "on")


def _is_json(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _sentence(error: Exception) -> str:
    words = str(error)
    return words[:1].upper() + words[1:].rstrip(".") + "."


def _problem(status: int, message: str, retry: int = 0) -> Response:
    answer = jsonify({"error": message})
    answer.status_code = status
    if retry:
        answer.headers["Retry-After"] = str(retry)
    return answer
