"""Stores that many tests fill alike: SQLite is filled once for each content, and then copied."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Engine, func, select

from storage.tables import Load, Person, Team

Given = TypeVar("Given")
STORES = 24  # kept in memory, each of a megabyte or two

_KEPT: OrderedDict[Hashable, tuple[sqlite3.Connection, Any]] = OrderedDict()


def filled(engine: Engine, content: Hashable, fill: Callable[[], Given]) -> Given:
    """What `fill` gives, with the store as `fill` leaves it.

    `content` tells apart what is filled in. Only an empty SQLite store is copied into; any other is filled.
    """
    if engine.dialect.name != "sqlite" or not _is_empty(engine):
        return fill()
    if content in _KEPT:
        _KEPT.move_to_end(content)
        kept, given = _KEPT[content]
        _copy(engine, lambda store: kept.backup(store))
        return given  # type: ignore[no-any-return]  # of the same content, so of the same type
    given = fill()
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    _copy(engine, lambda store: store.backup(kept))
    _KEPT[content] = kept, given
    if len(_KEPT) > STORES:
        _KEPT.popitem(last=False)[1][0].close()
    return given


def _copy(engine: Engine, copy: Callable[[sqlite3.Connection], None]) -> None:
    borrowed = engine.raw_connection()
    try:
        store = borrowed.driver_connection
        assert isinstance(store, sqlite3.Connection)
        copy(store)
    finally:
        borrowed.close()


def _is_empty(engine: Engine) -> bool:
    with engine.connect() as connection:
        return not any(connection.scalar(select(func.count()).select_from(table)) for table in (Team, Person, Load))
