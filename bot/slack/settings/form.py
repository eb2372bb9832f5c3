"""The form of the settings: each with its value in force and whose it is; what was changed in it is read back."""

from __future__ import annotations

import calendar
import json
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from slack_sdk.models.blocks import Block, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View

from bot.questions.answers.naming import short_day
from bot.settings import PeoplePolicy, Settings
from bot.settings.workspace import IN_SLACK, shown
from bot.slack.blocks.inputs import carried, field, modal, option
from bot.slack.blocks.parts import context
from bot.text import cut, escape
from storage.keep.settings import LoggedChange

FORM, OPEN = "settings:form", "settings:open"
CLEAR = "environment"  # the choice that takes a setting made in Slack back
LONGEST = 1_000
POLICIES: Mapping[PeoplePolicy, str] = {
    "hidden": "hidden: everyone sees only their own",
    "managers": "managers: also those who report to them",
    "everyone": "everyone: all see all",
}
CHOICES: Mapping[str, Mapping[str, str]] = {
    "FULCRUM_PEOPLE": {policy: POLICIES[policy] for policy in get_args(PeoplePolicy)},
    "FULCRUM_FISCAL_YEAR_START": {str(number): calendar.month_name[number] for number in range(1, 13)},
}
HINTS: Mapping[str, str] = {
    "FULCRUM_ZONE": "such as Europe/Berlin",
    "FULCRUM_MIN_GROUP": "5 or more",
    "FULCRUM_COUNTRY": "two letters such as DE",
    "FULCRUM_RETENTION_DAYS": "the months older than that; teams' figures stay",
    "FULCRUM_ADMINS": "e-mails, between commas; yours must be among them",
}


def form(settings: Settings, own: Mapping[str, str], environment: Settings, changes: Sequence[LoggedChange]) -> View:
    """The form with the values in force; `own` are those set in Slack, `environment` what counts without them."""
    blocks: list[Block] = [
        context("An empty field goes by what is set where Fulcrum runs. Every change is logged with your name.")
    ]
    for name, label in IN_SLACK.items():
        now, beside = shown(settings, name), shown(environment, name) or "unset"
        whose = f"set in Slack; where Fulcrum runs: {beside}" if name in own else "as set where Fulcrum runs"
        hint = "; ".join(filter(None, (HINTS.get(name), whose)))
        element = _choice(name, now, beside) if name in CHOICES else _text(name, now)
        blocks.append(field(name, label, element, optional=True, hint=hint))
    if changes:
        blocks.append(context("*Changed lately*\n" + "\n".join(escape(change_words(change)) for change in changes)))
    opened = {name: shown(settings, name)[:LONGEST] for name in IN_SLACK}
    return modal(FORM, "Settings", blocks, submit="Save", carries=json.dumps(opened))


def changed(view: Mapping[str, Any]) -> dict[str, str]:
    """What was changed in the form since it was opened, by name; "" is to be cleared."""
    opened = carried(view.get("private_metadata"))
    found = {}
    for name in IN_SLACK:
        given = next(iter((((view.get("state") or {}).get("values") or {}).get(name) or {}).values()), None) or {}
        value = str((given.get("selected_option") or {}).get("value") or given.get("value") or "").strip()
        if value == CLEAR or value != opened.get(name, ""):
            found[name] = "" if value == CLEAR else value
    return found


def change_words(change: LoggedChange) -> str:
    """One change in words: when, what, from what to what, by whom."""
    old, new = (value or "as set where Fulcrum runs" for value in (change.old, change.new))
    when = f"{short_day(change.at.date())} {change.at:%Y, %H:%M} UTC"
    return f"{when} · {IN_SLACK.get(change.name, change.name)}: {old} → {new} · {change.by}"


def _text(name: str, now: str) -> PlainTextInputElement:
    return PlainTextInputElement(action_id=name, initial_value=cut(now, LONGEST) or None, max_length=LONGEST)


def _choice(name: str, now: str, beside: str) -> StaticSelectElement:
    names = CHOICES[name]
    options = [option(label, value) for value, label in names.items()]
    options.append(option(f"as set where Fulcrum runs: {names.get(beside, beside)}", CLEAR))
    return StaticSelectElement(
        action_id=name, options=options, initial_option=option(names[now], now) if now in names else None
    )
