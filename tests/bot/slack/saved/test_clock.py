"""A saved question is asked for its channel and posted once a week, whatever runs twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.questions.answers.answer import Answer, Audience, Shape, Status
from bot.questions.request import AskRequest
from bot.slack.saved.clock import SavedClock, last_due
from storage.engine import writing_engine
from storage.keep import saved
from storage.keep.saved import Saved
from storage.tables import OutboxMessage

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)  # 9:00 in Berlin
QUESTION = Saved(
    workspace_id=1,
    email="a@x",
    text="cost last month",
    slack_team="T1",
    owner="U1",
    channel="C1",
    weekday=1,
    minute=540,
    zone="Europe/Berlin",
    since=MONDAY - timedelta(days=2),
)


def test_due_by_the_wall_clock_of_its_zone() -> None:
    assert last_due(QUESTION, MONDAY) == MONDAY
    assert last_due(QUESTION, MONDAY - timedelta(seconds=1)) == MONDAY - timedelta(days=7)


def test_posted_once_a_week_and_what_a_channel_may_not_see_goes_to_nobody(larkspur: str) -> None:
    store = writing_engine(larkspur)
    now, private, asked = [MONDAY - timedelta(minutes=1)], [False], list[AskRequest]()

    def ask(request: AskRequest) -> Answer:
        asked.append(request)
        return Answer(text="Cost was $5.", status=Status.ANSWERED, shape=Shape.TEXT, private=private[0])

    clock = SavedClock(ask, lambda *_: Audience.MEMBERS, store, lambda: now[0])
    with store.begin() as connection:
        saved.save(connection, QUESTION)
    clock.tick()
    assert asked == []

    now[0] = MONDAY
    clock.tick()
    clock.tick()
    now[0], private[0] = MONDAY + timedelta(days=7), True
    clock.tick()
    clock.tick()

    assert [(request.channel, request.audience, request.asker_email) for request in asked] == [
        ("C1", Audience.MEMBERS, "a@x")
    ] * 2
    with store.connect() as connection:
        rows = connection.execute(select(OutboxMessage.key, OutboxMessage.channel, OutboxMessage.message)).all()
    assert [(row.key, row.channel) for row in rows] == [("saved:1:2026-11-23", "C1"), ("saved:1:2026-11-30", "U1")]
    assert "$5" in rows[0].message["text"]
    assert "$5" not in str(rows[1].message)
    store.dispose()
