"""Clients that send once, obey the settings, and print no token."""

from __future__ import annotations

import logging
import ssl

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack.api.clients import Clients
from tests.fakes.slack_api import FakeSlack, Fault

HOOK = "https://hooks.slack.com/commands/1"


def test_a_call_that_breaks_is_not_sent_again_behind_our_back(slack: FakeSlack) -> None:
    slack.fault("chat.postMessage", Fault(500, "internal_error", after=True))
    client = Clients(slack.url, 1).web("xoxb-1")

    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="C1", text="Hello")

    assert len(slack.called("chat.postMessage")) == 1


def test_a_proxy_of_the_environment_is_left_to_urllib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    clients = Clients("https://slack.example/api/", 3)

    web, hook = clients.web("xoxb-1", "T1"), clients.hook("https://hooks.example/1")

    assert (web.proxy, hook.proxy) == (None, None)
    assert (web.timeout, web.base_url, hook.url) == (3, "https://slack.example/api/", "https://hooks.example/1")


def test_certificates_are_read_once_for_all_calls_and_not_where_there_are_none() -> None:
    clients = Clients("https://slack.example/api/")
    contexts = {id(client.ssl) for client in (clients.web("xoxb-1"), clients.web("xoxb-2"), clients.hook(HOOK))}
    trusting = clients.hook(HOOK).ssl

    assert len(contexts) == 1
    assert trusting
    assert trusting.verify_mode is ssl.CERT_REQUIRED
    assert trusting.check_hostname
    assert Clients("http://127.0.0.1:9000/api/").web("xoxb-1").ssl is None


def test_at_debug_no_token_is_printed(slack: FakeSlack, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Clients(slack.url, 1).web("xoxb-secret").auth_test()

    assert "xoxb-secret" not in caplog.text


def test_a_response_url_is_answered_at_slacks_own_hosts_alone() -> None:
    clients = Clients("http://127.0.0.1:9000/api/")

    good = ["https://hooks.slack.com/commands/T1/2/3", "https://hooks.slack-gov.com/x", "http://127.0.0.1:9000/hook/1"]
    bad = [
        "http://hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "https://slack.com.evil.example/x",
        "https://evilslack.com/x",
        "http://127.0.0.1:9001/x",
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "https://hooks.slack.com@evil.example/x",
        "",
    ]
    assert [clients.may_answer(url) for url in good] == [True] * len(good)
    assert [url for url in bad if clients.may_answer(url)] == []
