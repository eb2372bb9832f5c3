"""What Home and the side pane show somebody: their team at a glance, and questions worth asking next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import UserError
from bot.questions.answers.answer import Answer, Column, Receipt, Row, Shape, Status
from bot.questions.request import AskRequest
from bot.slack.home.page import GLANCE, HomeFigure, HomeFigures, figure_of, titles
from tests.fakes.services import FakeServices

COLUMN = Column(name="tokens", label="tokens", unit="tokens")
RECEIPT = Receipt(
    metric="m", definition="d", period="October 2026", zone="UTC", scope="Platform", newest="2026-11-18", coverage=1.0
)
SEVEN = Answer(
    status=Status.ANSWERED,
    text="7",
    columns=(COLUMN,),
    rows=(Row(labels={}, values={"tokens": 7, "previous": 5, "change": 2, "change_pct": 0.4}),),
    receipt=RECEIPT,
)


def figures(services: FakeServices) -> HomeFigures:
    return HomeFigures(services, 1, "ana@x.example")


def test_four_figures_of_ones_own_team_are_asked_in_plain_words() -> None:
    services = FakeServices(lambda request: SEVEN)

    page = figures(services).page()

    assert [request.text for request in services.asked[:4]] == [question.format(whose="my team") for question in GLANCE]
    assert {request.asker_email for request in services.asked} == {"ana@x.example"}
    assert (page.scope, page.note, len(page.figures)) == ("Platform", "", 4)


def test_where_the_teams_may_not_be_shown_the_organisations_stand_with_a_note() -> None:
    def reply(request: AskRequest) -> Answer:
        return Answer(status=Status.DENIED, text="") if "my team" in request.text else SEVEN

    page = figures(FakeServices(reply)).page()

    assert len(page.figures) == 4
    assert "too small" in page.note
    assert all("Platform" not in prompt.message for prompt in page.prompts)


def test_a_stranger_gets_a_sentence_and_an_empty_store_a_word() -> None:
    def refuse(request: AskRequest) -> Answer:
        raise UserError("You are not on the roster.")

    assert figures(FakeServices(refuse)).page().note == "You are not on the roster."
    with pytest.raises(UserError):
        figures(FakeServices(refuse)).suggested()
    nothing = figures(FakeServices(lambda request: Answer(status=Status.NO_DATA, text=""))).page()
    assert (nothing.figures, "no figures" in nothing.note) == ((), True)


def test_the_prompts_are_about_the_team_and_the_tool_it_uses_most() -> None:
    tools = tuple(Row(labels={"tool": name}, values={"tokens": used}) for name, used in (("slow", 1), ("fast", 9)))
    ranked = Answer(status=Status.ANSWERED, text="", shape=Shape.LIST, rows=tools)
    services = FakeServices(lambda request: ranked)

    prompts = figures(services).prompts("Platform")

    assert len(prompts) == 5
    assert prompts[0].message == "how is Platform doing?"
    assert prompts[1].message == "weekly tokens per employee of Platform, last 12 weeks"
    assert prompts[3].title == "Who adopts Fast?"
    assert titles(prompts[1:2]) == [{"title": "Platform, week by week", "message": prompts[1].message}]
    assert all("Platform" not in prompt.message for prompt in figures(services).prompts(""))


def test_a_figure_is_the_one_of_a_single_row_and_nothing_else_is() -> None:
    assert figure_of(SEVEN) == HomeFigure(label="tokens", unit="tokens", value=7, previous=5, change=0.4)
    assert figure_of(replace(SEVEN, status=Status.CLARIFY)) is None
    assert figure_of(replace(SEVEN, rows=SEVEN.rows * 2)) is None
    assert figure_of(replace(SEVEN, rows=(Row(labels={}, values={"tokens": None}),))) is None
