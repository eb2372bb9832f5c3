"""Loads what the first question would wait for, beside a process that is up already."""

from __future__ import annotations

import logging
from threading import Thread

from bot.questions.finders import english
from bot.questions.reader.trained import Unfit, trained_reader

log = logging.getLogger(__name__)


def warm_up() -> Thread:
    """Begin to load the list of English words and the reader; a question that comes meanwhile waits for the rest."""
    thread = Thread(target=_load, name="warming", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    english.load()
    try:
        trained_reader()
    except Unfit as error:
        log.error("%s Questions cannot be read.", error)
