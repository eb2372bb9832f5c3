"""The line under an answer, and what stands behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.questions.answers.answer import Receipt
from bot.questions.answers.receipts import line, math
from storage.query import Query
from storage.records import Period
from tests.bot.questions.answers.sample import Sample

RECEIPT = Receipt(
    metric="tokens per employee",
    definition="tokens ÷ headcount",
    period="October 2026",
    zone="Europe/Berlin",
    scope="whole organisation",
    newest="2026-11-18",
    coverage=0.974,
)


def test_the_line_says_period_scope_newest_day_and_coverage() -> None:
    assert line(RECEIPT) == "October 2026 · everyone · data to 18 Nov · 97% attributed"


def test_a_scope_is_named_and_what_is_not_known_is_left_out() -> None:
    assert line(replace(RECEIPT, scope="Platform", newest="", coverage=None)) == "October 2026 · Platform"


def test_a_definition_has_no_line() -> None:
    assert line(replace(RECEIPT, period="")) == ""


def test_the_math_holds_definition_formula_reading_and_days_and_no_figure(sample: Sample) -> None:
    query = Query(
        metrics=("tokens_per_employee",),
        period=Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026"),
        previous=Period(date(2026, 9, 1), date(2026, 9, 30), "September 2026"),
        group_by=("team",),
    )

    measured, read, days = math(query, sample.directory, "Europe/Berlin")

    assert measured.startswith("Tokens per employee (tokens per person): Workforce tokens ÷ headcount;")
    assert measured.endswith(
        "Formula: (workforce fresh input + workforce cached input + workforce cache writes + "
        "workforce output) ÷ headcount."
    )
    assert read == "Read as: tokens per employee, by team, October 2026, compared with September 2026."
    assert days.startswith(
        "Days: 1-31 Oct 2026 and 1-30 Sep 2026, as they are counted in Europe/Berlin. Recorded is use"
    )
