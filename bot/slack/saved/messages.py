"""Saved questions as messages and forms: the list, and the form that schedules one."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationSelectElement,
    PlainTextInputElement,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.views import View

from bot.slack.blocks.inputs import field, modal, option
from bot.slack.blocks.parts import MAX_VALUE, Message, actions, button, context, section
from bot.slack.digest.blocks import DAYS
from bot.slack.questions.blocks import ASK
from bot.text import cut, escape
from storage.keep.saved import FAILING, Scheduled

END, FORM = "saved:end", "saved:form"
SHOWN = 20
MAX_SHOWN_TEXT = 300
NONE_YET = "Nothing is scheduled yet. *Schedule…* in the menu under an answer posts it every week."
WORDS_HINT = "It is asked anew each time in these words, so “last week” moves along"
FAILED = ":warning: It could not be posted the last time."


def saved_message(found: Sequence[Scheduled], email: str) -> Message:
    """What is posted every week, each with the press that runs it (one's own) and the press that ends it."""
    blocks: list[Block] = [section("*Posted every week*" if found else NONE_YET)]
    for question in found[:SHOWN]:
        by = "" if question.email == email else f", set up by <@{question.owner}>"
        failed = f"\n{FAILED}" if question.state == FAILING else ""
        blocks.append(section(f"{escape(cut(question.text, MAX_SHOWN_TEXT))}\n{when(question)}{by}{failed}"))
        # Somebody else's words are theirs to ask; an admin ends them.
        mine = question.email == email and len(question.text) <= MAX_VALUE
        run = [button("Run now", question.text, f"{ASK}:{question.id}")] if mine else []
        blocks.append(actions([*run, button("End", str(question.id), f"{END}:{question.id}")]))
    if len(found) > SHOWN:
        blocks.append(context(f"…and {len(found) - SHOWN} more, after the first of these have ended."))
    listed = "; ".join(f"{escape(question.text)}, {when(question)}" for question in found[:SHOWN])
    text = f"Posted every week: {listed}" if found else NONE_YET
    return Message(text=text, rich=tuple(blocks), plain=tuple(blocks))


def schedule_form(words: str, channel: str) -> View:
    """In which words, on which day, when and where an answer is posted every week."""
    days = [option(name, str(weekday)) for weekday, name in enumerate(DAYS, start=1)]
    place = ConversationSelectElement(
        action_id="channel",
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
        initial_conversation=channel if channel[:1] in ("C", "G") else None,
    )
    asked = PlainTextInputElement(action_id="question", initial_value=words or None, max_length=MAX_VALUE)
    day = StaticSelectElement(action_id="day", options=days, initial_option=days[0])
    blocks = [
        field("question", "Question", asked, optional=False, hint=WORDS_HINT),
        field("day", "Every", day, optional=False),
        field("time", "At", TimePickerElement(action_id="time", initial_time="09:00"), optional=False),
        field("channel", "In", place, optional=False, hint="I must be in that channel"),
    ]
    return modal(FORM, "Post every week", blocks, submit="Schedule", carries="{}")


def when(question: Scheduled) -> str:
    """ "every Monday 9:00 (Europe/Berlin) in #ops"."""
    at = f"{question.minute // 60}:{question.minute % 60:02}"
    return f"every {DAYS[question.weekday - 1]} {at} ({question.zone}) in <#{question.channel}>"
