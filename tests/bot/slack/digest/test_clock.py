"""The worker's tick: what is due is written down, what is written down is sent."""

from __future__ import annotations

from datetime import timedelta

from slack_sdk.oauth.installation_store import Bot

from bot.digest.details import PARTS
from bot.settings import Settings
from bot.slack.api.clients import Clients
from bot.slack.digest.clock import speaking
from bot.slack.install.installations import Installations
from tests.bot.slack.digest.workers import DUE, Office
from tests.fakes.vault import MemoryVault


def test_a_digest_comes_at_its_time_with_its_thread_and_then_not_again(office: Office) -> None:
    office.subscribe(parts=tuple(PARTS))

    office.at(DUE - timedelta(minutes=1))
    assert office.top() == []
    office.at(DUE, 1, 60, 600)

    assert len(office.top()) == 1
    assert office.top()[0].startswith("W12, whole organisation (16 people):")
    parent = office.slack.posted("C1")[0]["ts"]
    thread = [message for message in office.slack.posted("C1") if message.get("thread_ts")]
    assert len(thread) == len(PARTS)
    assert {message["thread_ts"] for message in thread} == {parent}
    assert any(block["type"] == "data_visualization" for message in thread for block in message["blocks"])


def test_the_one_token_speaks_for_every_team_and_an_installation_for_its_own() -> None:
    clients = Clients("https://slack.example/api/", 1)
    installed = Installations(MemoryVault(), lambda: 0.0)
    installed.save_bot(
        Bot(bot_token="xoxb-own", bot_id="B1", bot_user_id="U1", bot_scopes=[], team_id="T1", installed_at=0.0)
    )

    alone = speaking(Settings(slack_bot_token="xoxb-1"), clients, None)
    many = speaking(Settings(slack_bot_token="xoxb-1"), clients, installed)

    assert alone("T1").token == alone("T2").token == "xoxb-1"
    assert (many("T1").token, many("T2").token) == ("xoxb-own", None)
