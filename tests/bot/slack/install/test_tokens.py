"""Whose token speaks in a workspace, without a call to Slack for every request."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_bolt import BoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize

from bot.errors import NotReady
from bot.slack.api.clients import Clients
from bot.slack.install.installations import Installations, InstalledBot
from bot.slack.install.tokens import ASKED_AGAIN, PATIENCE, OneToken, StoredTokens
from tests.fakes.slack_api import FakeSlack, Fault
from tests.fakes.vault import MemoryVault


def authorized(tokens: Authorize, team: str = "T1") -> AuthorizeResult | None:
    return tokens(context=BoltContext(), enterprise_id=None, team_id=team, user_id="UANA")


def test_the_one_token_knows_its_own_ids_and_asks_for_them_once(slack: FakeSlack) -> None:
    tokens = OneToken("xoxb-1", Clients(slack.url, 1))

    first, again = authorized(tokens), authorized(tokens)

    assert first is not None
    assert again is not None
    assert (first.bot_token, first.bot_user_id, again.bot_user_id) == ("xoxb-1", "UBOT", "UBOT")
    assert len(slack.called("auth.test")) == 1


def test_a_slack_that_does_not_answer_leaves_the_token_and_is_asked_again(slack: FakeSlack) -> None:
    slack.fault("auth.test", Fault(200, "fatal_error"))
    tokens = OneToken("xoxb-1", Clients(slack.url, 1))

    first, again = authorized(tokens), authorized(tokens)

    assert first is not None
    assert again is not None
    assert (first.bot_token, first.bot_user_id) == ("xoxb-1", None)
    assert again.bot_user_id == "UBOT"


def test_a_slack_that_hangs_holds_nobody_up_for_long_and_is_asked_once_for_all_who_wait(slack: FakeSlack) -> None:
    slack.fault("auth.test", Fault(hang=True))
    tokens = OneToken("xoxb-1", Clients(slack.url, 5))
    begun = time.monotonic()

    with ThreadPoolExecutor(4) as pool:
        found = [*pool.map(lambda _: authorized(tokens), range(4))]

    assert time.monotonic() - begun < 2 * PATIENCE
    assert {made and made.bot_token for made in found} == {"xoxb-1"}
    assert len(slack.called("auth.test")) == 1


def test_a_refused_token_is_said_until_slack_takes_it(slack: FakeSlack) -> None:
    now = [0.0]
    for _ in range(2):
        slack.fault("auth.test", Fault(200, "token_revoked"))
    tokens = OneToken("xoxb-1", Clients(slack.url, 1), lambda: now[0])
    tokens.ask().result(10)

    with pytest.raises(NotReady, match="SLACK_BOT_TOKEN"):
        tokens.require()
    now[0] = ASKED_AGAIN + 1
    with pytest.raises(NotReady):
        tokens.require()
    tokens.ask().result(10)  # the one that `require` began, where it is still under way
    tokens.ask().result(10)
    tokens.require()


def test_a_stored_token_is_that_of_the_workspace_and_none_where_nobody_installed() -> None:
    vault = MemoryVault()
    vault.put(InstalledBot(team_id="T7", bot_id="B7", bot_user_id="U7", token="xoxb-7"))
    tokens = StoredTokens(Installations(vault, lambda: 0.0))

    found = authorized(tokens, "T7")

    assert found is not None
    assert (found.bot_token, found.bot_id, found.team_id) == ("xoxb-7", "B7", "T7")
    assert authorized(tokens, "T8") is None
