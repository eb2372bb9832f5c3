"""What the commands do over a store: questions as somebody, a measured run, questions with a thumb down."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.cli.commands import Asking, evaluate, misread
from bot.errors import UserError
from bot.questions.answers.answer import Status
from bot.settings import Settings
from storage.engine import writing_engine
from storage.tables import Question
from tests.conftest import LARKSPUR_DAY


def test_without_somebodys_address_it_is_the_operator_who_asks(larkspur: str) -> None:
    with closing(Asking(Settings(database_url=larkspur), as_of=LARKSPUR_DAY, mode="rules")) as asking:
        assert asking.ask("cost by team last month").status is Status.ANSWERED
        assert not any(row.suppressed for row in asking.ask("cost by team last month").rows)
        assert asking.ask("cost last month", " Nobody@Elsewhere.example ").status is Status.DENIED


def test_as_somebody_they_have_their_own_rights(larkspur: str, larkspur_files: Path) -> None:
    email = (larkspur_files / "roster.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    with closing(Asking(Settings(database_url=larkspur), LARKSPUR_DAY, email.upper(), "rules")) as asking:
        assert any(row.suppressed for row in asking.ask("cost by team last month").rows)


def test_questions_of_one_thread_are_a_conversation(larkspur: str) -> None:
    with closing(Asking(Settings(database_url=larkspur), as_of=LARKSPUR_DAY, mode="rules")) as asking:
        asking.ask("cost last month", thread="t1")

        followed, alone = asking.ask("by tool", thread="t1"), asking.ask("by tool", thread="t2")
    assert followed.query
    assert followed.query["metrics"] == ["cost"]
    assert followed.query["group_by"] == ["tool"]
    assert alone.status is not Status.ANSWERED


def test_without_a_store_it_says_how_to_fill_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="fulcrum import DIR"):
        Asking(Settings(database_url=f"sqlite:///{tmp_path / 'none.db'}"))


def test_a_run_is_measured_against_gold_and_kept_for_the_next(
    larkspur: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, gold, last = Settings(database_url=larkspur), tmp_path / "gold.jsonl", tmp_path / "last.json"
    with closing(Asking(settings, as_of=LARKSPUR_DAY, mode="rules")) as asking:
        cost = asking.ask("cost last month").rows[0].values["cost"]
    expect = {"status": "answered", "rows": [{"labels": [], "value": cost}]}
    wrong = {"status": "answered", "rows": [{"labels": [], "value": 1}]}
    lines = [
        {"id": "q1", "family": "basics", "turns": ["cost last month"], "expect": expect},
        {"id": "q2", "family": "basics", "turns": ["tokens", "cost last month"], "expect": wrong},
    ]
    gold.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    last.write_text(json.dumps({"verdicts": [{"id": "q1", "outcome": "missed"}]}), encoding="utf-8")

    assert evaluate(settings, gold, LARKSPUR_DAY, "rules", last) == 0

    told = capsys.readouterr().out
    assert "q1: missed → right" in told
    assert "right 50.0%, wrong 50.0%" in told
    kept = json.loads(last.read_text(encoding="utf-8"))["verdicts"]
    assert [(verdict["id"], verdict["outcome"]) for verdict in kept] == [("q1", "right"), ("q2", "wrong")]


def test_a_file_of_questions_that_lacks_what_is_judged_is_refused_by_its_line(larkspur: str, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    whole = json.dumps({"id": "q1", "turns": ["tokens"], "expect": {"status": "answered", "rows": []}})
    for line in ('{"id": "q2", "turns": ["tokens"]}', "tokens last month"):
        gold.write_text(f"{whole}\n\n{line}\n", encoding="utf-8")
        with pytest.raises(UserError, match="line 3: a question is a JSON object with id, turns and expect"):
            evaluate(Settings(database_url=larkspur), gold, LARKSPUR_DAY, "rules", None)


def test_questions_with_a_thumb_down_are_listed_or_made_lines_of_a_test(
    larkspur: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(database_url=larkspur)
    with closing(Asking(settings, as_of=LARKSPUR_DAY, mode="rules")) as asking:
        asking.ask("cost last month", thread="t1")
        number = asking.ask("by tool", thread="t1").number
    with writing_engine(larkspur).begin() as connection:
        then = datetime(2026, 11, 18, tzinfo=UTC)
        connection.execute(
            update(Question).where(Question.id == number).values(vote="down", complaint="Q3", asked_at=then)
        )
    capsys.readouterr()

    misread(settings, export=False)
    assert capsys.readouterr().out == "2026-11-18 answered    cost last month / by tool\n" + " " * 23 + "Q3\n"
    misread(settings, export=True)
    assert json.loads(capsys.readouterr().out) == {
        "id": f"m{number}",
        "turns": ["cost last month", "by tool"],
        "family": "misread",
        "expect": {"status": "", "rows": []},
    }
