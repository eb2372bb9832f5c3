"""App Home: who is greeted, their team at a glance, what to ask, whom an admin may link, privacy in a sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from bot.figures import plural, points, short
from bot.home.board import AdminBoard, Board
from bot.questions.answers.naming import short_day, whole_name
from bot.slack.blocks.parts import MAX_TEXT, actions, button, context, fields, header, section
from bot.slack.home.page import HomeFigure, HomePage, SuggestedPrompt
from bot.slack.plans.messages import SET, SET_TARGET
from bot.slack.settings.form import OPEN, change_words
from bot.sources.files.unmatched import Stranger
from bot.sources.syncing.overview import summary
from bot.text import cut, escape
from storage.catalogue import Unit
from storage.query import Grain

LINK_HOME = "link"  # the action_id of a link's button is "link:", the number of the id and that of the person
MAX_SHOWN = 200  # letters of an outside id
ASK_HOME = "home"  # the action_id of a question's button is "home:" and its number
STAGES = {"manual": "by hand", "assist": "AI assists", "draft": "AI drafts", "execute": "AI executes"}


def home(
    name: str,
    page: HomePage,
    answered: str = "",
    strangers: Sequence[Stranger] = (),
    linked: str = "",
    board: Board | None = None,
) -> View:
    """The view; `answered` is the question that was just pressed, `linked` what came of a link that was."""
    board = board or Board()
    blocks = [*_greeting(name), *_glance(page), *_trend(board), *_reminders(board), *_questions(page.prompts, answered)]
    blocks += [*_work(board), *_around(board)]
    blocks += [*_admin(board.admin), *_unmatched(strangers, linked)] if board.admin or strangers or linked else []
    blocks += [DividerBlock(), context(board.policy)] if board.policy else []
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
    since = f"{page.period}, compared with {page.before}" if page.before else page.period
    if page.own:
        blocks += [
            header("You at a glance"),
            context(escape(f"{since} · to you alone" if since else "To you alone")),
            fields(map(_field, page.own)),
        ]
    if page.figures:
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


def _trend(board: Board) -> list[Block]:
    """The headline week by week: small bars, and the same in words for who does not see them."""
    trend = board.trend
    if trend is None:
        return []
    whose = escape(trend.scope or "whole organisation")
    weeks = f"{plural(len(trend.values), 'week')}, the last {whole_name(trend.weeks[-1], Grain.WEEK)}"
    return [section(f"*Tokens per employee, {whose}*\n{trend.bars}  {weeks}\n{trend.words()}")]


def _reminders(board: Board) -> list[Block]:
    """The budget, and to whom it belongs their own idle seat."""
    said = [f"*Budget*\n{escape(board.budget)}"] if board.budget else []
    said += [f"*Your own seats*\n{escape(board.seats)}"] if board.seats else []
    return [section(cut(words, MAX_TEXT)) for words in said]


def _work(board: Board) -> list[Block]:
    if not board.surveyed:
        return [DividerBlock(), section("*Workflows by stage*\n_I am looking at them…_")]
    if not board.stages:
        return []
    counts = " · ".join(f"{count} {STAGES.get(stage, f'AI in {stage}')}" for stage, count in board.stages)
    said = [f"*Workflows by stage*\n{counts}"]
    if board.suggestions:
        said.append("*Worth handing to AI next*\n" + "\n".join(f"• {escape(name)}" for name in board.suggestions))
        said[-1] += "\n`/leverage offload` has the reasons."
    return [DividerBlock(), *(section(cut(words, MAX_TEXT)) for words in said)]


def _around(board: Board) -> list[Block]:
    """Data and digests in small print."""
    if not board.data:
        return []
    teams = ", ".join(escape(digest.team or "whole organisation") for digest in board.digests)
    digests = (
        f"Digests to you: {teams}." if teams else "No digest comes to you: `/leverage subscribe` brings one a week."
    )
    return [context(f"{escape(board.data)}\n{digests}")]


def _admin(admin: AdminBoard | None) -> list[Block]:
    if admin is None:
        return []
    plans = [button("Set a budget", "set", SET), button("Set a target", "set", SET_TARGET)]
    sources = escape(summary(admin.sources)) if admin.sources else "No source is set up yet."
    changes = "\n".join(f"• {escape(change_words(change))}" for change in admin.changes) or "None was changed yet."
    return [
        DividerBlock(),
        section(
            cut(
                f"*For admins*\n{sources} `/leverage sources` says what to do.\n*Settings changed lately*\n{changes}",
                MAX_TEXT,
            )
        ),
        actions([button("Settings", "", OPEN), *plans]),
    ]


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
        named = f" ({escape(', '.join(stranger.found.named_by))})" if stranger.found.named_by else ""
        since = f"first seen on {short_day(stranger.found.first_day)}"
        blocks.append(section(f"*{escape(cut(outside_id, MAX_SHOWN))}*{named}, {since}"))
        buttons = [
            button(f"It is {email}", json.dumps([outside_id, email]), f"{LINK_HOME}:{number}:{place}")
            for place, email in enumerate(stranger.suggested)
        ]
        if buttons:
            blocks.append(actions(buttons))
    if strangers:
        blocks.append(context("Most used first. Others are linked by `fulcrum people link` or in `identities.csv`."))
    return blocks
