"""Every vendor with every fault: a fault is passed over or said in a sentence, and after it the store is as without."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.sources.files.work_rules import record
from bot.sources.http import client
from bot.sources.syncing.passes import Syncing
from bot.sources.syncing.planning import Wanted
from storage.engine import writing_engine
from storage.load.load_log import note_load
from storage.load.truths import save_truth
from storage.workspaces import default_workspace
from tests.bot.sources.company import COMPANY, FIRST, LAST, RULES, AtVendor
from tests.bot.sources.faults import Fault
from tests.bot.sources.server import FOREVER, VendorServer, opener
from tests.bot.sources.syncing.bench import NOON
from tests.databases import fresh_store
from tests.sampling import sampled, size, some

WRONG = "sk-wrong-0123456789"
HELD = (
    """SELECT f.name, u.day, s.name, t.tool, t.model, a.project, u.input_tokens, u.cached_input_tokens,
              u.cache_write_tokens, u.output_tokens, u.requests, u.cost_nano, u.cost_kind, u.list_nano, u.suggested,
              u.accepted, u.credits_nano
       FROM usage_fact u JOIN feed f ON f.id = u.feed_id JOIN subject s ON s.id = u.subject_id
       JOIN stream t ON t.id = u.stream_id LEFT JOIN allocation a ON a.id = u.allocation_id""",
    "SELECT day, workflow, mode, items, timed_items, human_ms, accepted, reworked FROM work_daily",
    "SELECT f.name, y.day, y.state FROM sync_day y JOIN feed f ON f.id = y.feed_id",
    "SELECT source, subject, email FROM identity",
    "SELECT source, subject, tool, plan, start_day, end_day FROM seat",
    """SELECT p.email, t.name, s.kind, s.start_day, s.end_day FROM spell s JOIN person p ON p.id = s.person_id
       JOIN team t ON t.id = s.team_id""",
)
WORK = frozenset({"jira", "pagerduty", "zendesk"})


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something wrong for `times` answers, or with the settings; `said` is what a pass says of it, "" nothing.

    `not_at` are vendors whose pages have nothing that it could be.
    """

    fault: Fault | None
    times: int = FOREVER
    said: str = ""
    retry_after: str = "1"
    not_at: frozenset[str] = frozenset()


