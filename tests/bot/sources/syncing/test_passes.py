"""A pass brings what is due into the store, each step whole or not at all, and says in words what went wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from bot.sources.syncing.passes import PEOPLE
from storage.leases import lease
from storage.load.organisation import save_teams
from storage.load.roster import save_roster
from storage.roster_records import SpellRecord, TeamRecord
from storage.tables import Identity, UsageFact
from tests.bot.sources.acme import BO_ID
from tests.bot.sources.faults import Fault
from tests.bot.sources.syncing.bench import Bench

ROWS = [("2026-11-01", BO_ID, 10), ("2026-11-03", BO_ID, 20), ("2026-11-03", "u-ana", 5), ("2026-11-09", BO_ID, 7)]


def test_a_first_pass_reads_the_history_and_says_what_it_did(bench: Bench) -> None:
    bench.acme.rows = [*ROWS, ("2026-10-01", BO_ID, 999)]
    bench.acme.dollars = {"2026-11-03": "1.25"}

    made = bench.sync()

    assert made.errors == []
    assert bench.facts() == sorted(ROWS)
    assert bench.dollars() == 1.25
    usage = bench.report("usage", made)
    assert (usage.days, usage.new, usage.changed, usage.removed) == (11, 4, 0, 0)


def test_days_are_provisional_until_the_vendor_has_settled_them(bench: Bench) -> None:
    bench.sync()

    states = bench.states()
    assert list(states) == ["2026-10-31", *(f"2026-11-{day:02d}" for day in range(1, 11))]
    assert [day for day, state in states.items() if state == "provisional"] == [
        f"2026-11-{day:02d}" for day in (7, 8, 9, 10)
    ]
    assert set(states.values()) == {"complete", "provisional"}


def test_a_later_pass_asks_for_what_still_moves_and_for_gaps_alone(bench: Bench) -> None:
    bench.sync()
    bench.server.calls.clear()
    bench.now += timedelta(days=2)

    made = bench.sync()

    asked = [(call.first("since"), call.first("until")) for call in bench.server.calls if call.path == "/v1/usage"]
    assert asked == [("2026-11-07", "2026-11-10"), ("2026-11-11", "2026-11-12")]
    assert bench.report("usage", made).days == 6


def test_a_day_that_the_vendor_restates_is_replaced_and_what_is_gone_goes(bench: Bench) -> None:
    bench.acme.rows = [("2026-11-09", BO_ID, 70), ("2026-11-09", "u-ana", 3), ("2026-11-01", BO_ID, 1)]
    bench.sync()
    bench.acme.rows = [("2026-11-09", BO_ID, 60)]

    made = bench.sync()

    assert bench.facts() == [("2026-11-01", BO_ID, 1), ("2026-11-09", BO_ID, 60)]  # 1 November is settled
    assert (bench.report("usage", made).changed, bench.report("usage", made).removed) == (1, 1)


def test_days_that_somebody_asks_for_are_read_again_whatever_their_state(bench: Bench) -> None:
    bench.acme.rows = [("2026-11-01", BO_ID, 1)]
    bench.sync()
    bench.acme.rows = [("2026-11-01", BO_ID, 2), ("2026-09-01", BO_ID, 3)]

    bench.sync(since=date(2026, 9, 1), until=date(2026, 11, 2))

    assert bench.facts() == [("2026-09-01", BO_ID, 3), ("2026-11-01", BO_ID, 2)]


def test_a_pass_that_changes_nothing_leaves_nothing_in_the_log_of_loads(bench: Bench) -> None:
    bench.acme.rows = [*ROWS]
    bench.sync()
    loads = bench.loads()

    bench.sync()

    assert bench.loads() == loads


def test_people_are_known_before_their_use_comes(bench: Bench) -> None:
    with bench.engine.begin() as connection:
        save_teams(connection, bench.workspace_id, [TeamRecord(name="Core")])
        spell = SpellRecord(email="bo@acme.example", name="Bo", team="Core", start=date(2026, 1, 1))
        save_roster(connection, bench.workspace_id, [spell])
    bench.acme.rows = [*ROWS]

    bench.sync()

    with bench.engine.connect() as connection:
        assert dict(connection.execute(select(Identity.subject, Identity.email)).all()) == bench.acme.users
        matched = connection.scalars(select(UsageFact.input_tokens).where(UsageFact.spell_id.is_not(None)))
        assert {*matched} == {7, 10, 20}


def test_a_step_that_fails_leaves_its_days_as_they_were_and_the_other_reports_go_on(bench: Bench) -> None:
    bench.acme.rows, bench.acme.dollars = [*ROWS], {"2026-11-03": "2"}
    bench.server.fail(Fault.BROKEN, where="/v1/usage")

    made = bench.sync()

    assert bench.facts() == []
    assert bench.dollars() == 2
    assert made.errors == ["Acme Code has a failure of its own (500); the next pass goes on where this one ended"]
    assert bench.passes()["usage"].error == made.errors[0]
    assert bench.passes()["usage"].succeeded_at is None
    assert bench.passes()["bill"].error == ""


def test_a_pass_that_broke_off_is_gone_on_with(bench: Bench) -> None:
    bench.acme.rows = [*ROWS]
    bench.server.vendor.key = "sk-right-0123456789"
    bench.sync(until=date(2026, 11, 3))
    bench.server.fail(Fault.HTML, where="/v1/usage")
    bench.sync()
    assert bench.states()["2026-11-04"] == "missing"  # after days that are known it is a gap, and answers say so
    bench.server.mend()

    bench.sync()

    assert bench.facts() == sorted(ROWS)
    assert "missing" not in bench.states().values()


def test_a_source_that_never_worked_marks_no_day_missing(bench: Bench) -> None:
    made = bench.sync(ACME_API_KEY="sk-wrong-9876543210")

    assert bench.states() == {}
    assert made.errors == [
        "Acme Code does not know the key in ACME_API_KEY (401); ACME_API_KEY must be an Admin key, which an owner makes"
    ]
    assert "sk-wrong" not in repr(bench.passes())


def test_what_the_key_need_not_read_is_no_failure(bench: Bench) -> None:
    bench.server.fail(Fault.FORBIDDEN, where="/v1/bill")

    made = bench.sync()

    assert made.errors == []
    assert bench.report("bill", made).withheld == "the key may not read the bill"
    assert bench.states("bill") == {}


def test_a_scope_that_lacks_is_named(bench: Bench) -> None:
    usage, bill = bench.source.reports
    bench.source = replace(bench.source, reports=(replace(usage, scope="usage.read"), bill))
    bench.server.fail(Fault.FORBIDDEN, where="/v1/usage")

    made = bench.sync()

    assert made.errors[0].endswith("; for usage it must be allowed usage.read")


def test_a_cursor_that_expires_begins_the_step_anew(bench: Bench) -> None:
    bench.acme.rows = [*ROWS]
    bench.server.fail(Fault.EXPIRED, times=1, where="/v1/usage")

    assert bench.sync().errors == []
    assert bench.facts() == sorted(ROWS)


def test_rows_that_come_twice_count_once(bench: Bench) -> None:
    bench.acme.rows = [*ROWS]
    bench.server.fail(Fault.DUPLICATE)

    bench.sync()

    assert bench.facts() == sorted(ROWS)


def test_a_cursor_that_does_not_move_is_said(bench: Bench) -> None:
    bench.acme.rows = [*ROWS]
    bench.server.fail(Fault.STUCK, where="/v1/usage")

    made = bench.sync()

    assert made.errors[0].startswith("Acme Code gives the same page cursor again")
    assert bench.facts() == []


def test_a_new_field_changes_nothing(bench: Bench) -> None:
    bench.acme.rows = [*ROWS]
    bench.server.fail(Fault.NEW_FIELD)

    assert bench.sync().errors == []
    assert bench.facts() == sorted(ROWS)


def test_a_required_field_that_is_missing_is_named(bench: Bench) -> None:
    bench.acme.rows = [*ROWS]
    bench.server.fail(Fault.MISSING_FIELD, what="tokens", where="/v1/usage")

    assert bench.sync().errors[0].startswith("Acme Code's answer has no field “tokens”")
    assert bench.facts() == []


def test_a_field_of_another_type_is_said_in_words(bench: Bench) -> None:
    bench.acme.answer = {"data": [{"day": 7, "user": None, "tokens": 1}]}

    assert bench.sync().errors == [
        "Acme Code's answer has a number in “day”, where a day is expected; its format may have changed"
    ]


def test_rows_of_days_that_nobody_asked_for_are_left_out(bench: Bench) -> None:
    bench.acme.answer = {
        "data": [{"day": "2026-10-30", "user": BO_ID, "tokens": 9}, {"day": "2026-11-09", "user": BO_ID, "tokens": 1}]
    }

    bench.sync()

    assert bench.facts() == [("2026-11-09", BO_ID, 1)]


def test_one_pass_of_a_source_runs_at_a_time(bench: Bench) -> None:
    with lease(bench.engine, f"sync {bench.workspace_id} acme") as held:
        assert held
        made = bench.sync()

    assert made.errors == ["Acme Code is being read by another process; look again later"]
    assert bench.server.calls == []
    assert bench.sync().errors == []


def test_a_clock_that_is_five_minutes_off_changes_nothing(bench: Bench) -> None:
    bench.acme.rows = [*ROWS]
    bench.server.fail(Fault.SKEW)
    bench.now = datetime(2026, 11, 9, 23, 57, tzinfo=bench.now.tzinfo)
    bench.sync()
    bench.now += timedelta(minutes=5)

    assert bench.sync().errors == []
    assert bench.facts() == sorted(ROWS)
    assert bench.passes()[PEOPLE].succeeded_at is not None
