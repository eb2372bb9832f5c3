"""What is kept of a source's passes: how each ended, what a feed has for which days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from storage.load.source_states import (
    LastPass,
    day_states,
    delivered,
    facts_by_day,
    holding,
    last_passes,
    note_missing,
    note_pass,
)
from storage.load.writes import LoadOf, save_usage
from storage.records import DayState, Period, UsageRecord
from storage.workspaces import read_revision
from tests.storage.load.facts import roster, use

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
DAY = date(2026, 11, 10)


def passes(engine: Engine, workspace_id: int) -> dict[str, LastPass]:
    with engine.connect() as connection:
        return last_passes(connection, workspace_id, "acme")


def test_the_last_pass_over_each_report_is_kept_with_its_error(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        note_pass(connection, workspace_id, "acme", "usage", NOON)
        note_pass(connection, workspace_id, "acme", "bill", NOON, "the key may not")
        note_pass(connection, workspace_id, "acme", "usage", LATER, "it is down")

    found = passes(engine, workspace_id)
    usage, bill = found["usage"], found["bill"]
    assert (usage.error, bill.error) == ("it is down", "the key may not")
    assert usage.succeeded_at is not None
    assert usage.succeeded_at.replace(tzinfo=UTC) == NOON
    assert usage.tried_at.replace(tzinfo=UTC) == LATER
    assert bill.succeeded_at is None


def test_an_error_is_gone_once_it_went_well_and_is_never_endless(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        note_pass(connection, workspace_id, "acme", "usage", NOON, "x" * 5000)
    assert len(passes(engine, workspace_id)["usage"].error) == 1000

    with engine.begin() as connection:
        note_pass(connection, workspace_id, "acme", "usage", LATER)
    assert passes(engine, workspace_id)["usage"].error == ""


def test_a_feed_has_its_own_days_and_rows(engine: Engine, workspace_id: int) -> None:
    records = [UsageRecord(natural_key=str(n), day=DAY, tool="t", input_tokens=1) for n in range(3)]
    load = LoadOf(workspace_id=workspace_id, source="acme", what="usage", now=NOON, feed="usage")
    save_usage(engine, load, records)
    with engine.connect() as connection:
        before = read_revision(connection, workspace_id)
    with engine.begin() as connection:
        note_missing(connection, workspace_id, "acme", "usage", [DAY + timedelta(days=1)])

    with engine.connect() as connection:
        held = holding(connection, workspace_id, "acme", "usage")
        assert held.rows == 3
        assert held.days == {DAY: DayState.COMPLETE, DAY + timedelta(days=1): DayState.MISSING}
        assert facts_by_day(connection, workspace_id, "acme", "usage", Period(DAY, DAY + timedelta(days=1))) == {DAY: 3}
        assert holding(connection, workspace_id, "acme", "bill").rows == 0
        assert day_states(connection, workspace_id, "other", "usage") == {}
        assert read_revision(connection, workspace_id) > before  # answers say so from now on


def test_facts_that_count_elsewhere_are_told(engine: Engine, load: LoadOf) -> None:
    roster(engine, load, [("ana@acme.example", date(2026, 1, 1))])
    save_usage(
        engine, replace(load, source="gateway", feed="calls", precedence=9), [use("a", tool="litellm"), use("b")]
    )
    save_usage(engine, replace(load, source="vendor", feed="usage", precedence=10), [use("c", tool="openai_api")])

    with engine.connect() as connection:
        assert holding(connection, load.workspace_id, "gateway", "calls").elsewhere == 1
        assert delivered(connection, load.workspace_id, "gateway").elsewhere == 1
        assert holding(connection, load.workspace_id, "vendor", "usage").elsewhere == 0
