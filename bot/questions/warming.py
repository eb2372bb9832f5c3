"""Loads what the first question would wait for, beside a process that is up already."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Thread

from bot.logs import cause
from bot.questions.finders import english
from bot.questions.reader.trained import Unfit, trained_reader

log = logging.getLogger(__name__)


def warm_up(then: Callable[[], object] = lambda: None) -> Thread:
    """Begin to load the list of English words and the reader; a question that comes meanwhile waits for the rest.
    What is to be done `then` may fail: whoever needs it does it anew."""
    thread = Thread(target=_load, args=(then,), name="warming", daemon=True)
    thread.start()
    return thread


def _load(then: Callable[[], object]) -> None:
    english.load()
    try:
        trained_reader()
    except Unfit as error:
        log.error("%s Questions cannot be read.", error)
    try:
        then()
    except Exception as error:  # noqa: BLE001  # the first visitor waits, that is all
        log.warning("nothing was made ready for the first visitor: %s", cause(error))
