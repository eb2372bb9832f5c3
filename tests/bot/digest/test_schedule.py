"""When digests are due, by the clock on the wall."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.digest.schedule import LATEST, Due, coming, due, due_at, instant
from bot.digest.week import parse_week, week_of
from storage.keep.digests import Subscribed

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def subscription(zone: str = "UTC", weekday: int = 2, minute: int = 540, since: str = "2026-01-01") -> Subscribed:
    return Subscribed(
        slack_team="T1",
        channel="C1",
        owner="U1",
        weekday=weekday,
        minute=minute,
        zone=zone,
        since=datetime.fromisoformat(since).replace(tzinfo=UTC),
    )


def weeks(found: list[Due]) -> list[str]:
    return [str(issue.week) for issue in found]


def test_a_time_that_the_clock_skips_is_the_next_it_shows() -> None:
    skipped = instant(date(2026, 3, 29), 2 * 60 + 30, BERLIN)

    assert skipped == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert f"{skipped.astimezone(BERLIN):%H:%M}" == "03:00"


def test_a_time_that_the_clock_shows_twice_is_the_first() -> None:
    assert instant(date(2026, 10, 25), 2 * 60 + 30, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_nine_o_clock_is_nine_o_clock_in_summer_and_winter() -> None:
    assert instant(date(2026, 3, 24), 540, BERLIN).hour == 8
    assert instant(date(2026, 3, 31), 540, BERLIN).hour == 7


@given(
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]),
    st.dates(date(2025, 1, 1), date(2028, 1, 1)),
    st.integers(0, 1439),
)
def test_every_local_time_is_an_instant_within_a_gap_of_it(zone: str, day: date, minute: int) -> None:
    found = instant(day, minute, ZoneInfo(zone)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    wanted = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)

    assert timedelta() <= found - wanted <= timedelta(hours=1)


def test_the_digest_of_week_53_is_due_in_the_first_week_of_the_next_year() -> None:
    now = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)

    found = due(subscription(), "2026-W52", now, ZoneInfo("UTC"))

    assert [(str(issue.week), issue.at) for issue in found] == [("2026-W53", now)]
    assert weeks(due(subscription(), "2026-W53", now + timedelta(days=7), ZoneInfo("UTC"))) == ["2027-W01"]


def test_nothing_is_due_that_was_due_before_it_was_subscribed() -> None:
    wanted = subscription(since="2026-11-11")  # a Wednesday

    assert due(wanted, "", datetime(2026, 11, 12, tzinfo=UTC), ZoneInfo("UTC")) == []
    assert weeks(due(wanted, "", datetime(2026, 11, 17, 9, tzinfo=UTC), ZoneInfo("UTC"))) == ["2026-W46"]


def test_up_to_72_hours_late_it_is_posted_and_marked_and_past_that_skipped() -> None:
    at = datetime(2026, 11, 17, 9, tzinfo=UTC)

    def state(after: timedelta) -> list[tuple[bool, bool]]:
        found = due(subscription(), "2026-W45", at + after, ZoneInfo("UTC"))
        return [(issue.late, issue.skip) for issue in found]

    assert state(-timedelta(seconds=1)) == []
    assert state(timedelta(minutes=1)) == [(False, False)]
    assert state(LATEST) == [(True, False)]
    assert state(LATEST + timedelta(seconds=1)) == [(True, True)]


def test_after_weeks_of_silence_all_of_them_are_accounted_for() -> None:
    found = due(subscription(), "2026-W40", datetime(2026, 11, 17, 9, tzinfo=UTC), ZoneInfo("UTC"))

    assert weeks(found) == [f"2026-W{number}" for number in range(41, 47)]
    assert [issue.skip for issue in found] == [True] * 5 + [False]


def test_a_move_of_zone_or_day_neither_loses_a_week_nor_doubles_one() -> None:
    before = subscription("Asia/Tokyo", weekday=2)
    posted = due(before, "2026-W45", datetime(2026, 11, 17, 0, 0, tzinfo=UTC), ZoneInfo("UTC"))
    moved = replace(before, zone="America/Los_Angeles", weekday=1)
    later = datetime(2026, 11, 18, tzinfo=UTC)

    assert weeks(posted) == ["2026-W46"]
    assert due(moved, "2026-W46", later, ZoneInfo("UTC")) == []
    assert weeks(due(moved, "2026-W46", later + timedelta(days=7), ZoneInfo("UTC"))) == ["2026-W47"]
    assert weeks(due(moved, "2026-W45", later, ZoneInfo("UTC"))) == ["2026-W46"]


def test_no_digest_is_due_before_its_week_is_over_where_the_figures_are_counted() -> None:
    wanted = subscription("Pacific/Auckland", weekday=1, minute=0)
    week = parse_week("2026-W46")

    assert due_at(week, wanted, ZoneInfo("Pacific/Auckland"), NEW_YORK) == datetime(2026, 11, 16, 5, tzinfo=UTC)


def test_a_holiday_gives_way_to_the_next_workday_before_the_next_digest() -> None:
    week = week_of(date(2026, 12, 14))
    free = {date(2026, 12, 22), date(2026, 12, 23)}

    assert due_at(week, subscription(), ZoneInfo("UTC"), ZoneInfo("UTC"), free).day == 24
    free |= {date(2026, 12, 24), date(2026, 12, 25)}
    assert due_at(week, subscription(), ZoneInfo("UTC"), ZoneInfo("UTC"), free).day == 28
    free.add(date(2026, 12, 28))
    assert due_at(week, subscription(), ZoneInfo("UTC"), ZoneInfo("UTC"), free).day == 22


def test_a_friday_that_is_a_holiday_gives_way_to_monday_and_each_week_still_comes_once() -> None:
    wanted = subscription(weekday=5)
    free = {date(2026, 4, 3), date(2026, 4, 6)}
    monday = datetime(2026, 4, 7, 9, tzinfo=UTC)

    assert due(wanted, "2026-W12", monday - timedelta(minutes=1), ZoneInfo("UTC"), free) == []
    assert weeks(due(wanted, "2026-W12", monday, ZoneInfo("UTC"), free)) == ["2026-W13"]
    assert weeks(due(wanted, "2026-W13", monday + timedelta(days=3), ZoneInfo("UTC"), free)) == ["2026-W14"]


def test_every_second_week_is_counted_from_the_last_one_across_week_53() -> None:
    wanted = replace(subscription(), every=2)
    now = datetime(2027, 1, 19, 9, tzinfo=UTC)

    assert weeks(due(wanted, "2026-W51", now, ZoneInfo("UTC"))) == ["2026-W53", "2027-W02"]
    assert due(wanted, "2026-W53", datetime(2027, 1, 12, 9, tzinfo=UTC), ZoneInfo("UTC")) == []
    assert weeks(due(wanted, "", datetime(2026, 1, 14, tzinfo=UTC), ZoneInfo("UTC"))) == ["2026-W01"]
    assert coming(wanted, "2026-W51", datetime(2026, 12, 23, tzinfo=UTC), ZoneInfo("UTC")).date() == date(2027, 1, 5)


def test_a_fortnightly_digest_that_was_missed_is_accounted_for_and_the_next_is_two_weeks_on() -> None:
    wanted = replace(subscription(), every=2)
    found = due(wanted, "2026-W49", datetime(2027, 1, 8, 10, tzinfo=UTC), ZoneInfo("UTC"))

    assert [(str(due.week), due.skip, due.late) for due in found] == [
        ("2026-W51", True, True),
        ("2026-W53", True, True),
    ]
    assert weeks(due(wanted, "2026-W53", datetime(2027, 1, 19, 9, tzinfo=UTC), ZoneInfo("UTC"))) == ["2027-W02"]
