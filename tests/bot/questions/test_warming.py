"""What the first question would wait for is loaded beside a process that is up."""

from __future__ import annotations

import atexit
import logging
from collections.abc import Callable
from threading import Event

import pytest

from bot.questions import warming
from bot.questions.reader.trained import Unfit, is_loaded


def test_the_reader_is_there_when_it_is_done() -> None:
    warming.warm_up().join()
    assert is_loaded()


def test_the_end_of_a_process_waits_for_the_reader_and_not_for_what_is_made_ready_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_the_end: list[tuple[Callable[[float], bool], float]] = []
    monkeypatch.setattr(atexit, "register", lambda *given: at_the_end.append(given))
    go_on = Event()

    thread = warming.warm_up(lambda: go_on.wait(30))

    ((wait, seconds),) = at_the_end
    assert wait(seconds)
    assert is_loaded()
    assert thread.is_alive()
    go_on.set()
    thread.join()


def test_what_is_made_ready_after_it_may_fail(caplog: pytest.LogCaptureFixture) -> None:
    done = []
    warming.warm_up(lambda: done.append(is_loaded())).join()
    assert done == [True]

    def broken() -> None:
        raise OSError(5, "gone")

    with caplog.at_level(logging.WARNING):
        warming.warm_up(broken).join()
    assert "nothing was made ready for the first visitor: OSError" in caplog.text


def test_weights_that_are_not_there_are_said_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unfit() -> None:
        raise Unfit("The reader's weights are not installed (reader.onnx).")

    monkeypatch.setattr(warming, "trained_reader", unfit)
    with caplog.at_level(logging.ERROR):
        warming.warm_up().join()
    assert "not installed" in caplog.text
