"""The advice in Slack: signed requests to a real app over a real store."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.models.views import View

from bot.advice.service import Advice
from bot.meter import Meter
from bot.settings import Settings
from bot.slack.advice import listeners
from bot.slack.advice.blocks import ACCEPT, ADD, APPROVE, NOT_USEFUL, REASON, REVIEW, VALUES
from bot.slack.advice.forms import add_form, approve_form, values_form
from bot.slack.advice.replies import AdviceReplies
from bot.slack.api.audience import Audiences
from bot.slack.api.calls import Waiting
from bot.slack.api.clients import Clients
from bot.slack.api.people import People
from bot.slack.api.posting import Poster
from bot.slack.questions.conversation import Tools
from storage.answer.privacy import OPERATOR
from storage.engine import reading_engine, writing_engine
from storage.load.organisation import save_teams, save_workflows
from storage.load.outcomes import save_outcomes
from storage.load.roster import save_roster
from storage.load.writes import LoadOf, save_work
from storage.records import SpellRecord, TeamRecord, WorkflowRecord
from storage.workspaces import default_workspace
from tests.bot.advice.conftest import AS_OF, NOW, work_until
from tests.bot.advice.runs import runs
from tests.databases import fresh_store
from tests.fakes.services import FakeServices
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import SECRET, body, command, headers, press

ANA = "ana@northwind.example"


@dataclass
class Bench:
    """The listeners on an app of their own; `send` waits until all that came of it is done."""

    slack: FakeSlack
    advice: Advice
    workspace: int
    writing: Any
    now: float = 1_763_456_400.0

    def send(self, data: dict[str, Any]) -> BoltResponse:
        raw, _ = body(data)
        clients = Clients(self.slack.url, 5)
        waiting = Waiting(lambda _: None)
        people = People(waiting, lambda: self.now)
        pool = ThreadPoolExecutor(2)
        tools = Tools(
            services=FakeServices(),
            clients=clients,
            people=people,
            audiences=Audiences(people, waiting),
            poster=Poster(clients, lambda _: None, lambda: self.now),
            meter=Meter(),
            clock=lambda: self.now,
            ticket=lambda: "ticket01",
        )
        listening = ThreadPoolExecutor(2)
        app = App(
            token="xoxb-1",
            signing_secret=SECRET,
            client=clients.web("xoxb-1"),
            token_verification_enabled=False,
            listener_executor=listening,
        )
        listeners.register(app, AdviceReplies(tools, self.advice, pool))
        response = app.dispatch(BoltRequest(body=raw, headers=_headers(raw, data)))
        listening.shutdown(wait=True)
        pool.shutdown(wait=True)
        return response

    def told(self) -> str:
        """What Ana was told last."""
        return str(self.slack.whispered("UANA")[-1]["text"])


def _headers(raw: str, data: dict[str, Any]) -> dict[str, str | Sequence[str]]:
    _, kind = body(data)
    return {name: value for name, value in headers(raw, kind).items()}


@pytest.fixture
def bench(slack: FakeSlack, tmp_path: Path) -> Iterator[Bench]:
    """Ana owns ticket answering in a team of six."""
    with fresh_store("sqlite", tmp_path) as url:
        writing, reading = writing_engine(url), reading_engine(url)
        with writing.begin() as connection:
            workspace = default_workspace(connection)
            save_teams(connection, workspace, [TeamRecord(name="Support")])
            emails = [ANA, *(f"s{n}@northwind.example" for n in range(5))]
            start = date(2025, 1, 1)
            save_roster(
                connection,
                workspace,
                [SpellRecord(email=email, name=email, team="Support", start=start) for email in emails],
            )
            row = WorkflowRecord(
                name="ticket answering",
                team="Support",
                activity="generation",
                stage="draft",
                reversible="yes",
                verifiable="yes",
                data_ready="yes",
                owner_email=ANA,
                error_class=2,
            )
            save_workflows(connection, workspace, [row])
            found = [replace(run, workflow="ticket answering") for run in runs(60, start=date(2026, 10, 5))]
            save_outcomes(connection, workspace, found)
        save_work(writing, LoadOf(workspace_id=workspace, source="files", what="w", now=NOW), work_until(AS_OF))
        advice = Advice(reading, writing, Settings(), lambda: datetime(2026, 11, 18, 9, tzinfo=UTC))
        yield Bench(slack, advice, workspace, writing)
        reading.dispose()
        writing.dispose()


def pressed(action_id: str, user: str = "UANA", **about: str) -> dict[str, Any]:
    """A press on one of the advice's buttons in an ephemeral message."""
    data = press(json.dumps(about), user=user)
    data["actions"][0]["action_id"] = action_id
    return data


def sent(form: View, **values: str) -> dict[str, Any]:
    """A form sent with these fields."""
    state = {"values": {name: {name: {"type": "plain_text_input", "value": value}} for name, value in values.items()}}
    view = form.to_dict() | {"id": "V1", "hash": "1.1", "state": state}
    return {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "UANA", "team_id": "T1"}, "view": view}


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
    assert "propose promotion" in page["text"]
    assert "data_visualization" in [block["type"] for block in page["blocks"]]


@pytest.mark.parametrize(
    ("text", "words"),
    [("workflow", "Which one?"), ("workflow nonsense", "no workflow called nonsense"), ("offload Nowhere", "no team")],
)
def test_what_cannot_be_found_is_said(bench: Bench, slack: FakeSlack, text: str, words: str) -> None:
    bench.send(command(text, slack.hook))

    assert words in slack.whispered()[-1]["text"]


def test_questions_about_workflows_are_not_taken_from_the_engine() -> None:
    asked = ["workflows by cost", "offloaded hours last month", "tokens", ""]

    assert [listeners.is_ours({"text": text}) for text in asked] == [False] * 4
    assert listeners.is_ours({"text": "Workflow code review"})


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


def test_audit_asks_for_an_escalation_and_assist_for_nothing() -> None:
    audit = approve_form("x", "audit").to_dict()
    assert "escalation" in json.dumps(audit)
    assert [block["block_id"] for block in audit["blocks"][2:]] == ["confirmed", "on", "how"]
    assert not any(block["optional"] for block in audit["blocks"][2:])
    assert "confirmed" not in json.dumps(approve_form("x", "draft").to_dict())


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


def test_a_workflow_is_added_by_a_form(bench: Bench, slack: FakeSlack) -> None:
    bench.send(sent(add_form(), name="badge requests", team="Support", minutes="5-10-20"))

    assert "badge requests is in the catalogue" in slack.posted("D-UANA")[-1]["text"]


def test_a_service_that_breaks_is_said_with_a_ticket(bench: Bench, slack: FakeSlack) -> None:
    bench.writing.dispose()
    Path(str(bench.writing.url.database)).write_bytes(b"no database")

    bench.send(command("offload", slack.hook))

    assert "ticket01" in slack.whispered()[-1]["text"]
