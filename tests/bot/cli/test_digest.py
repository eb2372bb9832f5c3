"""`fulcrum digest` as an operator runs it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.digest import digest
from bot.cli.main import main
from bot.settings import Settings
from storage.engine import writing_engine
from tests.bot.digest.company import Company
from tests.databases import fresh_store
from tests.fakes.slack_blocks import problems

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    with fresh_store("sqlite", tmp_path) as url:
        engine = writing_engine(url)
        Company().save(engine)
        engine.dispose()
        monkeypatch.setenv("DATABASE_URL", url)

        def command(*arguments: str) -> tuple[int, str, str]:
            code = main(["digest", "--as-of", "2026-03-25", *arguments])
            return code, *capsys.readouterr()

        yield command


def test_without_a_week_it_is_the_last_complete_one_as_text(run: Run) -> None:
    code, said, _ = run()

    assert code == 0
    assert said.startswith("W12, whole organisation (37 people): a normal week.")


def test_the_json_is_the_contracts_object(run: Run) -> None:
    _, said, _ = run("--week", "2026-W11", "--team", "care", "--format", "json")

    data: dict[str, Any] = json.loads(said)
    assert (data["week"], data["team"], data["state"]) == ("2026-W11", "Care", "normal")
    assert data["headline"]["weeks"] == 12
    assert all(answer["status"] == "answered" for answer in data["details"])
    assert "Cost $" in data["text"]


def test_the_blocks_are_what_slack_takes(run: Run) -> None:
    _, said, _ = run("--format", "blocks")

    messages = json.loads(said)
    assert [problems(message["blocks"]) for message in messages] == [[]] * len(messages)
    assert len(messages) > 3


def test_for_a_channel_the_small_team_is_hidden_and_the_operator_sees_it(run: Run) -> None:
    _, channel, _ = run("--team", "Law", "--audience", "channel")
    _, operator, _ = run("--team", "Law")

    assert "hidden" in channel
    assert "tokens per employee" in operator


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--week", "2025-W53"], "no week '2025-W53'"), (["--team", "Nowhere"], "no team called 'Nowhere'")],
)
def test_what_there_is_not_is_one_line_on_standard_error(run: Run, arguments: list[str], words: str) -> None:
    code, said, told = run(*arguments)

    assert (code, said) == (1, "")
    assert words in told


def test_the_same_week_gives_the_same_digest_twice(tmp_path: Path) -> None:
    with fresh_store("sqlite", tmp_path) as url:
        engine = writing_engine(url)
        company = Company(factor=lambda team, person, week: 2.0 if week == 15 else 1.0)
        company.save(engine)
        engine.dispose()
        settings = Settings(database_url=url)

        def data() -> str:
            found = digest(settings, week="2026-W12", team=None, as_of=company.monday(17), for_channel=True)
            value = found.to_json()
            for answer in value["details"]:
                answer.pop("elapsed_ms")
            return json.dumps(value)

        assert data() == data()
