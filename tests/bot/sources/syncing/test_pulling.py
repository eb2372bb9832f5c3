"""A pull gives the records of its pages; what cannot be in a vendor's format is said in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.sources.base import Asked, Report, SourceChanged, SourceDown, SourceRefused, Unmapped
from bot.sources.syncing.pulling import GivenDays, sound, usage_of, with_scope, work_of
from bot.sources.unmapped import UnmappedCount
from storage.records import DayState, Period, Restate, UsageRecord, WorkMode, WorkRecord
from tests.bot.sources.acme import ACME

DAYS = Period(date(2026, 11, 9), date(2026, 11, 10))
WORK = WorkRecord(natural_key="1", day=DAYS.start, workflow="w", mode=WorkMode.HUMAN, items=1, human_minutes=None)


def use(day: int, at: datetime | None = None) -> UsageRecord:
    return UsageRecord(natural_key=str(day), day=date(2026, 11, day), at=at, tool="t")


def report(*records: Any, rule: Restate = Restate.WHOLE_DAYS) -> Report:
    return Report(name="usage", rule=rule, pages=lambda _: iter([records]), translate=lambda page: page)


def asked(http: Any = None) -> Asked:
    return Asked(http=http, period=DAYS, settings={})


def used(made: Report) -> list[UsageRecord]:
    return [*usage_of(ACME, made, asked(), GivenDays(made, DAYS))]


def days(found: Iterable[UsageRecord]) -> list[int]:
    return [record.day.day for record in found]


def test_of_whole_days_those_that_were_asked_for_alone_are_taken() -> None:
    records = [use(number) for number in (8, 9, 10, 11)]

    assert days(used(report(*records))) == [9, 10]
    assert days(used(report(*records, rule=Restate.NEWEST))) == [8, 9, 10, 11]


def test_an_instant_is_of_its_day_in_utc_whatever_day_that_is_where_people_are() -> None:
    late = use(11, datetime(2026, 11, 10, 23, 30, tzinfo=UTC))
    early = use(9, datetime(2026, 11, 8, 23, 30, tzinfo=UTC))

    assert [record.at for record in used(report(late, early))] == [late.at]


def test_a_day_that_no_page_lists_is_lacking_where_the_vendor_lists_them_all() -> None:
    first, second = DAYS.each_day()
    silent = report(use(9))
    listing = replace(silent, lists=lambda page: [])
    half = replace(silent, lists=lambda page: [first])

    def lacking(made: Report, since: date | None) -> dict[date, DayState | None]:
        given = GivenDays(made, DAYS, since)
        assert len([*usage_of(ACME, made, asked(), given)]) == 1
        return given.lacking()

    assert lacking(silent, first) == {}
    assert lacking(half, None) == {second: DayState.MISSING}  # after one that was given
    assert lacking(listing, None) == {first: DayState.PARTIAL, second: None}  # before it counts on the source
    assert lacking(listing, first) == {first: DayState.PARTIAL, second: DayState.MISSING}


def test_work_passes_and_what_no_rule_fits_is_counted() -> None:
    unmapped = UnmappedCount()
    records = (WORK, Unmapped(item="issue", fields={"label": ["bug"]}))

    assert [*work_of(ACME, report(*records), asked(), unmapped)] == [WORK]
    assert unmapped.items == {"issue": 1}


def test_a_record_of_the_other_kind_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="WorkRecord"):
        used(report(WORK))


@pytest.mark.parametrize("error", [KeyError("a"), TypeError(), ValueError(), AttributeError(), ZeroDivisionError()])
def test_where_a_translation_trips_the_answer_is_not_in_its_format(error: Exception) -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise error

    values = sound(ACME, broken())
    assert next(values) == 1
    with pytest.raises(SourceChanged, match="Acme Code answered in a form that is not expected"):
        next(values)


def test_what_a_source_says_itself_stays_as_it_is() -> None:
    def down() -> Iterator[int]:
        raise SourceDown("it is down")
        yield 1

    with pytest.raises(SourceDown, match="it is down"):
        next(sound(ACME, down()))


def test_the_scope_is_added_where_it_is_what_lacks() -> None:
    scoped = replace(report(), scope="usage.read")

    assert str(with_scope(SourceRefused("no", 403), scoped)) == "no; for usage it must be allowed usage.read"
    assert str(with_scope(SourceRefused("no", 401), scoped)) == "no"
    assert str(with_scope(SourceRefused("no", 403), report())) == "no"
