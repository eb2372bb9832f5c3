"""The plain values that cross the border between sources, questions and the store."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.records import Period


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 400))
def test_a_period_covers_both_of_its_ends_and_every_day_between(start: date, days: int) -> None:
    period = Period(start, date.fromordinal(start.toordinal() + days - 1))

    each = [*period.each_day()]
    assert (each[0], each[-1], len(each)) == (period.start, period.end, period.days)
    assert len({*each}) == days


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="2026-11-02 to 2026-11-01"):
        Period(date(2026, 11, 2), date(2026, 11, 1))


def test_a_period_is_data_in_the_contracts_shape() -> None:
    assert Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026").to_json() == {
        "start": "2026-10-01",
        "end": "2026-10-31",
        "label": "October 2026",
    }
