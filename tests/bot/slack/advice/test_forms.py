"""The modals of the advice: whatever is in them, Slack takes them."""

from __future__ import annotations

import json

import pytest
from slack_sdk.models.views import View

from bot.preview.checks import view_problems
from bot.slack.advice.forms import add_form, approve_form, carried, filled, review_form, values_form

NASTY = "<!channel> & <@U1> " + "x" * 180


@pytest.mark.parametrize(
    "form",
    [
        values_form(NASTY),
        add_form(),
        review_form(NASTY),
        *(approve_form(NASTY, stage) for stage in ("draft", "execute", "audit", "autonomous")),
    ],
)
def test_slack_takes_every_form(form: View) -> None:
    assert view_problems(form.to_dict(), "modal") == []


def test_what_is_filled_in_is_read_by_name_and_empty_fields_are_not_there() -> None:
    values = {
        "minutes": {"minutes": {"type": "plain_text_input", "value": " 15-25-45 "}},
        "volume": {"volume": {"type": "plain_text_input", "value": None}},
        "exposure": {"exposure": {"type": "static_select", "selected_option": {"value": "E1"}}},
        "on": {"on": {"type": "datepicker", "selected_date": "2026-11-10"}},
        "confirmed": {"confirmed": {"type": "checkboxes", "selected_options": [{"value": "yes"}]}},
    }
    view = values_form("w").to_dict() | {"state": {"values": values}}

    assert filled(view) == {"minutes": "15-25-45", "exposure": "E1", "on": "2026-11-10", "confirmed": "yes"}
    assert carried(view) == {"workflow": "w"}
    assert carried({"private_metadata": "?"}) == {}


def test_audit_asks_for_an_escalation_and_assist_for_nothing() -> None:
    audit = approve_form("x", "audit").to_dict()
    assert "escalation" in json.dumps(audit)
    assert [block["block_id"] for block in audit["blocks"][2:]] == ["confirmed", "on", "how"]
    assert not any(block["optional"] for block in audit["blocks"][2:])
    assert "confirmed" not in json.dumps(approve_form("x", "draft").to_dict())
