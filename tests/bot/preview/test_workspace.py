"""The preview put together: filled from its scene, asked what it opens with, and off where a real Slack is near."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.preview.seen import Channel, PreviewScene
from bot.preview.workspace import REAL, PreviewWorkspace, real_settings
from tests.bot.preview.office import Office
from tests.bot.preview.stub import SCENE


def opened(scene: PreviewScene) -> PreviewWorkspace:
    """A workspace that served for a moment, without an app."""
    workspace = PreviewWorkspace(scene, {})
    workspace.open("http://127.0.0.1:9/nobody")
    workspace.close()
    return workspace


def test_people_rooms_and_guests_of_the_scene_are_there() -> None:
    room = Channel(id="C2", name="launch", topic="", members=("UANA", "UGUEST"), shared_with="Halden")
    slack = opened(replace(SCENE, rooms=(*SCENE.rooms, room), guests={"UGUEST": "Signe"})).slack

    assert slack.users["UANA"]["profile"]["email"] == "UANA@x.example"
    assert slack.users["UGUEST"]["is_stranger"]
    assert slack.users["UGUEST"]["team_id"] != slack.users["UANA"]["team_id"]
    assert slack.channels["C2"]["is_ext_shared"]
    assert "is_ext_shared" not in slack.channels["C1"]
    assert slack.channels["D-UBO"]["is_im"]


def test_a_workspace_has_its_own_secret(office: Office) -> None:
    other = opened(SCENE)

    assert len(other.secret) == 32
    assert other.secret != office.workspace.secret


def test_what_the_scene_opens_with_is_asked_before_anybody_looks() -> None:
    workspace = opened(replace(SCENE, opening=(("UANA", "C1", "hello"),)))

    assert [(message["user"], message["text"]) for message in workspace.slack.messages] == [("UANA", "hello")]


@pytest.mark.parametrize("name", REAL)
def test_a_setting_of_a_real_slack_or_store_is_named(name: str) -> None:
    assert real_settings({name: "x", "OPENAI_API_KEY": "x"}) == [name]
    assert real_settings({name: "  "}) == []
