"""An answer as the contract's JSON object: what is there is told, what is not has no key."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.questions.answers.answer import Answer, Fact, Option, Receipt, Row, Status
from storage.records import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")


def test_an_answer_without_figures_has_the_keys_that_every_answer_has() -> None:
    assert Answer(status=Status.CLARIFY, text="Which one?", elapsed_ms=1.239).to_json() == {
        "status": "clarify",
        "engine": "rules",
        "text": "Which one?",
        "query": None,
        "rows": [],
        "caveats": [],
        "elapsed_ms": 1.24,
    }


@pytest.mark.parametrize(
    ("field", "value", "key", "told"),
    [
        ("period", OCTOBER, "period", {"start": "2026-10-01", "end": "2026-10-31", "label": "October 2026"}),
        ("previous", OCTOBER, "previous", {"start": "2026-10-01", "end": "2026-10-31", "label": "October 2026"}),
        ("query", {"metrics": ["cost"]}, "query", {"metrics": ["cost"]}),
        ("caveats", ("Newest data: today.",), "caveats", ["Newest data: today."]),
        ("facts", (Fact(label="people", value=7),), "facts", [{"label": "people", "value": 7, "unit": ""}]),
        ("options", (Option(label="by team", ask="cost by team"),), "options", ["by team"]),
    ],
)
def test_what_is_there_is_told(field: str, value: Any, key: str, told: object) -> None:
    assert Answer(status=Status.ANSWERED, text="", **{field: value}).to_json()[key] == told


def test_a_row_is_marked_where_it_is_hidden_or_rounded_and_only_there() -> None:
    labels, values = {"team": "Care"}, {"tokens": None}
    rows = (
        Row(labels=labels, values=values),
        Row(labels=labels, values=values, suppressed=True),
        Row(labels=labels, values=values, rounded=True),
    )

    assert Answer(status=Status.ANSWERED, text="", rows=rows).to_json()["rows"] == [
        {"labels": labels, "values": values},
        {"labels": labels, "values": values, "suppressed": True},
        {"labels": labels, "values": values, "rounded": True},
    ]


def test_several_questions_in_one_are_told_each_by_itself() -> None:
    part = Answer(status=Status.ANSWERED, text="1", rows=(Row(labels={}, values={"tokens": 1}),))

    told = Answer(status=Status.ANSWERED, text="1\n1", answers=(part, part)).to_json()

    assert told["answers"] == [part.to_json(), part.to_json()]
    assert "rows" not in told


def test_what_is_for_a_reader_beside_the_figures_is_not_in_the_contract() -> None:
    receipt = Receipt(metric="", definition="", period="", zone="", scope="", newest="", coverage=None)
    told = Answer(status=Status.ANSWERED, text="", receipt=receipt, private=True, public_text="…", number=3).to_json()

    assert told.keys() == {"status", "engine", "text", "query", "rows", "caveats", "elapsed_ms"}
