"""Fulcrum's own use of models, kept like anybody's: facts of the tool `fulcrum`, so that it is in its own figures."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from threading import Lock
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.questions.llm.prices import estimate
from bot.questions.llm.wire import Spent
from storage.errors import StorageError
from storage.records import CostKind, Mode, UsageRecord

log = logging.getLogger(__name__)

TOOL = "fulcrum"
SERVICE = "fulcrum"  # the subject where nobody in particular asked
KEPT = 20  # replies; saving each would make every process read all names again
SECONDS = 60.0


@dataclass
class Book:
    """Collects what replies cost and saves it now and then; safe for many threads.

    `now` is the clock, `zone` the organisation's; a lost figure of our own must never cost an answer.
    """

    writing: Engine
    now: Callable[[], datetime]
    zone: tzinfo
    ticket: Callable[[], str] = field(default=lambda: uuid4().hex)
    _open: dict[int, list[UsageRecord]] = field(default_factory=dict)
    _since: datetime | None = None
    _lock: Lock = field(default_factory=Lock)

    def note(self, workspace_id: int, asker: str | None, spent: Spent, model: str, provider: str) -> None:
        """Take down one reply."""
        at = self.now()
        cost = estimate(spent, provider)
        record = UsageRecord(
            natural_key=f"{spent.reply or 'reply'}:{self.ticket()}",
            day=at.astimezone(self.zone).date(),
            at=at,
            subject=asker or SERVICE,
            tool=TOOL,
            provider=provider,
            model=spent.model or model,
            mode=Mode.CHAT,
            input_tokens=spent.input,
            cached_input_tokens=spent.cached,
            cache_write_tokens=0,
            output_tokens=spent.output,
            reasoning_tokens=spent.reasoning,
            requests=1,
            cost=cost,
            cost_kind=None if cost is None else CostKind.ESTIMATED,
        )
        with self._lock:
            self._open.setdefault(workspace_id, []).append(record)
            self._since = self._since or at
            full = sum(map(len, self._open.values())) >= KEPT or (at - self._since).total_seconds() >= SECONDS
        if full:
            self.save()

    def save(self) -> None:
        """Save what was taken down; call it before the process ends."""
        with self._lock:
            taken, self._open, self._since = self._open, {}, None
        if not taken:
            return
        from storage.load.writes import LoadOf, save_usage  # needless to whoever asks no model

        for workspace_id, records in taken.items():
            load = LoadOf(workspace_id=workspace_id, source=TOOL, what="own use of models", now=self.now())
            try:
                save_usage(self.writing, load, records)
            except (SQLAlchemyError, StorageError) as error:
                log.error("own use of models was not saved: %s", type(error).__name__)
