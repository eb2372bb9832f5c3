"""`/leverage words`: lists an organisation's own words; an admin teaches and undoes at once, others propose."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk.models.blocks import Block, PlainTextInputElement
from slack_sdk.models.views import View
from sqlalchemy import Connection, Engine

from bot.errors import UserError
from bot.questions.teaching import HOW, LONGEST, learn, taught
from bot.slack.advice.forms import filled
from bot.slack.blocks.inputs import carried_texts, field, modal
from bot.slack.blocks.parts import Message, actions, button, context, section
from bot.slack.leverage_words import COMMAND, words_after
from bot.slack.questions.alone import answer_alone, asker_email, client_of
from bot.slack.questions.blocks import TEACH, said
from bot.slack.questions.turn import Turn, of_button, of_command, of_form
from bot.slack.tools import Tools
from bot.text import escape
from storage.load.words import VocabularyWord, drop, teach, unlearn, words
from storage.names import read_directory

WORD, FORM = "words", "words:form"
PRESSES = re.compile(r"^words:(accept|drop|undo):\d+$")
SHOWN = 20
ADMINS_ALONE = "Only an admin may decide about words."
NONE_YET = "No words of your own are known yet."
# What an admin decides about a word: what is done, and what is told of it.
DECISIONS: dict[str, tuple[Callable[[Connection, int, VocabularyWord], None], str]] = {
    "accept": (teach, "{word.alias} means {word.name} from now on."),
    "drop": (drop, "Dropped: that {word.alias} should mean {word.name}."),
    "undo": (unlearn, "{word.alias} no longer means {word.name}."),
}


@dataclass(frozen=True, slots=True)
class WordReplies:
    """Answers in a pool, so that Slack never waits."""

    tools: Tools
    reading: Engine
    writing: Engine
    now: Callable[[], datetime]
    pool: Executor

    def take(self, turn: Turn, token: str | None, work: Callable[[int, str], Sequence[Message]]) -> None:
        """Returns at once; `work` gets the workspace and who asks."""
        self.pool.submit(self._answer, turn, token, work)

    def show(self, workspace: int, email: str) -> Sequence[Message]:
        """The words in force and those that wait, with buttons for an admin."""
        with self.reading.connect() as connection:
            found, people = words(connection, workspace), read_directory(connection, workspace).person
        admin = self.tools.services.is_admin(workspace, email)
        blocks: list[Block] = [section(f"*Your own words*\n{'' if found else NONE_YET}")]
        for number, word in enumerate(found[:SHOWN]):
            by = people[word.by].name if word.by in people else word.by
            blocks.append(section(_line(word, by)))
            if admin and word.taught:
                blocks.append(actions(_buttons(word, number)))
        if len(found) > SHOWN:
            blocks.append(context(f"…and {len(found) - SHOWN} more."))
        blocks.append(context(HOW))
        text = "; ".join(f"{escape(word.alias)} means {escape(word.name)}" for word in found[:SHOWN]) or NONE_YET
        return [Message(text=f"Your own words: {text}", rich=tuple(blocks), plain=tuple(blocks))]

    def learn(self, text: str, workspace: int, email: str) -> Sequence[Message]:
        """A word is taught or, by who is no admin, proposed."""
        admin = self.tools.services.is_admin(workspace, email)
        return said(learn(self.writing, workspace, text, email, admin, self.now()))

    def check(self, turn: Turn, text: str) -> str:
        """Why a message teaches nothing; "" where it does."""
        try:
            with self.reading.connect() as connection:
                taught(text, read_directory(connection, self.tools.services.workspace_for(turn.team)), "")
        except UserError as error:
            return str(error)
        return ""

    def decide(self, decision: str, value: str, workspace: int, email: str) -> Sequence[Message]:
        """An admin accepts a proposal or drops it, or undoes a word."""
        if not self.tools.services.is_admin(workspace, email):
            raise UserError(ADMINS_ALONE)
        kind, alias, name = carried_texts(value, 3)
        word = VocabularyWord(kind, alias, name)
        done, told = DECISIONS[decision]
        with self.writing.begin() as connection:
            done(connection, workspace, word)
        return said(told.format(word=word))

    def _answer(self, turn: Turn, token: str | None, work: Callable[[int, str], Sequence[Message]]) -> None:
        answer_alone(
            self.tools, turn, token, "words", lambda workspace: work(workspace, asker_email(self.tools, turn, token))
        )


def attach(reading: Engine, writing: Engine, now: Callable[[], datetime]) -> Callable[[App, Tools, Executor], None]:
    """What registers the listeners on an app, with the tools that its other listeners have."""

    def to(app: App, tools: Tools, pool: Executor) -> None:
        register(app, WordReplies(tools, reading, writing, now, pool))

    return to


def register(app: App, replies: WordReplies) -> None:
    """Listen for our word of the command and the buttons; before whoever takes the rest."""
    app.command(COMMAND, matchers=[is_ours])(partial(leverage, replies=replies))
    app.action(PRESSES)(partial(pressed, replies=replies))
    app.action(TEACH)(partial(pressed_teach, replies=replies))
    app.view(FORM)(partial(sent, replies=replies))


def is_ours(command: Mapping[str, Any]) -> bool:
    """Whether "words" comes first after /leverage."""
    return words_after(command)[:1] == [WORD]


def leverage(
    ack: Ack, command: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: WordReplies
) -> None:
    """`/leverage words` or `/leverage words fuel means cost`."""
    ack()
    turn = of_command(command, body, context)
    _, _, text = turn.text.strip().partition(" ")
    replies.take(turn, context.bot_token, partial(replies.learn, text) if text.strip() else replies.show)


def pressed(ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: WordReplies) -> None:
    """A press on "Accept", "Drop" or "Undo"."""
    ack()
    decision = str(action.get("action_id")).split(":")[1]
    work = partial(replies.decide, decision, str(action.get("value") or ""))
    replies.take(of_button(action, body, context), context.bot_token, work)


def pressed_teach(
    ack: Ack, action: dict[str, Any], body: dict[str, Any], context: BoltContext, replies: WordReplies
) -> None:
    """A press on "Teach me …" under what was not understood: the form."""
    ack()
    client = client_of(replies.tools, of_button(action, body, context), context.bot_token)
    client.views_open(trigger_id=str(body["trigger_id"]), view=teach_form(str(action.get("value") or "")))


def sent(ack: Ack, body: dict[str, Any], view: dict[str, Any], context: BoltContext, replies: WordReplies) -> None:
    """The form was sent: what is wrong with it is said beside the field."""
    turn, fields = of_form(body, view, context), filled(view)
    text = f"when we say {fields.get('alias', '')}, we mean {fields.get('name', '')}"
    if wrong := replies.check(turn, text):
        ack(response_action="errors", errors={"name": wrong})
        return
    ack()
    replies.take(turn, context.bot_token, partial(replies.learn, text))


def teach_form(alias: str) -> View:
    """Which word, and what it means."""
    begun = PlainTextInputElement(action_id="alias", initial_value=alias or None, max_length=LONGEST)
    name = PlainTextInputElement(action_id="name", max_length=LONGEST)
    blocks = [
        field("alias", "When somebody says", begun, optional=False),
        field("name", "they mean", name, optional=False, hint="A team, tool, provider, model, workflow or metric"),
    ]
    return modal(FORM, "Teach me a word", blocks, submit="Teach", carries="{}")


def _line(word: VocabularyWord, by: str) -> str:
    beside = f", proposed by {escape(by)}" if word.by else "" if word.taught else ", from `aliases.csv`"
    return f"*{escape(word.alias)}* means {escape(word.name)} ({word.kind}){beside}"


def _buttons(word: VocabularyWord, number: int) -> list[Any]:
    value = json.dumps([word.kind, word.alias, word.name])
    if not word.by:
        return [button("Undo", value, f"words:undo:{number}")]
    return [button("Accept", value, f"words:accept:{number}"), button("Drop", value, f"words:drop:{number}")]
