"""What a run of the tests does once instead of for each: compiling a statement, walking over what never goes away."""

from __future__ import annotations

import gc
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache

STATEMENTS = 3000  # a whole run has about two thousand that differ


class _Compiled:
    """What SQLAlchemy has compiled for one kind of database, whichever engine asks: each test makes its own engines."""

    def __init__(self) -> None:
        self._kept: LRUCache[Any, Any] = LRUCache(STATEMENTS)

    # A key starts with the dialect of the engine, an object that no two engines share.
    def get(self, key: tuple[Any, ...]) -> Any:
        return self._kept.get(key[1:])

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        self._kept[key[1:]] = compiled


_COMPILED: dict[str, _Compiled] = {}


def compile_once() -> None:
    """Lets all engines of this process share what they compile: it is a quarter of the work of a test with a store."""

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        kept = _COMPILED.setdefault(connection.dialect.name, _Compiled())
        connection.execution_options(compiled_cache=kept)


def collect_less() -> None:
    """Makes the garbage collector's rounds rarer: hundreds of modules and thousands of tests are never garbage."""
    gc.set_threshold(50_000, 20, 50)


def keep_what_is_there() -> None:
    """Takes what was imported and collected out of the garbage collector's rounds."""
    gc.collect()
    gc.freeze()
