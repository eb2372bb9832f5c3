"""Zendesk: solved tickets from the incremental export, with the time that its Time Tracking app wrote on them."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.sources.base import Context
from bot.sources.work_items import WorkPage
from bot.sources.zendesk import TIME_FIELDS, ZENDESK, tracked, translate
from storage.records import Period, WorkMode, WorkRecord, WorkRuleRecord
from tests.bot.sources.faults import Fault
from tests.bot.sources.server import Answer, Call, Route, Vendor
from tests.bot.sources.work_bench import Done, WorkBench, work_bench
from tests.shared import needs_shared, shared

EMAIL = "admin@acme.example"
REFUNDS = WorkRuleRecord(source="zendesk", field="tag", pattern="refund", workflow="Refunds")


def ticket(id_: int, status: str = "solved", updated: str = "2026-11-12T09:00:00Z", **more: Any) -> dict[str, Any]:
    """A ticket as the export has it."""
    made: dict[str, Any] = {
        "id": id_,
        "status": status,
        "type": "question",
        "ticket_form_id": 77,
        "group_id": 98_738,
        "brand_id": None,
        "tags": ["refund"],
        "via": {"channel": "email"},
        "satisfaction_rating": {"score": "unoffered"},
        "custom_fields": [{"id": 360_001, "value": None}, {"id": 360_002, "value": "5"}],
        "created_at": "2026-11-01T09:00:00Z",
        "updated_at": updated,
    }
    return made | more


def metric(ticket_id: int, solved: str | None = "2026-11-10T12:00:00Z", reopens: int = 0) -> dict[str, Any]:
    """The metric set of a ticket."""
    minutes = {"calendar": 1_620, "business": 600}
    return {
        "id": ticket_id + 1,
        "ticket_id": ticket_id,
        "reopens": reopens,
        "solved_at": solved,
        "full_resolution_time_in_minutes": minutes,
        "agent_wait_time_in_minutes": minutes,
    }


def timed(seconds: object) -> dict[str, Any]:
    """The custom fields of a ticket with this total time."""
    return {"custom_fields": [{"id": 360_001, "value": seconds}, {"id": 360_002, "value": "5"}]}


@dataclass
class Desk(Vendor):
    """A Zendesk whose stream has pages of two and gives the last ticket of a page again."""

    tickets: list[dict[str, Any]] = field(default_factory=list)
    metrics: list[dict[str, Any]] = field(default_factory=list)

    def is_let_in(self, call: Call) -> bool:
        given = call.headers.get("authorization", "").removeprefix("Basic ")
        return b64decode(given).decode() == f"{EMAIL}/token:{self.key}"

    def routes(self) -> Mapping[str, Route]:
        return {"/api/v2/incremental/tickets/cursor.json": self.stream}

    def stream(self, call: Call) -> Any:
        if not call.first("cursor") and not call.first("start_time"):
            return Answer({"error": "InvalidStartTime"}, 400)
        since, _, start = (call.first("cursor") or f"{call.first('start_time')}-0").partition("-")
        begin = datetime.fromtimestamp(int(since), UTC)
        found = sorted(
            (ticket for ticket in self.tickets if datetime.fromisoformat(ticket["updated_at"]) >= begin),
            key=lambda ticket: str(ticket["updated_at"]),
        )
        first, end = max(0, int(start) - 1), int(start) + 2
        shown = found[first:end]
        ids = {ticket["id"] for ticket in shown}
        return {
            "tickets": shown,
            "metric_sets": [metric for metric in self.metrics if metric["ticket_id"] in ids],
            "after_url": "https://acme.zendesk.com/x",
            "after_cursor": f"{since}-{end}",
            "before_cursor": None,
            "end_of_stream": end >= len(found),
        }


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def bench(desk: Desk, tmp_path: Path) -> Iterator[WorkBench]:
    with work_bench(desk, ZENDESK, tmp_path, ZENDESK_EMAIL=EMAIL, **{TIME_FIELDS: "360001"}) as bench:
        bench.rules("zendesk,,tag,ai_resolved,,agent", "zendesk,,tag,refund,Refunds,", "zendesk,,form,77,Support,")
        yield bench


@needs_shared
def test_the_sample_is_one_ticket_of_nine_minutes_that_was_reworked_and_not_accepted() -> None:
    body = json.loads(shared("data", "wire", "work", "zendesk_incremental.json").read_text())
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    page = WorkPage({"time_fields": "360001", **body}, november, Context(rules=(REFUNDS,)))

    assert [*translate(page)] == [
        WorkRecord(
            natural_key="35436",
            day=date(2026, 11, 2),
            workflow="Refunds",
            mode=WorkMode.HUMAN,
            items=1,
            human_minutes=Decimal(9),
            accepted=0,
            reworked=1,
        )
    ]


def test_all_of_the_stream_counts_once(desk: Desk, bench: WorkBench) -> None:
    desk.tickets = [ticket(n, **timed("120")) for n in range(1, 8)]
    desk.metrics = [metric(n) for n in range(1, 8)]

    assert bench.sync().error == ""
    assert bench.work() == [Done("2026-11-10", "Refunds", items=7, timed=7, minutes=14.0, accepted=7)]


def test_what_is_open_deleted_merged_or_never_solved_is_no_item(desk: Desk, bench: WorkBench) -> None:
    desk.tickets = [
        ticket(1, "open"),
        ticket(2, "deleted"),
        ticket(3, "closed", tags=["refund", "closed_by_merge"]),
        ticket(4, "closed"),
        ticket(5, "pending"),
        ticket(6, "closed"),
    ]
    desk.metrics = [metric(n) for n in (1, 3, 5, 6)] + [metric(4, solved=None)]

    bench.sync()

    assert bench.work() == [Done("2026-11-10", "Refunds")]


def test_a_ticket_opened_again_is_none_until_it_is_solved_again_and_then_reworked(desk: Desk, bench: WorkBench) -> None:
    desk.tickets, desk.metrics = [ticket(1), ticket(2)], [metric(1), metric(2, "2026-10-01T12:00:00Z")]
    bench.sync()
    assert [done.day for done in bench.work()] == ["2026-10-01", "2026-11-10"]

    bench.now += timedelta(days=5)
    desk.tickets = [ticket(n, "open", updated="2026-11-24T09:00:00Z") for n in (1, 2)]
    assert bench.sync().removed == 2
    assert bench.work() == []

    desk.tickets = [ticket(2, updated="2026-11-25T09:00:00Z")]
    desk.metrics = [metric(2, "2026-11-25T08:00:00Z", reopens=1)]
    bench.sync()
    assert bench.work() == [Done("2026-11-25", "Refunds", reworked=1)]


def test_a_deleted_ticket_is_gone_whenever_it_was_solved(desk: Desk, bench: WorkBench) -> None:
    desk.tickets, desk.metrics = [ticket(1)], [metric(1, "2026-10-01T12:00:00Z")]
    bench.sync()
    desk.tickets, desk.metrics = [ticket(1, "deleted", updated="2026-11-19T09:00:00Z")], []

    assert bench.sync().removed == 1
    assert bench.work() == []


def test_a_mode_comes_from_a_tag_and_a_workflow_from_the_form(desk: Desk, bench: WorkBench) -> None:
    desk.tickets = [ticket(1, tags=["ai_resolved"]), ticket(2, tags=[]), ticket(3, tags=[], ticket_form_id=None)]
    desk.metrics = [metric(n) for n in (1, 2, 3)]

    made = bench.sync()

    assert bench.work() == [Done("2026-11-10", "Support", "agent"), Done("2026-11-10", "Support")]
    (told,) = made.unmapped.to_json()
    assert told["values"] == {"type": {"question": 1}, "group": {"98738": 1}, "channel": {"email": 1}}


@pytest.mark.parametrize(
    ("value", "fields", "minutes"),
    [
        ("540", ["360001"], 9),
        (540, ["360001"], 9),
        ("0", ["360001"], 0),
        (None, ["360001"], None),
        ("", ["360001"], None),
        ("540", [], None),
        ("540", ["1"], None),
        ("60", ["360001", "360002"], Decimal(65) / 60),
    ],
)
def test_time_is_what_the_named_fields_hold(value: object, fields: list[str], minutes: int | None) -> None:
    assert tracked(timed(value)["custom_fields"], fields) == minutes


def test_no_setting_of_time_fields_means_no_minutes(desk: Desk, bench: WorkBench) -> None:
    bench.settings = {"ZENDESK_EMAIL": EMAIL}
    desk.tickets, desk.metrics = [ticket(1, **timed("540"))], [metric(1)]

    bench.sync()

    assert bench.work() == [Done("2026-11-10", "Refunds")]


@pytest.mark.parametrize(
    ("fault", "more", "words"),
    [
        (Fault.MISSING_FIELD, {"what": "metric_sets"}, "metric_sets"),
        (Fault.MISSING_FIELD, {"what": "end_of_stream"}, "end_of_stream"),
        (Fault.STUCK, {}, "same page cursor again"),
        (Fault.FORBIDDEN, {}, "admin"),
    ],
)
def test_what_it_does_not_get_over_ends_in_words(
    desk: Desk, bench: WorkBench, fault: Fault, more: dict[str, Any], words: str
) -> None:
    desk.tickets, desk.metrics = [ticket(n) for n in range(1, 8)], [metric(n) for n in range(1, 8)]
    bench.server.fail(fault, **more)

    assert words in bench.sync().error
    assert bench.work() == []
