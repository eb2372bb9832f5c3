"""How an answer is to be shown is taken off its question, and is done or said."""

from __future__ import annotations

import pytest

from bot.questions.answers.answer import Answer, Column, Draw, Row, Shape, Status
from bot.questions.presentation import shown_as, wish


@pytest.mark.parametrize(
    ("text", "rest", "draw"),
    [
        ("cost by tool last month as a pie", "cost by tool last month", Draw.PIE),
        ("cost by tool last month, in a chart please", "cost by tool last month", Draw.CHART),
        ("pie chart of cost by tool", "cost by tool", Draw.PIE),
        ("show me a bar chart of cost by team", "cost by team", Draw.BAR),
        ("plot tokens by week", "tokens by week", Draw.CHART),
        ("tokens by week as a table", "tokens by week", Draw.TABLE),
        ("cost by model last quarter as csv", "cost by model last quarter", Draw.FILE),
        ("please export cost by tool last month to excel", "cost by tool last month", Draw.FILE),
        ("download a CSV of tokens by team", "tokens by team", Draw.FILE),
        ("save this question", "save this question", None),
        ("and as a pie?", "", Draw.PIE),
        ("cost by tool last month", "cost by tool last month", None),
        ("what does graph cost", "what does graph cost", None),
        ("tokens of support on line", "tokens of support on line", None),
    ],
)
def test_the_question_is_read_without_how_it_is_to_be_shown(text: str, rest: str, draw: Draw | None) -> None:
    assert wish(text) == (rest, draw)


def answer(shape: Shape, values: dict[str, float | None], adds: bool = True, label: str = "tool") -> Answer:
    rows = tuple(Row(labels={label: name}, values={"cost": value}) for name, value in values.items())
    columns = (Column(name="cost", label="cost", unit="USD", adds=adds),)
    return Answer(status=Status.ANSWERED, text="…", shape=shape, columns=columns, rows=rows)


THREE: dict[str, float | None] = {"2026-10-05": 1.0, "2026-10-12": 2.0, "2026-10-19": 3.0}


@pytest.mark.parametrize(
    ("asked", "draw", "becomes", "says"),
    [
        (answer(Shape.LIST, {"a": 1, "b": 2}), Draw.PIE, Draw.PIE, ""),
        (answer(Shape.LIST, {"a": 1, "b": 2}, adds=False), Draw.PIE, Draw.BAR, "no parts of a whole"),
        (answer(Shape.LIST, {"a": 1, "b": 2}), Draw.LINE, Draw.BAR, "no time in it"),
        (answer(Shape.SERIES, THREE, label="week"), Draw.PIE, Draw.LINE, "cannot show time"),
        (answer(Shape.SERIES, {"2026-10-05": 1.0}, label="week"), Draw.CHART, None, "takes 3 points"),
        (answer(Shape.SINGLE, {"a": 1}), Draw.CHART, None, "makes no chart"),
        (answer(Shape.LIST, {"a": 1}), Draw.FILE, None, "Export CSV"),
        (answer(Shape.SERIES, THREE, label="week"), Draw.TABLE, Draw.TABLE, ""),
    ],
)
def test_what_cannot_be_drawn_as_asked_is_said(asked: Answer, draw: Draw, becomes: Draw | None, says: str) -> None:
    shown = shown_as(asked, draw)

    assert shown.draw is becomes
    assert [says in caveat for caveat in shown.caveats] == [True] * bool(says)


def test_an_answer_without_figures_is_left_as_it_is() -> None:
    refused = Answer(status=Status.DENIED, text="no")

    assert shown_as(refused, Draw.PIE) == refused
