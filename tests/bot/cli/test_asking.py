"""Commands that answer: what they take, and the ones that stand for a question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.cli import asking
from tests.bot.cli.parsed import parsed


def test_a_question_may_be_many_words_and_have_its_day_and_its_asker() -> None:
    given = parsed("ask", "cost", "by", "team", "--as-of", "2026-11-18", "--as", "ana@x.example")

    assert (given.run, given.question) == (asking.ask, ["cost", "by", "team"])
    assert (given.as_of, given.as_email) == (date(2026, 11, 18), "ana@x.example")


@pytest.mark.parametrize(
    ("line", "question"),
    [(["budgets", "October"], "show budgets October"), (["targets"], "show targets"), (["scorecard"], "scorecard"),
     (["scorecard", "--team", "Core"], "scorecard for Core")],
)  # fmt: skip
def test_plans_and_the_scorecard_stand_for_a_question(
    line: list[str], question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(asking, "ask", lambda given, settings: asked.extend(given.question))
    given = parsed(*line)

    given.run(given, object())
    assert asked == [question]


def test_files_are_paths_and_an_unknown_engine_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert parsed("eval", "q.jsonl").questions == Path("q.jsonl")
    with pytest.raises(SystemExit):
        parsed("ask", "--engine", "magic", "cost")
    assert "magic" in capsys.readouterr().err
