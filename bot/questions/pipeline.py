"""From words to an answer: read, check who may see it, run, word it; and keep the thread's context."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine

from bot.errors import UserError
from bot.questions.answering import Answering
from bot.questions.answers import replies
from bot.questions.answers.answer import Answer, Draw, Status
from bot.questions.answers.describe import title
from bot.questions.answers.following import INTENTS, Following, stepped
from bot.questions.answers.nearby import with_a_press
from bot.questions.answers.receipts import math
from bot.questions.finders.names import gazetteer
from bot.questions.finders.own_words import in_lexicon_words
from bot.questions.limits import MAX_QUESTION, READING_SECONDS, TookTooLong, deadline
from bot.questions.llm.reconcile import engine_of
from bot.questions.looks.hints import looked
from bot.questions.money import in_currency
from bot.questions.plans.asking import planned
from bot.questions.plans.wishes import wanted
from bot.questions.presentation import shown_as, wish
from bot.questions.read import read
from bot.questions.reading import Intent, Read, Reading, Unclear, Understood, World
from bot.questions.request import AskRequest
from bot.questions.rewording import in_known_words
from bot.questions.scorecard import scorecard
from bot.questions.smalltalk import small_talk
from bot.questions.teaching import stranger_in
from bot.questions.threads import context
from bot.questions.threads.chosen import chosen, offered
from bot.questions.threads.memory import Memory
from bot.questions.tokens import too_long
from bot.questions.widening import widened
from bot.settings import Settings
from bot.settings.workspace import settings_in, settings_of
from storage.answer.shown import Shown, shown_from_json
from storage.errors import InvalidQuery
from storage.keep import watches
from storage.keep.audit import LoggedQuestion, query_of, record
from storage.keep.shown import ShownLately
from storage.names import Directories, Directory
from storage.query import query_from_json

log = logging.getLogger(__name__)

NOT_KEPT = "What was asked there is not kept any more. Ask again, and the buttons under the new answer work."
LOOK_BACK = timedelta(days=90)  # how long an answer counts as known to its reader


Advise = Callable[[AskRequest, date], Answer | None]
Complete = Callable[[Answer, AskRequest, date], Answer]


@dataclass
class Questions:
    """Answers questions over one store.

    `reading` is an engine that cannot write; `writing` keeps the audit log; `read` understands a question; `now` is
    the clock; `advise` answers questions for advice, None for any other, and `complete` puts beside an answer what only
    advice knows; `steady` is the clock that times reading; `directories` are those of the store, of which there is one
    for all who read it.
    """

    reading: Engine
    writing: Engine
    settings: Settings
    memory: Memory
    read: Read
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    advise: Advise | None = None
    complete: Complete | None = None
    steady: Callable[[], float] = time.monotonic
    directories: Directories = field(default_factory=Directories)
    _lately: ShownLately[Shown] = field(default_factory=lambda: ShownLately(shown_from_json))

    def ask(self, request: AskRequest) -> Answer:
        """The answer to one message; an asker who is not on the roster is refused."""
        started = time.perf_counter()
        if too_long(request.text):
            answer, latest = replies.too_long(), None
        else:
            answer, latest = self._answer(request, request.as_of or self.today(request.workspace_id))
        answer = replace(answer, elapsed_ms=(time.perf_counter() - started) * 1000)
        return replace(answer, number=self._remember(request, answer, latest))

    def again(self, request: AskRequest, number: int, following: Following) -> Answer:
        """The query of an answered question, one step on, for whoever asks now: nothing is shown that they may not see.

        Raises UserError where that query is not kept or has no such step.
        """
        started, as_of = time.perf_counter(), request.as_of or self.today(request.workspace_id)
        with self.reading.connect() as connection:
            kept = query_of(connection, request.workspace_id, number)
            directory = self.directory(connection, request.workspace_id)
        try:
            query = stepped(query_from_json(kept), following, as_of) if kept else None
        except (InvalidQuery, KeyError):
            query = None  # of a release that asked in another way
        if query is None:
            raise UserError(NOT_KEPT)
        if not request.operator and request.asker_email not in directory.person:
            return replies.stranger()
        intent = INTENTS.get(following, Intent.FIGURES)
        personal = intent is Intent.WATCH or query.filter_on("person") is not None
        reading = Understood(query=query, intent=intent, personal=personal)
        settings = self.settings_of(request.workspace_id)
        with self.reading.connect() as connection:
            answering = Answering(connection, directory, request, settings, as_of, self._shown(request))
            answer = answering.answer(reading)
        answer = replace(answer, elapsed_ms=(time.perf_counter() - started) * 1000)
        asked = replace(request, text=title(query, directory))
        return replace(answer, number=self._remember(asked, answer, reading))

    def math(self, workspace_id: int, number: int) -> tuple[str, ...]:
        """What stands behind the answer to the question with this number: what was measured, how it was read, over
        which days of which zone; no figure. Empty where nothing does."""
        with self.reading.connect() as connection:
            kept = query_of(connection, workspace_id, number)
            directory = self.directory(connection, workspace_id)
        try:
            zone = str(self.settings_of(workspace_id).zone)
            return math(query_from_json(kept), directory, zone) if kept else ()
        except (InvalidQuery, KeyError):
            return ()  # of a release that asked in another way

    def settings_of(self, workspace_id: int) -> Settings:
        """The settings as the organisation has them now."""
        return settings_of(self.reading, workspace_id, self.settings)

    def today(self, workspace_id: int) -> date:
        """The organisation's day."""
        return self.now().astimezone(self.settings_of(workspace_id).zone).date()

    def directory(self, connection: Connection, workspace_id: int) -> Directory:
        """The names of a workspace, read again only when the store has changed."""
        return self.directories.of(connection, workspace_id)

    def world(self, request: AskRequest, as_of: date) -> World:
        """What a reading of this request may know."""
        with self.reading.connect() as connection:
            directory = self.directory(connection, request.workspace_id)
            settings = settings_in(connection, request.workspace_id, self.settings)
        gazetteer(directory)  # made anew only after names have changed: no part of reading this question
        return World(
            directory=directory,
            as_of=as_of,
            asker=None if request.operator else request.asker_email,
            fiscal_start=settings.fiscal_year_start,
            deadline=deadline(READING_SECONDS, self.steady),
        )

    def _answer(self, request: AskRequest, as_of: date) -> tuple[Answer, Understood | None]:
        world = self.world(request, as_of)
        if not request.operator and request.asker_email not in world.directory.person:
            return replies.stranger(), None
        if self.advise and (advised := self.advise(request, as_of)):
            return advised, None
        if talk := small_talk(request.text):
            return talk, None
        kept = self.memory.load(request.workspace_id, request.thread) if request.thread else None
        text, draw = wish(in_lexicon_words(request.text, world.directory))
        world = replace(world, open=in_lexicon_words(str(kept.get("open", "")), world.directory) if kept else "")
        # No connection is held meanwhile: a model may take its time.
        try:
            readings = self._read(text, draw, world, kept)
        except TookTooLong:
            log.warning("a question of %d characters took too long to read", len(request.text))
            return replies.too_slow(), None
        with self.reading.connect() as connection:
            directory = self.directory(connection, request.workspace_id)
            settings = settings_in(connection, request.workspace_id, self.settings)
            answering = Answering(connection, directory, request, settings, as_of, self._shown(request))
            answers = [
                shown_as(replace(answering.answer(reading), engine=engine_of([reading])), draw) for reading in readings
            ]
        if self.complete:
            answers = [self.complete(answer, request, as_of) for answer in answers]
        self._keep_offer(request, kept, readings, settings)
        latest = next((reading for reading in reversed(readings) if isinstance(reading, Understood)), None)
        if len(answers) == 1:
            answer = self._with_stranger(answers[0], request.text, directory)
            is_read = partial(_is_read, world=replace(world, open=""))
            return (answer if request.overheard else with_a_press(answer, request.text, is_read)), latest
        return replace(replies.together(answers), engine=engine_of(readings)), latest

    def _with_stranger(self, answer: Answer, text: str, directory: Directory) -> Answer:
        """An answer that failed, with the word that may be why; what was seen to be beyond this needs no word."""
        failed = answer.status in (Status.CLARIFY, Status.NO_DATA, Status.UNSUPPORTED)
        beyond = any(str(step).startswith("unsupported:") for step in answer.explain.get("steps", ()))
        return replace(answer, unknown=stranger_in(text, directory)) if failed and not beyond else answer

    def _read(self, text: str, draw: Draw | None, world: World, kept: Mapping[str, Any] | None) -> tuple[Reading, ...]:
        """A scorecard, the answer before it drawn in another way, or what the words say."""
        before = context.understood(kept)
        if draw is not None and not text:
            return (before,) if before else in_currency(self.read)(draw.value, world, None)
        text = chosen(text, kept) or text
        read = widened(self.read)
        found = scorecard(text, world) or looked(text, world, before, read)
        found = found or planned(in_known_words(text), world, before, read)
        return found or read(text, world, before)

    def _shown(self, request: AskRequest) -> tuple[Shown, ...]:
        """What the reader has of the last weeks, in case an answer could be taken from another."""
        if request.operator:
            return ()
        with self.reading.connect() as connection:
            since = self.now() - LOOK_BACK
            return self._lately.to(connection, request.workspace_id, request.asker_email or "", request.channel, since)

    def _keep_offer(
        self, request: AskRequest, kept: Mapping[str, Any] | None, readings: tuple[Reading, ...], settings: Settings
    ) -> None:
        """What was asked back stays with the thread, so that a typed reply may name an option or complete it."""
        if not request.thread:
            return
        last = readings[-1]
        rest = {key: value for key, value in (kept or {}).items() if key not in ("offered", "open")}
        sees_everyone = request.operator or settings.people == "everyone"
        if isinstance(last, Unclear) and (not last.about or sees_everyone):
            held = {**rest, "open": request.text, **({"offered": offered(last.options)} if last.options else {})}
            self.memory.save(request.workspace_id, request.thread, held)
        elif kept and len(rest) < len(kept):
            self.memory.save(request.workspace_id, request.thread, rest)

    def _remember(self, request: AskRequest, answer: Answer, latest: Understood | None) -> int | None:
        """The audit log and the thread's context; neither may cost the reader the answer."""
        parts = answer.answers or (answer,)
        asked = LoggedQuestion(
            asked_at=self.now(),
            asker="operator" if request.operator else request.asker_email or "",
            place=request.where,
            text=request.text[:MAX_QUESTION],
            engine=answer.engine,
            status=answer.status.value,
            query=dict(answer.query) if answer.query else None,
            elapsed_ms=answer.elapsed_ms,
            thread=request.thread or "",
            channel=request.channel if any(not part.private for part in parts) else "",
            shown=[shown.to_json() for part in parts for shown in part.shown],
        )
        if latest and latest.intent is Intent.WATCH and answer.status is Status.ANSWERED and request.asker_email:
            with self.writing.begin() as connection:
                directory = self.directory(connection, request.workspace_id)
                watches.keep(connection, wanted(latest, directory, request.asker_email, self.now()))
        if request.thread and latest:
            self.memory.save(request.workspace_id, request.thread, context.stored(latest))
        return record(self.writing, request.workspace_id, asked)


def _is_read(ask: str, world: World) -> bool:
    """Whether the rules take it for a question about figures of a group; no model is asked for what is only offered."""
    try:
        found = read(ask, world, None)
    except TookTooLong:
        return False
    return all(isinstance(reading, Understood) and not reading.personal for reading in found)
