"""What an asker hears where something broke: what it was where that is known, else a number for the log."""

from __future__ import annotations

import errno
from urllib.error import URLError

import pytest

from bot.slack.questions.excuses import SLOW_SLACK, SORRY, excuse
from storage.faults import FULL


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (TimeoutError("timed out"), SLOW_SLACK),
        (URLError("no route"), SLOW_SLACK),
        (OSError(errno.ENOSPC, "s3cret"), FULL.asker),
        (OSError(errno.EPERM, "s3cret"), SORRY.format(ticket="t1")),
        (KeyError("s3cret"), SORRY.format(ticket="t1")),
    ],
)
def test_a_failure_is_told_by_what_it_was(error: Exception, told: str) -> None:
    assert excuse(error, "t1") == told
