"""The days to come that a prediction names, whole units up to their end."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.plans.horizon import horizon

AS_OF = date(2026, 11, 18)  # a Wednesday


def test_every_way_to_name_days_to_come() -> None:
    told = {
        "cost this month": ("2026-11-01", "2026-11-30"),
        "cost by the end of the month": ("2026-11-01", "2026-11-30"),
        "cost by month end": ("2026-11-01", "2026-11-30"),
        "cost by EOM": ("2026-11-01", "2026-11-30"),
        "November's bill": ("2026-11-01", "2026-11-30"),
        "spend in January": ("2027-01-01", "2027-01-31"),
        "spend in october": ("2027-10-01", "2027-10-31"),
        "cost this week": ("2026-11-16", "2026-11-22"),
        "tokens next week": ("2026-11-23", "2026-11-29"),
        "tokens over the next 3 weeks": ("2026-11-18", "2026-12-08"),
        "tokens in the coming two weeks": ("2026-11-18", "2026-12-01"),
        "cost next month": ("2026-12-01", "2026-12-31"),
        "cost by year end": ("2026-01-01", "2026-12-31"),
        "cost tomorrow": ("2026-11-19", "2026-11-19"),
    }

    found = {text: horizon(text, AS_OF)[0] for text in told}

    assert {text: (str(period.start), str(period.end)) for text, period in found.items() if period} == told


@pytest.mark.parametrize("text", ["what may we spend", "cost of Claude", "we march on"])
def test_other_words_name_none_and_stay(text: str) -> None:
    assert horizon(text, AS_OF) == (None, text)


def test_what_is_left_is_the_question_without_its_days() -> None:
    assert horizon("cost of Support by the end of this month", AS_OF)[1] == "cost of Support"
