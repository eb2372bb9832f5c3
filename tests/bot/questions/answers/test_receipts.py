"""The line under an answer, and what stands behind it."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.answers.answer import Receipt
from bot.questions.answers.receipts import line, math

RECEIPT = Receipt(
    metric="tokens per employee",
    definition="tokens ÷ headcount",
    period="October 2026",
    zone="Europe/Berlin",
    scope="whole organisation",
    newest="2026-11-18",
    coverage=0.974,
    question="tokens per employee, by team, October 2026",
)


def test_the_line_says_period_scope_newest_day_and_coverage() -> None:
    assert line(RECEIPT) == "October 2026 · everyone · data to 18 Nov · 97% attributed"


def test_a_scope_is_named_and_what_is_not_known_is_left_out() -> None:
    assert line(replace(RECEIPT, scope="Platform", newest="", coverage=None)) == "October 2026 · Platform"


def test_a_definition_has_no_line() -> None:
    assert line(replace(RECEIPT, period="")) == ""


def test_the_math_holds_the_definition_the_question_as_read_and_the_zone() -> None:
    assert math(RECEIPT) == (
        "Tokens per employee: tokens ÷ headcount",
        "Asked: tokens per employee, by team, October 2026.",
        "Days are those of Europe/Berlin; the newest data are of 2026-11-18.",
    )
