"""The papers hold: what they show is run, what they take from the code is printed from it, their links lead there."""

from __future__ import annotations

import json
import re
import shlex
from argparse import Namespace
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest

from bot.advice import evidence, experiments, gates, ladder, leverage
from bot.cli import settings
from bot.cli.demo import FOLDER
from bot.cli.main import command_line, main
from bot.processes.build import KEPT_CLAIMS, KEPT_THREADS
from bot.slack.leverage_words import SUBCOMMANDS
from bot.sources.files import (
    aliases,
    budgets,
    events,
    identities,
    invoices,
    outcomes,
    roster,
    seats,
    targets,
    teams,
    usage,
    work,
    work_rules,
    workflows,
)
from storage.engine import STATEMENT_SECONDS
from storage.tables import Base
from tests.papers import BLOCK, DAY, ENV_FILE, PAPERS, Ask, anew, asking, questions, text_of
from tests.shared import ROOT

FRONT_PAGE = 8 * 1024  # bytes
DEMO = f"fulcrum demo --terminal --as-of {DAY}"
WITH_A_SERVER = {"serve", "worker", "demo", "sync", "doctor", "backup", "restore", "mcp"}  # or a vendor, or once alone
NAMED = {"ask", "eval", "import"}  # the papers also speak of these commands without what they need
ASKER = "oluwaseun.castillo@larkspur.example"
MEANT = {  # what a reader puts in place of the words in capitals
    "DIR": str(FOLDER / "files"),
    "EMAIL": ASKER,
    "FILE": "batch.jsonl",
    "NAME": "email replies",
    "QUESTION": "tokens last month",
    "QUESTIONS.jsonl": "gold.jsonl",
}
IMPORT_FILES = {
    "teams": teams,
    "roster": roster,
    "seats": seats,
    "workflows": workflows,
    "usage": usage,
    "work": work,
    "work_rules": work_rules,
    "outcomes": outcomes,
    "aliases": aliases,
    "identities": identities,
    "invoices": invoices,
    "budgets": budgets,
    "targets": targets,
    "events": events,
}


def inline(text: str) -> list[str]:
    """What stands between single backticks, outside of blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE))


def shell_lines() -> list[str]:
    """Every line of a block that is a command for a shell; trees and questions are not."""
    blocks = [block for name in PAPERS for block in BLOCK.findall(text_of(name))]
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if re.match(r"(?:make|fulcrum|export|python|\.) ", line)]


def commands() -> list[list[str]]:
    """Every `fulcrum …` of the papers, as its words after the name."""
    shown = [span for name in PAPERS for span in inline(text_of(name))] + shell_lines()
    found = [shlex.split(span, comments=True) for span in shown if span.startswith("fulcrum ")]
    unique = {tuple(MEANT.get(word, word) for word in words[1:]) for words in found}
    return [list(words) for words in sorted(unique) if not (len(words) == 1 and words[0] in NAMED)]


def section(paper: str, title: str) -> str:
    """What stands under a heading of a paper."""
    return text_of(paper).split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def table(text: str) -> list[list[str]]:
    """The rows of a table without its head, cell by cell."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows[2:]]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a reader has made the invented company, as README says."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / MEANT["FILE"]).write_text('{"id": "q1", "turns": ["tokens last month", "and in Checkout?"]}\n', "utf-8")
    expected = {"status": "unsupported", "rows": []}
    gold = {"id": "g1", "turns": ["what will we spend next month?"], "family": "limits", "expect": expected}
    (folder / MEANT["QUESTIONS.jsonl"]).write_text(json.dumps(gold) + "\n", "utf-8")
    with chdir(folder):
        assert main(shlex.split(DEMO)[1:]) == 0
    return folder


@pytest.fixture(scope="module")
def ask(company: Path) -> Iterator[Ask]:
    """Asks that company as of the day."""
    with asking(company / FOLDER / "fulcrum.db") as asked:
        yield asked


