"""The web process as Slack meets it: real requests, signed and otherwise."""

from __future__ import annotations

import time
from threading import Event

import pytest

from bot.errors import NotReady
from bot.processes.web import build_web
from bot.questions.answers.answer import Answer
from bot.questions.request import AskRequest
from bot.settings import Settings
from bot.slack.app import build_app
from tests.bot.conftest import Desktop
from tests.fakes.services import FakeServices, seven
from tests.fakes.slack_api import FakeSlack, Fault
from tests.fakes.slack_requests import body, command, headers, mention


def test_a_signed_mention_is_acknowledged_and_answered(desktop: Desktop, slack: FakeSlack) -> None:
    response = desktop.send(mention("tokens last month"))

    assert (response.status_code, response.get_data()) == (200, b"")
    assert [message["text"] for message in slack.posted("C1")] == ["It is 7."]


def test_the_acknowledgement_does_not_wait_for_the_answer(desktop: Desktop, slack: FakeSlack) -> None:
    go = Event()

    def slow(request: AskRequest) -> Answer:
        go.wait(10)
        return seven(request)

    desktop.services.reply = slow
    response = desktop.deliver(mention("tokens last month"))

    assert response.status_code == 200
    assert not slack.posted()
    go.set()
    desktop.settle()
    assert slack.posted()


@pytest.mark.parametrize(
    ("at", "secret"),
    [
        ("now", "another secret"),
        ("stale", None),
        ("future", None),
        ("soon", None),
        ("1e9", None),
        ("", None),
        ("-5", None),
        ("٣٤٥", None),
    ],
)
def test_a_wrong_or_stale_or_senseless_signature_is_refused(
    desktop: Desktop, slack: FakeSlack, at: str, secret: str | None
) -> None:
    now = int(time.time())
    stamp = {"now": str(now), "stale": str(now - 301), "future": str(now + 400)}.get(at, at)

    response = desktop.send(mention("tokens"), at=stamp, **({"secret": secret} if secret else {}))

    assert response.status_code == 401
    assert not slack.calls
    assert not desktop.services.asked


def test_a_request_without_any_signature_is_refused(desktop: Desktop) -> None:
    raw, kind = body(mention("tokens"))

    assert desktop.web.post("/slack/events", data=raw, content_type=kind).status_code == 401


def test_a_body_changed_on_the_way_is_refused(desktop: Desktop) -> None:
    raw, kind = body(mention("tokens"))

    response = desktop.web.post("/slack/events", data=raw.replace("tokens", "costs!"), headers=headers(raw, kind))

    assert response.status_code == 401


@pytest.mark.parametrize("signed", [False, True], ids=["unsigned", "signed"])
def test_a_body_that_nobody_can_read_is_refused_by_its_signature_first(
    desktop: Desktop, signed: bool, caplog: pytest.LogCaptureFixture
) -> None:
    told = []
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        for raw in ('{"a', "[]", "payload=%7B", "payload=[1]", "7", ""):
            with_headers = headers(raw, kind) if signed else {"Content-Type": kind}
            told.append(desktop.web.post("/slack/events", data=raw, headers=with_headers).status_code)

    assert set(told) <= ({400, 404} if signed else {401})
    assert "Traceback" not in caplog.text


def test_a_body_that_is_no_text_is_refused(desktop: Desktop) -> None:
    raw, kind = body(mention("tokens"))

    response = desktop.web.post("/slack/events", data=raw.encode() + b"\xff", headers=headers(raw, kind))

    assert response.status_code == 401


def test_a_replayed_command_is_answered_once(desktop: Desktop, slack: FakeSlack) -> None:
    raw, kind = body(command("tokens last month", slack.hook))
    signed = headers(raw, kind)

    for _ in range(3):
        assert desktop.web.post("/slack/events", data=raw, headers=signed).status_code == 200
    desktop.settle()

    assert len(desktop.services.asked) == 1
    assert len(slack.messages) == 1


def test_the_log_of_a_refused_request_holds_nothing_of_it(desktop: Desktop, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        desktop.send(mention("how much did ana use"), secret="wrong")

    assert "wrong or stale signature" in caplog.text
    assert "how much did ana use" not in caplog.text


def test_slack_checking_the_address_gets_its_challenge_back(desktop: Desktop) -> None:
    response = desktop.send({"type": "url_verification", "challenge": "c-1", "token": "x"})

    assert response.get_json() == {"challenge": "c-1"}


def test_a_body_larger_than_slack_ever_sends_is_refused_unread(desktop: Desktop) -> None:
    assert desktop.web.post("/slack/events", data=b"x" * 2_000_000).status_code == 413


def test_health_readiness_and_metrics_are_there(desktop: Desktop) -> None:
    desktop.app.meter.count("answered", 0.2)

    assert desktop.web.get("/healthz").status_code == 200
    assert desktop.web.get("/readyz").status_code == 200
    told = desktop.web.get("/metrics").get_data(as_text=True)
    assert 'fulcrum_questions_total{status="answered"} 1' in told
    assert 'fulcrum_question_seconds_bucket{le="0.25"} 1' in told
    assert "fulcrum_question_seconds_sum 0.200000" in told


def test_an_old_store_is_not_ready_and_says_why(desktop: Desktop) -> None:
    def ready() -> None:
        raise NotReady("the store is older than this program: run `fulcrum migrate`")

    response = build_web(desktop.app, ready).test_client().get("/readyz")

    assert response.status_code == 503
    assert "fulcrum migrate" in response.get_data(as_text=True)


def test_a_store_that_is_away_is_not_ready_and_nothing_of_its_error_is_shown(desktop: Desktop) -> None:
    def ready() -> None:
        raise OSError("could not connect to user:password@host")

    response = build_web(desktop.app, ready).test_client().get("/readyz")

    assert (response.status_code, response.get_data(as_text=True)) == (503, "the store cannot be reached\n")


def test_there_is_no_install_page_for_a_single_workspace(desktop: Desktop) -> None:
    assert desktop.web.get("/slack/install").status_code == 404


def test_a_token_that_slack_refuses_is_not_ready_and_says_what_to_set(desktop: Desktop, slack: FakeSlack) -> None:
    slack.fault("auth.test", Fault(200, "invalid_auth"))
    assert desktop.app.token
    desktop.app.token.ask().result(10)

    response = desktop.web.get("/readyz")

    assert response.status_code == 503
    assert "Slack refuses SLACK_BOT_TOKEN (invalid_auth)" in response.get_data(as_text=True)


def test_no_installation_page_is_opened_by_variables_of_the_environment(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        monkeypatch.setenv(name, "")

    made = build_app(Settings(slack_bot_token="xoxb-1", slack_api_url=slack.url), FakeServices())

    assert made.bolt.oauth_flow is None
    made.close()
