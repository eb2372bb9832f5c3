"""Cursor asked as its Admin API is: POST pages of a closed window, the key as a user's name."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.sources import cursor
from bot.sources.base import Asked, SourceChanged, SourceDown, SourceRefused
from bot.sources.cursor import CURSOR
from bot.sources.syncing.planning import Wanted
from storage.records import Period, SeatRecord
from tests.bot.sources.faults import Fault
from tests.bot.sources.pulls import DAY, TODAY, known, pulled
from tests.bot.sources.server import Answer, Call, Route, Vendor, VendorServer
from tests.bot.sources.vendor_bench import bench_of

MORNING = datetime(2026, 11, 6, 8, tzinfo=UTC)


def event(minutes: int, **more: Any) -> dict[str, Any]:
    at = round((MORNING + timedelta(minutes=minutes)).timestamp() * 1000)
    return {
        "timestamp": str(at),
        "userEmail": "ada@acme.test",
        "model": "gpt-5.5",
        "kind": "Usage-based",
        "isChargeable": True,
        "tokenUsage": {"inputTokens": 1, "outputTokens": 2, "totalCents": 1.5},
        "chargedCents": 1.5,
    } | more


@dataclass
class CursorVendor(Vendor):
    """A team's Cursor: newest events first, days of every member."""

    events: list[dict[str, Any]] = field(default_factory=list)
    days: list[dict[str, Any]] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)
    late: list[dict[str, Any]] = field(default_factory=list)  # arrive after the first page
    lost: int = 0  # events that it counts and does not give

    def routes(self) -> Mapping[str, Route]:
        return {
            "POST /teams/filtered-usage-events": self.filtered,
            "POST /teams/daily-usage-data": self.daily,
            "/teams/members": lambda _call: {"teamMembers": self.members},
        }

    def is_let_in(self, call: Call) -> bool:
        return call.headers.get("authorization") == "Basic " + b64encode(f"{self.key}:".encode()).decode()

    def filtered(self, call: Call) -> Any:
        within = [
            each for each in self.events if call.body["startDate"] <= int(each["timestamp"]) < call.body["endDate"]
        ]
        within.sort(key=lambda each: -int(each["timestamp"]))
        self.events += self.late
        self.late = []
        rows, paging = self._page(call, within)
        pages = paging["numPages"]
        return {
            "totalUsageEventsCount": len(within) + self.lost,
            "pagination": {**paging, "currentPage": call.body["page"], "numPages": pages},
            "usageEvents": rows,
        }

    def daily(self, call: Call) -> Any:
        if call.body["endDate"] - call.body["startDate"] > 30 * 86_400_000:
            return Answer({"error": "date range must be at most 30 days"}, 400)
        rows, paging = self._page(call, self.days)
        return {"data": rows, "pagination": paging}

    def _page(self, call: Call, rows: list[Any]) -> tuple[list[Any], dict[str, Any]]:
        page, size = call.body["page"], call.body["pageSize"]
        return rows[(page - 1) * size : page * size], {
            "numPages": -(-len(rows) // size),
            "pageSize": size,
            "hasNextPage": page * size < len(rows),
            "hasPreviousPage": page > 1,
        }


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch) -> CursorVendor:
    monkeypatch.setattr(cursor, "PAGE", 3)
    return CursorVendor()


def test_all_pages_of_a_window_are_read(vendor: CursorVendor) -> None:
    vendor.events = [event(minutes) for minutes in range(8)]
    with VendorServer(vendor) as server:
        found = pulled(server, CURSOR, "events")
        pages = [call.body["page"] for call in server.calls]

    assert len(found) == 8
    assert pages == [1, 2, 3]


def test_what_a_day_shows_no_more_is_gone_unless_it_shows_too_little_to_be_the_day(
    vendor: CursorVendor, tmp_path: Path
) -> None:
    told = [event(minutes) for minutes in range(4)]
    vendor.events = [*told]
    with bench_of(CURSOR, vendor, tmp_path) as bench:
        bench.now = datetime(2026, 11, 7, 6, tzinfo=UTC)

        def restated(events: list[dict[str, Any]], believe: bool = False) -> str:
            vendor.events = events
            assert bench.sync_wanted(Wanted(DAY, DAY, believe)).errors == []
            return bench.states(feed="events")[str(DAY)]

        restated(told)
        assert restated([told[0] | {"model": "renamed"}, *told[1:3]]) == "provisional"
        assert (bench.total("requests"), bench.total("requests", model="renamed")) == (3, 1)
        assert restated([told[1] | {"chargedCents": 4}]) == "partial"
        assert (bench.total("requests"), bench.usd()) == (3, Decimal("0.07"))
        assert restated([told[1]], believe=True) == "provisional"
        assert bench.total("requests") == 1


def test_the_window_is_whole_utc_days(vendor: CursorVendor) -> None:
    midnight = MORNING.replace(hour=0)
    edges = [midnight - timedelta(milliseconds=1), midnight, midnight + timedelta(days=1, milliseconds=-1)]
    vendor.events = [
        event(0, timestamp=str(round(at.timestamp() * 1000))) for at in [*edges, midnight + timedelta(days=1)]
    ]
    with VendorServer(vendor) as server:
        found = pulled(server, CURSOR, "events")

    assert sorted(record.at for record in found if record.at) == edges[1:]


