"""A saved question is asked for its channel and posted once a week, whatever runs twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from bot.errors import UserError
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.request import AskRequest
from bot.slack.saved.clock import PATIENCE, SavedClock, last_due
from storage.keep import saved
from storage.keep.saved import Scheduled
from storage.tables import OutboxMessage

MONDAY, WEEK = datetime(2026, 11, 23, 8, tzinfo=UTC), timedelta(days=7)  # 9:00 in Berlin
QUESTION = Scheduled(
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
FIVE = Answer(text="Cost was $5.", status=Status.ANSWERED)


class Hours:
    """A clock, what it asked, and what becomes of a question."""

    def __init__(self, store: Engine, ask: Callable[[AskRequest], Answer] = lambda _: FIVE) -> None:
        self.store, self.reply, self.asked = store, ask, list[AskRequest]()
        self.audience, self.now = Audience.MEMBERS, MONDAY
        self.clock = SavedClock(self._ask, lambda *_: self.audience, store, lambda: self.now)
        with store.begin() as connection:
            saved.save(connection, QUESTION)

    def at(self, *times: datetime) -> None:
        for self.now in times:
            self.clock.tick()

    def written(self) -> list[tuple[str, str, str]]:
        columns = (OutboxMessage.key, OutboxMessage.channel, OutboxMessage.message)
        with self.store.connect() as connection:
            rows = connection.execute(select(*columns).order_by(OutboxMessage.id)).all()
        return [(row.key, row.channel, row.message["text"]) for row in rows]

    def _ask(self, request: AskRequest) -> Answer:
        self.asked.append(request)
        return self.reply(request)


def breaks(error: Exception) -> Callable[[AskRequest], Answer]:
    def ask(_: AskRequest) -> Answer:
        raise error

    return ask


def test_due_by_the_wall_clock_of_its_zone_through_summer_time() -> None:
    assert last_due(QUESTION, MONDAY) == MONDAY
    assert last_due(QUESTION, MONDAY - timedelta(seconds=1)) == MONDAY - WEEK
    summer = datetime(2026, 10, 19, 7, tzinfo=UTC)  # nine there too, before the clocks go back on the 25th
    assert last_due(QUESTION, datetime(2026, 10, 25, tzinfo=UTC)) == summer
    assert last_due(QUESTION, summer + WEEK) == summer
    skipped = replace(QUESTION, weekday=7, minute=150)  # 2:30, which 29 March 2026 does not have
    assert last_due(skipped, datetime(2026, 3, 29, 12, tzinfo=UTC)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_posted_once_a_week_whatever_runs_twice_or_late(store: Engine) -> None:
    hours = Hours(store)

    hours.at(MONDAY - timedelta(minutes=1), MONDAY, MONDAY, MONDAY + timedelta(hours=1), MONDAY + WEEK)
    hours.at(MONDAY + 3 * WEEK + timedelta(days=4))  # too late to be news

    assert hours.written() == [(f"saved:1:{day}", "C1", FIVE.text) for day in ("2026-11-23", "2026-11-30")]
    assert [(request.channel, request.audience, request.asker_email) for request in hours.asked] == [
        ("C1", Audience.MEMBERS, "a@x")
    ] * 2


def test_a_clock_that_jumps_posts_nothing_twice_and_leaves_no_week_out(store: Engine) -> None:
    hours = Hours(store)
    hour, day = timedelta(hours=1), timedelta(days=1)

    hours.at(MONDAY, MONDAY - 3 * hour, MONDAY, MONDAY + 2 * day, MONDAY + hour)
    hours.at(MONDAY + 6 * day, MONDAY + WEEK + day, MONDAY + 6 * day, MONDAY + WEEK)  # two days ahead for a while
    hours.at(MONDAY + 2 * WEEK)

    assert [key for key, _, _ in hours.written()] == [
        f"saved:1:{posted}" for posted in ("2026-11-23", "2026-11-30", "2026-12-07")
    ]


def test_two_workers_at_once_post_it_once(store: Engine) -> None:
    hours = Hours(store)
    with ThreadPoolExecutor(2) as workers:
        list(workers.map(lambda _: hours.clock.tick(), range(2)))

    assert [channel for _, channel, _ in hours.written()] == ["C1"]


@pytest.mark.parametrize(
    ("ask", "audience", "why"),
    [
        (lambda _: replace(FIVE, private=True), Audience.MEMBERS, "may not be shown to everybody"),
        (lambda _: FIVE, Audience.OPEN, "may not be shown to everybody"),
        (lambda _: replace(FIVE, status=Status.NO_DATA, text="Nothing is recorded."), Audience.MEMBERS, "Nothing is"),
        (breaks(UserError("Not set up here.")), Audience.MEMBERS, "Not set up here."),
        (breaks(RuntimeError("x")), Audience.MEMBERS, "something broke"),
    ],
)
def test_what_cannot_be_posted_is_told_to_its_owner_once_until_it_works_again(
    store: Engine, ask: Callable[[AskRequest], Answer], audience: Audience, why: str
) -> None:
    hours = Hours(store, ask)
    hours.audience, late = audience, PATIENCE + timedelta(minutes=1)

    hours.at(MONDAY + late, MONDAY + late, MONDAY + WEEK + late)
    ((_, channel, text),) = hours.written()
    assert channel == "U1"
    assert why in text
    assert "$5" not in text

    hours.reply, hours.audience = (lambda _: FIVE), Audience.MEMBERS
    hours.at(MONDAY + 2 * WEEK)
    assert hours.written()[-1] == ("saved:1:2026-12-07", "C1", FIVE.text)


def test_what_breaks_is_tried_again_before_anybody_is_told(store: Engine) -> None:
    hours = Hours(store, breaks(RuntimeError("x")))
    hours.at(MONDAY)
    hours.reply = lambda _: FIVE
    hours.at(MONDAY + timedelta(minutes=1))

    assert [text for _, _, text in hours.written()] == [FIVE.text]
