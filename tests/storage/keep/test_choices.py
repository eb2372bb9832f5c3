"""What readers press under the one action of a digest: kept once a person, and counted."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from storage.keep.choices import count_choices, record_choice

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
ACTION = ("2026-W46", "notes")


def press(engine: Engine, workspace_id: int, person: str, choice: str, action: tuple[str, str] = ACTION) -> None:
    week, workflow = action
    with engine.begin() as connection:
        record_choice(connection, workspace_id, week=week, workflow=workflow, person=person, choice=choice, now=NOW)


def counted(engine: Engine, workspace_id: int, *actions: tuple[str, str]) -> dict[str, int]:
    with engine.connect() as connection:
        return count_choices(connection, workspace_id, actions or (ACTION,))


def test_a_later_press_of_a_person_replaces_the_earlier(engine: Engine, workspace_id: int) -> None:
    press(engine, workspace_id, "UANA", "accept")
    press(engine, workspace_id, "UANA", "not useful")
    press(engine, workspace_id, "UBO", "not useful")

    assert counted(engine, workspace_id) == {"not useful": 2}


def test_only_the_actions_asked_about_count(engine: Engine, workspace_id: int) -> None:
    press(engine, workspace_id, "UANA", "accept")
    press(engine, workspace_id, "UANA", "accept", ("2026-W46", "other"))
    press(engine, workspace_id, "UANA", "not now", ("2026-W45", "notes"))

    assert counted(engine, workspace_id) == {"accept": 1}
    assert counted(engine, workspace_id, ACTION, ("2026-W45", "notes")) == {"accept": 1, "not now": 1}
    assert counted(engine, workspace_id + 1) == {}
