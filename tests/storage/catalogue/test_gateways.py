"""Tools that tell of the same calls, by names that the tables of spellings know."""

from __future__ import annotations

from storage.catalogue.gateways import CLIENTS, GATEWAY, SAME_CALLS
from storage.catalogue.spellings import TOOLS


def test_each_tool_is_one_that_is_known() -> None:
    named = {*SAME_CALLS, *(tool for told_too in SAME_CALLS.values() for tool in told_too)}

    assert named <= TOOLS.keys()
    assert {GATEWAY, *CLIENTS} <= named


def test_no_tool_tells_of_its_own_calls_under_its_own_name() -> None:
    assert all(tool not in told_too for tool, told_too in SAME_CALLS.items())


def test_subscriptions_of_chats_and_editors_go_through_no_gateway() -> None:
    assert not {"chatgpt", "copilot", "cursor"} & {*SAME_CALLS, *SAME_CALLS[GATEWAY]}
