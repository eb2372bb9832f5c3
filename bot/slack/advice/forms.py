"""The modals of the advice: true values of a workflow, a new workflow, the review of a severe failure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.advice.defaults import ACTIVITIES
from bot.advice.inputs import WORDS
from bot.advice.ladder import CONFIRMED
from bot.advice.seed import SEEDS
from bot.advice.values import Given
from bot.slack.blocks.inputs import field, modal, option

VALUES_FORM, ADD_FORM, REVIEW_FORM = "advice:values_form", "advice:add_form", "advice:review_form"
APPROVE_FORM = "advice:approve_form"
PICKED = ("selected_date", "selected_time", "selected_conversation")
OFFLOADED = "Could this be offloaded?"  # as the shortcut on a message is called
DAYS = ("30", "60", "90")
REAL, DRILL = "it happened", "it was drilled"

NUMBERS = {
    "minutes": "Minutes an item takes by hand, such as 15-25-45",
    "briefing": "Minutes to brief AI, such as 1-2-4",
    "review": "Minutes to check its work, such as 3-6-10",
    "volume": "How often a week it comes",
}
CHOICES = {
    "error_class": "What an error costs (1 an annoyance … 5 a legal or safety decision)",
    "exposure": "Can a model do it: E0 no, E1 alone, E2 with tools",
    "verifiable": "Can the result be checked",
    "reversible": "Can it be undone",
    "data_ready": "Are its data ready for AI",
}
LINES = {
    "intent": "Intent: what it is for",
    "constraints": "Constraints, one a line",
    "done_check": "How to tell that it is done",
    "stop_and_ask_when": "When it stops and asks, one a line",
}


def values_form(workflow: str, now: Mapping[str, Given] | None = None) -> View:
    """All that an owner knows better than a default, filled with what is reckoned with `now` and where that is from;
    what is left as it is stays so."""
    now = now or {}
    blocks = [
        *(_text(name, label, now=now.get(name)) for name, label in NUMBERS.items()),
        *(_choice(name, label, WORDS[name], now=now.get(name)) for name, label in CHOICES.items()),
        *(_text(name, label, lines=True, now=now.get(name)) for name, label in LINES.items()),
    ]
    return _form(VALUES_FORM, "True values", blocks, {"workflow": workflow})


def add_form(said: str = "", team: str = "") -> View:
    """A workflow for the catalogue, from nothing, from one of the seed catalogue, or from what somebody `said` in a
    message: then the form bears the question that they asked of it."""
    what = _text("description", "What it is", lines=True, begun=said)
    blocks = [
        *([what] if said else []),
        _text("name", "A short name for it"),
        _choice("seed", "Or start from one that many have", [seed.name for seed in SEEDS]),
        _text("team", "Team", needed=True, begun=team),
        *([] if said else [what]),
        _text("volume", NUMBERS["volume"]),
        _text("minutes", NUMBERS["minutes"]),
        _choice("activity", "Kind of work", [*ACTIVITIES]),
        *(_choice(name, label, WORDS[name]) for name, label in CHOICES.items()),
    ]
    return _form(ADD_FORM, OFFLOADED if said else "Add a workflow", blocks, {})


def review_form(workflow: str) -> View:
    """What happened, and what was changed so that it does not happen again."""
    blocks = [_text("review", "What happened, and what was changed", lines=True, needed=True)]
    return _form(REVIEW_FORM, "Review", blocks, {"workflow": workflow})


def approve_form(workflow: str, to: str) -> View:
    """What an owner grants: scope and expiry, and what the stage asks for beside the evidence."""
    blocks = [
        _text("scope", f"What it may do at {to}; empty is this workflow and no more", lines=True),
        _choice("days", "For how many days, 90 where none is chosen", DAYS),
    ]
    if to in CONFIRMED:
        confirmed = CheckboxesElement(action_id="confirmed", options=[option(CONFIRMED[to], "yes")])
        blocks.append(field("confirmed", "I confirm that", confirmed, optional=False))
        blocks.append(field("on", "On which day", DatePickerElement(action_id="on"), optional=False))
    if to == "audit":
        blocks.append(_choice("how", "How", (REAL, DRILL), needed=True))
    return _form(APPROVE_FORM, f"Approve {to}", blocks, {"workflow": workflow, "to": to}, "Approve")


def filled(view: Mapping[str, Any]) -> dict[str, str]:
    """The fields that were filled in, by name."""
    found = {}
    for name, fields in ((view.get("state") or {}).get("values") or {}).items():
        given = next(iter(fields.values()), None) or {}
        ticked = ",".join(str(box.get("value")) for box in given.get("selected_options") or [])
        chosen = (given.get("selected_option") or {}).get("value") or ticked
        picked = next((given[kind] for kind in PICKED if given.get(kind)), None)
        value = str(chosen or picked or given.get("value") or "").strip()
        if value:
            found[str(name)] = value
    return found


def carried(view: Mapping[str, Any]) -> dict[str, str]:
    """What the form was opened with."""
    try:
        found = json.loads(str(view.get("private_metadata") or "{}"))
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _form(
    name: str, title: str, blocks: Sequence[InputBlock], carries: Mapping[str, str], submit: str = "Save"
) -> View:
    return modal(name, title, blocks, submit=submit, carries=json.dumps(dict(carries), ensure_ascii=False))


def _text(
    name: str, question: str, lines: bool = False, needed: bool = False, now: Given | None = None, begun: str = ""
) -> InputBlock:
    longest = 2_000 if lines else 150
    value = now.value if now else begun
    element = PlainTextInputElement(
        action_id=name, multiline=lines, max_length=longest, initial_value=value[:longest] or None
    )
    return field(name, question, element, optional=not needed, hint=_source(now))


def _choice(
    name: str, question: str, values: Sequence[str], needed: bool = False, now: Given | None = None
) -> InputBlock:
    options = [option(value, value) for value in values]
    chosen = option(now.value, now.value) if now and now.value in values else None
    element = StaticSelectElement(action_id=name, options=options, initial_option=chosen)
    return field(name, question, element, optional=not needed, hint=_source(now))


def _source(now: Given | None) -> str:
    return f"Now from: {now.source} (grade {now.grade})" if now else ""
