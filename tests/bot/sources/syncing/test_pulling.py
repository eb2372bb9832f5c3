"""One pull of a report: its pages translated, what cannot be in its format turned into words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.sources.base import SourceChanged, SourceDown, SourceRefused
from bot.sources.syncing.pulling import MALFORMED, sound, usage_of, with_scope
from storage.records import Period, Restate, UsageRecord
from tests.bot.sources.acme import ACME

DAY = date(2026, 11, 6)


def given(asked: Any) -> Iterator[Any]:
    return iter(asked.given)


REPORT = replace(ACME.reports[0], pages=given, translate=iter, scope="read")


class Pull:
    """As much of a pull as is looked at here."""

    def __init__(self, *given: Any) -> None:
        self.period, self.given = Period(DAY, DAY), given


def use(day: date, at: datetime | None = None) -> UsageRecord:
    return UsageRecord(natural_key=str((day, at)), day=day, at=at, tool="acme")


def pulled(*pages: Any, rule: Restate = Restate.WHOLE_DAYS) -> list[UsageRecord]:
    asked: Any = Pull(*pages)
    return [*usage_of(ACME, replace(REPORT, rule=rule), asked)]


def test_of_whole_days_only_those_asked_for_are_taken_by_utc() -> None:
    before, inside = use(date(2026, 11, 5)), use(DAY)
    late = use(date(2026, 11, 7), datetime(2026, 11, 6, 23, 59, tzinfo=UTC))

    assert pulled([before, inside], [late]) == [inside, late]


@pytest.mark.parametrize("error", MALFORMED)
def test_code_that_trips_over_an_answer_says_that_its_form_is_not_expected(error: type[Exception]) -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise error("inner words")

    walk = sound(ACME, broken())

    assert next(walk) == 1
    with pytest.raises(SourceChanged, match="format may have changed") as changed:
        next(walk)
    assert "inner words" not in str(changed.value)


def test_an_error_of_the_vendor_stays_what_it_is() -> None:
    def down() -> Iterator[int]:
        raise SourceDown("it cannot answer now")
        yield 1

    with pytest.raises(SourceDown):
        next(sound(ACME, down()))


def test_a_record_of_another_kind_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError):
        pulled(["no record"])


def test_what_the_key_must_be_allowed_is_said_where_that_is_what_it_lacks() -> None:
    told = with_scope(SourceRefused("the key may not", 403), REPORT)

    assert str(told) == f"the key may not; for {REPORT.name} it must be allowed read"
    for other in (SourceRefused("unknown key", 401), SourceDown("later")):
        assert with_scope(other, REPORT) is other