def test_an_event_that_arrives_between_two_pages_moves_others_and_none_counts_twice(vendor: CursorVendor) -> None:
    vendor.events = [event(minutes) for minutes in range(5)]
    vendor.late = [event(60)]
    with VendorServer(vendor) as server:
        found = pulled(server, CURSOR, "events")

    assert len(found) == 5  # the newest one is for the next pass


def test_a_page_that_comes_twice_counts_once(vendor: CursorVendor) -> None:
    vendor.events = [event(minutes) for minutes in range(8)]
    with VendorServer(vendor) as server:
        server.fail(Fault.DUPLICATE)
        found = pulled(server, CURSOR, "events")

    assert sum(record.output_tokens or 0 for record in found) == 16


def test_fewer_events_than_cursor_counts_are_no_whole_day(vendor: CursorVendor) -> None:
    vendor.events, vendor.lost = [event(1)], 1
    with VendorServer(vendor) as server, pytest.raises(SourceDown, match="2 events and gave 1"):
        pulled(server, CURSOR, "events")


def test_a_page_number_that_does_not_move_ends_the_pull(vendor: CursorVendor) -> None:
    class Stuck(CursorVendor):
        def filtered(self, call: Call) -> Any:
            return super().filtered(replace(call, body=call.body | {"page": 1}))

    stuck = Stuck(events=[event(minutes) for minutes in range(8)])
    with VendorServer(stuck) as server, pytest.raises(SourceChanged, match=r"page 1 .* where page 2 was asked for"):
        pulled(server, CURSOR, "events")


def test_a_limit_a_failure_and_a_cut_body_are_tried_again(vendor: CursorVendor) -> None:
    vendor.events = [event(minutes) for minutes in range(4)]
    slept: list[float] = []
    with VendorServer(vendor) as server:
        for fault in (Fault.LIMITED, Fault.BROKEN, Fault.CUT, Fault.HTML):
            server.fail(fault, times=1)
        with server.http(CURSOR, slept) as http:
            assert http.post("/teams/filtered-usage-events", _window()).body["totalUsageEventsCount"] == 4

    assert len(slept) == 4


def test_a_field_that_nobody_knows_is_passed_over_and_one_that_is_missing_is_named(vendor: CursorVendor) -> None:
    vendor.events = [event(1)]
    with VendorServer(vendor) as server:
        server.fail(Fault.NEW_FIELD)
        assert len(pulled(server, CURSOR, "events")) == 1
        server.mend()
        server.fail(Fault.MISSING_FIELD, what="timestamp")
        with pytest.raises(SourceChanged, match="timestamp"):
            pulled(server, CURSOR, "events")


def test_a_wrong_key_says_which_setting_it_is_and_what_it_must_be(vendor: CursorVendor) -> None:
    with VendorServer(vendor) as server, pytest.raises(SourceRefused, match=r"CURSOR_API_KEY.*Admin API key"):
        pulled(server, CURSOR, "events", CURSOR_API_KEY="crsr_wrong_0123456789")


def test_days_are_asked_for_at_most_thirty_at_a_time(vendor: CursorVendor) -> None:
    report = next(each for each in CURSOR.reports if each.name == "daily")
    vendor.days = [
        {"email": f"p{no}@acme.test", "day": "2026-11-06", "totalTabsShown": 4, "totalTabsAccepted": 1}
        for no in range(7)
    ]
    longest = Period(DAY - timedelta(days=report.step_days - 1), DAY)
    with VendorServer(vendor) as server:
        found = pulled(server, CURSOR, "daily", longest)

    assert len(found) == 7
    assert sum(record.suggested or 0 for record in found) == 28


def test_an_empty_day_is_no_fact(vendor: CursorVendor) -> None:
    with VendorServer(vendor) as server:
        assert pulled(server, CURSOR, "events") == []
        assert pulled(server, CURSOR, "daily") == []


def test_members_are_known_by_their_ids(vendor: CursorVendor) -> None:
    vendor.members = [{"id": 7, "email": "Ada@acme.test", "role": "owner"}, {"id": "user_9", "email": ""}]
    with VendorServer(vendor) as server:
        assert known(server, CURSOR) == {"7": "ada@acme.test"}


def test_a_seat_is_a_members_who_was_not_removed(vendor: CursorVendor) -> None:
    vendor.members = [
        {"id": 1, "email": "Ada@acme.test", "role": "member"},
        {"id": 2, "email": "bo@acme.test", "role": "removed"},
        {"id": 3, "email": "cy@acme.test", "role": "member", "isRemoved": True},
        {"id": 4, "email": "it@acme.test", "role": "free-owner"},
    ]
    with VendorServer(vendor) as server, server.http(CURSOR) as http:
        found = [*cursor.seats(Asked(http=http, period=TODAY, settings={}))]

    assert found == [SeatRecord(subject="ada@acme.test", tool="cursor")]


def _window() -> dict[str, Any]:
    start = round(datetime(2026, 11, 6, tzinfo=UTC).timestamp() * 1000)
    assert TODAY.start == date(2026, 11, 6)
    return {"startDate": start, "endDate": start + 86_400_000, "page": 1, "pageSize": 3}
