"""The measure of answers: right, wrong, missed, ungrounded."""

from __future__ import annotations

from typing import Any

import pytest

from bot.questions.evaluation import difference, score

Data = dict[str, Any]


def gold(status: str = "answered", rows: list[Data] | None = None, **more: Any) -> Data:
    expect = {"status": status, "rows": rows or [], "ordered": False, "exact": True, **more}
    return {"id": "q1", "family": "single", "turns": ["tokens last month"], "expect": expect}


def row(value: float | None, *labels: str) -> Data:
    return {"labels": list(labels), "value": value}


def answer(*rows: tuple[Data, Data], status: str = "answered", text: str = "") -> Data:
    return {"status": status, "text": text, "rows": [{"labels": names, "values": values} for names, values in rows]}


def outcome(question: Data, result: Data) -> str:
    return score([question], {"q1": result}).verdicts[0].outcome


A, B = ({"team": "A"}, {"tokens": 7}), ({"team": "B"}, {"tokens": 5})


@pytest.mark.parametrize(
    ("question", "result", "expected"),
    [
        (gold(rows=[row(7, "a")]), answer(A), "right"),
        (gold(rows=[row(7.01, "a")]), answer(A), "right"),
        (gold(rows=[row(7.1, "a")]), answer(A), "wrong"),
        (gold(rows=[row(7, "a")]), answer(A, B), "wrong"),
        (gold(rows=[row(7, "a")], exact=False), answer(A, B), "right"),
        (gold(rows=[row(5, "b"), row(7, "a")], ordered=True), answer(A, B), "wrong"),
        (gold(rows=[row(5, "b")], ordered=True, exact=False), answer(A, B), "wrong"),
        (gold(rows=[row(None, "a")]), answer(({"team": "A"}, {"tokens": None})), "right"),
        (gold(rows=[row(7, "a")]), answer(status="clarify"), "missed"),
        (gold("clarify"), answer(A), "wrong"),
        (gold("clarify"), answer(status="unsupported"), "missed"),
        (gold("denied"), answer(status="denied"), "right"),
    ],
)
def test_an_answer_is_held_against_its_gold_line(question: Data, result: Data, expected: str) -> None:
    assert outcome(question, result) == expected


def test_a_question_without_a_result_is_missed() -> None:
    assert score([gold()], {}).verdicts[0].outcome == "missed"


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("7 tokens", ()),
        ("8 tokens", ("8",)),
        ("50.0%", ()),
        ("51.0%", ("51.0%",)),
        ("1,234", ()),
        ("1,235", ("1,235",)),
    ],
)
def test_a_number_that_nothing_accounts_for_is_ungrounded(text: str, loose: tuple[str, ...]) -> None:
    result = answer(({}, {"tokens": 7}), ({}, {"share": 0.5}), ({}, {"cost": 1234.2}), text=text)

    assert score([gold()], {"q1": result}).verdicts[0].ungrounded == loose


def test_a_run_says_what_ended_otherwise_than_before() -> None:
    before = score([gold(rows=[row(7, "a")])], {"q1": answer(B)}).to_json()
    now = score([gold(rows=[row(7, "a")])], {"q1": answer(A)})

    assert difference(now, before) == ["q1: wrong → right"]
    assert (now.part("right"), now.ungrounded) == (1.0, 0)
