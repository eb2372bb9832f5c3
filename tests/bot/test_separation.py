"""Two organisations in one store: from one of them nothing of the other is seen, on the command line or in Slack."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.cli.main import command_line, main
from bot.errors import UserError
from bot.mcp_server.desk import AgentDesk, Principal
from bot.questions.pipeline import Questions
from bot.questions.read import read
from bot.questions.request import AskRequest
from bot.questions.threads.memory import StoreMemory
from bot.services import StoreServices
from bot.settings import Settings
from bot.slack.plans.desk import BudgetWish, PlanDesk
from storage.budgets import budgets_in_force
from storage.engine import reading_engine, writing_engine
from storage.keep import agent_tokens, saved, watches
from storage.keep.saved import Scheduled
from storage.keep.watches import Watched
from storage.load.undoing import read_loads
from storage.load.words import VocabularyWord, propose, teach, unlearn, words
from storage.plan_records import PlanScope
from storage.tables import Question, Workspace
from storage.workspaces import add_workspace
from tests.bot.sources.files.shop import ROSTER, TEAMS, USAGE, USAGE_HEADER
from tests.databases import fresh_store

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)
DAY = "2026-05-10"
ZED = "zed@zebra.example"
OURS, THEIRS = "Acme", "Zebra"
# All that the other organisation is called by has this in it.
MARK = "zebra"
THEIR_USAGE = USAGE_HEADER + "".join(
    f"2026-05-0{day},{who},zebratool,zebraprovider,zebramodel,agent,zebraflow,91919191,0,0,2,0,7,0,0,91919\n"
    for day in (4, 5)
    for who in ("zed@zebra.example", "stray-zebra")
)
THEIR_FILES = {
    "teams": "team,parent,aliases,channel\nZebra Ops,,zebras,#zebra\n",
    "roster": "email,name,team,title,manager_email,kind,location,start_date,end_date\n"
    "zed@zebra.example,Zed Zebra,Zebra Ops,Zebra Keeper,,employee,Zebratown,2026-01-01,\n",
    "workflows": "workflow,team,activity\nzebraflow,Zebra Ops,support\n",
    "usage": THEIR_USAGE,
    "aliases": "kind,name,alias\nmodel,zebramodel,zed\n",
    "invoices": "month,provider,amount\n2026-05,zebraprovider,91919\n",
    "budgets": "scope,name,month,amount\nteam,Zebra Ops,2026-05,91919\n",
    "targets": "scope,name,metric,value,by\nteam,Zebra Ops,tokens_per_employee,91919,2026-12-31\n",
}
OUR_FILES = {"teams": TEAMS, "roster": ROSTER, "usage": USAGE}
LOOKING = (
    ("ask", "--explain", "--as-of", DAY, "tokens by team this month"),
    ("ask", "--json", "--as-of", DAY, "tokens by person this month"),
    ("ask", "--json", "--as-of", DAY, "cost by model this month"),
    ("ask", "--json", "--as-of", DAY, "tokens by tool this month"),
    ("ask", "--json", "--as-of", DAY, "requests by workflow this month"),
    ("ask", "--json", "--as-of", DAY, "tokens by provider this month"),
    ("ask", "--json", "--as-of", DAY, "who used most tokens this month"),
    ("digest", "--as-of", DAY, "--week", "2026-W19"),
    ("offload", "--as-of", DAY, "--json"),
    ("loads", "--json"),
    ("people", "--json"),
    ("sources", "--json"),
    ("misread",),
    ("reconcile", "2026-05", "--json"),
    ("ask", "--csv", "--as-of", DAY, "tokens by team this month"),
    ("scorecard", "--as-of", DAY, "--json"),
    ("budgets", "May", "--as-of", DAY, "--json"),
    ("targets", "--as-of", DAY, "--json"),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with both."""
    folder = tmp_path_factory.mktemp("two")
    with fresh_store("sqlite", folder) as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        engine = writing_engine(url)
        with engine.begin() as connection:
            connection.execute(update(Workspace).values(name=OURS, slack_team_id="T1"))
            add_workspace(connection, "T2", THEIRS)
        engine.dispose()
        for name, files in ((OURS, OUR_FILES), (THEIRS, THEIR_FILES)):
            (folder / name).mkdir()
            for kind, rows in files.items():
                (folder / name / f"{kind}.csv").write_text(rows, encoding="utf-8")
            assert main(["import", str(folder / name), "--workspace", name]) == 0
    return folder / "store.db"


