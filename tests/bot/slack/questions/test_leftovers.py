"""A question whose process died is answered by another: once, in its place, and to nobody's harm."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest

from bot.slack.questions.leftovers import FORGOTTEN, MOST_ATTEMPTS, OLDEST, TOO_LATE, TRIED, Leftovers
from bot.slack.questions.turn import Turn
from storage.keep.open_turns import LeftTurn
from tests.bot.conftest import Desktop
from tests.fakes.slack_api import FakeSlack, Fault
from tests.fakes.slack_requests import command, direct, mention

TURN = Turn(
    team="T1",
    enterprise="",
    user="UANA",
    channel="C1",
    text="<@UBOT> tokens last month",
    claim="message:C1:100.1",
    where="mention",
    own_id="UBOT",
    thread_ts="100.1",
)


def look(desktop: Desktop, turn: dict[str, object] | None = None, attempts: int = 2, age: float = 60.0) -> None:
    """Find a turn that was left so many seconds ago, and let its answer come to an end."""
    now = datetime.fromtimestamp(desktop.now, UTC)
    taken = now - timedelta(seconds=age)
    desktop.services.dead = [LeftTurn(1, TURN.claim, asdict(TURN) if turn is None else turn, taken, attempts)]
    desktop.services.open[1, TURN.claim] = {}
    Leftovers(desktop.app.conversations, desktop.services, lambda _: "xoxb-1", lambda: now).look()
    desktop.settle()


def test_what_a_process_left_is_answered_where_it_was_asked(desktop: Desktop, slack: FakeSlack) -> None:
    look(desktop)

    (posted,) = slack.posted("C1")
    assert (posted["thread_ts"], posted["text"]) == ("100.1", "It is 7.")
    assert not desktop.services.open


def test_what_it_posted_before_it_died_is_not_posted_again(desktop: Desktop, slack: FakeSlack) -> None:
    slack.clock = lambda: desktop.now
    desktop.send(mention("tokens last month"))
    assert len(slack.posted("C1")) == 1

    look(desktop)

    assert len(slack.posted("C1")) == 1
    assert not desktop.services.open


def test_a_question_that_ends_the_process_each_time_is_left_at_last_and_its_asker_hears_it(
    desktop: Desktop, slack: FakeSlack
) -> None:
    look(desktop, attempts=MOST_ATTEMPTS + 1)

    assert not desktop.services.asked
    assert [message["text"] for message in slack.messages] == [TRIED]
    assert not desktop.services.open


@pytest.mark.parametrize(
    ("turn", "age"), [(None, FORGOTTEN.total_seconds() + 1), ({"words": "of another release"}, 60.0)]
)
def test_what_nobody_waits_for_or_nobody_understands_is_dropped(
    desktop: Desktop, slack: FakeSlack, turn: dict[str, object] | None, age: float
) -> None:
    look(desktop, turn, age=age)

    assert not desktop.services.asked
    assert not slack.messages
    assert not desktop.services.open


def test_who_asked_too_long_ago_hears_that_there_is_no_answer(desktop: Desktop, slack: FakeSlack) -> None:
    look(desktop, age=OLDEST.total_seconds() + 1)

    assert not desktop.services.asked
    assert [message["text"] for message in slack.whispered("UANA")] == [TOO_LATE]
    assert not desktop.services.open


@pytest.mark.parametrize("away", [Fault(503), Fault(503, after=True), Fault(silent=True)])
def test_questions_that_slack_was_away_for_are_answered_once_when_it_is_back(
    desktop: Desktop, slack: FakeSlack, away: Fault
) -> None:
    slack.clock = lambda: desktop.now
    desktop.deliver(direct("my cost", ts="100.0"))
    slack.wait(slack.posted)  # who Ana is is known from now on
    slack.away = away
    desktop.deliver(mention("tokens by team", ts="100.1"))
    desktop.deliver(direct("my tokens", ts="100.2"))
    desktop.send(command("cost", slack.hook))
    assert {*desktop.services.waiting} == {*desktop.services.open}, "tried again after a while, not at every look"

    slack.away = None
    desktop.now += 3_600
    again = datetime.fromtimestamp(desktop.now, UTC)
    desktop.services.dead = [
        LeftTurn(workspace, key, turn, again - timedelta(hours=1), 1)
        for (workspace, key), turn in desktop.services.open.items()
    ]
    Leftovers(desktop.app.conversations, desktop.services, lambda _: "xoxb-1", lambda: again).look()
    desktop.settle()

    answered = [message for message in slack.messages if message["text"] == "It is 7."]
    threads = sorted(message["thread_ts"] for message in answered if not message["to"])
    assert threads == ["100.0", "100.1", "100.2"]
    assert len(answered) - len(threads) == 1 or away.after, "what one person alone sees cannot be looked up"
    assert not desktop.services.open
