"""Use from before the cut: nobody's, team by team, and each whole month as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from storage.keep.audit import LoggedQuestion, record
from storage.load.past import Past, read_past
from storage.load.retention import cut_of, fold_past
from storage.tables import Question
from tests.storage.load.stores import ANA, AUGUST, BO, JULY, JUNE, Store, spell


def folded(store: Store, before: date = JULY) -> int:
    with store.engine.begin() as connection:
        return fold_past(connection, store.workspace_id, before)


def past(store: Store) -> Past:
    with store.engine.connect() as connection:
        found = read_past(connection, store.workspace_id)
    assert found is not None
    return found


def test_the_cut_is_the_first_day_of_a_month_and_keeps_at_least_the_days_asked_for() -> None:
    assert cut_of(date(2026, 7, 31), 30) == JULY
    assert cut_of(date(2026, 7, 30), 30) == JUNE
    assert cut_of(date(2026, 3, 1), 365) == date(2025, 3, 1)


def test_use_before_the_cut_is_nobodys_in_the_same_team_and_later_use_stays(store: Store) -> None:
    store.roster(spell(ANA), spell(BO))
    store.use((ANA, JUNE), (BO, JUNE), (ANA, JULY))

    assert folded(store) == 2
    ana, bo = (past(store).pseudonym(email) for email in (ANA, BO))
    assert ana != bo
    june = sorted((JUNE, nobody, "Platform") for nobody in (ana, bo))
    assert store.rollup() == [*june, (JULY, ANA, "Platform")]
    assert folded(store) == 0


def test_the_cut_moves_on_and_who_was_nobody_stays_the_same_nobody(store: Store) -> None:
    store.roster(spell(ANA))
    store.use((ANA, JUNE), (ANA, JULY), (ANA, AUGUST))
    folded(store)
    folded(store, AUGUST)

    nobody = past(store).pseudonym(ANA)
    assert store.rollup() == [(JUNE, nobody, "Platform"), (JULY, nobody, "Platform"), (AUGUST, ANA, "Platform")]


def test_questions_of_that_time_go(store: Store) -> None:
    for month in (6, 7):
        at = datetime(2026, month, 1, tzinfo=UTC)
        asked: dict[str, Any] = {
            "asker": ANA,
            "place": "cli",
            "text": str(month),
            "engine": "rules",
            "status": "answered",
        }
        record(
            store.engine,
            store.workspace_id,
            LoggedQuestion(asked_at=at, query=None, elapsed_ms=1.0, **asked),
        )
    store.roster(spell(ANA))
    folded(store)

    with store.engine.connect() as connection:
        assert [*connection.scalars(select(Question.text))] == ["7"]
