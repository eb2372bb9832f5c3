"""Signed requests whose insides are anything end in an answer: none in an exception, none in a 500.

Every action and form that the app registers is sent, over the sample organisation: a sample here, 5,000 in a trial.
"""

from __future__ import annotations

import logging
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from slack_bolt import App

from bot.processes.build import build
from bot.processes.web import build_web
from bot.settings import Settings
from bot.slack.blocks.menu import MORE
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import SECRET, body, command, headers, mention, message, press
from tests.sampling import sampled, size

JUNK = (
    *("", " ", "0", "-1", "1", "99999999999999999999", "1.5", "yes", "null", "[]", "{}", '{"id": null}', "[[1], 2]"),
    *("=query ", '=query {"metrics": ["cost"]}', '=query {"metrics": 7}', "=query [", "1:up", "1:", ":", "a|b", "|||"),
    *(
        "2026-W99",
        "2026-13",
        "2026-02-31",
        "NaN",
        "1e309",
        "\x00",
        "🙂" * 40,
        "é́" * 300,
        "x" * 2_900,
        "%s{0}",
    ),
)
FIELDS = (
    *("question", "value", "name", "month", "amount", "scope", "on", "channel", "why", "stage", "confirmed", "team"),
    *("day", "time", "zone", "where", "often", "audience", "activity", "minutes", "people", "min_group", "cadence"),
)
ANSWERS_OF_SLACK = re.compile("SlackApiError|URLError")
WORDS = ("", "help", "subscribe", "settings", "privacy", "words", "sources", "offload", "workflow", "watch", "budget")


class Registered:
    """What the app listens to, as it was registered."""

    def __init__(self) -> None:
        self.actions: list[str] = []
        self.views: list[str] = []
        self.shortcuts: list[dict[str, str]] = []

    @contextmanager
    def noted(self, patch: pytest.MonkeyPatch) -> Iterator[None]:
        """Note what is registered in the block."""
        with patch.context() as noting:
            for name, held in (("action", self.actions), ("view", self.views), ("shortcut", self.shortcuts)):
                noting.setattr(App, name, _noting(getattr(App, name), held))
            yield


def _noting(real: Any, held: list[Any]) -> Any:
    def register(app: App, constraints: Any, *more: Any, **options: Any) -> Any:
        held.append(constraints)
        return real(app, constraints, *more, **options)

    return register


def example(constraint: Any, draw: random.Random) -> str:
    """An id that a constraint lets through: itself, or what its pattern begins with and anything after it."""
    if isinstance(constraint, re.Pattern):
        plain = re.sub(r"\\(.)", r"\1", re.split(r"[\[(.*+?\\$|]", constraint.pattern.lstrip("^"))[0])
        return plain + draw.choice(("", "0", "1", "none:1:2", "9" * 30))
    return str(constraint)


def text(draw: random.Random) -> str:
    """A text that no form and no button of ours sends."""
    return draw.choice(JUNK)


def entered(draw: random.Random) -> dict[str, Any]:
    """What stands in an element of Slack's, whose value is anything or nothing."""
    option = draw.choice((None, {"value": text(draw), "text": {"type": "plain_text", "text": text(draw)}}))
    filled = {"value": text(draw), "selected_option": option, "selected_options": [option] if option else []}
    filled |= {"selected_date": text(draw), "selected_time": text(draw), "selected_conversation": text(draw)}
    filled |= {"selected_channel": text(draw), "selected_user": text(draw)}
    return {name: value if draw.random() < 0.8 else None for name, value in filled.items()}


def pressed(action: str, draw: random.Random) -> dict[str, Any]:
    """A press of a button or a choice of a menu, with anything behind it."""
    sent = press(text(draw), user=draw.choice(("UANA", "UBO", "UNOBODY")))
    if action.startswith(f"{MORE} "):  # a choice of a menu, which stands for a button
        sent["actions"][0] |= {"action_id": MORE, "selected_option": {"value": action.removeprefix(f"{MORE} ")}}
        return sent
    sent["actions"][0] |= {"action_id": action} | (entered(draw) if draw.random() < 0.3 else {})
    return sent


def submitted(view: str, draw: random.Random) -> dict[str, Any]:
    """A form that was sent, with anything in its fields and behind it; some fields are those of another release."""
    names = draw.sample(FIELDS, draw.randrange(len(FIELDS)))
    return {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": draw.choice(("UANA", "UBO")), "team_id": "T1"},
        "trigger_id": "1.1.abc",
        "response_urls": [],
        "view": {
            "id": "V1",
            "type": "modal",
            "callback_id": view,
            "private_metadata": text(draw),
            "state": {"values": {name: {draw.choice((name, "value")): entered(draw)} for name in names}},
            "blocks": [],
            "hash": "1",
        },
    }


def spoken(draw: random.Random) -> dict[str, Any]:
    """An event or a command, with anything said in it."""
    said = f"{draw.choice(WORDS)} {text(draw)}"
    if draw.random() < 0.4:
        return command(said, "https://hooks.slack.com/commands/1")
    made: dict[str, Any] = draw.choice((mention, message))(said, ts=f"{draw.random() * 1000:.4f}")
    made["event"] |= {name: text(draw) for name in ("thread_ts", "subtype", "client_msg_id") if draw.random() < 0.1}
    return made


@sampled
def test_whatever_a_signed_request_holds_it_ends_in_an_answer(
    larkspur: str, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(
        database_url=larkspur,
        slack_bot_token="xoxb-1",
        slack_signing_secret=SECRET,
        slack_api_url=slack.url,
        admins=frozenset({"ana@northwind.example"}),
    )
    slack.user("UANA", "ana@northwind.example")
    monkeypatch.setattr("time.sleep", lambda _: None)
    known, draw, failed = Registered(), random.Random(15), []
    with known.noted(monkeypatch):
        made = build(settings)
    web = build_web(made.app, lambda: None).test_client()
    with caplog.at_level(logging.ERROR):
        for number in range(size(20, 5_000)):
            kind = number % 3
            sent = (
                pressed(draw.choice(("", "", f"{MORE} ")) + example(draw.choice(known.actions), draw), draw)
                if kind == 0
                else submitted(example(draw.choice(known.views), draw), draw)
                if kind == 1
                else spoken(draw)
            )
            raw, content = body(sent)
            status = web.post("/slack/events", data=raw, headers=headers(raw, content)).status_code
            if status >= 500:
                failed.append((status, sent))
        made.app.close()
        made.services.close()
    said = (record.getMessage() for record in caplog.records)
    # That a form is open already, or an address is none, is Slack's answer.
    broken = [text for text in said if " failed" in text and not ANSWERS_OF_SLACK.search(text)]
    assert (failed, broken) == ([], [])
