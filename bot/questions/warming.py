"""Loads what the first question would wait for, beside a process that is up already."""

from __future__ import annotations

import atexit
import logging
from collections.abc import Callable
from threading import Event, Thread

from bot.logs import cause
from bot.questions.finders import english
from bot.questions.reader.trained import Unfit, trained_reader

log = logging.getLogger(__name__)

LOADING_SECONDS = 5.0  # the longest that the end of a process waits for it


def warm_up(then: Callable[[], object] = lambda: None) -> Thread:
    """Begin to load the list of English words and the reader; a question that comes meanwhile waits for the rest.
    What is to be done `then` may fail: whoever needs it does it anew."""
    loaded = Event()
    # The reader's library ends a process by SIGABRT that ends while it is being loaded.
    atexit.register(loaded.wait, LOADING_SECONDS)
    thread = Thread(target=_load, args=(loaded, then), name="warming", daemon=True)
    thread.start()
    return thread


def _load(loaded: Event, then: Callable[[], object]) -> None:
    try:
        english.load()
        trained_reader()
    except Unfit as error:
        log.error("%s Questions cannot be read.", error)
    finally:
        loaded.set()
    try:
        then()
    except Exception as error:  # noqa: BLE001  # the first visitor waits, that is all
        log.warning("nothing was made ready for the first visitor: %s", cause(error))
