"""A question whose process died is answered by another: once, in its place, and to nobody's harm."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest

from bot.slack.questions.conversation import MOST_ATTEMPTS, TRIED
from bot.slack.questions.leftovers import OLDEST, Leftovers
from bot.slack.questions.turn import Turn
from storage.keep.open_turns import LeftTurn
from tests.bot.conftest import Desktop
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import mention

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


@pytest.mark.parametrize(("turn", "age"), [(None, OLDEST.total_seconds() + 1), ({"words": "of another release"}, 60.0)])
def test_what_nobody_waits_for_or_nobody_understands_is_dropped(
    desktop: Desktop, slack: FakeSlack, turn: dict[str, object] | None, age: float
) -> None:
    look(desktop, turn, age=age)

    assert not desktop.services.asked
    assert not slack.messages
    assert not desktop.services.open