@pytest.mark.parametrize("paper", PAPERS)
def test_answers_settings_metrics_and_bars_are_those_of_the_code(paper: str, ask: Ask) -> None:
    # `python -m tests.papers` prints them anew.
    assert anew(text_of(paper), ask) == text_of(paper)


def test_the_file_of_settings_is_printed_from_their_declarations() -> None:
    assert text_of(ENV_FILE) == f"{settings.env()}\n"


def test_the_front_page_is_short_and_shows_eight_questions() -> None:
    assert len(text_of("README.md").encode()) <= FRONT_PAGE
    assert len(questions(text_of("README.md"))) == 8
    assert DEMO in " ".join(text_of("README.md").split())


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_of_the_papers_does_what_it_says_without_complaint(
    words: list[str], company: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(company)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{FOLDER / 'fulcrum.db'}")
    if words == ["--version"]:
        with pytest.raises(SystemExit, match="0"):
            main(words)
    elif words[0] in WITH_A_SERVER:
        assert isinstance(command_line().parse_args(words), Namespace)
    else:
        assert main(words) == 0
        assert "fulcrum:" not in capsys.readouterr().err


def test_what_readme_exports_is_the_store_that_its_demo_made(company: Path) -> None:
    exported = [line.split("#")[0].split("=", 1)[1].strip() for line in shell_lines() if line.startswith("export ")]

    assert [company / url.removeprefix("sqlite:///") for url in exported] == [company / FOLDER / "fulcrum.db"]
    assert (company / FOLDER / "fulcrum.db").is_file()


def test_loading_the_same_files_again_changes_nothing(
    company: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(company)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{FOLDER / 'fulcrum.db'}")

    assert main(["import", MEANT["DIR"], "--json"]) == 0

    rows = json.loads(capsys.readouterr().out)["rows"]
    assert rows["read"] > 10_000
    assert (rows["new"], rows["changed"], rows["removed"], rows["rejected"]) == (0, 0, 0, 0)


def test_every_command_has_its_line_in_the_table() -> None:
    known = {str(action.metavar): action for action in command_line()._actions}["COMMAND"]

    assert known.choices is not None
    assert set(known.choices) == {words[0] for words in commands() if words != ["--version"]}


def test_make_knows_every_target_that_the_papers_name() -> None:
    targets = set(re.findall(r"^([a-z][\w-]*):", text_of("Makefile"), re.MULTILINE))
    shown = [span for name in PAPERS for span in inline(text_of(name))] + shell_lines()
    named = {shlex.split(span)[1] for span in shown if span.startswith("make ")}

    assert {"demo", "test", "check"} <= named <= targets
    assert "VENV := .venv\n" in text_of("Makefile")  # where README's `activate` is


def test_the_command_of_slack_knows_every_word_that_the_papers_name() -> None:
    named = {span.split()[1] for name in PAPERS for span in inline(text_of(name)) if re.match(r"/leverage \w", span)}

    assert named
    assert named <= set(SUBCOMMANDS)


@pytest.mark.parametrize("paper", PAPERS)
def test_links_lead_somewhere(paper: str) -> None:
    dead = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text_of(paper)):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / paper).parent / path if path else ROOT / paper
        if not target.is_file() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            dead.append(link)

    assert dead == []


