"""A store with a receiver before it, without HTTP: requests in, facts out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.sources.otlp import receive
from bot.sources.otlp.folding import Folded, fold_all
from bot.sources.otlp.observations import pack
from bot.sources.otlp.translate import Translated, Translator
from storage.engine import reading_engine, writing_engine
from storage.load import telemetry
from storage.tables import NANO, Stream, Subject, UsageFact
from storage.workspaces import default_workspace
from tests.bot.sources.otlp.messages import Request, as_json, signal_of
from tests.databases import fresh_store

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SUMS = (
    "input_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "output_tokens",
    "reasoning_tokens",
    "requests",
    "suggested",
    "accepted",
    "cost_nano",
)


class Station:
    """Takes requests as the web process does, each folded at once unless it is told to wait."""

    def __init__(self, url: str, zone: str = "UTC") -> None:
        self.reading, self.writing = reading_engine(url), writing_engine(url)
        self.zone, self.now = ZoneInfo(zone), NOW
        self.translator = Translator()
        with self.writing.connect() as connection:
            self.workspace_id = default_workspace(connection)

    def take(self, *requests: Request | tuple[str, bytes], fold: bool = True, is_json: bool = False) -> Translated:
        """Receive these; gives what the last came to."""
        for request in requests:
            if isinstance(request, tuple):
                (signal, body), as_text = request, True
            else:
                signal, as_text = signal_of(request), is_json
                body = as_json(request) if is_json else request.SerializeToString()
            told = receive.read(self.translator, signal, as_text, body, round(self.now.timestamp() * 1000))
            with self.writing.begin() as connection:
                telemetry.put(connection, self.workspace_id, pack(told.batch), told.batch.size, self.now)
            if fold:
                self.fold()
        return told

    def fold(self) -> Folded:
        return fold_all(self.reading, self.writing, self.zone, self.now)

    def facts(self) -> list[dict[str, Any]]:
        """All facts, without the counts that they do not tell."""
        columns = [Subject.name.label("who"), Stream.tool, Stream.model, UsageFact.day, UsageFact.cost_kind]
        rows = (
            select(*columns, *(getattr(UsageFact, name) for name in SUMS))
            .join_from(UsageFact, Subject, Subject.id == UsageFact.subject_id)
            .join(Stream, Stream.id == UsageFact.stream_id)
            .order_by(UsageFact.at, Stream.model, UsageFact.key)
        )
        with self.reading.connect() as connection:
            return [
                {name: value for name, value in row._mapping.items() if value is not None}
                for row in connection.execute(rows)
            ]

    def totals(self) -> dict[str, int]:
        """The sums of all facts, without those that no fact tells."""
        sums = [func.sum(getattr(UsageFact, name)).label(name) for name in SUMS]
        with self.reading.connect() as connection:
            row = connection.execute(select(*sums)).one()
        return {name: int(value) for name, value in row._mapping.items() if value is not None}

    def days(self) -> dict[date, int]:
        """Fresh input a day."""
        rows = select(UsageFact.day, func.sum(UsageFact.input_tokens)).group_by(UsageFact.day).order_by(UsageFact.day)
        with self.reading.connect() as connection:
            return {day: int(tokens or 0) for day, tokens in connection.execute(rows)}

    def dispose(self) -> None:
        for engine in (self.reading, self.writing):
            engine.dispose()


@contextmanager
def station(folder: Path, backend: str = "sqlite", zone: str = "UTC") -> Iterator[Station]:
    """One over an empty store."""
    with fresh_store(backend, folder) as url:
        made = Station(url, zone)
        try:
            yield made
        finally:
            made.dispose()


def dollars(amount: float) -> int:
    """As a fact has it."""
    return round(amount * NANO)
