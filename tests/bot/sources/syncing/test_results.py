"""What a pass did adds up over steps and reports, and is told as data."""

from __future__ import annotations

from datetime import date

from bot.sources.syncing.results import ReportPass, SourcePass
from storage.load.writes import Saved
from storage.records import Period

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 9)


def test_steps_add_up() -> None:
    report = ReportPass(name="usage")
    for period in (Period(FIRST, date(2026, 11, 4)), Period(date(2026, 11, 8), LAST)):
        report.add(Saved(new=2, changed=1, unchanged=4, removed=3, unmatched_rows=1, unpriced_rows=2))
        report.add_days(period)

    assert (report.read, report.new, report.removed, report.unmatched, report.unpriced) == (14, 4, 6, 2, 4)
    assert (report.days, report.first_day, report.last_day) == (6, FIRST, LAST)


def test_a_source_is_the_sum_of_its_reports_and_says_each_error_once() -> None:
    usage, bill = (
        ReportPass(name="usage", new=2, error="it is down"),
        ReportPass(name="bill", new=3, error="it is down"),
    )
    usage.add_days(Period(FIRST, FIRST))
    bill.add_days(Period(LAST, LAST))
    made = SourcePass(name="acme", label="Acme", error="no key", reports=[usage, bill])

    assert made.errors == ["no key", "it is down"]
    assert made.rows["new"] == 5
    assert made.days == (FIRST, LAST)
    data = made.to_json()
    assert (data["ok"], data["rows"]["read"], data["days"]) == (False, 5, {"first": "2026-11-01", "last": "2026-11-09"})
    assert [report["error"] for report in data["reports"]] == ["it is down", "it is down"]


def test_a_pass_without_a_day_says_so() -> None:
    made = SourcePass(name="acme", label="Acme")

    assert made.to_json()["days"] == {"first": None, "last": None}
    assert made.to_json()["ok"] is True
