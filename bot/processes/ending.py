"""The end of a process that was asked to end: what is under way has seconds, and what has not ended then is left."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from threading import Thread

from bot.slack.app import SlackApp

log = logging.getLogger(__name__)

ANSWERS_SECONDS = 4.0  # beside the five that the server gives requests, within the ten that a supervisor waits
JOBS_SECONDS = 4.0


def end(app: SlackApp, code: int, finish: Callable[[], object] = lambda: None) -> None:
    """Wait for jobs (`finish`) and answers a few seconds each; where any is not done the process ends here,
    with this exit code.

    What was not done is taken up by whoever starts next: questions are written down, and jobs bear being cut off.
    """
    jobs = Thread(target=finish, name="jobs", daemon=True)
    jobs.start()
    jobs.join(JOBS_SECONDS)
    if app.close(ANSWERS_SECONDS) and not jobs.is_alive():
        return
    log.warning("ending before all is done")
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)  # the interpreter would wait for the threads
