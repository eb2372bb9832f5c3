"""The worker reads each source that is on at its own interval, and keeps what goes wrong for whoever looks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.processes import syncs
from bot.processes.syncs import source_overviews, sync_jobs
from bot.settings import Settings
from bot.sources import catalogue
from bot.sources.syncing.overview import FAILING, NEW, OFF, WELL, SourceOverview
from storage.engine import writing_engine
from storage.workspaces import default_workspace
from tests.bot.sources.acme import ACME, BO_ID, AcmeVendor
from tests.bot.sources.faults import Fault
from tests.bot.sources.server import VendorServer, opener
from tests.databases import fresh_store

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[VendorServer]:
    for module in (syncs, catalogue):
        monkeypatch.setattr(module, "SOURCES", (ACME,))
    with VendorServer(AcmeVendor(rows=[("2026-11-09", BO_ID, 7)])) as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Engine]:
    with fresh_store("sqlite", tmp_path) as url:
        engine = writing_engine(url)
        yield engine
        engine.dispose()


def test_a_source_that_is_off_has_no_job(server: VendorServer, store: Engine) -> None:
    assert [*sync_jobs(Settings(), store, lambda: NOON)] == []


def test_a_source_runs_soon_after_the_start_and_then_at_its_interval(server: VendorServer, store: Engine) -> None:
    settings = Settings(sources=server.settings(ACME))

    (job,) = sync_jobs(settings, store, lambda: NOON)

    assert job.name == "sync acme"
    first = job.trigger.get_next_fire_time(None, NOON)
    after = job.trigger.get_next_fire_time(first, first)
    assert NOON <= first <= NOON + timedelta(seconds=20) + syncs.JITTER
    assert abs(after - first - timedelta(minutes=ACME.every_minutes)) <= 2 * syncs.JITTER


def test_a_job_reads_its_source_and_says_in_the_store_how_it_went(server: VendorServer, store: Engine) -> None:
    settings = Settings(sources=server.settings(ACME))
    with store.begin() as connection:
        workspace_id = default_workspace(connection)

    def look(of: int, these: Settings = settings) -> list[SourceOverview]:
        acme, *received = source_overviews(these, store, lambda: NOON)(of)
        assert [source.name for source in received] == ["otlp", "files"]
        return [acme]

    (job,) = sync_jobs(settings, store, lambda: NOON, opener())
    assert [source.state for source in look(workspace_id, Settings())] == [OFF]
    assert [(source.state, source.todo) for source in look(workspace_id)] == [
        (NEW, "run `fulcrum sync acme`, or let `fulcrum worker` run")
    ]

    job.run()
    (well,) = look(workspace_id)
    server.fail(Fault.FORBIDDEN, where="/v1/usage")
    job.run()
    (failing,) = look(workspace_id)

    assert (well.state, well.rows, str(well.newest), well.errors) == (WELL, 1, "2026-11-10", ())
    assert (failing.state, failing.rows) == (FAILING, 1)
    assert "ACME_API_KEY" in failing.errors[0]
