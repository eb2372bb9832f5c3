"""A process that was asked to end waits seconds for what is under way, and no longer."""

from __future__ import annotations

import os
from threading import Event
from typing import cast

import pytest

from bot.processes import ending
from bot.processes.ending import end
from bot.slack.app import SlackApp


class App:
    """An app whose answers are done in time, or not."""

    def __init__(self, in_time: bool) -> None:
        self.in_time = in_time
        self.within: list[float | None] = []

    def close(self, within: float | None) -> bool:
        self.within.append(within)
        return self.in_time


@pytest.mark.parametrize("answers", [True, False])
@pytest.mark.parametrize("jobs", [True, False])
def test_it_ends_hard_where_answers_or_jobs_are_not_done(
    monkeypatch: pytest.MonkeyPatch, answers: bool, jobs: bool
) -> None:
    ended: list[int] = []
    done = Event()
    monkeypatch.setattr(os, "_exit", ended.append)
    monkeypatch.setattr(ending, "JOBS_SECONDS", 0.05)
    app = App(answers)
    if jobs:
        done.set()

    end(cast(SlackApp, app), 1, lambda: done.wait(10))

    assert ended == ([] if answers and jobs else [1])
    assert app.within == [ending.ANSWERS_SECONDS]
    done.set()


def test_all_the_waiting_fits_into_the_ten_seconds_of_a_supervisor() -> None:
    requests = 5.0  # what waitress waits for its threads

    assert max(requests, ending.JOBS_SECONDS) + ending.ANSWERS_SECONDS < 10
