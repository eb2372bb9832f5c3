"""From the text of a field to its value: however exports write it, and never to a value that was not meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.files import values
from bot.sources.files.dates import DateOrder, DecimalMark
from bot.sources.files.problems import BadRow
from storage.tables import EPOCH

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1234", DecimalMark.POINT, 1_234),
        ("1,234", DecimalMark.POINT, 1_234),
        ("1.234", DecimalMark.COMMA, 1_234),
        ("24.000", DecimalMark.COMMA, 24_000),
        ("1.234.000", DecimalMark.COMMA, 1_234_000),
        ("24.000", DecimalMark.POINT, 24),
        ("1,234", DecimalMark.UNKNOWN, 1_234),
        ("1 234 567", DecimalMark.POINT, 1_234_567),
        ("1'234", DecimalMark.POINT, 1_234),
        ("12.0", DecimalMark.POINT, 12),
        ("", DecimalMark.POINT, None),
        ("N/A", DecimalMark.POINT, None),
        (" – ", DecimalMark.POINT, None),
    ],
)
def test_a_count_is_a_whole_number_or_not_reported(text: str, mark: DecimalMark, value: int | None) -> None:
    assert values.count(text, "requests", mark) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1.5", "which is no whole number"),
        ("-3", "which is negative"),
        ("(3)", "which is negative"),
        ("many", "which is no number"),
        (str(10**15 + 1), "which is more than can be"),
        ("1e300", "which is no number"),
        ("٣", "which is no number"),
    ],
)
def test_what_is_no_count_says_why(text: str, reason: str) -> None:
    with pytest.raises(BadRow, match=rf"^requests is .*{reason}"):
        values.count(text, "requests")


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("0.000000125", DecimalMark.POINT, "0.000000125"),
        ("1.25e-7", DecimalMark.POINT, "1.25e-7"),
        ("$1,234.50", DecimalMark.POINT, "1234.50"),
        ("1.234,50 €", DecimalMark.COMMA, "1234.50"),
        ("US$ 3", DecimalMark.POINT, "3"),
        (".5", DecimalMark.POINT, "0.5"),
        ("1,5", DecimalMark.COMMA, "1.5"),
        ("1.234", DecimalMark.COMMA, "1234"),
        ("0.077", DecimalMark.COMMA, "0.077"),
        ("0.123456", DecimalMark.COMMA, "0.123456"),
        ("1,23,456.5", DecimalMark.POINT, "123456.5"),
        ('="0.5"', DecimalMark.POINT, "0.5"),
    ],
)
def test_money_is_read_to_the_last_digit(text: str, mark: DecimalMark, value: str) -> None:
    assert values.decimal(text, "cost", mark=mark) == Decimal(value)


def test_what_comes_back_is_negative_only_where_that_is_asked_for() -> None:
    for text in ("(3.50)", "-3.50", "\u22123.50", "3.50-"):
        assert values.decimal(text, "credit", negative=True) == Decimal("-3.5")
        with pytest.raises(BadRow, match="negative"):
            values.decimal(text, "cost")


def test_a_number_of_two_readings_is_refused_with_both() -> None:
    with pytest.raises(BadRow, match=r"two ways: write 1234 or 1\.234$"):
        values.decimal("1,234", "cost", mark=DecimalMark.UNKNOWN)


def test_a_day_of_two_readings_is_refused_with_both() -> None:
    with pytest.raises(BadRow, match=r"two ways: write 2026-07-09 or 2026-09-07$"):
        values.day("09/07/2026", "date", DateOrder.OPEN)
    with pytest.raises(BadRow, match="no date as YYYY-MM-DD"):
        values.day("2026-02-30", "date")


def test_a_day_is_read_however_people_and_programs_write_it_out() -> None:
    for text in ("20261013", "Tue, 13 Oct 2026", "Tuesday 13 October 2026", "Oct 13, 2026", '="2026-10-13"'):
        assert values.day(text, "date") == date(2026, 10, 13), text
    with pytest.raises(BadRow, match="a spreadsheet's number of a day: write the column as YYYY-MM-DD"):
        values.day("46318", "date")


def test_an_address_is_read_as_mail_programs_write_it() -> None:
    for text in ("Ana Diaz <Ana@X.example>", "mailto:ana@x.example", " ana@x.example "):
        assert values.email(text, "email") == "ana@x.example"
    assert values.email("user_1 <robot>", "email") == "user_1 <robot>"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-05-04T10:11:12", datetime(2026, 5, 4, 10, 11, 12)),
        ("2026-05-04T10:11:12Z", datetime(2026, 5, 4, 10, 11, 12, tzinfo=UTC)),
        ("2026-05-04 10:11:12 UTC", datetime(2026, 5, 4, 10, 11, 12, tzinfo=UTC)),
        ("2026-05-04T10:11:12+02:00", datetime(2026, 5, 4, 10, 11, 12, tzinfo=timezone(timedelta(hours=2)))),
        ("1777889472", datetime(2026, 5, 4, 10, 11, 12, tzinfo=UTC)),
        ("1777889472000", datetime(2026, 5, 4, 10, 11, 12, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_as_it_is_written_or_as_seconds_since_1970(text: str, moment: datetime) -> None:
    found = values.moment(text)

    assert found == moment
    assert (found.tzinfo is None) == (moment.tzinfo is None)


@pytest.mark.parametrize("text", ["", "yesterday", "12345678", "2026-05-04T25:00:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(BadRow, match="no time"):
        values.moment(text)


def test_a_fact_is_of_a_day_on_which_it_can_have_happened() -> None:
    assert values.fact_day("2001-01-02", TODAY) == date(2001, 1, 2).toordinal() - EPOCH
    with pytest.raises(BadRow, match="is after today, 2026-11-18"):
        values.fact_day("2026-11-19", TODAY)
    with pytest.raises(BadRow, match="before 2000"):
        values.fact_day("1999-12-31", TODAY)


@pytest.mark.parametrize(
    ("text", "ms"), [("1.5", 90_000), ("0.00001", 1), ("0", 0), ("", None), ("null", None), ("2,000", 120_000_000)]
)
def test_minutes_are_whole_milliseconds_or_not_recorded(text: str, ms: int | None) -> None:
    assert values.minutes_ms(text) == ms


@pytest.mark.parametrize(
    ("parse", "reason"),
    [
        (lambda: values.name("", "team", needed=True), "team is empty"),
        (lambda: values.name("x" * 201, "team"), "team is longer than 200 characters"),
        (lambda: values.name("a\x07b", "team"), "team holds a control character"),
        (lambda: values.name("a\ud800b", "team"), "team holds a control character"),
        (lambda: values.word("maybe", "reversible", ("yes", "no")), "reversible is 'maybe', not one of yes, no"),
    ],
)
def test_a_name_or_word_that_cannot_be_meant_says_why(parse: Callable[[], Any], reason: str) -> None:
    with pytest.raises(BadRow, match=f"^{reason}$"):
        parse()


def test_names_are_without_spaces_around_and_words_without_case() -> None:
    assert values.name("  Key Accounts ", "team") == "Key Accounts"
    assert values.email(" ANA@Acme.example ", "email") == "ana@acme.example"
    assert values.word(" YES ", "reversible", ("yes", "no")) == "yes"
    assert values.word("", "reversible", ("yes", "no"), "no") == "no"


def test_a_text_of_a_file_is_cut_before_it_stands_in_a_report() -> None:
    assert values.short("x" * 41) == repr("x" * 39 + "…")
    assert values.short("a\nb") == repr("a\nb")


@given(st.integers(0, 10**15))
def test_every_count_reads_back_however_its_digits_are_grouped(number: int) -> None:
    assert values.count(f"{number:,}", "input_tokens") == number
    assert values.count(f"{number:,}".replace(",", "."), "input_tokens", DecimalMark.COMMA) == number
    assert values.count(f"{number:,}".replace(",", "\u00a0"), "input_tokens") == number


@given(st.decimals(0, 10**12, places=9, allow_nan=False))
def test_every_amount_reads_back_by_either_mark(amount: Decimal) -> None:
    english = f"{amount:,}"
    german = english.translate(str.maketrans(",.", ".,"))

    assert values.decimal(english, "cost") == amount
    assert values.decimal(german, "cost", mark=DecimalMark.COMMA) == amount


@pytest.mark.parametrize(
    ("text", "order", "found"),
    [
        ("13/10/2026 23:59:59", DateOrder.DAY_FIRST, "2026-10-13T23:59:59"),
        ("09/10/2026 9:30", DateOrder.DAY_FIRST, "2026-10-09T09:30:00"),
        ("10/09/2026, 12:05 AM", DateOrder.MONTH_FIRST, "2026-10-09T00:05:00"),
        ("Nov 9, 2026, 10:15 p.m.", DateOrder.ISO, "2026-11-09T22:15:00"),
        ("9.11.2026 12:00 PM Z", DateOrder.ISO, "2026-11-09T12:00:00+00:00"),
    ],
)
def test_a_time_is_read_in_the_order_of_its_file(text: str, order: DateOrder, found: str) -> None:
    assert values.moment(text, order=order).isoformat() == found


@pytest.mark.parametrize(
    ("text", "reason"), [("09/10/2026 9:30", "in two ways: write 2026-10-09 or 2026-09-10"), ("9:30", "no time")]
)
def test_a_time_that_nothing_explains_is_rejected(text: str, reason: str) -> None:
    with pytest.raises(BadRow, match=reason):
        values.moment(text, order=DateOrder.OPEN)
