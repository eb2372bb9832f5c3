"""How a message gets out when Slack is slow, strict or away."""

from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import TableBlock
from slack_sdk.models.blocks.basic_components import RawTextObject

from bot.slack.api.clients import Clients
from bot.slack.api.posting import Place, Poster
from bot.slack.blocks.parts import Message, context, section
from tests.fakes.slack_api import FakeSlack, Fault

TABLE = TableBlock(rows=[[RawTextObject(text="7")]])
RICH = Message(text="It is 7.", rich=(section("It is 7."), TABLE), plain=(section("It is 7."), context("7")))
PLACE = Place(team="T1", channel="C1", user="UANA", thread_ts="100.1")
LIMITED = Fault(status=429, error="ratelimited", headers={"Retry-After": "11"})


class Office:
    def __init__(self, slack: FakeSlack) -> None:
        self.slept: list[float] = []
        self.now = 5_000.0
        clients = Clients(slack.url, 1)
        self.poster = Poster(clients, self.slept.append, lambda: self.now)
        self.client = clients.web("xoxb-1")

    def say(self, *messages: Message, place: Place = PLACE) -> None:
        self.poster.say(self.client, place, messages or (RICH,), "key")

    def whisper(self, *messages: Message, place: Place = PLACE) -> None:
        self.poster.whisper(self.client, place, messages or (RICH,), "key")


@pytest.fixture
def office(slack: FakeSlack) -> Office:
    return Office(slack)


def kinds(message: dict[str, list[dict[str, str]]]) -> list[str]:
    return [block["type"] for block in message["blocks"]]


def test_newer_blocks_go_out_where_slack_takes_them(office: Office, slack: FakeSlack) -> None:
    office.say()

    assert [kinds(message) for message in slack.posted("C1")] == [["section", "table"]]


def test_refused_blocks_go_out_plainer_and_are_not_tried_again_for_a_day(office: Office, slack: FakeSlack) -> None:
    slack.refused_blocks = frozenset({"table"})

    office.say()
    office.say()
    slack.refused_blocks = frozenset()
    office.now += 86_401
    office.say()

    assert [kinds(message) for message in slack.posted()] == [["section", "context"]] * 2 + [["section", "table"]]
    assert len(slack.called("chat.postMessage")) == 4


def test_where_no_block_is_taken_the_words_go_out_alone(office: Office, slack: FakeSlack) -> None:
    slack.refused_blocks = frozenset({"table", "section"})

    office.say()

    assert [(message["text"], message["blocks"]) for message in slack.posted()] == [("It is 7.", [])]


def test_a_rate_limit_is_waited_out_and_no_message_is_lost_or_doubled(office: Office, slack: FakeSlack) -> None:
    parts = [Message(text=f"part {number}", rich=(section("x"),), plain=(section("x"),)) for number in range(4)]
    slack.fault("chat.postMessage", LIMITED, LIMITED)

    office.say(*parts)

    assert [message["text"] for message in slack.posted()] == ["part 0", "part 1", "part 2", "part 3"]
    assert office.slept == [11.0, 11.0]


def test_a_rate_limit_without_an_end_is_given_up_and_raised(office: Office, slack: FakeSlack) -> None:
    slack.fault("chat.postMessage", *[LIMITED] * 40)

    with pytest.raises(SlackApiError):
        office.say()

    assert sum(office.slept) <= 300


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=500, error="internal_error"),
        Fault(status=503),
        Fault(error="fatal_error"),
        Fault(silent=True),
        Fault(hang=True),
    ],
)
@pytest.mark.parametrize("after", [True, False])
def test_a_broken_call_ends_in_exactly_one_message(office: Office, slack: FakeSlack, fault: Fault, after: bool) -> None:
    broken = Fault(status=fault.status, error=fault.error, silent=fault.silent, hang=fault.hang, after=after)
    slack.fault("chat.postMessage", broken)

    office.say()

    assert len(slack.posted("C1")) == 1
    assert office.slept == [1.0]


def test_what_cannot_be_looked_up_is_not_sent_twice(office: Office, slack: FakeSlack) -> None:
    slack.refused_methods["conversations.replies"] = "missing_scope"
    slack.fault("chat.postMessage", Fault(silent=True, after=True))

    office.say()

    assert len(slack.called("chat.postMessage")) == 1


def test_a_look_that_breaks_is_repeated_and_then_believed(office: Office, slack: FakeSlack) -> None:
    slack.fault("chat.postMessage", Fault(silent=True, after=True))
    slack.fault("conversations.replies", Fault(status=503))

    office.say()

    assert len(slack.posted("C1")) == 1
    assert office.slept == [1.0, 4.0]


def test_a_slack_that_stays_away_is_raised(office: Office, slack: FakeSlack) -> None:
    slack.fault("chat.postMessage", *[Fault(status=500)] * 4)

    with pytest.raises(SlackApiError):
        office.say()

    assert office.slept == [1.0, 4.0, 10.0]


def test_a_refusal_that_waiting_cannot_mend_is_raised_at_once(office: Office, slack: FakeSlack) -> None:
    slack.fault("chat.postMessage", Fault(error="invalid_auth"))

    with pytest.raises(SlackApiError):
        office.say()

    assert not office.slept


def test_a_direct_message_is_looked_for_in_its_conversation(office: Office, slack: FakeSlack) -> None:
    slack.fault("chat.postMessage", Fault(silent=True, after=True))

    office.say(place=Place(team="T1", channel="D-UANA", user="UANA"))

    assert len(slack.posted("D-UANA")) == 1
    assert slack.called("conversations.history")


def test_a_whisper_in_a_channel_stays_in_its_thread(office: Office, slack: FakeSlack) -> None:
    office.whisper()

    assert [(message["to"], message["thread_ts"]) for message in slack.messages] == [("UANA", "100.1")]


def test_a_whisper_to_who_is_not_in_the_channel_goes_to_them_directly(office: Office, slack: FakeSlack) -> None:
    office.whisper(place=Place(team="T1", channel="C1", user="UGIL"))

    assert [message["channel"] for message in slack.posted()] == ["D-UGIL"]


def test_more_messages_than_a_way_back_takes_go_on_as_whispers(office: Office, slack: FakeSlack) -> None:
    slack.hook_uses = 2
    parts = [Message(text=f"part {number}", rich=(section("x"),), plain=(section("x"),)) for number in range(4)]

    office.whisper(*parts, place=Place(team="T1", channel="C1", user="UANA", response_url=slack.hook))

    assert [(message["text"], message["to"]) for message in slack.messages] == [
        ("part 0", "hook"),
        ("part 1", "hook"),
        ("part 2", "UANA"),
        ("part 3", "UANA"),
    ]


@pytest.mark.parametrize(
    "fault", [LIMITED, Fault(error="invalid_blocks"), Fault(status=404), Fault(silent=True), Fault(status=500)]
)
def test_a_way_back_that_fails_still_brings_the_answer(office: Office, slack: FakeSlack, fault: Fault) -> None:
    slack.fault("hook", fault)

    office.whisper(place=Place(team="T1", channel="C1", user="UANA", response_url=slack.hook))

    assert len(slack.messages) == 1


def test_every_message_carries_a_key_and_no_figure_in_what_other_apps_can_read(
    office: Office, slack: FakeSlack
) -> None:
    office.say()

    assert slack.posted()[0]["metadata"] == {"event_type": "fulcrum_answer", "event_payload": {"key": "key/0"}}
