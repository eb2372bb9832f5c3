"""The advice in Slack: signed requests to a real app over a real store."""

from __future__ import annotations

import json

from bot.preview import requests
from bot.slack.advice import listeners
from bot.slack.advice.blocks import ADD, REVIEW, VALUES
from bot.slack.advice.forms import add_form, values_form
from storage.answer.privacy import OPERATOR
from tests.bot.advice.conftest import AS_OF
from tests.bot.slack.advice.benches import Bench, pressed, sent
from tests.fakes.slack_api import FakeSlack


def test_questions_about_workflows_are_not_taken_from_the_engine() -> None:
    asked = ["workflows by cost", "offloaded hours last month", "tokens", ""]

    assert [listeners.is_ours({"text": text}) for text in asked] == [False] * 4
    assert listeners.is_ours({"text": "Workflow code review"})


def test_the_forms_open_with_the_press(bench: Bench, slack: FakeSlack) -> None:
    for action in (VALUES, REVIEW, ADD):
        bench.send(pressed(action, workflow="ticket answering"))

    opened = [
        json.loads(call.data["view"]) if isinstance(call.data["view"], str) else call.data["view"]
        for call in slack.called("views.open")
    ]
    assert [view["callback_id"] for view in opened] == [
        "advice:values_form",
        "advice:review_form",
        "advice:add_form",
    ]


def test_a_message_can_be_proposed_as_a_workflow_and_nothing_is_kept_before_the_form_is_sent(
    bench: Bench, slack: FakeSlack
) -> None:
    said = {"user": "UBO", "text": "We <@UANA> copy invoices &amp; receipts by hand", "ts": "100.1"}
    bench.send(
        requests.interaction(
            "message_action",
            "UANA",
            callback_id=listeners.SHORTCUT,
            trigger_id="1.1.a",
            message=said,
            channel={"id": "C1"},
        )
    )

    (opened,) = slack.called("views.open")
    view = json.loads(opened.data["view"]) if isinstance(opened.data["view"], str) else opened.data["view"]
    begun = {block["block_id"]: block["element"].get("initial_value") for block in view["blocks"]}
    assert view["title"]["text"] == "Could this be offloaded?"
    assert begun["description"] == "We somebody copy invoices & receipts by hand"
    assert (begun["name"], begun["team"]) == (None, "Support")
    assert not slack.posted()


def test_true_values_are_kept_and_thanked_for_directly(bench: Bench, slack: FakeSlack) -> None:
    response = bench.send(sent(values_form("ticket answering"), briefing="1-2-4", error_class="1"))

    assert (response.status, response.body) == (200, "")
    assert "2 values of yours" in slack.posted("D-UANA")[-1]["text"]
    card = bench.advice.offload(bench.workspace, None, AS_OF, OPERATOR)[0]
    assert {given.name: given.value for given in card.given}["error class"] == "1"


def test_what_is_wrong_with_a_value_stands_beside_its_field(bench: Bench, slack: FakeSlack) -> None:
    response = bench.send(sent(values_form("ticket answering"), briefing="lots"))

    assert json.loads(response.body)["errors"].keys() == {"briefing"}
    assert not slack.posted()


def test_a_workflow_is_added_by_a_form_and_what_can_be_said_of_it_is_the_answer(bench: Bench, slack: FakeSlack) -> None:
    bench.send(sent(add_form(), name="refund report", team="Support", minutes="60-90-120", volume="20"))

    told = slack.posted("D-UANA")[-1]["text"]
    assert told.startswith("refund report is in the catalogue, and yours. So far I would say: refund report:")
    assert "20 runs a week of 90 minutes each" in told


def test_a_form_that_the_catalogue_cannot_take_stays_open_and_says_why(bench: Bench, slack: FakeSlack) -> None:
    response = bench.send(sent(add_form(), name="badge requests", team="Suport"))

    assert json.loads(response.body)["errors"] == {"team": "I know no team called Suport. Did you mean Support?"}
    assert not slack.posted()


def test_somebody_who_is_not_on_the_roster_is_told_so_before_they_fill_a_form_in(
    bench: Bench, slack: FakeSlack
) -> None:
    slack.user("UNEW", "new@northwind.example")
    bench.send(pressed(ADD, user="UNEW"))

    (opened,) = slack.called("views.open")
    assert "not on the roster" in str(opened.data["view"])
