"""Who can read a conversation."""

from __future__ import annotations

import pytest

from bot.questions.answers.answer import Audience
from bot.slack.api.audience import Audiences
from bot.slack.api.calls import RetryingCalls
from bot.slack.api.clients import Clients
from bot.slack.api.people import People
from tests.fakes.slack_api import FakeSlack, Fault

OPEN, MEMBERS, PRIVATE = Audience.OPEN, Audience.MEMBERS, Audience.PRIVATE


class Reader:
    def __init__(self, slack: FakeSlack) -> None:
        self.slept: list[float] = []
        self.now = 1_000.0
        waiting = RetryingCalls(self.slept.append)
        self._audiences = Audiences(People(waiting, lambda: self.now), waiting)
        self._client = Clients(slack.url, 2).web("xoxb-1")

    def of(self, channel: str, enterprise: str = "", own_id: str = "") -> Audience:
        return self._audiences.of(self._client, "T1", channel, enterprise, own_id)


@pytest.mark.parametrize(
    ("members", "kind", "audience"),
    [
        (["UANA", "UBO"], {}, MEMBERS),
        (["UANA", "UBO"], {"is_private": True}, MEMBERS),
        (["UANA", "UBO"], {"is_mpim": True, "is_private": True}, MEMBERS),
        (["UANA", "UBO"], {"is_shared": True, "is_org_shared": True}, MEMBERS),
        (["UANA", "UHAL"], {}, MEMBERS),
        (["UANA", "UGIL"], {}, OPEN),
        (["UANA", "UGIL"], {"is_private": True}, OPEN),
        (["UANA", "UGIL"], {"is_mpim": True}, OPEN),
        (["UANA", "UEVE"], {}, OPEN),
        (["UANA"], {"is_ext_shared": True}, OPEN),
        (["UANA"], {"is_ext_shared": True, "is_org_shared": True}, OPEN),
        (["UANA"], {"is_pending_ext_shared": True}, OPEN),
        (["UANA"], {"pending_connected_team_ids": ["T9"]}, OPEN),
        (["UANA"], {"is_shared": True}, OPEN),
    ],
)
def test_a_channel_is_read_by_its_least_privileged_reader(
    slack: FakeSlack, members: list[str], kind: dict[str, object], audience: Audience
) -> None:
    slack.channel("C2", members, **kind)

    assert Reader(slack).of("C2") is audience


def test_a_direct_message_is_read_by_the_asker_alone(slack: FakeSlack) -> None:
    assert Reader(slack).of("D1") is PRIVATE
    assert not slack.calls


def test_a_channel_nothing_is_known_of_is_open(slack: FakeSlack) -> None:
    assert Reader(slack).of("C-unknown") is OPEN


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members"])
@pytest.mark.parametrize("fault", [Fault(error="missing_scope"), Fault(status=500), Fault(silent=True)])
def test_a_call_that_keeps_failing_leaves_the_channel_open(slack: FakeSlack, method: str, fault: Fault) -> None:
    slack.fault(method, *[fault] * 4)

    assert Reader(slack).of("C1") is OPEN


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members", "users.list"])
def test_a_rate_limit_is_waited_out(slack: FakeSlack, method: str) -> None:
    slack.fault(method, Fault(status=429, error="ratelimited", headers={"Retry-After": "7"}))
    reader = Reader(slack)

    assert reader.of("C1") is MEMBERS
    assert reader.slept == [7.0]


@pytest.mark.parametrize(("members", "audience"), [(["UANA"], MEMBERS), (["UANA", "UGIL"], OPEN)])
def test_without_the_workspaces_list_members_are_asked_for_one_by_one(
    slack: FakeSlack, members: list[str], audience: Audience
) -> None:
    slack.channel("C2", members)
    slack.refused_methods["users.list"] = "missing_scope"

    assert Reader(slack).of("C2") is audience


def test_a_crowd_of_unknown_members_is_not_asked_for_without_end(slack: FakeSlack) -> None:
    slack.channel("C2", [f"U{number}" for number in range(80)])
    for number in range(80):
        slack.user(f"U{number}")
    slack.refused_methods["users.list"] = "missing_scope"

    assert Reader(slack).of("C2") is OPEN
    assert len(slack.called("users.info")) == 50


def test_the_bot_itself_is_no_stranger(slack: FakeSlack) -> None:
    del slack.users["UBOT"]
    reader = Reader(slack)

    assert (reader.of("C1", own_id="UBOT"), reader.of("C1")) == (MEMBERS, OPEN)


def test_a_channel_without_any_member_known_is_open(slack: FakeSlack) -> None:
    slack.members["C1"].clear()

    assert Reader(slack).of("C1") is OPEN


def test_a_guest_on_a_late_page_is_found(slack: FakeSlack) -> None:
    crowd = [f"U{number}" for number in range(450)]
    for user in crowd:
        slack.user(user)
    slack.channel("C2", [*crowd, "UGIL"])

    assert Reader(slack).of("C2") is OPEN
    assert len(slack.called("conversations.members")) == 3


def test_a_guest_who_joined_after_the_workspace_was_listed_is_found(slack: FakeSlack) -> None:
    reader = Reader(slack)
    before = reader.of("C1")
    slack.user("UNEW", "new@guest.example", is_ultra_restricted=True, is_restricted=True)
    slack.members["C1"].append("UNEW")

    assert (before, reader.of("C1")) == (MEMBERS, OPEN)
    assert len(slack.called("users.list")) == 1


def test_a_member_who_becomes_a_guest_is_noticed_in_a_while(slack: FakeSlack) -> None:
    reader = Reader(slack)
    before = reader.of("C1")
    slack.user("UBO", "bo@northwind.example", is_restricted=True)
    reader.now += 601

    assert (before, reader.of("C1")) == (MEMBERS, OPEN)


def test_someone_who_left_reads_nothing(slack: FakeSlack) -> None:
    slack.user("UOLD", deleted=True)
    slack.channel("C2", ["UANA", "UOLD"])

    assert Reader(slack).of("C2") is MEMBERS


def test_another_workspace_of_the_same_organisation_is_no_outsider(slack: FakeSlack) -> None:
    slack.user("UGRID", "g@northwind.example", team_id="T2", enterprise_user={"enterprise_id": "E1"})
    slack.channel("C2", ["UANA", "UGRID"])

    assert Reader(slack).of("C2", "E1") is MEMBERS
    assert Reader(slack).of("C2", "E9") is OPEN
