"""The log says why, and never what somebody wrote."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator

import pytest
from slack_sdk.errors import SlackApiError

from bot.logs import about, cause, configure
from bot.settings import FIELDS, load
from bot.sources.http.redaction import cleaner

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


@pytest.fixture
def _loggers_as_they_were() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = [*root.handlers], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("_loggers_as_they_were")
def test_a_line_says_what_it_is_about_and_holds_no_secret_and_no_words_of_an_exception(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure(cleaner({"s3cret-of-ours"}), as_json=True)
    with about(request="ab12cd34", job="sync"):
        logging.getLogger("bot.x").warning("went to %s with %s", "https://x.example/a?sig=1", "s3cret-of-ours")
        try:
            raise ValueError("how much did ana use")
        except ValueError:
            logging.getLogger("waitress").exception("broke with Bearer abc.def and xoxb-123456789012-abcdef")
    logging.getLogger("bot.x").info("after")

    first, second, third = map(json.loads, capsys.readouterr().err.splitlines())

    assert first["event"] == "went to https://x.example/a?… with …"
    assert (first["level"], first["logger"], first["request"], first["job"]) == ("warning", "bot.x", "ab12cd34", "sync")
    assert second["event"] == "broke with … and …"
    assert second["cause"].startswith("ValueError at test_a_line_says_")
    assert "ana" not in json.dumps(second)
    assert "request" not in third


@pytest.mark.usefixtures("_loggers_as_they_were")
def test_as_text_a_line_has_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    configure(cleaner({"s3cret-of-ours"}))
    with about(request="ab12cd34"):
        logging.getLogger("bot.x").error("no s3cret-of-ours")

    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(" error bot.x: no … request=ab12cd34")


def test_every_secret_setting_is_kept_out_of_the_log() -> None:
    secret = {name: f"xapp-{name}".ljust(32, "x") for name in FIELDS if name.endswith(("TOKEN", "SECRET", "KEY"))}
    one = {name: value for name, value in secret.items() if name != "SLACK_CLIENT_SECRET"}
    url = {"DATABASE_URL": "postgresql://u:p4ssword@h/db", "GITHUB_TOKEN": "gh-token"}

    found = load(one | url).secrets

    assert found == {*one.values(), "p4ssword", "gh-token"}
