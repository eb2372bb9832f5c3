"""What is stored about somebody: theirs alone, as JSON takes it, with who looked at it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from sqlalchemy import Engine

from storage.keep import saved, watches
from storage.keep.audit import LoggedQuestion, record
from storage.keep.personal import lookers, personal_data
from storage.keep.saved import Scheduled
from storage.keep.watches import ABOVE, Watched
from storage.load.organisation import save_teams
from storage.query import Filter, Query
from storage.records import Period
from storage.roster_records import TeamRecord
from tests.storage.load.stores import ANA, BO, CY, JULY, JUNE, Store, spell

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
DAYS = Period(date(2026, 6, 1), date(2026, 6, 30))


def asked(store: Store, asker: str, query: Query, status: str = "answered") -> None:
    question = LoggedQuestion(
        asked_at=NOON,
        asker=asker,
        place="cli",
        text="tokens",
        engine="rules",
        status=status,
        query=query.to_json(),
        elapsed_ms=1.0,
    )
    record(store.engine, store.workspace_id, question)


def test_it_is_theirs_alone_and_names_who_saw_figures_of_them(engine: Engine, workspace_id: int) -> None:
    store = Store(engine, workspace_id)
    with engine.begin() as connection:
        save_teams(connection, workspace_id, [TeamRecord(name="Platform")])
    store.roster(spell(ANA), spell(BO))
    store.use((ANA, JUNE), (ANA, JULY), (BO, JUNE))
    of_ana = Query(metrics=("tokens",), period=DAYS, filters=(Filter("person", (ANA,)),))
    asked(store, ANA, of_ana)
    asked(store, BO, of_ana)
    asked(store, CY, of_ana, status="denied")
    asked(store, CY, Query(metrics=("tokens",), period=DAYS, filters=(Filter("person", (BO,)),)))
    asked(store, CY, Query(metrics=("tokens",), period=DAYS, group_by=("team",)))

    question = Scheduled(
        workspace_id=workspace_id,
        email=ANA,
        text="cost",
        slack_team="T1",
        owner="U1",
        channel="C1",
        weekday=1,
        minute=0,
        zone="UTC",
        since=NOON,
    )
    watch = Watched(
        workspace_id=workspace_id, email=ANA, key="k", kind=ABOVE, query={}, level=5, title="cost above 5", since=NOON
    )
    with engine.begin() as connection:
        saved.save(connection, question)
        watches.keep(connection, watch)

    with engine.connect() as connection:
        found = personal_data(connection, workspace_id, ANA)
        assert personal_data(connection, workspace_id, "zoe@acme.example") is None
        assert {look["who"] for look in lookers(connection, workspace_id, BO)} == {CY}

    assert found is not None
    json.dumps(found)
    assert [(row["day"], row["known as"], row["input_tokens"]) for row in found["use"]] == [
        ("2026-06-01", ANA, 1),
        ("2026-07-01", ANA, 1),
    ]
    assert [(row["team"], row["start_day"], row["end_day"]) for row in found["roster"]] == [
        ("Platform", "2026-06-01", None)
    ]
    assert len(found["questions"]) == 1
    assert found["saved questions"] == [{"words": "cost", "to": "C1", "state": "active"}]
    assert found["watches"] == [{"what": "cost above 5", "state": "active"}]
    assert [look["who"] for look in found["looked at by"]] == [BO]