AGAIN, NO_KEY = "next pass", " must be "
FAULTS: Mapping[str, Wrong] = {
    "limited for a moment": Wrong(Fault.LIMITED, 2),
    "limited until a date": Wrong(Fault.LIMITED, 2, retry_after="Tue, 10 Nov 2026 12:00:05 GMT"),
    "limited all the time": Wrong(Fault.LIMITED, said="limits how often it is asked"),
    "limited for a day": Wrong(Fault.LIMITED, said="asks to wait 1,440 minutes", retry_after="86400"),
    "broken for a moment": Wrong(Fault.BROKEN, 2),
    "broken": Wrong(Fault.BROKEN, said=AGAIN),
    "cut once": Wrong(Fault.CUT, 1),
    "always cut": Wrong(Fault.CUT, said=AGAIN),
    "a web page once": Wrong(Fault.HTML, 1),
    "a web page": Wrong(Fault.HTML, said="a web page in place of data"),
    "silent": Wrong(Fault.SILENT, said="did not answer in time"),
    "an expired page": Wrong(Fault.EXPIRED, 1),
    "forbidden": Wrong(Fault.FORBIDDEN, said=NO_KEY),
    "a wrong key": Wrong(None, said=NO_KEY),
    "another host": Wrong(Fault.ELSEWHERE, said="to another host (localhost), which gets no key"),
    "the same page": Wrong(Fault.SAME_PAGE, said="page"),
    "pages in a circle": Wrong(Fault.CIRCLE, said="page", not_at=WORK | {"scim", "litellm"}),
    "a page twice": Wrong(Fault.DUPLICATE),
    "a new field": Wrong(Fault.NEW_FIELD),
    "another clock": Wrong(Fault.SKEW),
    "numbers as texts": Wrong(Fault.TEXTS),
    "300 MB at once": Wrong(Fault.HUGE, said="larger than 32 MB"),
}
# What a vendor says otherwise the next time: a figure that is lower, a model that has another name.
RESTATED = (
    ("openai", Fault.LOWER, "output_tokens"),
    ("openai", Fault.RENAMED, "model"),
    ("chatgpt", Fault.LOWER, "text_output_tokens"),
    ("chatgpt", Fault.RENAMED, "model"),
    ("anthropic", Fault.LOWER, "output_tokens"),
    ("anthropic", Fault.RENAMED, "model"),
    ("github", Fault.LOWER, "netAmount"),
    ("cursor", Fault.LOWER, "outputTokens"),
    ("litellm", Fault.LOWER, "completion_tokens"),
    ("litellm", Fault.RENAMED, "model"),
)
# What each vendor's rows cannot be without.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "slack": ("members", "usergroups"),
    "openai": ("data", "id", "start_time", "results", "input_tokens", "output_tokens", "num_model_requests", "amount"),
    "chatgpt": ("data", "start_time", "totals"),
    "anthropic": ("data", "starting_at", "results", "uncached_input_tokens", "output_tokens", "actor", "amount"),
    "github": ("download_links", "seats", "assignee", "usageItems", "netAmount", "merged_at", "updated_at"),
    "cursor": ("usageEvents", "timestamp", "model", "kind", "totalUsageEventsCount", "totalTabsShown", "teamMembers"),
    "litellm": ("data", "request_id", "startTime", "prompt_tokens", "completion_tokens", "spend", "breakdown"),
    "jira": ("issues", "fields", "project", "issuetype", "resolution", "resolutiondate", "timeSpentSeconds"),
    "pagerduty": ("data", "id", "more", "incidents"),
    "zendesk": ("tickets", "id", "status", "metric_sets", "solved_at", "end_of_stream"),
}
TYPED = [name for name in COMPANY if name != "scim"]  # of a directory an odd person fails alone
NAMES = {"k1", "k2", "k3", "opus"}  # in LiteLLM's sums what a cell is of
LACKING = [(name, field) for name, fields in REQUIRED.items() for field in fields]
PAIRS = [(name, fault) for name, fault in product(COMPANY, FAULTS) if name not in FAULTS[fault].not_at]


@dataclass
class Stand:
    """The company at one vendor, and a store that a pass fills."""

    at: AtVendor
    server: VendorServer
    engine: Engine
    workspace_id: int

    def sync(self, **settings: str) -> list[str]:
        """What a pass says went wrong."""
        syncing = Syncing(engine=self.engine, workspace_id=self.workspace_id, clock=lambda: NOON, open_http=opener())
        own = self.server.settings(self.at.source, **self.at.settings)
        return syncing.sync(self.at.source, own | settings, Wanted(FIRST, LAST + timedelta(days=1))).errors

    def held(self) -> list[list[str]]:
        """All that the store has from the vendor."""
        with self.engine.connect() as connection:
            return [sorted(map(repr, connection.execute(text(rows)))) for rows in HELD]


@contextmanager
def stand(name: str, folder: Path) -> Iterator[Stand]:
    at = COMPANY[name]()
    with fresh_store("sqlite", folder) as url, at.server() as server:
        engine = writing_engine(url)
        with engine.begin() as connection:
            workspace_id = default_workspace(connection)
            rules = [record(*row.split(",")) for row in RULES]
            save_truth(
                connection,
                workspace_id,
                "work_rules",
                rules,
                lambda done: note_load(connection, workspace_id, "files", "rules", NOON, done.counts()),
            )
        yield Stand(at, server, engine, workspace_id)
        engine.dispose()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[list[str]]]:
    """What the store has of a vendor after a pass without any fault."""

    @cache
    def of(name: str) -> list[list[str]]:
        with stand(name, tmp_path_factory.mktemp(name)) as made:
            assert made.sync() == []
            held = made.held()
            assert made.sync() == []
            assert held == made.held()
        return held

    return of


