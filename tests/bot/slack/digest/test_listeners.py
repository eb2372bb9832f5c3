"""Digests in Slack: signed requests to the real app over a real store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.digest.actions import Action, Choice, WeekAdvice
from bot.digest.service import Digests
from bot.digest.week import Week
from bot.errors import UserError
from bot.processes.web import build_web
from bot.settings import Settings
from bot.slack.api.clients import Clients
from bot.slack.app import Environment, build_app
from bot.slack.digest.blocks import PAUSE, RHYTHM
from bot.slack.digest.clock import digest_clock, speaking
from bot.slack.digest.listeners import attach
from bot.slack.digest.making import DigestMaker
from storage.answer.privacy import Viewer
from storage.engine import reading_engine, writing_engine
from storage.keep import digests
from storage.keep.digests import Subscribed
from storage.tables import Feedback
from tests.bot.digest.company import Company
from tests.databases import fresh_store
from tests.fakes.services import FakeServices
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import SECRET, body, command, headers, press

ANA = "build1@company.example"
NOW = datetime(2026, 3, 25, 12, tzinfo=UTC)  # a Wednesday; the last whole week is W12


class Heard:
    """Advises one thing, and keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, str, Choice, str]] = []

    def advise(self, week: Week, team: str | None, viewer: Viewer) -> WeekAdvice:
        action = Action(workflow="triage & <co>", team="Build", stage="draft", p10=1, p50=2, p90=4)
        return WeekAdvice(action=action)

    def chosen(self, workspace_id: int, workflow: str, choice: Choice, email: str) -> None:
        if choice is Choice.NOT_NOW:
            raise UserError("That is not yours to decide.")
        self.heard.append((workspace_id, workflow, choice, email))


class Room:
    """The app, the store behind it, and a way to send to it as Slack does."""

    def __init__(self, url: str, slack: FakeSlack) -> None:
        self.slack, self.advice = slack, Heard()
        self.reading, self.writing = reading_engine(url), writing_engine(url)
        self.workspace_id = Company(weeks=16, teams={"Build": 9, "Care": 7}).save(self.writing)
        self.settings = Settings(slack_bot_token="xoxb-1", slack_signing_secret=SECRET, slack_api_url=slack.url)
        maker = DigestMaker(
            Digests(self.reading, self.settings, lambda: NOW, lambda workspace_id: self.advice), self.writing
        )
        clients = Clients(slack.url, 2)
        self.clock = digest_clock(maker, speaking(self.settings, clients, None), lambda seconds: None)

    def send(self, data: dict[str, Any]) -> Any:
        """Send it, and let all that it led to come to an end."""
        services = FakeServices()
        environment = Environment(sleep=lambda seconds: None, timeout=2)
        app = build_app(self.settings, services, environment=environment, more=[attach(self.clock)])
        raw, kind = body(data)
        response = (
            build_web(app, lambda: None).test_client().post("/slack/events", data=raw, headers=headers(raw, kind))
        )
        app.close()
        return response

    def subscriptions(self) -> list[Subscribed]:
        with self.reading.connect() as connection:
            return [subscription for _, subscription in digests.subscriptions(connection)]

    def form(self) -> dict[str, Any]:
        """The form that was opened last."""
        view = self.slack.called("views.open")[-1].data["view"]
        form: dict[str, Any] = json.loads(view) if isinstance(view, str) else view
        return form

    def submit(self, **values: Any) -> Any:
        """Send the form filled in."""
        filled = {"place": "channel", "channel": "C1", "team": "*", "day": "2", "time": "09:00", "zone": "UTC"} | values
        state = {name: {"value": _state(name, value)} for name, value in filled.items()}
        state["parts"] = {"value": {"type": "checkboxes", "selected_options": [{"value": "teams"}, {"value": "cost"}]}}
        view = self.form() | {"id": "V1", "hash": "1.1", "state": {"values": state}}
        return self.send(
            {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "UANA", "team_id": "T1"}, "view": view}
        )

    def told(self) -> str:
        """What somebody was told last."""
        return str(self.slack.whispered()[-1]["text"])


def _state(name: str, value: Any) -> dict[str, Any]:
    kinds = {"channel": ("conversations_select", "selected_conversation"), "time": ("timepicker", "selected_time")}
    if name in kinds:
        kind, key = kinds[name]
        return {"type": kind, key: value}
    if name == "zone":
        return {"type": "plain_text_input", "value": value}
    return {"type": "static_select", "selected_option": {"value": value}}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with FakeSlack() as slack, fresh_store("sqlite", tmp_path) as url:
        slack.user("UANA", ANA)
        slack.user("UCY")
        slack.user("UBOT", is_bot=True)
        slack.channel("C1", ["UANA", "UCY"])
        made = Room(url, slack)
        yield made
        made.reading.dispose()
        made.writing.dispose()


def test_subscribe_opens_a_form_that_slack_takes_and_its_answer_is_kept(room: Room) -> None:
    room.send(command("subscribe", room.slack.hook))
    teams = next(block for block in room.form()["blocks"] if block["block_id"] == "team")

    response = room.submit(team="Care", day="5", time="07:30", zone="Europe/Berlin")

    assert [option["value"] for option in teams["element"]["options"]] == ["*", "Build", "Care"]
    assert response.get_data(as_text=True) == ""
    (kept,) = room.subscriptions()
    assert (kept.channel, kept.team, kept.weekday, kept.minute, kept.zone) == ("C1", "Care", 5, 450, "Europe/Berlin")
    assert (kept.owner, kept.email, kept.parts) == ("UANA", ANA, ("teams", "cost"))
    assert "The first one comes Friday, 27 March at 07:30" in room.told()


