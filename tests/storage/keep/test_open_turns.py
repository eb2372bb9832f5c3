"""What is being answered belongs to its process while that lives, and to one other after that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from storage.keep.open_turns import LeftTurn, any_left, close, hold, later, open_, take_left

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
HOLD = timedelta(seconds=45)


def left(engine: Engine, seconds: float) -> list[LeftTurn]:
    now = NOW + timedelta(seconds=seconds)
    with engine.begin() as connection:
        there = any_left(connection, now)
        taken = take_left(connection, now, HOLD, 10)
    assert there == bool(taken)
    return taken


def test_a_turn_is_left_once_its_process_gives_no_sign_of_life_and_goes_to_one_other(
    engine: Engine, workspace_id: int
) -> None:
    with engine.begin() as connection:
        for key in ("lives", "dies", "is done"):
            open_(connection, workspace_id, key, {"text": key}, NOW, HOLD)
        close(connection, workspace_id, "is done")
        hold(connection, {(workspace_id, "lives"), (workspace_id + 1, "dies")}, NOW + 2 * HOLD)

    assert left(engine, 44) == []
    assert left(engine, 46) == [LeftTurn(workspace_id, "dies", {"text": "dies"}, NOW, 2)]
    assert left(engine, 47) == [], "somebody has it"
    assert [turn.attempts for turn in left(engine, 92) if turn.key == "dies"] == [3], "who died too"


def test_what_nobody_died_of_comes_again_at_its_time_as_if_it_were_new(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        open_(connection, workspace_id, "waits", {}, NOW, HOLD)
        later(connection, workspace_id, "waits", NOW + 2 * HOLD)

    assert left(engine, 89) == []
    assert [turn.attempts for turn in left(engine, 91)] == [1]
