"""The modal that shows what stands behind an answer."""

from __future__ import annotations

from bot.questions.answers.answer import Answer, Column, Row, Shape, Status
from bot.slack.questions.math import LOOKING, math_view
from tests.fakes.slack_blocks import problems

SAID = ("Tokens (tokens): All tokens.", "Read as: tokens, by team, R&D.")
ROWS = tuple(Row(labels={"team": f"<Team {at}>"}, values={"tokens": at}) for at in range(200))
ANSWER = Answer(
    status=Status.ANSWERED,
    text="x",
    shape=Shape.LIST,
    columns=(Column(name="tokens", label="tokens", unit="tokens"),),
    rows=ROWS,
    explain={"sql": ["SELECT 1 < 2 " * 900] * 5},
)


def text_of(answer: Answer | None, waiting: bool = False) -> str:
    view = math_view(SAID, answer, waiting).to_dict()
    assert not problems(view["blocks"])
    return "\n".join(str(block.get("text") or block["elements"]) for block in view["blocks"])


def test_definition_and_reading_come_first_and_the_rest_when_it_is_there() -> None:
    assert LOOKING in text_of(None, waiting=True)
    shown = text_of(ANSWER)
    assert shown.index("*Read as:* tokens, by team, R&amp;D.") < shown.index("&lt;Team 1&gt;") < shown.index("SELECT")
    assert LOOKING not in shown


def test_who_may_not_see_the_rows_is_told_why() -> None:
    shown = text_of(Answer(status=Status.DENIED, text="This group is too small."))
    assert "too small" in shown
    assert "SELECT" not in shown
