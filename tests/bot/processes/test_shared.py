"""What processes of one machine hold together."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from bot.meter import FOLDER, Meter
from bot.processes.guarding import Limiter
from bot.processes.shared import Busy, Shared, sharing


def in_another_process(work: Callable[[], object]) -> None:
    """Run to the end in a process that was forked from this one."""
    process = os.fork()
    if process == 0:
        try:
            work()
        finally:
            os._exit(0)
    os.waitpid(process, 0)


def test_a_limit_counts_for_all_processes() -> None:
    with sharing(2) as shared:

        def limiter() -> Limiter:
            return Limiter(1, 3, lambda: 100.0, shared.bucket("wrong"))

        in_another_process(lambda: [limiter().wait(), limiter().wait()])

        ours = limiter()
        assert [ours.wait(), ours.wait()] == [0, 1]
        assert Limiter(1, 3, lambda: 101.0, shared.bucket("wrong")).wait() == 0
        assert Limiter(1, 3, lambda: 100.0, shared.bucket("another")).wait() == 0


def test_a_limit_outlives_the_process_that_was_at_it() -> None:
    with sharing(2) as shared:

        def die() -> None:
            with shared.bucket("wrong").held() as numbers:
                numbers[:] = 5.0, 1.0
                os._exit(1)

        in_another_process(die)

        with shared.bucket("wrong").held() as numbers:
            assert numbers == []


def test_counts_of_all_processes_are_shown_and_outlive_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with sharing(2) as shared:

        def answer() -> None:
            shared.joined_by(1)
            Meter().count("answered", 0.2, "rules")

        in_another_process(answer)
        in_another_process(answer)
        assert shared.folder
        monkeypatch.setenv(FOLDER, str(shared.folder))

        told = Meter().text()
        assert 'fulcrum_questions_total{engine="rules",status="answered"} 2.0' in told
        assert "fulcrum_question_seconds_count 2.0" in told


def test_the_busiest_process_is_known_and_one_that_is_gone_is_not_waited_for() -> None:
    busy = Busy(3)
    busy.say(0, 2)
    assert not busy.is_busiest(0)
    in_another_process(lambda: busy.say(1, 1))
    assert (busy.is_busiest(0), busy.is_busiest(1)) == (True, False)
    busy.say(1, 1_000)
    assert busy.is_busiest(1)
    busy.gone(0)
    busy.gone(1)
    busy.say(2, 9)
    assert not busy.is_busiest(2)


def test_the_folder_goes_with_the_one_that_made_it_and_one_process_has_none() -> None:
    with sharing(2) as shared:
        folder = shared.folder
        assert folder
        in_another_process(lambda: None)
        assert folder.exists()
    assert not folder.exists()
    with sharing(1) as alone:
        assert alone.folder is None
    assert not Shared().busy.is_busiest(0)
