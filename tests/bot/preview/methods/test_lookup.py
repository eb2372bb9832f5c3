"""Who and what there is, told as Slack tells it: in pages, with what is absent named."""

from __future__ import annotations

import pytest

from bot.preview.methods.lookup import direct, page
from tests.bot.preview.office import Data, Office, refused


def test_the_bot_knows_itself(office: Office) -> None:
    assert office.client.auth_test()["user_id"] == "UBOT"


def test_a_member_is_found_by_id_and_by_address_in_any_case(office: Office) -> None:
    assert office.client.users_info(user="UANA")["user"]["profile"]["real_name"] == "Ana Abebe"
    assert office.client.users_lookupByEmail(email="UANA@X.example")["user"]["id"] == "UANA"


@pytest.mark.parametrize(
    ("method", "given", "error"),
    [
        ("users_info", {"user": "UEVE"}, "user_not_found"),
        ("users_lookupByEmail", {"email": "eve@x.example"}, "users_not_found"),
        ("conversations_info", {"channel": "C9"}, "channel_not_found"),
        ("oauth_v2_access", {"client_id": "1", "client_secret": "s", "code": "bad"}, "invalid_code"),
    ],
)
def test_what_there_is_not_is_refused_in_slacks_word(office: Office, method: str, given: Data, error: str) -> None:
    assert refused(getattr(office.client, method), **given) == error


@pytest.mark.parametrize(("total", "size"), [(0, 3), (3, 3), (7, 3), (7, 100)])
def test_a_list_comes_in_pages_until_no_cursor_is_left(total: int, size: int) -> None:
    found: list[int] = []
    cursor, asked = "", 0
    while cursor or not asked:
        told = page([*range(total)], {"cursor": cursor, "limit": size}, "items")
        found += told["items"]
        assert len(told["items"]) <= size
        cursor, asked = told["response_metadata"]["next_cursor"], asked + 1

    assert found == [*range(total)]


def test_a_channel_tells_its_members_and_a_direct_conversation_is_with_one(office: Office) -> None:
    assert set(office.client.conversations_members(channel="C1")["members"]) == {"UANA", "UBO", "UBOT"}
    assert office.client.conversations_open(users="UANA")["channel"]["id"] == direct("UANA")


def test_the_history_has_roots_newest_first_and_replies_have_their_thread(office: Office) -> None:
    first = office.acting.say("UANA", "C1", "first")
    office.acting.say("UBO", "C1", "reply", thread_ts=first)
    office.acting.say("UANA", "C1", "second")
    office.client.chat_postEphemeral(channel="C1", user="UANA", text="psst")

    history = office.client.conversations_history(channel="C1")["messages"]
    assert [message["text"] for message in history] == ["second", "first"]
    replies = office.client.conversations_replies(channel="C1", ts=first)["messages"]
    assert [message["text"] for message in replies] == ["first", "reply"]
    assert all("to" not in message for message in history)
