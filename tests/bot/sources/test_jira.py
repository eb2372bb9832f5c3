"""Jira: leaf issues that are done, with the time that people logged, restated as long as it moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.sources.jira import JIRA, logged, means_done, was_reopened
from tests.bot.sources.faults import Fault
from tests.bot.sources.jira_site import CATEGORIES, EMAIL, JiraSite, change, issue, log
from tests.bot.sources.work_bench import Done, WorkBench, work_bench

OPEN = {"status": {"id": "3", "statusCategory": {"key": "indeterminate"}}, "resolution": None, "resolutiondate": None}


@pytest.fixture
def site() -> JiraSite:
    return JiraSite()


@pytest.fixture
def bench(site: JiraSite, tmp_path: Path) -> Iterator[WorkBench]:
    with work_bench(site, JIRA, tmp_path, JIRA_EMAIL=EMAIL) as bench:
        bench.rules("jira,,type,Bug,Upkeep,", "jira,,label,ai-*,Task resolution,assisted", "jira,,,,Task resolution,")
        yield bench


def test_minutes_are_of_the_items_that_somebody_logged_time_on(site: JiraSite, bench: WorkBench) -> None:
    site.issues = [issue(number) for number in range(1, 26)]
    site.logs = {
        "1": [log(3_600), log(1_800)],
        "2": [log(60_000)],
        "7": [log(9_000)],
        "8": [log(3_600)],
        "25": [log(1_200)],
    }

    made = bench.sync()

    assert made.error == ""
    (done,) = bench.work()
    assert done == Done("2026-11-10", "Task resolution", items=25, timed=5, minutes=1_320.0, accepted=25)
    assert 1_320 / done.timed == 264  # minutes an item, not the 52.8 of all 25
    assert made.unmapped.to_json() == []


def test_every_work_log_counts_also_beyond_those_that_a_search_shows(site: JiraSite, bench: WorkBench) -> None:
    site.issues = [issue(1)]
    site.logs = {"1": [log(60)] * 47}

    bench.sync()

    assert bench.work() == [Done("2026-11-10", "Task resolution", timed=1, minutes=47.0)]


def test_apps_log_no_time_and_an_apps_issue_is_an_agents(site: JiraSite, bench: WorkBench) -> None:
    app = {"accountId": "x", "displayName": "Rovo Dev", "accountType": "app"}
    site.issues = [issue(1, assignee=app), issue(2, assignee=None, labels=["ai-drafted"])]
    site.logs = {"1": [log(600, "app")], "2": [log(600, "app"), log(300)]}

    bench.sync()

    assert bench.work() == [
        Done("2026-11-10", "Task resolution", "agent"),
        Done("2026-11-10", "Task resolution", "assisted", timed=1, minutes=5.0),
    ]


def test_only_a_leaf_that_is_closed_as_done_is_an_item(site: JiraSite, bench: WorkBench) -> None:
    site.issues = [
        issue(1, subtasks=[{"id": "2"}]),
        issue(2, issuetype={"name": "Sub-task", "subtask": True, "hierarchyLevel": -1}),
        issue(3, issuetype={"name": "Epic", "hierarchyLevel": 1}),
        issue(4, issuetype={"name": "Epic"}),
        issue(5, resolution={"id": "10900", "name": "Won\u2019t Do"}),
        issue(6, resolution={"name": "Duplicate"}),
        issue(7, resolved=None),
        issue(8, status={"id": "3", "statusCategory": {"key": "indeterminate"}}),
        issue(9, issuetype={"name": "Bug", "hierarchyLevel": 0}, resolution={"name": "Fixed"}),
    ]

    made = bench.sync()

    assert [(done.workflow, done.items) for done in bench.work()] == [("Task resolution", 1), ("Upkeep", 1)]
    assert made.unmapped.to_json() == []


@pytest.mark.parametrize(
    ("id_", "name", "is_done"),
    [
        ("10000", "Done", True),
        ("10000", "完成", True),
        ("10000", "Done/Fixed", True),
        ("10001", "Won't Do", False),
        ("10001", "Wird nicht erledigt", False),
        ("10000", "Won't Do", False),
        ("10204", "Fixed", True),
        ("10204", "Fertig", None),
    ],
)
def test_a_resolution_means_what_its_name_says_and_in_another_language_what_its_id_does(
    id_: str, name: str, is_done: bool | None
) -> None:
    assert means_done({"id": id_, "name": name}) is is_done


def test_a_resolution_of_unknown_meaning_is_told_until_a_setting_says_it(site: JiraSite, bench: WorkBench) -> None:
    site.issues = [issue(1, resolution={"name": "Fertig"}), issue(2, resolution={"name": "Done"})]

    (told,) = bench.sync().unmapped.to_json()
    assert (told["count"], told["values"]) == (1, {"resolution": {"Fertig": 1}})
    assert "FULCRUM_JIRA_DONE" in told["remedy"]

    bench.settings = {**bench.settings, "FULCRUM_JIRA_DONE": "fertig, Erledigt"}
    assert bench.sync().unmapped.to_json() == []
    assert [done.items for done in bench.work()] == [1]


@pytest.mark.parametrize("bulk", [True, False])
def test_an_issue_that_was_open_again_in_between_is_reworked(site: JiraSite, bench: WorkBench, bulk: bool) -> None:
    site.bulk = bulk
    site.issues = [issue(number) for number in range(1, 5)]
    site.histories = {
        "1": [change("status", "3", "10001"), change("resolution", None, "10000")],
        "2": [change("status", "3", "10001"), change("resolution", "10000", None), change("resolution", None, "10000")],
        "3": [change("status", "10001", "4")],
        "4": [change("status", "10001", "10002")],
    }

    bench.sync()

    assert bench.work() == [Done("2026-11-10", "Task resolution", items=4, accepted=4, reworked=2)]


def test_time_logged_later_is_read_again_also_on_older_items(site: JiraSite, bench: WorkBench) -> None:
    site.issues = [issue(1), issue(2, "2026-10-20T10:00:00.000+0000")]
    bench.sync()
    bench.now += timedelta(days=10)
    site.logs = {"1": [log(900)], "2": [log(1_200)]}
    for item in site.issues:
        item["fields"]["updated"] = "2026-11-29T10:00:00.000+0000"

    made = bench.sync()

    assert (made.new, made.changed) == (0, 2)
    assert [(done.day, done.minutes) for done in bench.work()] == [("2026-10-20", 20.0), ("2026-11-10", 15.0)]


def test_an_item_that_is_open_again_is_none_and_counts_again_on_the_day_it_is_closed(
    site: JiraSite, bench: WorkBench
) -> None:
    site.issues = [issue(1), issue(2, "2026-10-01T10:00:00.000+0000")]
    bench.sync()
    for item in site.issues:
        item["fields"] |= OPEN | {"updated": "2026-11-20T10:00:00.000+0000"}

    assert bench.sync().removed == 2
    assert bench.work() == []

    site.issues[1] = issue(2, "2026-11-20T11:00:00.000+0000")
    site.histories = {"2": [change("resolution", "10000", None)]}
    bench.sync()
    assert bench.work() == [Done("2026-11-20", "Task resolution", reworked=1)]


def test_what_was_deleted_in_the_last_two_weeks_is_gone(site: JiraSite, bench: WorkBench) -> None:
    site.issues = [issue(1), issue(2), issue(3, "2026-10-10T10:00:00.000+0000")]
    bench.sync()
    site.issues = []

    assert bench.sync().removed == 2
    assert [done.day for done in bench.work()] == ["2026-10-10"]  # a settled day is not asked for again


def test_an_old_item_that_was_never_read_makes_no_day_of_long_ago(site: JiraSite, bench: WorkBench) -> None:
    site.issues = [issue(1, "2019-03-01T10:00:00.000+0000", updated="2026-11-19T10:00:00.000+0000"), issue(2)]

    bench.sync()

    assert [done.day for done in bench.work()] == ["2026-11-10"]


def test_an_item_counts_on_its_day_in_the_workspaces_zone(site: JiraSite, bench: WorkBench) -> None:
    bench.zone = ZoneInfo("Asia/Shanghai")
    site.issues = [issue(1, "2026-11-10T17:00:00.000+0000"), issue(2, "2026-11-10T23:00:00.000+0800")]

    bench.sync()

    assert [(done.day, done.items) for done in bench.work()] == [("2026-11-10", 1), ("2026-11-11", 1)]


def test_items_of_days_after_those_asked_for_wait(site: JiraSite, bench: WorkBench) -> None:
    site.issues = [issue(1, "2026-11-02T10:00:00.000+0000"), issue(2)]

    bench.sync(since=date(2026, 11, 1), until=date(2026, 11, 5))
    assert [done.day for done in bench.work()] == ["2026-11-02"]
    bench.sync(since=date(2026, 11, 6), until=date(2026, 11, 12))
    assert [done.day for done in bench.work()] == ["2026-11-02", "2026-11-10"]


def test_items_that_no_rule_fits_are_counted_with_what_a_rule_could_go_by(site: JiraSite, bench: WorkBench) -> None:
    bench.rules("jira,,project,OPS,Upkeep,")
    site.issues = [issue(1, components=[{"name": "api"}]), issue(2, labels=["red"])]

    made = bench.sync()

    assert bench.work() == []
    (told,) = made.unmapped.to_json()
    assert told["count"] == 2
    assert told["values"] == {
        "project": {"PAY": 2, "Payments": 2},
        "type": {"Task": 2},
        "component": {"api": 1},
        "label": {"red": 1},
    }


def test_rules_that_change_are_followed_where_days_are_read_again(site: JiraSite, bench: WorkBench) -> None:
    site.issues = [issue(1)]
    bench.sync()
    bench.rules("jira,,project,pay*,Payments work,")
    bench.sync()
    assert [done.workflow for done in bench.work()] == ["Payments work"]

    bench.rules("jira,,project,OPS,Upkeep,")
    bench.sync()
    assert bench.work() == []


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        (Fault.LIMITED, {"times": 2}),
        (Fault.CUT, {"times": 1}),
        (Fault.HTML, {"times": 1}),
        (Fault.BROKEN, {"times": 2}),
        (Fault.NEW_FIELD, {}),
        (Fault.SKEW, {}),
    ],
)
def test_what_a_vendor_gets_over_changes_no_figure(
    site: JiraSite, bench: WorkBench, fault: Fault, more: dict[str, Any]
) -> None:
    site.issues = [issue(number) for number in range(1, 6)]
    site.logs = {"1": [log(60)] * 21}
    bench.server.fail(fault, **more)

    assert bench.sync().error == ""
    assert bench.work() == [Done("2026-11-10", "Task resolution", items=5, timed=1, minutes=21.0, accepted=5)]


@pytest.mark.parametrize(
    ("fault", "more", "words"),
    [
        (Fault.STUCK, {"where": "search"}, "same page cursor again"),
        (Fault.MISSING_FIELD, {"what": "issuetype"}, "issuetype"),
        (Fault.MISSING_FIELD, {"what": "timeSpentSeconds"}, "timeSpentSeconds"),
        (Fault.FORBIDDEN, {"where": "search"}, r"JIRA_API_TOKEN.*403"),
    ],
)
def test_what_it_does_not_get_over_ends_in_words_and_changes_nothing(
    site: JiraSite, bench: WorkBench, fault: Fault, more: dict[str, Any], words: str
) -> None:
    site.issues = [issue(number) for number in range(1, 6)]
    site.logs = {"1": [log(60)]}
    bench.sync()
    before = bench.work()
    site.issues.append(issue(6))
    bench.server.fail(fault, **more)

    made = bench.sync()

    assert bench.work() == before
    assert re.search(words, made.error)


def test_nobody_logged_is_not_nothing_logged() -> None:
    assert logged([]) is None
    assert logged([log(0)]) == Decimal(0)


def test_a_status_of_unknown_meaning_says_nothing_of_rework() -> None:
    assert not was_reopened([change("status", "10001", "77")], CATEGORIES)
    assert not was_reopened([{"items": []}, {}], CATEGORIES)
