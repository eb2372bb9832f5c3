"""The spans of days of a query, and the rows that every SELECT starts from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import create_engine, select

from storage.answer.buckets import CACHED_ROWS, Bucket, block_rows, bucket_rows, buckets_of
from storage.query import Filter, Grain, Query
from storage.records import Period
from storage.tables import BLOCK, EPOCH

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))
TOKENS = Query(metrics=("tokens",), period=MAY)


def test_a_single_figure_has_one_span_and_a_comparison_the_earlier_one_beside_it() -> None:
    assert buckets_of(TOKENS) == (Bucket(0, 0, MAY),)
    assert buckets_of(TOKENS.with_(previous=APRIL)) == (Bucket(0, 0, MAY), Bucket(1, 1, APRIL))


def test_a_series_has_a_span_for_each_point_named_by_the_first_day_of_its_whole_week() -> None:
    found = buckets_of(TOKENS.with_(grain=Grain.WEEK))

    assert [bucket.number for bucket in found] == [0, 1, 2, 3, 4]
    assert found[0] == Bucket(0, 0, Period(date(2026, 5, 1), date(2026, 5, 3)), "2026-04-27", partial=True)
    assert not found[1].partial
    assert {bucket.side for bucket in found} == {0}


@pytest.mark.parametrize("count", [1, 2, CACHED_ROWS, CACHED_ROWS + 1])
def test_a_database_reads_the_same_rows_however_many_there_are(count: int) -> None:
    days = [MAY.start + timedelta(days=number) for number in range(count)]
    rows = bucket_rows([Bucket(number, number % 2, Period(day, day)) for number, day in enumerate(days)])

    with create_engine("sqlite://").connect() as connection:
        found = connection.execute(select(rows).order_by(rows.c.number)).all()

    assert [tuple(row) for row in found] == [(number, number % 2, day, day) for number, day in enumerate(days)]


def test_the_days_of_a_span_are_bits_of_the_blocks_that_they_are_in() -> None:
    first = date.fromordinal(EPOCH + 7 * BLOCK)
    spans = [Period(first, first), Period(first + timedelta(days=BLOCK - 2), first + timedelta(days=BLOCK + 2))]
    rows = block_rows([Bucket(number, 0, span) for number, span in enumerate(spans)])

    with create_engine("sqlite://").connect() as connection:
        found = {tuple(row) for row in connection.execute(select(rows))}

    assert found == {(0, 7, 1), (1, 7, 0b11 << BLOCK - 2), (1, 8, 0b111)}


def test_a_day_that_no_condition_lets_pass_is_no_point_of_a_series() -> None:
    weekends = Filter("weekday", ("Saturday", "Sunday"))

    found = buckets_of(TOKENS.with_(grain=Grain.DAY, filters=(weekends,)))

    assert [bucket.period.start.weekday() for bucket in found] == [5, 6] * 5
    assert [bucket.number for bucket in found] == [*range(10)]
