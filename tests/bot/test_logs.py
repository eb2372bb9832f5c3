"""The log says why, and never what somebody wrote."""

from __future__ import annotations

from collections.abc import Callable

from slack_sdk.errors import SlackApiError

from bot.logs import cause

SLACK_REFUSES: Callable[..., SlackApiError] = SlackApiError  # its constructor has no types


def _fail() -> Exception:
    try:
        try:
            raise KeyError("how much did ana use")
        except KeyError as error:
            refusal: Exception = SLACK_REFUSES("secret", {"error": "ratelimited", "status": 429})
            raise refusal from error
    except SlackApiError as error:
        return error


def test_a_cause_names_kinds_and_places_and_no_message() -> None:
    told = cause(_fail())

    assert told.startswith("slack_sdk.errors.SlackApiError [ratelimited, HTTP 429] from KeyError at _fail:")
    assert "bot/test_logs.py" in told
    assert "ana" not in told
    assert "secret" not in told


def test_an_operating_system_error_keeps_its_number() -> None:
    assert cause(ConnectionRefusedError(111, "refused by 10.0.0.1")) == "ConnectionRefusedError [errno 111] at "
