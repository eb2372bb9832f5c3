"""Reads questions by the rules, by the model, or by the rules first; whatever the model does, there is a reading."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Engine

from bot.questions.answers.answer import Answer
from bot.questions.limits import TookTooLong
from bot.questions.llm.failure import ModelFailure
from bot.questions.llm.pressed import pressed
from bot.questions.llm.reconcile import Readings, reconciled, sure, without_model
from bot.questions.periods import Calendar
from bot.questions.reading import Understood, World
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.questions.llm.client import ModelClient
    from bot.questions.llm.usage import Book
    from bot.questions.llm.wire import ModelReply, Prompt

# What asks a model loads with the first question that asks one.
log = logging.getLogger(__name__)

Mode = Literal["rules", "openai", "auto"]
Read = Callable[[str, World, Understood | None], Readings]
DEADLINE = 24.0  # seconds from the question to the reading; the last pause between tries may be on top
COMMENT_SECONDS = 10.0
MODEL = "gpt-5-mini"
ATTEMPTS = 2  # a call that is not sound may be mended once


@dataclass
class ModelEngine:
    """One question at a time in each thread. `connect` makes the client when it is first needed."""

    rules: Read
    mode: Mode
    connect: Callable[[], ModelClient] | None = None
    book: Book | None = None
    deadline: float = DEADLINE
    clock: Callable[[], float] = time.monotonic
    _client: ModelClient | None = None
    _lock: Lock = field(default_factory=Lock)

    def read(self, text: str, world: World, before: Understood | None) -> Readings:
        """The readings of a question; never raises for anything the model does."""
        chosen = pressed(text)
        if chosen is not None:
            return (chosen,)
        rules = self.rules(text, world, before)
        if self.mode == "rules" or self.connect is None or (self.mode == "auto" and sure(rules, text)):
            return rules
        started = self.clock()
        try:
            model = self._ask(text, world, before)
        except ModelFailure as failure:
            log.warning("read without the model after %.1f s: %s", self.clock() - started, failure.reason)
            return without_model(rules)
        except TookTooLong:
            raise
        except Exception as error:  # noqa: BLE001  # a model's words may break us; the asker is answered
            log.error("read without the model after %.1f s: %s", self.clock() - started, type(error).__name__)
            return without_model(rules)
        return model if self.mode == "openai" else reconciled(rules, model, world)

    def comment(self, answer: Answer, world: World) -> str:
        """A sentence or two beside an answer, its figures filled in by code; "" where there is none to show."""
        if self.mode == "rules" or self.connect is None:
            return ""
        from bot.questions.llm.narrate import comment

        until = self.clock() + min(COMMENT_SECONDS, self.deadline)
        try:
            return comment(lambda said: self._booked(self.client().tell(said, until), world), answer, world.directory)
        except Exception as error:  # noqa: BLE001  # the answer stands without it
            log.error("no comment: %s", type(error).__name__)
            return ""

    def close(self) -> None:
        """Save what is open and let go of connections."""
        if self.book is not None:
            self.book.save()
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def client(self) -> ModelClient:
        """The client, made at its first use. Raises ModelFailure where there can be none."""
        if self.connect is None:
            raise ModelFailure("no model is set up")
        with self._lock:
            self._client = self._client or self.connect()
            return self._client

    def _ask(self, text: str, world: World, before: Understood | None) -> Readings:
        from bot.questions.llm.linking import link
        from bot.questions.llm.plan import PlanInputs, readings_of
        from bot.questions.llm.prompt import mend, prompt

        until = self.clock() + self.deadline
        calendar = Calendar(world.as_of, world.directory.first_day, world.fiscal_start)
        linked = link(text, world, before)
        said = prompt(linked, world)
        for attempt in range(1, ATTEMPTS + 1):
            reply = self._reply(said, world, until)
            timed = replace(world, deadline=world.deadline.anew())
            try:
                return readings_of(reply.calls, PlanInputs(linked, timed, calendar, before))
            except ModelFailure as failure:
                if attempt == ATTEMPTS:
                    raise
                said = said.more(mend(failure.reason))
        raise AssertionError("the last attempt returns or raises")

    def _reply(self, said: Prompt, world: World, until: float) -> ModelReply:
        from bot.questions.llm.tools import TOOLS

        return self._booked(self.client().plan(said, TOOLS, until), world)

    def _booked(self, reply: ModelReply, world: World) -> ModelReply:
        if self.book is not None:
            client = self.client()
            self.book.note(world.directory.workspace_id, world.asker, reply.spent, client.server.model, client.provider)
        return reply


def build(
    rules: Read, settings: Settings, mode: Mode | None, writing: Engine, now: Callable[[], datetime]
) -> ModelEngine:
    """The engine for these settings; without a key it reads by the rules, whatever mode is asked for."""
    if not settings.openai_api_key:
        return ModelEngine(rules, "rules")

    from bot.questions.llm.usage import Book

    def connect() -> ModelClient:
        # The package takes half a second to load, which a question that the rules read must not wait for.
        from bot.questions.llm.client import ModelClient, Server

        server = Server(
            api_key=settings.openai_api_key, model=settings.openai_model or MODEL, base_url=settings.openai_base_url
        )
        return ModelClient(server)

    return ModelEngine(rules, mode or "auto", connect, Book(writing, now, settings.zone))
