"""Saving: a call is a fact of its person; saving again changes nothing, more of a call changes it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.sources import prices
from bot.sources.logs import ledger
from bot.sources.logs.saving import device, save
from storage.engine import writing_engine
from storage.load.writes import Saved
from storage.tables import Pricing, Subject, UsageFact
from storage.workspaces import default_workspace
from tests.bot.sources.logs.machine import Machine, claude
from tests.bot.sources.logs.test_copilot_cli import event, start
from tests.databases import BACKENDS, fresh_store

FILE = "projects/-srv-app/s-1.jsonl"
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def saved(machine: Machine, url: str, feed: str = "laptop", zone: str = "UTC") -> Saved:
    machine.read()
    engine = writing_engine(url)
    try:
        with engine.connect() as reading:
            workspace_id = default_workspace(reading)
        with ledger.opened(machine.ledger) as connection:
            return save(
                connection,
                engine,
                workspace_id,
                email="ada@x.example",
                feed=feed,
                zone=ZoneInfo(zone),
                clock=lambda: NOW,
            )
    finally:
        engine.dispose()


def facts(url: str) -> list[tuple[object, ...]]:
    engine = writing_engine(url)
    columns = (Subject.name, UsageFact.day, UsageFact.requests, UsageFact.output_tokens, UsageFact.cost_nano)
    rows = select(*columns).join_from(UsageFact, Subject, Subject.id == UsageFact.subject_id)
    with engine.connect() as connection:
        found: list[tuple[object, ...]] = [
            tuple(row) for row in connection.execute(rows.order_by(UsageFact.output_tokens))
        ]
    engine.dispose()
    return found


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_call_is_one_fact_however_often_it_is_saved(backend: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(FILE, claude("m1", output=1), claude("m2", output=70))
    with fresh_store(backend, tmp_path) as url:
        assert saved(machine, url).new == 2
        again = saved(machine, url)
        assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
        machine.append(FILE, claude("m1", output=400))
        assert saved(machine, url).changed == 1

        day = datetime(2026, 11, 2, tzinfo=UTC).date()
        (second, first) = facts(url)
        assert second[:4] == ("ada@x.example", day, 1, 70)
        assert first == ("ada@x.example", day, 1, 400, 10_475_000)


def test_days_are_cut_in_the_zone_of_the_organisation(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(FILE, claude(at="2026-11-01T23:30:00Z"))
    with fresh_store("sqlite", tmp_path) as url:
        saved(machine, url, zone="Europe/Berlin")

        assert [fact[1] for fact in facts(url)] == [datetime(2026, 11, 2, tzinfo=UTC).date()]


def test_what_a_session_tells_until_it_ends_is_not_saved(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(
        "session-state/s-1/events.jsonl", start(), event("assistant.message", 5, messageId="m1", outputTokens=33)
    )
    with fresh_store("sqlite", tmp_path) as url:
        assert saved(machine, url).new == 0


def test_two_machines_are_two_feeds(tmp_path: Path) -> None:
    laptop, desktop = Machine(tmp_path, "laptop"), Machine(tmp_path, "desktop")
    laptop.write(FILE, claude("m1"))
    desktop.write(FILE, claude("m2"))
    with fresh_store("sqlite", tmp_path) as url:
        saved(laptop, url, "laptop")
        saved(desktop, url, "desktop")

        assert len(facts(url)) == 2


def test_a_machine_has_a_name_that_tells_nobody_which_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "anns-laptop")

    assert device() == device()
    assert "ann" not in device()


def test_a_ledger_that_is_lost_lowers_nothing(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(FILE, claude("m1", output=400))
    with fresh_store("sqlite", tmp_path) as url:
        saved(machine, url)
        machine.ledger.unlink()
        machine.write(FILE, claude("m1", output=1))
        saved(machine, url)

        assert [fact[3] for fact in facts(url)] == [400]


def test_an_estimate_names_its_table_and_its_day(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.write(FILE, claude("m1", usage={"speed": "fast"}))
    with fresh_store("sqlite", tmp_path) as url:
        saved(machine, url)

        engine = writing_engine(url)
        with engine.connect() as connection:
            (found,) = connection.execute(select(Pricing.rule, Pricing.service_tier, Pricing.price_day))
        engine.dispose()
        assert tuple(found) == (prices.table(), "speed=fast", datetime(2026, 11, 2, tzinfo=UTC).date())


def test_an_estimate_keeps_the_prices_by_class_that_it_was_made_of(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    usage = {"input_tokens": 1000, "cache_read_input_tokens": 50_000, "cache_creation_input_tokens": 0}
    large = usage | {"cache_read_input_tokens": 250_000}  # its price rises with the size of a call
    lines = [claude(f"m{used is large}", model="claude-sonnet-4-5", usage=used) for used in (usage, large)]
    machine.write(FILE, *lines)
    classes = (Pricing.price_input, Pricing.price_cached, Pricing.price_output)
    counts = (UsageFact.input_tokens, UsageFact.cached_input_tokens, UsageFact.output_tokens)
    with fresh_store("sqlite", tmp_path) as url:
        saved(machine, url)

        engine = writing_engine(url)
        with engine.connect() as connection:
            joined = select(*classes, *counts, UsageFact.cost_nano).join_from(UsageFact, Pricing)
            rows = [[int(value or 0) for value in row] for row in connection.execute(joined)]
        engine.dispose()
    assert len({tuple(row[:3]) for row in rows}) == 2
    for row in rows:
        assert sum(price * count for price, count in zip(row[:3], row[3:6], strict=True)) / 1_000_000 == row[6]