def test_a_person_subscribes_for_themselves(room: Room) -> None:
    room.send(command("subscribe me", room.slack.hook))
    place = next(block for block in room.form()["blocks"] if block["block_id"] == "place")
    room.submit(place="me", channel=None)

    assert place["element"]["initial_option"]["value"] == "me"
    assert [(subscription.channel, subscription.direct) for subscription in room.subscriptions()] == [("UANA", True)]


@pytest.mark.parametrize(
    ("field", "value"), [("zone", "Middle-earth/Shire"), ("zone", "../etc/passwd"), ("channel", None), ("time", None)]
)
def test_what_is_wrong_with_the_form_is_said_beside_its_field(room: Room, field: str, value: Any) -> None:
    room.send(command("subscribe", room.slack.hook))

    response = room.submit(**{field: value})

    assert response.json["response_action"] == "errors"
    assert list(response.json["errors"]) == [field]
    assert room.subscriptions() == []


def test_every_second_week_by_the_form_and_by_the_button(room: Room) -> None:
    room.send(command("subscribe", room.slack.hook))
    rhythm = next(block for block in room.form()["blocks"] if block["block_id"] == "every")
    room.submit(every="2")
    (kept,) = room.subscriptions()
    room.send(command("subscribe", room.slack.hook))
    room.submit(every="1")
    pressed = press(json.dumps({"subscription": kept.id, "every": 2}), hook=room.slack.hook)
    pressed["actions"][0]["action_id"] = RHYTHM

    room.send(pressed)

    assert [option["value"] for option in rhythm["element"]["options"]] == ["1", "2"]
    assert kept.every == 2
    assert [subscription.every for subscription in room.subscriptions()] == [2]
    assert "every second Tuesday" in room.told()


def test_a_pressed_pause_holds_the_digest_until_it_is_subscribed_again(room: Room) -> None:
    room.send(command("subscribe", room.slack.hook))
    room.submit()
    (kept,) = room.subscriptions()
    pressed = press(json.dumps({"subscription": kept.id}), hook=room.slack.hook)
    pressed["actions"][0]["action_id"] = PAUSE

    room.send(pressed)

    assert room.subscriptions() == []
    assert "Paused: the weekly digest of the whole organisation" in room.told()
    room.send(command("subscribe", room.slack.hook))
    room.submit()
    assert [subscription.id for subscription in room.subscriptions()] == [kept.id]


def test_unsubscribe_ends_the_digests_of_the_place(room: Room) -> None:
    room.send(command("subscribe", room.slack.hook))
    room.submit()
    room.send(command("unsubscribe", room.slack.hook))

    assert room.subscriptions() == []
    assert "1 digest ends here" in room.told()
    room.send(command("unsubscribe", room.slack.hook))
    assert "No digest is subscribed here" in room.told()


def test_a_preview_is_for_the_asker_alone_with_its_buttons_and_thread(room: Room) -> None:
    room.send(command("digest preview care", room.slack.hook))

    assert room.slack.posted() == []
    first = room.slack.whispered()[0]
    assert first["text"].startswith("W12, Care (7 people): nothing stands out, but too small a team to tell.")
    assert "triage &amp; &lt;co&gt;" in first["text"]
    buttons = next(block for block in first["blocks"] if block["type"] == "actions")["elements"]
    assert [button["text"]["text"] for button in buttons] == ["Accept", "Not now", "Not useful"]
    assert len(room.slack.whispered()) > 3


def test_a_stranger_gets_no_preview(room: Room) -> None:
    room.send(command("digest preview", room.slack.hook, user="UCY"))

    assert "no confirmed e-mail address" in room.told()


def test_now_posts_each_week_once_and_only_where_somebody_subscribed(room: Room) -> None:
    room.send(command("digest now", room.slack.hook))
    assert "No digest is subscribed here" in room.told()
    room.send(command("subscribe", room.slack.hook))
    room.submit()

    room.send(command("digest now", room.slack.hook))
    room.send(command("digest now", room.slack.hook))

    tops = [message for message in room.slack.posted("C1") if not message.get("thread_ts")]
    assert [message["text"][:3] for message in tops] == ["W12"]
    assert "each week comes once" in room.told()


@pytest.mark.parametrize("choice", [Choice.ACCEPT, Choice.NOT_USEFUL])
def test_a_press_is_kept_told_to_the_adviser_and_thanked_for(room: Room, choice: Choice) -> None:
    room.send(pressed(choice.value))

    assert room.advice.heard == [(room.workspace_id, "triage & <co>", choice, ANA)]
    assert "Noted" in room.told()
    with room.reading.connect() as connection:
        kept = connection.execute(select(Feedback.week, Feedback.person, Feedback.choice)).all()
    assert kept == [("2026-W12", "UANA", choice.value)]


def test_what_the_adviser_refuses_is_said(room: Room) -> None:
    room.send(pressed("not now"))

    assert room.told() == "That is not yours to decide."


def test_other_words_of_the_command_stay_questions(room: Room) -> None:
    room.send(command("tokens last month", room.slack.hook))

    assert room.told() == "It is 7."


def pressed(choice: str) -> dict[str, Any]:
    data = press(json.dumps({"week": "2026-W12", "workflow": "triage & <co>"}))
    data["actions"][0] |= {"action_id": f"digest:{choice}", "block_id": "digest:2026-W12"}
    return data
