"""Answers and the whole store as files, each with what it holds said beside it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from bot.cli.main import main

ASKED = ("cost by team last month", "--as-of", "2026-11-18")


@pytest.fixture
def store(larkspur: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", larkspur)


@pytest.mark.usefixtures("store")
def test_an_answer_is_a_file_with_its_meaning_beside_it(tmp_path: Path) -> None:
    assert main(["export", str(tmp_path), *ASKED, "--as", "oluwaseun.castillo@larkspur.example"]) == 0

    about = json.loads((tmp_path / "cost-by-team-october-2026.json").read_text("utf-8"))
    rows = [*csv.DictReader((tmp_path / "cost-by-team-october-2026.csv").read_text("utf-8").splitlines())]
    assert about["definition"].startswith("Dollars billed")
    assert about["period"]["start"] == "2026-10-01"
    assert about["filters"] == []
    assert about["hidden_rows"] == sum(row["note"] == "hidden" for row in rows) > 0
    assert all(row["cost (USD)"] == "" for row in rows if row["note"] == "hidden")


@pytest.mark.usefixtures("store")
def test_the_whole_store_is_the_operators(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path / "a"), "--as", "oluwaseun.castillo@larkspur.example"]) == 1
    assert "operator's to export" in capsys.readouterr().err
    assert not (tmp_path / "a").exists()

    assert main(["export", str(tmp_path / "b")]) == 0
    teams = csv.DictReader((tmp_path / "b" / "bi_teams.csv").read_text("utf-8").splitlines())
    assert "Checkout" in {row["team"] for row in teams}
    about = json.loads((tmp_path / "b" / "usage_by_person.json").read_text("utf-8"))
    assert about["suppression"].startswith("Nothing is hidden")
    assert about["names_people"]
    assert (about["period"]["start"], about["filters"]) == ("2026-05-25", [])
    of_people = csv.DictReader((tmp_path / "b" / "usage_by_person.csv").read_text("utf-8").splitlines())
    of_teams = csv.DictReader((tmp_path / "b" / "bi_usage.csv").read_text("utf-8").splitlines())
    mine, theirs = (sum(int(row["output_tokens"] or 0) for row in rows) for rows in (of_people, of_teams))
    assert mine == theirs > 0
    capsys.readouterr()
    assert main(["ask", "--json", "output tokens since 25 May 2026", "--as-of", "2026-11-18"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["values"]["output_tokens"] == mine


@pytest.mark.usefixtures("store")
def test_parquet_holds_the_same_rows(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")

    assert main(["export", "--parquet", str(tmp_path), *ASKED]) == 0
    rows = duckdb.read_parquet(str(tmp_path / "cost-by-team-october-2026.parquet")).fetchall()
    assert all(isinstance(cost, float) for _, cost, _ in rows)
    assert len(rows) > 5
    assert not (tmp_path / "cost-by-team-october-2026.csv").exists()


@pytest.mark.usefixtures("store")
def test_a_question_without_rows_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path / "c"), "what does adoption mean"]) == 1
    assert "no rows to export" in capsys.readouterr().err
    assert not (tmp_path / "c").exists()
