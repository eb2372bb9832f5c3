"""A word or a press is one call of the advice, answered to its asker alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.slack.advice.blocks import ACCEPT, APPROVE, NOT_USEFUL, REASON
from bot.slack.advice.forms import approve_form
from storage.answer.privacy import OPERATOR
from tests.bot.advice.conftest import AS_OF
from tests.bot.slack.advice.benches import Bench, pressed, sent
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import command


def test_offload_shows_the_suggestions_as_cards_to_the_asker_alone(bench: Bench, slack: FakeSlack) -> None:
    response = bench.send(command("offload", slack.hook))

    assert response.status == 200
    (card,) = slack.whispered()
    assert "ticket answering: offload" in card["text"]
    assert not slack.posted()


def test_workflows_lists_every_verdict_and_a_workflow_has_its_page(bench: Bench, slack: FakeSlack) -> None:
    bench.send(command("workflows Support", slack.hook))
    bench.send(command("workflow ticket", slack.hook))

    listed, page = slack.whispered()
    assert "1. *ticket answering* (Support): offload" in listed["text"]
    assert "a promotion is earned" in page["text"]
    assert "data_visualization" in [block["type"] for block in page["blocks"]]


@pytest.mark.parametrize(
    ("text", "words"),
    [("workflow", "Which one?"), ("workflow nonsense", "no workflow called nonsense"), ("offload Nowhere", "no team")],
)
def test_what_cannot_be_found_is_said(bench: Bench, slack: FakeSlack, text: str, words: str) -> None:
    bench.send(command(text, slack.hook))

    assert words in slack.whispered()[-1]["text"]


def test_accepting_opens_the_experiment(bench: Bench, slack: FakeSlack) -> None:
    bench.send(pressed(ACCEPT, workflow="ticket answering"))

    assert "on trial from 2026-11-23" in bench.told()
    page = bench.advice.workflow(bench.workspace, "ticket answering", AS_OF, OPERATOR)
    assert len(page.trials) == 1


def test_not_useful_asks_why_and_the_reason_is_kept(bench: Bench, slack: FakeSlack) -> None:
    bench.send(pressed(NOT_USEFUL, workflow="ticket answering"))
    assert "Why is ticket answering not useful" in bench.told()

    bench.send(pressed(f"{REASON}:1", workflow="ticket answering", reason="too risky"))
    assert "stays away for 90 days" in bench.told()
    assert not bench.advice.suggestions(bench.workspace, None, AS_OF, OPERATOR)


def test_the_owner_approves_by_a_form_and_nobody_else(bench: Bench, slack: FakeSlack) -> None:
    bench.send(pressed(APPROVE, workflow="ticket answering", to="execute"))
    opened = slack.called("views.open")[-1].data["view"]
    form = json.loads(opened) if isinstance(opened, str) else opened
    assert [block["block_id"] for block in form["blocks"]] == ["scope", "days", "confirmed", "on"]
    assert not any(block["optional"] for block in form["blocks"][2:])

    def said(day: str = "2026-11-10") -> dict[str, Any]:
        data = sent(approve_form("ticket answering", "execute"), days="30")
        data["view"]["state"]["values"]["on"] = {"on": {"type": "datepicker", "selected_date": day}}
        return data

    stranger = said() | {"user": {"id": "UBO", "team_id": "T1"}}
    bench.send(stranger)
    assert "not on the roster" in slack.posted("D-UBO")[-1]["text"]
    response = bench.send(said("2026-11-19"))
    assert json.loads(response.body)["errors"] == {"on": "That day is still to come."}
    unsaid = said()
    unsaid["view"]["hash"] = "1.2"
    bench.send(unsaid)
    assert "needs your word" in slack.posted("D-UANA")[-1]["text"]
    ticked = said()
    ticked["view"]["state"]["values"]["confirmed"] = {
        "confirmed": {"type": "checkboxes", "selected_options": [{"value": "yes"}]}
    }
    ticked["view"]["hash"] = "2.2"
    bench.send(ticked)
    assert "is at execute now" in slack.posted("D-UANA")[-1]["text"]


def test_a_service_that_breaks_is_said_with_a_ticket(bench: Bench, slack: FakeSlack) -> None:
    bench.writing.dispose()
    Path(str(bench.writing.url.database)).write_bytes(b"no database")

    bench.send(command("offload", slack.hook))

    assert "ticket01" in slack.whispered()[-1]["text"]
