"""Who a Slack user is: asked once, and by an address that proves something."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack.api.calls import RetryingCalls
from bot.slack.api.clients import Clients
from bot.slack.api.people import TTL_SECONDS, People, slack_user
from tests.fakes.slack_api import FakeSlack, Fault


def user(**more: Any) -> dict[str, Any]:
    return {"id": "U1", "team_id": "T1", "profile": {"email": "Ana@X.example ", "real_name": "Ana"}} | more


def test_a_member_is_known_by_their_address() -> None:
    found = slack_user(user(), "T1")

    assert (found.email, found.name, found.full_member, found.active) == ("ana@x.example", "Ana", True, True)


@pytest.mark.parametrize(
    "more",
    [
        {"team_id": "T9"},
        {"is_stranger": True},
        {"is_bot": True},
        {"deleted": True},
        {"is_email_confirmed": False},
        {"id": "USLACKBOT"},
    ],
)
def test_an_address_that_proves_nothing_is_none(more: dict[str, Any]) -> None:
    assert slack_user(user(**more), "T1").email == ""


def test_a_colleague_of_the_organisation_is_one_of_ours_and_a_guest_is_no_full_member() -> None:
    colleague = user(team_id="T2", enterprise_user={"enterprise_id": "E1"})

    assert slack_user(colleague, "T1", "E1").email == "ana@x.example"
    assert slack_user(colleague, "T1", "E2").email == ""
    assert not slack_user(user(is_restricted=True), "T1").full_member
    assert slack_user(user(is_restricted=True), "T1").email == "ana@x.example"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def people(clock: Clock) -> People:
    return People(RetryingCalls(lambda _: None), clock)


def test_a_user_is_asked_for_once_in_ten_minutes(slack: FakeSlack) -> None:
    clock, client = Clock(), Clients(slack.url, 1).web("xoxb-1")
    known = people(clock)

    for now in (0.0, TTL_SECONDS - 1, TTL_SECONDS + 1):
        clock.now = now
        found = known.find(client, "T1", "UANA")
        assert found is not None
        assert found.email == "ana@northwind.example"

    assert len(slack.called("users.info")) == 2


def test_nobody_of_that_id_is_none_and_a_slack_that_refuses_is_no_nobody(slack: FakeSlack) -> None:
    client = Clients(slack.url, 1).web("xoxb-1")

    assert people(Clock()).find(client, "T1", "U404") is None
    slack.fault("users.info", Fault(200, "missing_scope"))
    with pytest.raises(SlackApiError):
        people(Clock()).find(client, "T1", "UANA")


def test_everyone_is_listed_page_by_page_and_kept(slack: FakeSlack) -> None:
    client, known = Clients(slack.url, 1).web("xoxb-1"), people(Clock())
    for number in range(250):
        slack.user(f"U{number}", f"p{number}@northwind.example")

    found, again = known.everyone(client, "T1"), known.everyone(client, "T1")

    assert found is again
    assert len(found) > 250
    assert found["U249"].email == "p249@northwind.example"
    assert len(slack.called("users.list")) > 1


def test_who_waits_for_a_list_that_hangs_hears_of_it_with_the_first_and_not_one_after_the_other(
    slack: FakeSlack,
) -> None:
    client, known = Clients(slack.url, 1).web("xoxb-1"), People(RetryingCalls(lambda _: None, longest=0.0), Clock())
    slack.fault("users.list", Fault(hang=True))
    with ThreadPoolExecutor(4) as askers:
        ended = [asker.exception() for asker in [askers.submit(known.everyone, client, "T1") for _ in range(4)]]

    assert [type(error) for error in ended] == [TimeoutError] * 4
    assert len(slack.called("users.list")) == 1
    assert known.everyone(client, "T1")["UANA"].active, "and whoever comes later asks anew"