def anchors(text: str) -> set[str]:
    """What the headings of a paper are called in links."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("paper", PAPERS)
def test_files_that_the_papers_name_are_there(paper: str) -> None:
    named = [span for span in inline(text_of(paper)) if re.fullmatch(r"(?:bot|storage|tests)/[\w/.]+", span)]

    assert [span for span in named if not (ROOT / span).exists()] == []


@pytest.mark.parametrize("package", ["bot", "storage"])
def test_the_tree_has_every_room_and_no_other(package: str) -> None:
    (tree,) = BLOCK.findall(section(f"{package}/README.md", "The tree"))
    drawn = {line.split()[0].rstrip("/") for line in tree.splitlines()}
    rooms = {path.parent.relative_to(ROOT / package).as_posix() for path in (ROOT / package).rglob("*.py")}

    assert drawn == rooms - {".", "migrations/versions"}


def test_every_table_of_the_schema_is_described() -> None:
    described = set(inline(section("storage/README.md", "The schema")))

    assert set(Base.metadata.tables) <= described


def test_the_import_files_have_these_columns_and_need_the_bold_ones() -> None:
    rows = dict(table(section("bot/README.md", "The import files")))

    # The rates may also be the central bank's own file, with a column for each currency.
    assert rows.keys() == {f"`{name}.csv`" for name in (*IMPORT_FILES, "rates")}
    for name, module in IMPORT_FILES.items():
        columns, cell = module.COLUMNS, rows[f"`{name}.csv`"]
        needed = {*columns.needed, *(column for either in columns.either for column in either)}
        assert {*columns.known, *columns.optional} <= set(re.findall(r"\w+", cell))
        assert set(re.findall(r"\*\*(\w+)\*\*", cell)) == needed


@pytest.mark.parametrize(("said", "days"), table(section("storage/README.md", "Days")))
def test_the_days_that_a_period_covers(
    said: str, days: str, company: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{company / FOLDER / 'fulcrum.db'}")

    main(["ask", "--json", "--as-of", str(DAY), f"total tokens {said.removeprefix('nothing')}"])

    period = json.loads(capsys.readouterr().out)["period"]
    assert f"{period['start']} to {period['end']}" == days


def test_the_numbers_of_the_ladder_are_its_constants() -> None:
    told = " ".join(text_of("bot/advice/README.md").split())
    sentences = [
        f"at most the last {evidence.WINDOW}: at least {evidence.FEWEST_RUNS}, from at least",
        f"from at least {evidence.FEWEST_WEEKS} weeks, checked by",
        f"checked by at least {evidence.FEWEST_PEOPLE} people of whom none did more than half",
        f"faster than {evidence.STAMP_SECONDS:.0f} seconds (or than {evidence.STAMP_SHARE * 100:.0f} % of a task",
        f"count half until {evidence.FEWEST_RUNS} fresh ones are in",
        f"{ladder.ASSIST_RUNS} verified runs; intent",
        f"{ladder.AUDIT_DAYS} days at audit",
        f"for at most {ladder.GRANT_DAYS} days",
        f"A decline rests for {ladder.DECLINED_DAYS} days",
        f"nothing was checked for {ladder.UNAUDITED_DAYS} days",
        f"Two demotions within {ladder.DEMOTIONS_DAYS} days mean {ladder.COOLING_DAYS} days of cooling",
        f"dismissed within {gates.DISMISSED_DAYS} days",
        f"means {gates.DISMISSED_DAYS} days, unless",
        f"hold {leverage.COVERED * 100:.0f} % of its people's time",
    ]

    assert [sentence for sentence in sentences if sentence not in told] == []
    assert (evidence.OLD_WEIGHT, evidence.MOST_OF_ONE, ladder.RENEW_DAYS, gates.LATER_DAYS) == (0.5, 0.5, 14, 28)
    assert (gates.MUCH_BETTER, gates.LEAST_RUNS, gates.LEAST_HOURS) == (1.5, 3, 1)
    assert (experiments.TRIAL_WEEKS, experiments.TOO_FEW_INSIDE, experiments.WIDENED) == (4, 0.6, 1.5)


def test_what_is_kept_is_kept_as_long_as_the_papers_say() -> None:
    assert f"after {KEPT_CLAIMS.days} days, what a thread is about after {KEPT_THREADS.days}" in text_of(
        ".github/SECURITY.md"
    )
    assert f"end after {STATEMENT_SECONDS} seconds" in text_of("storage/README.md")
