"""App Home: who is greeted, their team at a glance, what to ask, whom an admin may link, privacy in a sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from bot.figures import points, short
from bot.slack.blocks.parts import MAX_TEXT, actions, button, context, fields, header, section
from bot.slack.home.page import HomeFigure, HomePage, SuggestedPrompt
from bot.text import cut, escape
from bot.unmatched import Stranger
from storage.catalogue import Unit

LINK_HOME = "link"  # the action_id of a link's button is "link:", the number of the id and that of the person
MAX_SHOWN = 200  # letters of an outside id
ASK_HOME = "home"  # the action_id of a question's button is "home:" and its number
PRIVACY = (
    ":lock: Groups are shown from five people up. Your own figures come to you alone, and nothing you or anybody "
    "writes to an AI is read or kept. `/leverage privacy` says more."
)


def home(name: str, page: HomePage, answered: str = "", strangers: Sequence[Stranger] = (), linked: str = "") -> View:
    """The view; `answered` is the question that was just pressed, `linked` what came of a link that was."""
    blocks = [*_greeting(name), *_glance(page), *_questions(page.prompts, answered), *_unmatched(strangers, linked)]
    blocks += [DividerBlock(), context(PRIVACY)]
    return View(type="home", callback_id="home", blocks=blocks)


def _greeting(name: str) -> list[Block]:
    hello = f"Hello, {name}" if name else "Hello"
    words = (
        "I tell you how much leverage teams get from AI, in exact figures. Ask in *Messages*, mention me in a channel, "
        "or type `/leverage`."
    )
    return [header(hello), section(words)]


def _glance(page: HomePage) -> list[Block]:
    blocks: list[Block] = []
    if page.figures:
        since = f"{page.period}, compared with {page.before}" if page.before else page.period
        whose = page.scope[:1].upper() + page.scope[1:]
        about = [context(escape(since))] if since else []
        blocks += [header(f"{whose} at a glance".strip()), *about, fields(map(_field, page.figures))]
    if page.note:
        blocks.append(section(cut(escape(page.note), MAX_TEXT)))
    return [DividerBlock(), *blocks] if blocks else []


def _field(shown: HomeFigure) -> str:
    label = escape(shown.label[:1].upper() + shown.label[1:])
    return f"{label}\n*{short(shown.value, shown.unit)}*\n{_change(shown)}"


def _change(shown: HomeFigure) -> str:
    if shown.previous is None or shown.change is None:
        return "_nothing to compare with_"
    if not shown.change:
        return "the same as before"
    arrow = "▲ up" if shown.change > 0 else "▼ down"
    if shown.unit == Unit.FRACTION:  # a percent of a percent is read as one of them
        size = points(shown.value - shown.previous)
    else:
        size = short(abs(shown.change), Unit.FRACTION)
    return f"{arrow} {size} from {short(shown.previous, shown.unit)}"


def _questions(prompts: Sequence[SuggestedPrompt], answered: str) -> list[Block]:
    if not prompts:
        return []
    buttons = [button(prompt.title, prompt.message, f"{ASK_HOME}:{number}") for number, prompt in enumerate(prompts)]
    told = [context(f":speech_balloon: Answered in *Messages*: {escape(answered)}")] if answered else []
    return [DividerBlock(), section("*Ask about it*"), actions(buttons), *told]


def _unmatched(strangers: Sequence[Stranger], linked: str) -> list[Block]:
    """For an admin: ids without their figures, which are the operator's, each with the people it may be."""
    if not strangers and not linked:
        return []
    blocks: list[Block] = [DividerBlock(), section("*Whom sources name and the roster does not know*")]
    blocks += [context(escape(linked))] if linked else []
    for number, stranger in enumerate(strangers):
        outside_id = stranger.found.subject
        blocks.append(section(f"{escape(cut(outside_id, MAX_SHOWN))}, first seen on {stranger.found.first_day}"))
        buttons = [
            button(f"It is {email}", json.dumps([outside_id, email]), f"{LINK_HOME}:{number}:{place}")
            for place, email in enumerate(stranger.suggested)
        ]
        if buttons:
            blocks.append(actions(buttons))
    if strangers:
        blocks.append(context("Most used first. Others are linked by `fulcrum people link` or in `identities.csv`."))
    return blocks
