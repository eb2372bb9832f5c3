"""Boards of the invented company: what a leader, a lead, a member and an admin find on their Home."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.advice.service import Advice
from bot.demo.scene import scene
from bot.home.board import Board, Boards
from bot.home.standing import HomeRole
from bot.preview.checks import view_problems
from bot.processes.build import build
from bot.services import StoreServices
from bot.settings import Settings
from bot.slack.home.blocks import home
from bot.slack.home.page import HomeFigures, HomePage


@pytest.fixture(scope="module")
def company(
    larkspur_store: Path, larkspur_files: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[StoreServices, dict[str, str]]:
    """The services over a store of the company of their own, and who is who: what is asked is kept in it."""
    store = shutil.copyfile(larkspur_store, tmp_path_factory.mktemp("board") / "fulcrum.db")
    cast = {person.role: person.email for person in scene(larkspur_files).people}
    settings = Settings(
        database_url=f"sqlite:///{store}",
        admins=frozenset({cast["Admin"]}),
        slack_bot_token="xoxb-1",
        slack_signing_secret="s",
    )
    return build(settings, now=lambda: datetime(2026, 11, 18, 9, tzinfo=UTC)).services, cast


def seen(company: tuple[StoreServices, dict[str, str]], role: str) -> tuple[Board, HomePage]:
    services, cast = company
    board = services.board(1, cast[role])
    return board, HomeFigures(services, 1, cast[role], board.standing).page()


def test_a_process_makes_a_home_of_each_workspace_ready_before_its_first_visitor_comes(
    company: tuple[StoreServices, dict[str, str]],
) -> None:
    boards, made = company[0].boards, list[tuple[int, bool]]()
    assert boards

    class Noted(Boards):
        def of(self, workspace: int, email: str, patient: bool = True) -> Board:
            made.append((workspace, patient))
            return Board()

    Noted(boards.questions, boards.advice, boards.overviews).prepare()
    assert made == [(1, False)]


def test_a_leader_sees_the_organisation_and_a_lead_the_team(company: tuple[StoreServices, dict[str, str]]) -> None:
    board, page = seen(company, "CTO")
    assert (board.standing.role, page.scope, page.own) == (HomeRole.LEADER, "whole organisation", ())
    assert board.trend is not None
    assert (board.trend.scope, len(board.trend.bars)) == ("", 12)
    assert "usual" in board.trend.words()
    assert sum(count for _, count in board.stages) > 10
    assert board.suggestions

    board, page = seen(company, "Team lead")
    assert (board.standing.role, page.scope, page.own) == (HomeRole.LEAD, "Checkout", ())
    assert board.admin is None


def test_a_member_sees_their_own_figures_beside_those_of_the_team(
    company: tuple[StoreServices, dict[str, str]],
) -> None:
    board, page = seen(company, "Engineer")

    assert board.standing.role is HomeRole.MEMBER
    assert [figure.label for figure in page.own] == ["tokens", "active days"]
    assert (page.scope, page.figures[0].label) == ("Checkout", "tokens per active person")
    assert "no manager and no admin either" in board.policy


def test_an_admin_finds_sources_and_settings_and_slack_takes_the_page(
    company: tuple[StoreServices, dict[str, str]],
) -> None:
    board, page = seen(company, "Admin")
    view = home("Camille", page, board=board).to_dict()

    assert board.admin is not None
    assert "settings:open" in str(view)
    assert view_problems(view, "home") == []


def test_where_a_teams_may_not_be_shown_the_nearest_above_it_is_named(
    company: tuple[StoreServices, dict[str, str]],
) -> None:
    services, cast = company
    strict = replace(services.questions, settings=replace(services.questions.settings, min_group=15))
    assert services.boards is not None
    careful = replace(services, questions=strict, boards=replace(services.boards, questions=strict))

    board = careful.board(1, cast["Team lead"])
    page = HomeFigures(careful, 1, cast["Team lead"], board.standing).page()

    assert page.scope == "Product Engineering"
    assert "nearest above it that may be shown: Product Engineering" in page.note


def test_workflows_are_surveyed_once_until_somebody_decides(
    company: tuple[StoreServices, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, _ = seen(company, "Team lead")
    monkeypatch.setattr(Advice, "offload", None)

    assert seen(company, "Team lead")[0] == before
    services, cast = company
    assert services.board(1, cast["Team lead"], patient=False) == before


def test_who_does_not_wait_for_a_survey_gets_all_the_rest(
    company: tuple[StoreServices, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    services, cast = company
    settings = replace(services.questions.settings, min_group=6)  # under which nobody has looked at workflows
    questions = replace(services.questions, settings=settings)
    assert services.boards is not None
    unseen = replace(services, questions=questions, boards=replace(services.boards, questions=questions))
    monkeypatch.setattr(Advice, "offload", None)

    board = unseen.board(1, cast["CTO"], patient=False)

    assert not board.surveyed
    assert board.trend is not None
