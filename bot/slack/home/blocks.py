"""App Home: who is greeted, their team at a glance, what to ask, and privacy in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from bot.figures import figure
from bot.slack.blocks.parts import MAX_TEXT, Block, actions, button, context, cut, escape, section
from bot.slack.home.page import Figure, HomePage, Prompt
from storage.catalogue import Unit

ASK_HOME = "home"  # the action_id of a question's button is "home:" and its number
MAX_HEADER = 150
MAX_FIELD = 2_000
PRIVACY = (
    ":lock: Groups are shown from five people up. Your own figures come to you alone, and nothing you or anybody "
    "writes to an AI is read or kept. `/leverage privacy` says more."
)


def home(name: str, page: HomePage, answered: str = "") -> Block:
    """The view; `answered` is the question that was just pressed."""
    blocks = [*_greeting(name), *_glance(page), *_questions(page.prompts, answered), _divider(), context(PRIVACY)]
    return {"type": "home", "callback_id": "home", "blocks": blocks}


def _greeting(name: str) -> list[Block]:
    hello = f"Hello, {name}" if name else "Hello"
    words = (
        "I tell you how much leverage teams get from AI, in exact figures. Ask in *Messages*, mention me in a channel, "
        "or type `/leverage`."
    )
    return [_header(hello), section(words)]


def _glance(page: HomePage) -> list[Block]:
    blocks: list[Block] = []
    if page.figures:
        since = f"{page.period}, compared with {page.before}" if page.before else page.period
        fields = [{"type": "mrkdwn", "text": cut(_field(one), MAX_FIELD), "verbatim": True} for one in page.figures]
        whose = page.scope[:1].upper() + page.scope[1:]
        about = [context(escape(since))] if since else []
        blocks += [_header(f"{whose} at a glance".strip()), *about, {"type": "section", "fields": fields}]
    if page.note:
        blocks.append(section(cut(escape(page.note), MAX_TEXT)))
    return [_divider(), *blocks] if blocks else []


def _field(one: Figure) -> str:
    label = escape(one.label[:1].upper() + one.label[1:])
    return f"{label}\n*{figure(one.value, one.unit)}*\n{_change(one)}"


def _change(one: Figure) -> str:
    if one.previous is None or one.change is None:
        return "_nothing to compare with_"
    if not one.change:
        return "the same as before"
    arrow, size = ("▲", one.change) if one.change > 0 else ("▼", -one.change)
    return f"{arrow} {figure(size, Unit.FRACTION)} from {figure(one.previous, one.unit)}"


def _questions(prompts: Sequence[Prompt], answered: str) -> list[Block]:
    if not prompts:
        return []
    buttons = [button(one.title, one.message, f"{ASK_HOME}:{number}") for number, one in enumerate(prompts)]
    told = [context(f":speech_balloon: Answered in *Messages*: {escape(answered)}")] if answered else []
    return [_divider(), section("*Ask about it*"), actions(buttons), *told]


def _header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": cut(text, MAX_HEADER), "emoji": False}}


def _divider() -> Block:
    return {"type": "divider"}
