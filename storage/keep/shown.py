"""What readers and channels were shown lately, from the audit log: read once, and then only what came since."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, or_, select

from storage.keep.digests import aware
from storage.tables import Question

T = TypeVar("T")

MOST = 500  # answered questions of a reader that are looked back at, the newest
READERS = 1_000  # readers whose questions are kept in memory
LATE = 50  # numbers looked at again: of two questions at once, the later number may be written first


@dataclass
class _Kept(Generic[T]):
    """The questions of one reader by their number, and all that they told."""

    questions: dict[int, tuple[datetime, tuple[T, ...]]] = field(default_factory=dict)
    told: tuple[T, ...] = ()


@dataclass
class ShownLately(Generic[T]):
    """Remembers what the audit log says each reader was shown; `parse` reads one entry of it."""

    parse: Callable[[Mapping[str, Any]], T]
    _readers: OrderedDict[tuple[int, str, str], _Kept[T]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def to(self, connection: Connection, workspace_id: int, asker: str, channel: str, since: datetime) -> tuple[T, ...]:
        """What the asker was shown exactly since a time, and what the channel was ("" for none)."""
        key = (workspace_id, asker, channel)
        with self._lock:
            kept = self._readers.setdefault(key, _Kept[T]())
            self._readers.move_to_end(key)
            if len(self._readers) > READERS:
                self._readers.popitem(last=False)
            new = self._newer(connection, key, since, kept.questions)
            old = [number for number, (asked_at, _) in kept.questions.items() if asked_at < since]
            if old or new:
                # The same question asked again tells nothing more, and is one value: alike ones are long to compare.
                known = {shown: shown for shown in kept.told}
                new = {
                    number: (asked_at, tuple(known.setdefault(shown, shown) for shown in of_one))
                    for number, (asked_at, of_one) in sorted(new.items())
                }
                for number in old:
                    del kept.questions[number]
                kept.questions = dict(sorted({**kept.questions, **new}.items())[-MOST:])
                told = dict.fromkeys(shown for _, of_one in kept.questions.values() for shown in of_one)
                kept.told = tuple(told)
            return kept.told

    def _newer(
        self, connection: Connection, key: tuple[int, str, str], since: datetime, known: Collection[int]
    ) -> dict[int, tuple[datetime, tuple[T, ...]]]:
        workspace_id, asker, channel = key
        after = max(known, default=0) - LATE
        readers = Question.asker == asker
        rows = connection.execute(
            select(Question.id, Question.asked_at, Question.shown)
            .where(
                Question.workspace_id == workspace_id,
                or_(readers, Question.channel == channel) if channel else readers,
                Question.asked_at >= since,
                Question.id > after,
                Question.id.not_in([number for number in known if number > after]),
                Question.shown.is_not(None),
            )
            .order_by(Question.id.desc())
            .limit(MOST)
        )
        return {number: (aware(asked_at), tuple(map(self.parse, shown or ()))) for number, asked_at, shown in rows}
