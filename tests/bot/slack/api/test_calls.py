"""What a failed Slack call means, and calls that are safe to repeat."""

from __future__ import annotations

from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.logs import cause
from bot.slack.api.calls import BACKOFF, DEFAULT_WAIT, Failure, RetryingCalls, failure, never_arrived, retry_after


def refused(error: str = "", status: int = 200, **headers: str) -> SlackApiError:
    response = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": error} if error else "<html>",  # type: ignore[arg-type]
        headers=headers,
        status_code=status,
    )
    return SlackApiError("it said xoxb-1", response)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("error", "expected", "unknown"),
    [
        (refused("channel_not_found"), Failure("channel_not_found", 200), False),
        (refused("internal_error", 500), Failure("internal_error", 500), True),
        (refused(status=503), Failure("", 503), True),
        (refused("ratelimited", 429, **{"Retry-After": "7"}), Failure("ratelimited", 429, 7.0), False),
        (
            SlackApiError("", {"error": "ratelimited", "status": 429, "headers": {}}),  # type: ignore[no-untyped-call]
            Failure("ratelimited", 429, DEFAULT_WAIT),
            False,
        ),
    ],
)
def test_a_refusal_is_its_word_its_status_and_how_long_to_wait(
    error: SlackApiError, expected: Failure, unknown: bool
) -> None:
    assert failure(error) == expected
    assert failure(error).unknown is unknown


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "12"}, 12.0),
        ({"Retry-After": ["3"]}, 3.0),
        ({"Retry-After": "0"}, 1.0),
        ({}, DEFAULT_WAIT),
        (None, DEFAULT_WAIT),
        ({"Retry-After": "soon"}, DEFAULT_WAIT),
    ],
)
def test_the_wait_is_at_least_a_second_and_a_default_where_none_is_named(headers: Any, seconds: float) -> None:
    assert retry_after(headers) == seconds


def test_only_what_found_no_way_to_slack_surely_never_arrived() -> None:
    assert never_arrived(ConnectionRefusedError())
    assert never_arrived(URLError(ConnectionRefusedError()))
    assert not never_arrived(ConnectionResetError())
    assert not never_arrived(TimeoutError())


def test_the_log_has_the_error_word_and_not_what_was_said_around_it() -> None:
    assert "channel_not_found, HTTP 200" in cause(refused("channel_not_found"))
    assert "xoxb" not in cause(refused("channel_not_found"))


def outcomes(*results: object) -> tuple[RetryingCalls, list[float], Any]:
    """A call that ends like this, one time after the other, and the pauses between."""
    slept: list[float] = []
    coming = iter(results)

    def call() -> Any:
        result = next(coming)
        if isinstance(result, Exception):
            raise result
        return result

    return RetryingCalls(slept.append), slept, call


def test_a_rate_limit_is_waited_out_and_a_broken_call_tried_again() -> None:
    limited = refused("ratelimited", 429, **{"Retry-After": "7"})
    answer = object()
    waiting, slept, call = outcomes(limited, TimeoutError(), refused("internal_error", 500), answer)

    found: object = waiting.read(call)
    assert found is answer
    assert slept == [7.0, *BACKOFF[:2]]


def test_a_clear_refusal_is_raised_at_once_and_a_broken_way_in_the_end() -> None:
    waiting, slept, call = outcomes(refused("not_authed"))
    with pytest.raises(SlackApiError):
        waiting.read(call)
    assert slept == []

    waiting, slept, call = outcomes(*[TimeoutError()] * 4)
    with pytest.raises(TimeoutError):
        waiting.read(call)
    assert slept == [*BACKOFF]


def test_a_call_waits_five_minutes_of_limits_and_not_more() -> None:
    limited = refused("ratelimited", 429, **{"Retry-After": "200"})
    waiting, slept, call = outcomes(limited, limited)

    with pytest.raises(SlackApiError):
        waiting.read(call)
    assert slept == [200.0]


def test_a_call_somebody_waits_for_is_given_up_in_time() -> None:
    now, calls = [0.0], []

    def hangs() -> SlackResponse:
        calls.append(now[0])
        now[0] += 9.5
        raise TimeoutError

    with pytest.raises(TimeoutError):
        RetryingCalls(lambda _: None, longest=10.0, clock=lambda: now[0]).read(hangs)
    assert calls == [0.0]
