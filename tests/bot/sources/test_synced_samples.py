"""The wire samples, served as their vendors do, come to their totals in the store; once more changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ColumnElement, func, select

from bot.sources.base import VendorSource
from bot.sources.cursor import CURSOR
from bot.sources.github import GITHUB
from bot.sources.litellm.source import LITELLM
from storage.engine import writing_engine
from storage.records import CostKind
from storage.tables import NANO, Stream, Subject, UsageFact
from storage.workspaces import default_workspace
from tests.bot.sources.github_api import ORG, GitHub, served
from tests.bot.sources.litellm.test_api import LiteLlm
from tests.bot.sources.server import Answer, Call, Route, Vendor, VendorServer
from tests.bot.sources.syncing.bench import Bench
from tests.bot.sources.wire import expected, sample, sample_lines
from tests.databases import fresh_store
from tests.shared import needs_shared, shared

pytestmark = needs_shared

DAY = date(2026, 11, 6)
NEXT_MORNING = datetime(2026, 11, 7, 6, tzinfo=UTC)


@contextmanager
def synced(folder: Path, server: VendorServer, source: VendorSource, **settings: str) -> Iterator[Bench]:
    """A store after a pass over the day of the samples."""
    with fresh_store("sqlite", folder) as url, server:
        engine = writing_engine(url)
        with engine.begin() as connection:
            workspace_id = default_workspace(connection)
        bench = Bench(engine, workspace_id, server, NEXT_MORNING, source)
        once(bench, **settings)
        yield bench
        engine.dispose()


def once(bench: Bench, **settings: str) -> None:
    made = bench.sync(DAY, DAY, **settings)
    assert made.errors == []


def total(bench: Bench, column: Any, *where: ColumnElement[bool]) -> int:
    rows = select(func.sum(column)).join(Subject, Subject.id == UsageFact.subject_id)
    with bench.engine.connect() as connection:
        return connection.scalar(rows.join(Stream, Stream.id == UsageFact.stream_id).where(*where)) or 0


def facts(bench: Bench) -> int:
    with bench.engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(UsageFact)) or 0


@dataclass
class CursorSample(Vendor):
    """One pull's file is the answer for its day."""

    name: str = "filtered-usage-events_pull1.json"

    def is_let_in(self, _call: Call) -> bool:
        return True

    def routes(self) -> Mapping[str, Route]:
        return {
            "POST /teams/filtered-usage-events": lambda _call: sample("cursor", self.name),
            "POST /teams/daily-usage-data": lambda _call: {"data": []},
            "/teams/members": lambda _call: {"teamMembers": []},
        }


def test_cursor(tmp_path: Path) -> None:
    wanted, vendor = expected("cursor_events"), CursorSample()
    with synced(tmp_path, VendorServer(vendor), CURSOR) as bench:
        vendor.name = "filtered-usage-events_pull2_next_day.json"
        once(bench)
        loads = bench.loads()
        once(bench)

        assert bench.loads() == loads  # said again, it changes nothing
        assert facts(bench) == wanted["events"]
        billed = total(bench, UsageFact.cost_nano, UsageFact.cost_kind == CostKind.BILLED.value)
        covered = UsageFact.cost_kind == CostKind.COVERED.value
        assert billed / NANO * 100 == pytest.approx(wanted["billed_on_demand_cents"], abs=1e-9)
        assert total(bench, UsageFact.list_nano, covered) / NANO * 100 == wanted["seat_covered_cents"]
        assert total(bench, UsageFact.cost_nano, covered) == 0
        ada = Subject.name == "ada@acme.test"
        assert {
            "uncached_in": total(bench, UsageFact.input_tokens, ada),
            "cache_read": total(bench, UsageFact.cached_input_tokens, ada),
            "cache_write": total(bench, UsageFact.cache_write_tokens, ada),
            "out": total(bench, UsageFact.output_tokens, ada),
        } == wanted["ada"]


def test_github_copilot(tmp_path: Path) -> None:
    wanted = expected("copilot_users")
    file = shared("data", "wire", "github_copilot", "users-1-day_2026-11-06.ndjson").read_text("utf-8")
    teams = sample_lines("github_copilot", "user-teams-1-day_2026-11-06.ndjson")
    github_api = GitHub(users={str(DAY): [file]})
    with synced(tmp_path, served(github_api), GITHUB, FULCRUM_GITHUB_ORG=ORG) as bench:
        loads = bench.loads()
        once(bench, FULCRUM_GITHUB_ORG=ORG)

        assert bench.loads() == loads
        assert len(teams) == wanted["team_rows_for_ada"]  # and yet ada's tokens count once
        cli = Stream.tool == "copilot_cli"
        assert {
            "prompt": total(bench, UsageFact.input_tokens, cli),
            "output": total(bench, UsageFact.output_tokens, cli),
        } == wanted["ada_cli_tokens"]
        rate = total(bench, UsageFact.accepted) / total(bench, UsageFact.suggested)
        assert rate == wanted["completion_accept_rate"]
        for name, usd in wanted["credits_usd"].items():
            own = Subject.name == f"{name}-gh"
            assert total(bench, UsageFact.credits_nano, own) / NANO / 100 == usd
            assert total(bench, UsageFact.cost_nano, own) == 0


def test_a_day_that_copilot_restates_is_replaced_whole(tmp_path: Path) -> None:
    file = shared("data", "wire", "github_copilot", "users-1-day_2026-11-06.ndjson").read_text("utf-8")
    github_api = GitHub(users={str(DAY): [file]})
    with synced(tmp_path, served(github_api), GITHUB, FULCRUM_GITHUB_ORG=ORG) as bench:
        github_api.users[str(DAY)] = [file.splitlines()[1]]
        once(bench, FULCRUM_GITHUB_ORG=ORG)

        assert total(bench, UsageFact.input_tokens) == 0
        assert total(bench, UsageFact.suggested) == 15


def test_litellm(tmp_path: Path) -> None:
    wanted = expected("litellm_spend_log")
    row = sample("litellm", "spend_log.json")
    with synced(tmp_path, VendorServer(Sampled(calls=[row])), LITELLM) as bench:
        loads = bench.loads()
        once(bench)

        assert bench.loads() == loads
        with bench.engine.connect() as connection:
            assert [str(day) for day in connection.scalars(select(UsageFact.day))] == [wanted["day_utc"]]
        assert {
            "uncached_in": total(bench, UsageFact.input_tokens),
            "cache_read": total(bench, UsageFact.cached_input_tokens),
            "cache_write": total(bench, UsageFact.cache_write_tokens),
            "out": total(bench, UsageFact.output_tokens),
            "reasoning": total(bench, UsageFact.reasoning_tokens),
            "usd": total(bench, UsageFact.cost_nano) / NANO,
        } == {name: wanted[name] for name in ("uncached_in", "cache_read", "cache_write", "out", "reasoning", "usd")}


class Sampled(LiteLlm):
    """A proxy whose logs have no daily sums beside them."""

    def logs(self, call: Call) -> Any:
        if call.first("start_date") != f"{DAY} 00:00:00":
            return Answer({"data": [], "total": 0, "page": 1, "total_pages": 0})
        return {"data": self.calls, "total": 1, "page": 1, "page_size": 1000, "total_pages": 1}
