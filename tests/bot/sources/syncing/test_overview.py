"""How each source stands: on or off, read or not, what it lacks and what to do."""

from __future__ import annotations

from datetime import date

import pytest

from bot.sources.syncing.overview import FAILING, LACKING, NEW, OFF, WELL, SourceOverview, overviews, told_days
from tests.bot.sources.acme import ACME, BO_ID
from tests.bot.sources.faults import Fault
from tests.bot.sources.syncing.bench import Bench


def look(bench: Bench, **settings: str) -> SourceOverview:
    with bench.engine.connect() as connection:
        own = bench.server.settings(ACME, **settings)
        (found,) = overviews(connection, bench.workspace_id, [ACME], own, bench.now)
    return found


def test_without_its_key_it_is_off_and_says_what_to_set(bench: Bench) -> None:
    found = look(bench, ACME_API_KEY="")

    assert (found.state, found.todo) == (OFF, "set ACME_API_KEY to read Acme Code")


def test_before_its_first_pass_it_is_new(bench: Bench) -> None:
    assert look(bench).state == NEW


def test_after_a_pass_it_has_rows_days_and_a_time(bench: Bench) -> None:
    bench.acme.rows = [("2026-11-09", BO_ID, 1), ("2026-11-01", BO_ID, 1)]
    bench.acme.dollars = {"2026-11-09": "1"}
    bench.sync()

    found = look(bench)

    assert (found.state, found.rows, found.newest, found.gaps, found.todo) == (WELL, 3, date(2026, 11, 10), (), "")
    assert found.last is not None
    usage, bill = found.reports
    assert (usage.rows, usage.provisional_since, bill.rows) == (2, date(2026, 11, 7), 1)


def test_an_error_of_one_report_makes_it_failing_and_its_data_stay(bench: Bench) -> None:
    bench.acme.rows = [("2026-11-09", BO_ID, 1)]
    bench.sync()
    bench.server.fail(Fault.BROKEN, where="/v1/usage")
    bench.sync()

    found = look(bench)

    assert (found.state, found.rows) == (FAILING, 1)
    assert [report.error != "" for report in found.reports] == [True, False]
    assert len(found.errors) == 1


def test_days_that_are_missing_make_it_no_more_well_and_an_error_is_told_with_its_report(bench: Bench) -> None:
    bench.acme.rows = [("2026-11-01", BO_ID, 1)]
    bench.sync(until=date(2026, 11, 2))

    found = look(bench)

    assert (found.state, found.gaps[0]) == (LACKING, date(2026, 11, 3))
    assert found.todo.startswith("run `fulcrum sync acme --since 2026-11-03`")
    bench.acme.rows = [*bench.acme.rows, ("2026-11-09", BO_ID, 1)]
    bench.server.fail(Fault.MISSING_FIELD, what="tokens", where="/v1/usage")
    bench.sync()
    assert look(bench).errors == ("usage: Acme Code's answer has no field “tokens”; its format may have changed",)


@pytest.mark.parametrize("name", ["label", "state", "rows", "newest_day", "gaps", "errors", "what_to_do", "reports"])
def test_the_data_have_it_all(bench: Bench, name: str) -> None:
    assert name in look(bench).to_json()


def test_days_in_a_row_are_told_as_a_span() -> None:
    def november(*days: int) -> list[date]:
        return [date(2026, 11, day) for day in days]

    assert told_days([]) == ""
    assert told_days(november(10, 11, 12, 14)) == "2026-11-10 to 2026-11-12, 2026-11-14"
    assert told_days(november(1, 3, 5, 7, 8)) == "2026-11-01, 2026-11-03, 2026-11-05 and 2 more"
