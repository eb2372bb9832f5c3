"""Watches, budgets and targets as messages, and the forms that set the latter two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View

from bot.figures import figure, short
from bot.questions.periods.labels import day_label, range_label, unit_label
from bot.slack.blocks.inputs import field, modal, option
from bot.slack.blocks.parts import Message, actions, button, context, section, sections
from bot.text import escape
from storage.catalogue import metric
from storage.keep.plans import BudgetSet, TargetSet
from storage.keep.watches import Watched
from storage.plan_records import PlanScope

END, SET, FORM = "watch_end", "budget_set", "budget_form"
SET_TARGET, TARGET_FORM = "target_set", "target_form"
# What an organisation sets itself; `targets.csv` takes every metric.
AIMED_AT = (
    "adoption_rate",
    "tokens_per_employee",
    "active_people",
    "cost",
    "cost_per_employee",
    "hours_offloaded",
    "success_rate",
    "rework_rate",
    "ai_share",
    "autonomy_share",
    "idle_seats",
)
NONE_YET = (
    "You watch nothing. Say what you want to hear of, such as “tell me when cost per employee of my team leaves its "
    "usual range” or “alert me at 80% of the budget”."
)
HISTORY = 5  # entries of the history that an admin sees
WATCHES = 20  # that fit one message


def fired_message(watch: Watched, text: str) -> Message:
    """What a watch tells, with the press that ends it."""
    blocks: tuple[Block, ...] = (
        section(f":bell: {escape(text)}"),
        context(f"You watch: {escape(watch.title)}."),
        actions([button("End this watch", str(watch.id), END)]),
    )
    return Message(text=text, rich=blocks, plain=blocks)


def watches_message(found: Sequence[Watched]) -> Message:
    """One's own watches, each with the press that ends it."""
    if not found:
        return Message(text=NONE_YET, rich=tuple(sections(NONE_YET)), plain=tuple(sections(NONE_YET)))
    blocks: list[Block] = [section(f"*You are told when* ({len(found)})")]
    for watch in found[:WATCHES]:
        blocks.append(
            section(f"• {escape(watch.title)}\n  since {range_label(watch.since.date(), watch.since.date())}")
        )
        blocks.append(actions([button("End", str(watch.id), f"{END}:{watch.id}")]))
    if len(found) > WATCHES:
        blocks.append(context(f"…and {len(found) - WATCHES} more, after the first of these have ended."))
    text = "You are told when: " + "; ".join(watch.title for watch in found)
    return Message(text=text, rich=tuple(blocks), plain=tuple(blocks))


def budgets_message(text: str, admin: bool, entries: Sequence[BudgetSet]) -> Message:
    """How much of the budgets is used; for an admin what was set lately and the way to set one."""
    blocks: list[Block] = [*sections(escape(text))]
    if admin and entries:
        blocks.append(context("\n".join(escape(_entry(entry)) for entry in entries)))
    if admin:
        blocks.append(actions([button("Set a budget", "set", SET)]))
    return Message(text=text, rich=tuple(blocks), plain=tuple(blocks))


def _entry(entry: BudgetSet) -> str:
    whose = entry.name or "whole organisation"
    what = "taken back" if entry.amount is None else figure(entry.amount, entry.currency)
    return f"{_when(entry.set_at)}, {entry.set_by}: {whose}, {unit_label(entry.month, 'month')}, {what}"


def targets_message(text: str, admin: bool, entries: Sequence[TargetSet]) -> Message:
    """Where figures stand against their targets; for an admin what was set lately and the way to set one."""
    blocks: list[Block] = [*sections(escape(text))]
    if admin and entries:
        blocks.append(context("\n".join(escape(_target_entry(entry)) for entry in entries)))
    if admin:
        blocks.append(actions([button("Set a target", "set", SET_TARGET)]))
    return Message(text=text, rich=tuple(blocks), plain=tuple(blocks))


def _target_entry(entry: TargetSet) -> str:
    measure = metric(entry.metric)
    what = "taken back" if entry.value is None else short(entry.value, measure.unit)
    whose = f"{entry.name or 'whole organisation'}, {measure.label} by {day_label(entry.by)}"
    return f"{_when(entry.set_at)}, {entry.set_by}: {whose}, {what}"


def target_form(by: str, carries: str) -> View:
    """The form that sets a target; an empty value takes back what was set."""
    blocks = [
        *_whose("Whose target"),
        field("metric", "Of which figure", _metrics(), optional=False),
        field(
            "value", "Value to reach", _text("value", 20), optional=True, hint="Of a rate as 80%; empty takes it back"
        ),
        field("by", "By", _text("by", 10, by), optional=False, hint="A month (2026-12), a quarter (2027-Q1) or a day"),
    ]
    return modal(TARGET_FORM, "Set a target", blocks, submit="Save", carries=carries)


def _metrics() -> StaticSelectElement:
    options = [option(metric(name).label[:1].upper() + metric(name).label[1:], name) for name in AIMED_AT]
    return StaticSelectElement(action_id="metric", options=options, initial_option=options[0])


def _whose(question: str) -> list[InputBlock]:
    scopes = [option(str(scope).capitalize(), str(scope)) for scope in PlanScope]
    whose = StaticSelectElement(action_id="scope", options=scopes, initial_option=scopes[0])
    name = PlainTextInputElement(action_id="name", max_length=200)
    return [
        field("scope", question, whose, optional=False),
        field("name", "Its name", name, optional=True, hint="Of a team, tool or project; empty for the organisation"),
    ]


def _text(name: str, longest: int, initial: str = "") -> PlainTextInputElement:
    return PlainTextInputElement(action_id=name, initial_value=initial or None, max_length=longest)


def _when(moment: datetime) -> str:
    """ "18 Nov 2026, 12:00 UTC"."""
    return f"{range_label(moment.date(), moment.date())}, {moment:%H:%M} UTC"


def budget_form(month: str, currency: str, carries: str) -> View:
    """The form that sets the budget of a month; an empty amount takes back what was set."""
    when, amount = _text("month", 7, month), _text("amount", 20)
    blocks = [
        *_whose("Whose budget"),
        field("month", "Month", when, optional=False, hint="As YYYY-MM"),
        field("amount", f"Amount in {currency}", amount, optional=True, hint="Empty takes back what was set here"),
    ]
    return modal(FORM, "Set a budget", blocks, submit="Save", carries=carries)
