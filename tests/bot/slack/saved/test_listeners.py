"""*Schedule…*: the form with a whole question, checked before it closes; `/leverage saved` lists, runs and ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from bot.questions.answers.answer import Answer, Audience, Row, Status
from bot.questions.pipeline import Questions
from bot.questions.read import read
from bot.questions.request import AskRequest
from bot.questions.threads.memory import ShortMemory
from bot.settings import Settings
from bot.slack.questions.blocks import SCHEDULE
from bot.slack.saved.listeners import NO_FIGURES, NOT_IN, YOURS_ALONE, attach, is_ours
from bot.slack.saved.messages import END, NONE_YET
from storage.engine import reading_engine
from storage.keep import saved
from storage.keep.audit import LoggedQuestion, record
from storage.query import Query
from storage.records import Period
from tests.bot.slack.desks import Desk
from tests.conftest import LARKSPUR_DAY
from tests.fakes.slack_api import FakeSlack

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
OCTOBER = Period(LARKSPUR_DAY.replace(month=10, day=1), LARKSPUR_DAY.replace(month=10, day=31), "October 2026")


def reply(request: AskRequest) -> Answer:
    """Figures of the organisation may stand in a channel, one's own may not."""
    if request.text.startswith("hello"):
        return Answer(status=Status.ANSWERED, text="Hello.")
    own = request.text.startswith("my") and request.audience is not Audience.PRIVATE
    return Answer(status=Status.ANSWERED, text="$5", rows=(Row(labels={}, values={"cost": 5}),), private=own)


@pytest.fixture
def desk(slack: FakeSlack, store: Engine) -> Iterator[Desk]:
    slack.channel("C2", ["UANA"], is_member=False)
    reading = reading_engine(store.url.render_as_string(hide_password=False))
    questions = Questions(reading, store, Settings(), ShortMemory(), read, lambda: NOON)
    yield Desk(slack, attach(questions, store, lambda: NOON), reply=reply)
    reading.dispose()


def asked(store: Engine, words: str) -> str:
    """An answered question's number: cost in October, whatever its words in the thread were."""
    question = LoggedQuestion(
        asked_at=NOON,
        asker="ana@northwind.example",
        place="thread",
        text=words,
        engine="rules",
        status="answered",
        query=Query(metrics=("cost",), period=OCTOBER).to_json(),
        elapsed_ms=1.0,
    )
    return str(record(store, 1, question))


def test_an_answer_is_scheduled_in_whole_words_listed_run_and_ended_by_its_owner_alone(
    desk: Desk, store: Engine
) -> None:
    assert NONE_YET[:20] in desk.say("saved")
    desk.click(SCHEDULE, asked(store, "and the month before that?"))
    form = desk.modal()
    assert form["blocks"][0]["element"]["initial_value"] == "cost, last month"

    desk.submit(form, {"time": "09:30", "channel": "C1"})

    assert "Scheduled: “cost, last month”, every Monday 9:30 (UTC) in <#C1>" in desk.told()
    assert "Run now" in desk.say("saved")
    with store.connect() as connection:
        (kept,) = saved.active(connection, 1)
    assert (kept.owner, kept.slack_team, kept.since) == ("UANA", "T1", NOON)

    desk.click(END, str(kept.id), user="UBO")
    assert "not yours" in desk.told("UBO")
    desk.click(f"{END}:{kept.id}", str(kept.id))
    assert "Ended" in desk.told()
    assert NONE_YET[:20] in desk.say("saved")


def test_a_form_that_cannot_succeed_says_so_beside_the_field(desk: Desk, store: Engine) -> None:
    desk.click(SCHEDULE, asked(store, "cost last month"))
    form = desk.modal()
    assert form["blocks"][0]["element"]["initial_value"] == "cost last month"

    for words, channel, wrong in (
        ("my cost last month", "C1", {"question": YOURS_ALONE}),
        ("hello", "C1", {"question": f"{NO_FIGURES}Hello."}),
        ("cost last month", "C2", {"channel": NOT_IN}),
        ("cost last month", "C9", {"channel": NOT_IN}),
    ):
        answered = desk.submit(form, {"question": words, "time": "09:00", "channel": channel})
        assert desk.errors(answered) == wrong
    with store.connect() as connection:
        assert saved.active(connection) == []


def test_what_is_not_kept_any_more_opens_no_form(desk: Desk) -> None:
    desk.click(SCHEDULE, "999999")
    assert desk.modal()["title"]["text"] == "Post every week"
    assert "not kept any more" in str(desk.modal()["blocks"])


@pytest.mark.parametrize(("text", "ours"), [(" Saved ", True), ("saved hours by team", False)])
def test_our_word_is_ours(text: str, ours: bool) -> None:
    assert is_ours({"text": text}) is ours