@sampled
@pytest.mark.parametrize(("name", "fault"), some(PAIRS, size(2, len(PAIRS)), start=3))
def test_a_fault_is_passed_over_or_said_and_then_made_good(
    name: str,
    fault: str,
    undisturbed: Callable[[str], list[list[str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(client, "READ", 0.2)
    caplog.set_level(logging.DEBUG)
    wrong = FAULTS[fault]
    with stand(name, tmp_path) as made:
        made.server.retry_after = wrong.retry_after
        settings: dict[str, Any] = {} if wrong.fault else dict.fromkeys(made.at.source.keys, WRONG)
        if wrong.fault:
            made.server.fail(wrong.fault, wrong.times)

        errors = made.sync(**settings)

        if wrong.said:
            assert errors
            assert all("\n" not in error and wrong.said in error for error in errors)
        else:
            assert errors == []
            assert made.held() == undisturbed(name)
        made.server.mend()
        assert made.sync() == []
        assert made.held() == undisturbed(name)
        kept = (tmp_path / "store.db").read_bytes()
        for key in (made.at.vendor.key, WRONG):
            assert key not in " ".join(errors) + caplog.text
            assert key.encode() not in kept


@sampled
@pytest.mark.parametrize(("name", "field"), some(LACKING, size(2, len(LACKING))))
def test_a_required_field_that_is_missing_or_of_another_type_is_named(name: str, field: str, tmp_path: Path) -> None:
    with stand(name, tmp_path) as made:
        for fault in (Fault.MISSING_FIELD, Fault.WRONG_TYPE):
            made.server.fail(fault, what=field)

            assert any(f"“{field}" in error and "its format may have changed" in error for error in made.sync())
            made.server.mend()


@sampled
@pytest.mark.parametrize("name", some(TYPED, size(1, len(TYPED)), start=1))
def test_any_field_of_another_type_is_named_where_it_is_read_and_passed_over_where_it_is_not(
    name: str, undisturbed: Callable[[str], list[list[str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    odd: dict[str, list[str]] = {}
    with stand(name, tmp_path_factory.mktemp(name)) as made:
        made.sync()
        fields = sorted(made.server.fields - NAMES)
    for field in some(fields, size(2, len(fields)), start=4):
        with stand(name, tmp_path_factory.mktemp(name)) as made:
            made.server.fail(Fault.WRONG_TYPE, what=field)

            errors = made.sync()

            if not any(field in error for error in errors) and (errors or made.held() != undisturbed(name)):
                odd[field] = errors
    assert odd == {}


@sampled
@pytest.mark.parametrize(("name", "fault", "field"), some(RESTATED, size(1, len(RESTATED)), start=7))
def test_what_a_vendor_says_otherwise_stands_in_place_of_what_it_said(
    name: str,
    fault: Fault,
    field: str,
    undisturbed: Callable[[str], list[list[str]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with stand(name, tmp_path_factory.mktemp(name)) as only_now, stand(name, tmp_path_factory.mktemp(name)) as before:
        assert before.sync() == []
        for made in (only_now, before):
            made.server.fail(fault, what=field)
            assert made.sync() == []

        assert before.held() == only_now.held() != undisturbed(name)


@sampled
@pytest.mark.parametrize("name", some(["openai", "anthropic", "chatgpt", "litellm"], size(1, 4)))
def test_where_it_is_not_said_whether_there_is_more_nothing_is_left_behind(
    name: str, undisturbed: Callable[[str], list[list[str]]], tmp_path: Path
) -> None:
    with stand(name, tmp_path) as made:
        made.server.fail(Fault.MISSING_FIELD, what="has_more")

        assert made.sync() == []
        assert made.held() == undisturbed(name)


def test_an_id_or_an_address_that_is_no_text_is_another_format(tmp_path: Path) -> None:
    with stand("openai", tmp_path) as made:
        made.server.fail(Fault.WRONG_TYPE, where="/users", what="email")

        assert made.sync() == [
            "OpenAI's answer has an object in “email”, where a text is expected; its format may have changed"
        ]


def test_a_roster_in_another_form_is_said_too(tmp_path: Path) -> None:
    with stand("slack", tmp_path) as made:
        made.server.fail(Fault.WRONG_TYPE, what="members")

        assert made.sync() == [
            "Slack's answer has an object in “members”, where a list of objects is expected; its format may have "
            "changed"
        ]


def test_rows_that_lost_what_tells_them_apart_are_all_there(tmp_path: Path) -> None:
    with stand("openai", tmp_path) as made:
        made.server.fail(Fault.MISSING_FIELD, what="user_id")

        assert made.sync() == []
        with made.engine.connect() as connection:
            assert connection.scalar(text("SELECT sum(output_tokens) FROM usage_fact")) == 4 * (30 + 31 + 32)
