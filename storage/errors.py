"""What can go wrong in the store, in the store's words; `bot` turns them into words for people."""

from __future__ import annotations

import datetime

Days = tuple[datetime.date, datetime.date]


class StorageError(Exception):
    """The base of everything the store raises on purpose."""


class InvalidQuery(StorageError):
    """The typed query asks for something its metrics cannot give."""


class UnknownName(StorageError):
    """A filter names something the store does not hold."""

    def __init__(self, dimension: str, name: str) -> None:
        super().__init__(f"no {dimension} is called {name!r}")
        self.dimension = dimension
        self.name = name


class NoData(StorageError):
    """Nothing is recorded in the period; the message says what is missing. `asked` and `recorded` are the first and
    the last day of both, where the days are what is missing."""

    def __init__(self, text: str, asked: Days | None = None, recorded: Days | None = None) -> None:
        super().__init__(text)
        self.asked, self.recorded = asked, recorded


class Denied(StorageError):
    """The viewer may not see it; `reason` is a key for wording: person, people, ranking, group, difference."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OldSchema(StorageError):
    """The store's schema is not the newest; run the migrations first."""


class CannotGoBack(StorageError):
    """A migration has no way back; the message says why and what to do instead."""


class UnknownWorkspace(StorageError):
    """No workspace is called so."""


class BackupRefused(StorageError):
    """A backup cannot be written or brought back; the message says what to do."""
