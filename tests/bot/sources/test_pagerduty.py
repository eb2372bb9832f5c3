"""PagerDuty: resolved incidents with the effort on record, by windows that its limit of 10,000 cannot cut."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.sources import pagerduty
from bot.sources.base import Context, SourceChanged
from bot.sources.pagerduty import PAGERDUTY, effort, translate
from bot.sources.work_items import WorkPage
from storage.records import Period, WorkMode, WorkRecord, WorkRuleRecord
from tests.bot.sources.faults import Fault
from tests.bot.sources.server import Answer, Call, Route, Vendor
from tests.bot.sources.work_bench import Done, WorkBench, work_bench
from tests.shared import needs_shared, shared

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
PAY = WorkRuleRecord(source="pagerduty", field="service", pattern="pay-*", workflow="Incident response")


def incident(id_: str, resolved: str | None = "2026-11-10T10:00:00Z", **more: Any) -> dict[str, Any]:
    """An incident of GET /incidents, resolved by somebody or still open."""
    made: dict[str, Any] = {
        "id": id_,
        "type": "incident",
        "title": "x",
        "created_at": "2026-11-10T08:00:00Z",
        "updated_at": resolved or "2026-11-10T08:00:00Z",
        "status": "resolved" if resolved else "triggered",
        "resolved_at": resolved,
        "last_status_change_at": resolved or "2026-11-10T08:00:00Z",
        "service": {"id": "P1", "type": "service_reference", "summary": "pay-api"},
        "teams": [{"id": "T1", "summary": "payments"}],
        "urgency": "high",
        "priority": None,
        "resolve_reason": None,
    }
    return made | more


def measured(id_: str, **more: Any) -> dict[str, Any]:
    """The analytics of an incident."""
    made: dict[str, Any] = {
        "id": id_,
        "created_at": "2026-11-10T08:00:00+00:00",
        "updated_at": "2026-11-10T10:00:00+00:00",
        "resolved_at": "2026-11-10T10:00:00+00:00",
        "status": "resolved",
        "service_name": "pay-api",
        "team_name": "payments",
        "urgency": "high",
        "priority_name": "P2",
        "seconds_to_resolve": 7_200,
        "engaged_seconds": 1_800,
        "engaged_user_count": 3,
        "acknowledgement_count": 1,
        "auto_resolved": False,
        "user_defined_effort_seconds": None,
    }
    return made | more


@dataclass
class Account(Vendor):
    """What PagerDuty has; one query gives `most` incidents. Without `plan` it has no analytics."""

    incidents: list[dict[str, Any]] = field(default_factory=list)
    analytics: list[dict[str, Any]] = field(default_factory=list)
    plan: bool = True
    most: int = 10_000
    served: int = 100
    repeat: bool = False

    def is_let_in(self, call: Call) -> bool:
        return call.headers.get("authorization") == f"Token token={self.key}"

    def routes(self) -> Mapping[str, Route]:
        return {"/incidents": self.listed, "POST /analytics/raw/incidents": self.raw}

    def listed(self, call: Call) -> Any:
        since, until = call.first("since"), call.first("until")
        offset, limit = call.number("offset", 0), min(call.number("limit", 25), self.served)
        if offset + limit > self.most:
            return Answer({"error": {"message": "Offset+limit may not exceed the maximum", "code": 2001}}, 400)
        found = [incident for incident in self.incidents if since <= incident["created_at"] < until]
        start = max(0, offset - 1) if self.repeat else offset  # an incident came in between two pages
        return {
            "incidents": found[start : start + limit],
            "limit": limit,
            "offset": offset,
            "more": start + limit < len(found),
            "total": None,
        }

    def raw(self, call: Call) -> Any:
        if not self.plan:
            return Answer({"error": {"message": "Access denied"}}, 403)
        filters = call.body["filters"]
        found = [
            analysis
            for analysis in self.analytics
            if _at(filters["created_at_start"]) <= _at(analysis["created_at"]) < _at(filters["created_at_end"])
            and _at(analysis["updated_at"]) >= _at(filters["updated_after"])
        ]
        ids = [analysis["id"] for analysis in found]
        start = ids.index(call.body["starting_after"]) + 1 if "starting_after" in call.body else 0
        shown = found[start : start + 2]
        return {
            "data": shown,
            "first": shown[0]["id"] if shown else None,
            "last": shown[-1]["id"] if shown else None,
            "limit": 2,
            "more": start + 2 < len(found),
            "order": "asc",
            "order_by": "created_at",
            "time_zone": "Etc/UTC",
        }


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.fixture
def account() -> Account:
    return Account()


@pytest.fixture
def bench(account: Account, tmp_path: Path) -> Iterator[WorkBench]:
    with work_bench(account, PAGERDUTY, tmp_path) as bench:
        bench.rules("pagerduty,,service,pay-*,Incident response,")
        yield bench


@needs_shared
def test_the_sample_is_one_incident_of_the_engaged_seconds_of_all_its_responders() -> None:
    rows = json.loads(shared("data", "wire", "work", "pagerduty_raw_incidents.json").read_text())["data"]
    page = WorkPage([(None, row) for row in rows], NOVEMBER, Context(rules=(PAY,)))

    assert [*translate(page)] == [
        WorkRecord(
            natural_key="Q3Y",
            day=date(2026, 11, 1),
            workflow="Incident response",
            mode=WorkMode.HUMAN,
            items=1,
            human_minutes=Decimal(1_900) / 60,  # not × 2 responders, not the 40 minutes until it was resolved
            accepted=1,
        )
    ]


@pytest.mark.parametrize(
    ("row", "minutes"),
    [
        ({"user_defined_effort_seconds": 600, "engaged_seconds": 1_800}, 10),
        ({"user_defined_effort_seconds": 0, "engaged_seconds": 1_800}, 0),
        ({"user_defined_effort_seconds": None, "engaged_seconds": 1_800, "engaged_user_count": 4}, 30),
        ({"engaged_seconds": 0, "engaged_user_count": 1}, 0),
        ({"engaged_seconds": 0, "engaged_user_count": 0, "seconds_to_resolve": 99}, None),
        ({"engaged_seconds": None}, None),
        ({}, None),
    ],
)
def test_effort_is_what_was_entered_else_the_engaged_time_and_never_time_that_passed(
    row: dict[str, Any], minutes: int | None
) -> None:
    assert effort(row) == minutes


def test_an_incident_has_the_effort_of_its_analytics_and_none_before_these_are_there(
    account: Account, bench: WorkBench
) -> None:
    account.incidents = [incident("A"), incident("B"), incident("C", "2026-11-11T00:30:00Z")]
    account.analytics = [measured("A"), measured("B", user_defined_effort_seconds=300)]
    bench.sync()
    first = [Done("2026-11-10", "Incident response", items=2, timed=2, minutes=35.0, accepted=2)]
    assert bench.work() == [*first, Done("2026-11-11", "Incident response")]

    account.analytics.append(measured("C", resolved_at="2026-11-11T00:30:00+00:00", engaged_seconds=60))
    bench.now += timedelta(days=1)
    bench.sync()

    assert bench.work() == [*first, Done("2026-11-11", "Incident response", timed=1, minutes=1.0)]


def test_without_a_plan_with_analytics_items_count_and_no_minutes_do(account: Account, bench: WorkBench) -> None:
    account.plan, account.incidents, account.analytics = False, [incident("A")], [measured("A")]

    assert bench.sync().error == ""
    assert bench.work() == [Done("2026-11-10", "Incident response")]


def test_an_incident_that_was_open_for_long_is_known_by_its_analytics(account: Account, bench: WorkBench) -> None:
    account.analytics = [measured("A", created_at="2026-06-01T08:00:00+00:00")]

    bench.sync()

    assert bench.work() == [Done("2026-11-10", "Incident response", timed=1, minutes=30.0)]


def test_what_is_open_merged_or_resolved_by_itself_is_no_item(account: Account, bench: WorkBench) -> None:
    account.incidents = [
        incident("A", resolved=None),
        incident("B", resolve_reason={"type": "merge_resolve_reason", "incident": {"id": "A"}}),
        incident("C"),
        incident("D"),
        incident("E"),
    ]
    noise = {"auto_resolved": True, "engaged_seconds": 0, "engaged_user_count": 0}
    account.analytics = [
        measured("B"),
        measured("C", acknowledgement_count=0, **noise),
        measured("D", acknowledgement_count=1, **noise),
        measured("E", acknowledgement_count=0, **noise | {"user_defined_effort_seconds": 60}),
    ]

    bench.sync()

    assert bench.work() == [Done("2026-11-10", "Incident response", items=2, timed=1, minutes=1.0, accepted=2)]


def test_an_incident_of_an_older_format_is_resolved_when_its_status_last_changed(
    account: Account, bench: WorkBench
) -> None:
    old = incident("A")
    del old["resolved_at"], old["resolve_reason"]
    account.incidents = [old]

    bench.sync()

    assert [done.day for done in bench.work()] == ["2026-11-10"]


def test_a_window_with_more_than_one_query_gives_is_read_in_halves(
    account: Account, bench: WorkBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagerduty, "MOST", 400)
    account.most = 400
    start = datetime(2026, 11, 9, tzinfo=UTC)
    account.incidents = [
        incident(f"I{n}", created_at=(start + timedelta(minutes=n)).strftime("%Y-%m-%dT%H:%M:%SZ"))
        for n in range(1_000)
    ]

    assert bench.sync().error == ""
    assert [done.items for done in bench.work()] == [1_000]
    assert len([call for call in bench.server.calls if call.path == "/incidents"]) < 70


def test_more_within_a_minute_than_can_be_listed_ends_in_words(
    account: Account, bench: WorkBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagerduty, "MOST", 200)
    account.incidents = [incident(f"I{n}") for n in range(300)]

    assert "within a minute" in bench.sync().error


def test_rows_that_come_twice_and_smaller_pages_than_asked_for_change_nothing(
    account: Account, bench: WorkBench
) -> None:
    account.served, account.repeat = 3, True
    account.incidents = [incident(name) for name in "ABCDEFGH"]
    account.analytics = [measured(name) for name in "ABCDEFGH"]

    bench.sync()

    assert bench.work() == [Done("2026-11-10", "Incident response", items=8, timed=8, minutes=240.0, accepted=8)]


def test_fields_of_both_tell_what_a_rule_could_go_by(account: Account, bench: WorkBench) -> None:
    bench.rules("pagerduty,,team,ops,Upkeep,")
    account.incidents, account.analytics = [incident("A")], [measured("A", incident_type_name="Security")]

    (told,) = bench.sync().unmapped.to_json()

    assert told["values"] == {
        "service": {"pay-api": 1},
        "team": {"payments": 1},
        "type": {"Security": 1},
        "urgency": {"high": 1},
        "priority": {"P2": 1},
    }


@pytest.mark.parametrize(
    ("fault", "more", "words"),
    [
        (Fault.MISSING_FIELD, {"what": "incidents"}, "incidents"),
        (Fault.MISSING_FIELD, {"what": "last"}, "last"),
        (Fault.FORBIDDEN, {"where": "/incidents", "times": 99}, ""),
    ],
)
def test_what_it_does_not_get_over_ends_in_words(
    account: Account, bench: WorkBench, fault: Fault, more: dict[str, Any], words: str
) -> None:
    account.incidents, account.analytics = [incident("A")], [measured(name) for name in "ABC"]
    bench.server.fail(fault, **more)

    made = bench.sync()

    assert made.error
    assert re.search(words, made.error)
    assert bench.work() == []


def test_a_time_that_is_none_is_a_changed_format() -> None:
    page = WorkPage([(incident("A", "soon"), None)], NOVEMBER, Context(rules=(PAY,)))

    with pytest.raises(SourceChanged, match="“resolved_at”"):
        [*translate(page)]