@pytest.fixture
def url(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    shutil.copyfile(filled, tmp_path / "store.db")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def services(url: str) -> Iterator[StoreServices]:
    reading, writing = reading_engine(url), writing_engine(url)
    memory = StoreMemory(reading, writing, lambda: NOW)
    settings = Settings(admins=frozenset({"ana@acme.example", "zed@zebra.example"}))
    yield StoreServices(Questions(reading, writing, settings, memory, read, lambda: NOW), writing, lambda: NOW, False)
    reading.dispose()
    writing.dispose()


def test_every_command_takes_the_organisation_it_is_about() -> None:
    parser = command_line()
    commands = next(action.choices for action in parser._actions if isinstance(action.choices, dict))

    assert [name for name, command in commands.items() if "--workspace" not in command.format_help()] == []


def test_no_command_shows_anything_of_another_organisation(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    told: dict[str, list[str]] = {}
    for name in (OURS, THEIRS):
        told[name] = []
        for command in LOOKING:
            main([*command, "--workspace", name])
            said = capsys.readouterr()
            told[name].append((said.out + said.err).lower())

    assert [words for words, said in zip(LOOKING, told[OURS], strict=True) if MARK in said or "91919" in said] == []
    shown = [words[0] for words, said in zip(LOOKING, told[THEIRS], strict=True) if MARK in said]
    assert {"ask", "people", "reconcile"} <= {*shown}, "the mark would be seen"


def test_a_load_of_another_organisation_cannot_be_taken_back(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    engine = reading_engine(url)
    with engine.connect() as connection:
        theirs = [*read_loads(connection, 2)]
    assert main(["loads", "--workspace", OURS, "undo", str(theirs[0].id)]) == 1
    assert f"no load {theirs[0].id}" in capsys.readouterr().err
    with engine.connect() as connection:
        assert [*read_loads(connection, 2)] == theirs
    engine.dispose()


def test_nothing_of_a_question_or_a_person_crosses_in_slack(services: StoreServices) -> None:
    def ask(workspace: int, email: str, text: str) -> int:
        request = AskRequest(workspace_id=workspace, text=text, asker_email=email, thread="C1:1")
        number = services.ask(request).number
        assert number is not None
        return number

    theirs = ask(2, "zed@zebra.example", "my tokens this month")
    ours = ask(1, "ana@acme.example", "my tokens this month")

    assert services.math(2, theirs)
    assert services.math(1, theirs) == ()
    services.vote(1, theirs, "zed@zebra.example", "down")
    with services.writing.connect() as connection:
        assert connection.scalar(select(Question.vote).where(Question.id == theirs)) == ""
        query = connection.scalar(select(Question.query).where(Question.id == ours))
    assert MARK not in str(query)
    assert [found.found.subject for found in services.strangers(2, "zed@zebra.example")] == ["stray-zebra"]
    assert services.strangers(1, "ana@acme.example") == ()
    services.note_thread(2, "C1", "1")
    assert not services.thread_known(1, "C1", "1")
    assert (services.workspace_for("T1"), services.workspace_for("T2")) == (1, 2)


def test_what_somebody_keeps_is_neither_seen_nor_ended_from_another_organisation(services: StoreServices) -> None:
    question = Scheduled(
        workspace_id=2,
        email=ZED,
        text="zebra tokens",
        slack_team="T2",
        owner="UZED",
        channel="CZ",
        weekday=1,
        minute=0,
        zone="UTC",
        since=NOW,
    )
    watched = Watched(
        workspace_id=2, email=ZED, key="k", kind=watches.BUDGET, query={}, level=0.8, title="zebra", since=NOW
    )
    desk = PlanDesk(services.questions.reading, services.writing, services.questions.settings_of, lambda: NOW)
    desk.set_budget(2, ZED, BudgetWish(PlanScope.TEAM, "Zebra Ops", NOW.date().replace(day=1), Decimal(7)))
    with services.writing.begin() as connection:
        kept = saved.save(connection, question)
        watches.keep(connection, watched)
        teach(connection, 2, VocabularyWord("team", "stripes", "Zebra Ops"))
        propose(connection, 2, VocabularyWord("team", "hooves", "Zebra Ops", ZED), NOW)
        bearer = agent_tokens.bearer_of(connection, agent_tokens.make(connection, 2, ZED, NOW))

        def seen(workspace: int) -> list[list[object]]:
            days = (NOW.date().replace(day=1), NOW.date())
            return [
                [*saved.active(connection, workspace)],
                [*watches.active(connection, workspace)],
                [word for word in words(connection, workspace) if "Zebra" in word.name],
                [*agent_tokens.active(connection, workspace)],
                [*budgets_in_force(connection, workspace, *days)],
            ]

        theirs = seen(2)
        assert [len(kind) for kind in theirs] == [1, 1, 2, 1, 1]
        assert seen(1) == [[]] * 5
        (watch,), (token,) = watches.active(connection, 2), agent_tokens.active(connection, 2)
        ended = (
            saved.end(connection, 1, kept, ZED),
            watches.end(connection, 1, ZED, watch.id),
            agent_tokens.revoke(connection, 1, token.id, NOW),
        )
        unlearn(connection, 1, VocabularyWord("team", "stripes", "Zebra Ops"))
        assert (ended, seen(2)) == ((False, False, False), theirs)
    assert bearer == agent_tokens.Bearer(2, ZED)
    assert desk.history(1, 10) == []


def test_an_agent_is_answered_for_its_own_organisation_alone(services: StoreServices) -> None:
    desk = AgentDesk(services.questions, NOW.date(), lambda: NOW)
    ours, theirs = Principal(1, "ana@acme.example"), Principal(2, ZED)

    assert MARK in str(desk.ask(theirs, "my tokens this month by tool", "")).lower()
    for text in ("tokens by tool this month", "tokens of Zebra Ops this month", "tokens of zed@zebra.example"):
        told = str(desk.ask(ours, text, "")).lower().replace(text.lower(), "")
        assert "zebratool" not in told
        assert "91919" not in told
    with pytest.raises(UserError):
        desk.digest(ours, "2026-W19", "Zebra Ops")
    with pytest.raises(UserError):
        desk.offload(Principal(1, ZED), "")
    assert MARK not in str(desk.offload(ours, "")).lower()
