"""`fulcrum offload` and `fulcrum workflow` as an operator runs them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli.advice import offload, workflow
from bot.errors import UserError
from bot.settings import Settings
from tests.bot.advice.conftest import AS_OF, Company, company
from tests.bot.advice.runs import runs

__all__ = ["company"]  # the fixture


def settings_of(company: Company) -> Settings:
    return Settings(database_url=company.writing.url.render_as_string(hide_password=False))


def printed(console: Console) -> str:
    return console.export_text()


def test_the_offload_command_prints_the_contracts_objects(company: Company) -> None:
    console = Console(record=True, width=200)

    assert offload(settings_of(company), None, AS_OF, True, console) == 0
    rows = json.loads(printed(console))

    assert {
        "workflow",
        "team",
        "activity",
        "verdict",
        "reason",
        "stage",
        "next_stage",
        "hours_per_week",
        "score",
    } <= rows[0].keys()
    assert {"confidence", "grade", "ai_does", "intent", "constraints", "done_check"} <= rows[0].keys()
    assert {"stop_and_ask_when", "risk", "why_now", "drivers"} <= rows[0].keys()
    assert rows[0]["hours_per_week"].keys() == {"p10", "p50", "p90"}
    assert len(rows) == 9


def test_the_workflow_command_prints_the_contracts_object(company: Company) -> None:
    company.outcomes([replace(run, workflow="ticket answering") for run in runs(49)])
    console = Console(record=True, width=200)

    workflow(settings_of(company), "ticket answering", AS_OF, True, console)
    found = json.loads(printed(console))

    assert found["evidence"] == {
        "verified": 49,
        "accepted": 49,
        "people": 4,
        "weeks": 5,
        "lower_bound": 0.9006,
        "bar": 0.9,
    }
    assert (found["stage"], found["decision"], found["signals"], found["history"]) == (
        "draft",
        "propose promotion",
        [],
        [],
    )


def test_both_commands_print_words_for_people(company: Company) -> None:
    console = Console(record=True, width=200)

    offload(settings_of(company), None, AS_OF, False, console)
    workflow(settings_of(company), "account notes", AS_OF, False, console)

    words = printed(console)
    assert " why " in words
    assert "badge requests: about 19 hours a week by hand" in words
    assert "review minutes: 4 to 9, mostly 7 (D, default of its activity)" in words


def test_a_narrow_terminal_keeps_each_workflow_on_a_line_and_says_where_the_reasons_are(company: Company) -> None:
    console = Console(record=True, width=100)

    offload(settings_of(company), None, AS_OF, False, console)

    words = printed(console)
    assert " why " not in words.splitlines()[1]
    assert any(line.startswith("account notes") for line in words.splitlines())
    assert "`fulcrum workflow NAME` has the stage, the score and the reasons" in words


def test_without_a_store_the_command_says_how_to_fill_one(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'none.db'}")

    with pytest.raises(UserError, match="fulcrum import"):
        offload(settings, None, date(2026, 11, 18), False, Console())
