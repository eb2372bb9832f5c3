"""The outbox: one sender at a time, fenced by the attempt, and threads after their first message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine

from storage.keep import outbox
from storage.keep.outbox import Draft, Taken

NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
HOLD = timedelta(minutes=2)
KEPT = timedelta(hours=72)


def put(engine: Engine, workspace_id: int, key: str = "one", parent: str = "") -> bool:
    draft = Draft(key=key, slack_team="T1", channel="C1", message={"text": key}, parent=parent)
    with engine.begin() as connection:
        return outbox.put(connection, workspace_id, draft, NOW, KEPT)


def take(engine: Engine, now: datetime = NOW) -> Taken | None:
    with engine.begin() as connection:
        return outbox.take(connection, now, HOLD)


def taken(engine: Engine, now: datetime = NOW) -> Taken:
    found = take(engine, now)
    assert found is not None
    return found


def test_a_message_is_written_once_by_its_key(engine: Engine, workspace_id: int) -> None:
    assert put(engine, workspace_id)
    assert not put(engine, workspace_id)


def test_what_one_has_nobody_else_gets_until_its_time_is_over(engine: Engine, workspace_id: int) -> None:
    put(engine, workspace_id)
    first = taken(engine)

    assert (first.begun, first.attempts, first.expires_at) == (None, 1, NOW + KEPT)
    assert take(engine, NOW + HOLD - timedelta(seconds=1)) is None
    assert taken(engine, NOW + HOLD).attempts == 2


def test_who_comes_back_too_late_can_neither_begin_nor_end(engine: Engine, workspace_id: int) -> None:
    put(engine, workspace_id)
    late = taken(engine)
    now = taken(engine, NOW + HOLD)

    with engine.begin() as connection:
        assert not outbox.begin(connection, late, NOW, "C1")
        assert not outbox.sent(connection, late, "C1", "1.1")
        assert not outbox.give_up(connection, late, outbox.FAILED, "x")
        assert outbox.begin(connection, now, NOW + HOLD, "C1")
        assert outbox.sent(connection, now, "C1", "1.1")
    assert take(engine, NOW + 2 * HOLD) is None


def test_one_that_began_and_never_ended_says_when_it_first_began(engine: Engine, workspace_id: int) -> None:
    put(engine, workspace_id)
    for attempt in range(2):
        now = NOW + attempt * HOLD
        with engine.begin() as connection:
            found = outbox.take(connection, now, HOLD)
            assert found is not None
            outbox.begin(connection, found, now, "D1")

    again = taken(engine, NOW + 2 * HOLD)
    assert (again.begun, again.posted_in) == (NOW, "D1")


@pytest.mark.parametrize("surely", [True, False])
def test_what_is_given_back_is_looked_up_unless_it_surely_was_not_sent(
    engine: Engine, workspace_id: int, surely: bool
) -> None:
    put(engine, workspace_id)
    found = taken(engine)
    with engine.begin() as connection:
        outbox.begin(connection, found, NOW, "C1")
        outbox.again(connection, found, NOW + timedelta(seconds=30), "ratelimited", surely)

    assert take(engine, NOW + timedelta(seconds=29)) is None
    assert (taken(engine, NOW + timedelta(seconds=30)).begun is None) is surely


def test_a_thread_waits_for_its_first_message_and_comes_into_its_channel(engine: Engine, workspace_id: int) -> None:
    put(engine, workspace_id, "reply", parent="top")
    assert take(engine) is None
    put(engine, workspace_id, "top")
    top = taken(engine)
    assert top.key == "top"
    with engine.begin() as connection:
        outbox.sent(connection, top, "D9", "7.5")

    reply = taken(engine)
    assert (reply.key, reply.thread_ts, reply.channel) == ("reply", "7.5", "D9")


def test_with_a_message_given_up_its_thread_goes(engine: Engine, workspace_id: int) -> None:
    put(engine, workspace_id, "top")
    put(engine, workspace_id, "reply", parent="top")
    with engine.begin() as connection:
        top = outbox.take(connection, NOW, HOLD)
        assert top is not None
        assert outbox.give_up(connection, top, outbox.UNCLEAR, "history")
        assert outbox.counts(connection) == {outbox.UNCLEAR: 1, outbox.DROPPED: 1}
    assert take(engine) is None


@pytest.mark.dialect
def test_of_many_takers_at_once_each_message_has_one(engine: Engine, workspace_id: int) -> None:
    for number in range(6):
        put(engine, workspace_id, f"m{number}")
    got: list[str] = []
    gate = Barrier(4)

    def work() -> None:
        gate.wait()
        misses = 0
        while misses < 3:
            found = take(engine)
            misses += found is None
            if found:
                got.append(found.key)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(got) == [f"m{number}" for number in range(6)]
