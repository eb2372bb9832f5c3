"""ISO weeks, and which of them are short."""

from __future__ import annotations

from datetime import date

import pytest

from bot.digest.week import Week, holidays_of, parse_week, week_of
from bot.errors import SettingsError, UserError


def test_the_first_of_january_2027_is_in_week_53_of_2026() -> None:
    week = week_of(date(2027, 1, 1))

    assert str(week) == "2026-W53"
    assert (week.monday, week.sunday) == (date(2026, 12, 28), date(2027, 1, 3))
    assert str(week.plus(1)) == "2027-W01"
    assert parse_week("2026-w53") == week


@pytest.mark.parametrize("text", ["2025-W53", "2026-W00", "2026-46", "last week", "", "2026-W466"])
def test_what_is_no_week_is_refused_with_a_word(text: str) -> None:
    with pytest.raises(UserError, match="2026-W46"):
        parse_week(text)


def test_a_week_is_short_with_fewer_than_three_workdays() -> None:
    week = Week(date(2026, 12, 21))

    assert week.workdays(frozenset()) == 5
    assert week.workdays(holidays_of("DE")) == 4  # Boxing Day is a Saturday
    assert not week.is_short({date(2026, 12, 24), date(2026, 12, 25)})
    assert week.is_short({date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 25)})


def test_a_country_may_name_a_part_and_one_nobody_knows_is_a_wrong_setting() -> None:
    assert date(2026, 11, 1) in holidays_of("DE-BY")
    assert date(2026, 11, 1) not in holidays_of("DE-BE")
    assert date(2026, 12, 25) not in holidays_of("")
    with pytest.raises(SettingsError, match="FULCRUM_COUNTRY"):
        holidays_of("Atlantis")
