"""Watches and budgets as messages, and the form that sets a budget."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View

from bot.figures import figure
from bot.slack.blocks.inputs import field, modal, option
from bot.slack.blocks.parts import Message, actions, button, context, section, sections
from bot.text import escape
from storage.keep.plans import BudgetSet
from storage.keep.watches import Watched
from storage.plan_records import PlanScope

END, SET, FORM = "watch_end", "budget_set", "budget_form"
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
        blocks.append(section(f"• {escape(watch.title)}\n  since {watch.since:%Y-%m-%d}"))
        blocks.append(actions([button("End", str(watch.id), END)], block_id=f"watch:{watch.id}"))
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
    return f"{entry.set_at:%Y-%m-%d %H:%M} UTC, {entry.set_by}: {whose}, {entry.month:%Y-%m}, {what}"


def budget_form(month: str, currency: str, carries: str) -> View:
    """The form that sets the budget of a month; an empty amount takes back what was set."""
    scopes = [option(str(scope), str(scope)) for scope in PlanScope]
    whose = StaticSelectElement(action_id="scope", options=scopes, initial_option=scopes[0])
    name = PlainTextInputElement(action_id="name", max_length=200)
    when = PlainTextInputElement(action_id="month", initial_value=month, max_length=7)
    amount = PlainTextInputElement(action_id="amount", max_length=20)
    blocks = [
        field("scope", "Whose budget", whose, optional=False),
        field("name", "Its name", name, optional=True, hint="Of a team, tool or project; empty for the organisation"),
        field("month", "Month", when, optional=False, hint="As YYYY-MM"),
        field("amount", f"Amount in {currency}", amount, optional=True, hint="Empty takes back what was set here"),
    ]
    return modal(FORM, "Set a budget", blocks, submit="Save", carries=carries)
