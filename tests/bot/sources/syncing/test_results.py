"""What a pass did, for each report and for the source as a whole."""

from __future__ import annotations

from datetime import date

from bot.sources.syncing.results import COUNTED, ReportPass, SourcePass
from storage.load.organisation import Replaced
from storage.load.writes import Saved
from storage.records import Period

FIRST, SECOND = Period(date(2026, 11, 1), date(2026, 11, 3)), Period(date(2026, 11, 4), date(2026, 11, 4))


def usage() -> ReportPass:
    made = ReportPass(name="usage")
    made.add(Saved(new=5, changed=1, unchanged=2, unmatched_rows=3, unpriced_rows=4))
    made.add(Replaced(new=1, removed=2))
    made.add_days(FIRST)
    made.add_days(SECOND)
    return made


def test_the_steps_of_a_report_add_up() -> None:
    made = usage()

    assert (made.read, made.new, made.removed, made.unmatched, made.unpriced) == (9, 6, 2, 3, 4)
    assert (made.days, made.first_day, made.last_day) == (4, FIRST.start, SECOND.end)


def test_a_source_is_all_its_reports_together() -> None:
    cost = ReportPass(name="cost", new=2, first_day=date(2026, 10, 1), last_day=date(2026, 10, 2))
    made = SourcePass(name="acme", label="Acme", reports=[usage(), cost])

    assert made.rows["new"] == 8
    assert made.rows.keys() == {*COUNTED}
    assert made.days == (date(2026, 10, 1), SECOND.end)
    assert made.errors == []


def test_each_sentence_about_what_went_wrong_is_said_once() -> None:
    reports = [ReportPass(name=name, error="the key may not") for name in ("usage", "cost")]
    made = SourcePass(name="acme", label="Acme", error="no answer", reports=reports)

    assert made.errors == ["no answer", "the key may not"]
    assert made.to_json()["ok"] is False


def test_as_data_nothing_is_null_and_not_left_out() -> None:
    told = SourcePass(name="acme", label="Acme", reports=[ReportPass(name="usage", withheld="another key")]).to_json()

    assert told["days"] == {"first": None, "last": None}
    assert told["reports"][0]["error"] is None
    assert told["reports"][0]["not_given"] == "another key"
