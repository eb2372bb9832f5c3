"""Behind all listeners of questions: takes what was said, once, answers it where it was said, and is never silent."""

from __future__ import annotations

import logging
import re
from concurrent.futures import Executor
from dataclasses import asdict, replace

from bot.errors import UserError
from bot.logs import about, cause
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.answers.following import Following
from bot.questions.limits import TOO_LONG
from bot.questions.teaching import is_lesson
from bot.questions.tokens import too_long
from bot.slack.api.people import STRANGER
from bot.slack.api.text import plain
from bot.slack.blocks.parts import Message, sections
from bot.slack.leverage_words import FixedWords, PlainQuestion, PrivacyWords, examples, read
from bot.slack.questions.blocks import EXPORT, ROWS, rest, said
from bot.slack.questions.delivery import AnswerDelivery, TakenTurn
from bot.slack.questions.excuses import excuse
from bot.slack.questions.presses import Presses
from bot.slack.questions.turn import Turn
from bot.slack.questions.under_way import UnderWay
from bot.slack.tools import Tools
from storage.keep.open_turns import LeftTurn

log = logging.getLogger(__name__)

STALE_SECONDS = 5.0
OPINION = re.compile(
    r"^\s*+(?:i|we|they|he|she|you)(?:['’]?m|['’]?re)? (?:think|thought|guess|believe|bet|feel|suppose|heard|doubt)\b",
    re.IGNORECASE,
)


class Conversations:
    """Answers turns in a pool of its own, so that Slack never waits."""

    def __init__(self, tools: Tools, pool: Executor) -> None:
        self._tools = tools
        self._pool = pool
        self._delivery = AnswerDelivery(tools)
        self.presses = Presses(tools, self._delivery, pool)
        self.under_way = UnderWay(tools.services)

    def take(self, turn: Turn, token: str | None) -> None:
        """Returns at once; the answer comes from another thread."""
        self.under_way.submit(self._pool, self.answer, turn, token)

    def take_up(self, turn: Turn, token: str | None, left: LeftTurn, instead: str = "") -> None:
        """Answer what was left, or say why not `instead`; returns at once."""
        self.under_way.submit(self._pool, self.answer, turn, token, left, instead)

    def close(self, within: float | None = None) -> bool:
        """Finish what was taken, take nothing more; whether all was finished, `within` so many seconds."""
        finished = self.under_way.end(within)
        self._pool.shutdown(wait=finished, cancel_futures=not finished)
        return finished

    def answer(self, turn: Turn, token: str | None, left: LeftTurn | None = None, instead: str = "") -> None:
        """Answer a turn, unless another delivery of it was answered or it was not meant for the bot; or what a process
        that died, or for which Slack was away, has `left` of it."""
        number = self._tools.ticket()
        with about(request=number):
            self._answer(turn, token, left, instead, number)

    def _answer(self, turn: Turn, token: str | None, left: LeftTurn | None, instead: str, number: str) -> None:
        started, engine = self._tools.clock(), ""
        client = self._tools.clients.web(token, turn.team if turn.org_wide else None)
        taken = TakenTurn(turn, client, since=left.taken_at.timestamp() if left else None)
        addressed, told = not turn.overheard, True
        try:
            taken = replace(taken, workspace=self._tools.services.workspace_for(turn.team))
            addressed = self._is_mine(taken, left)
            if not addressed:
                return
            if instead:
                raise UserError(instead)
            status, engine = self._work(taken)
        except UserError as error:
            status = "refused"
            told = self._delivery.tell(taken, str(error), addressed)
        except Exception as error:  # noqa: BLE001  # the border of the bot: whatever it was, the person hears of it
            status = "failed"
            log.error("ticket %s: answering a %s failed: %s", number, turn.where, cause(error))
            told = self._delivery.tell(taken, excuse(error, number), addressed)
        (self.under_way.done if told else self.under_way.wait)((taken.workspace, turn.claim))
        self._tools.meter.count(status, self._tools.clock() - started, engine)

    def _is_mine(self, taken: TakenTurn, left: LeftTurn | None) -> bool:
        turn, services = taken.turn, self._tools.services
        if left is None:
            if turn.overheard and not services.thread_known(taken.workspace, turn.channel, turn.thread_ts):
                return False
            if not services.claim(taken.workspace, turn.claim, asdict(turn)):
                return False
        self.under_way.took((taken.workspace, turn.claim))
        return True

    def _work(self, taken: TakenTurn) -> tuple[str, str]:
        """Answer, and say how it ended and which engine read it, "" where none did."""
        if taken.turn.following:
            return self._follow(taken)
        words = plain(taken.turn.text, taken.turn.own_id, lambda user: self._delivery.name(taken, user))
        heard = _heard(words, taken.turn)
        if isinstance(heard, PrivacyWords):
            heard = FixedWords(self._tools.services.privacy(taken.workspace))
        if isinstance(heard, FixedWords):
            self._delivery.show(taken, _fixed(heard.words))
            return "told", ""
        if too_long(heard.question):
            raise UserError(TOO_LONG)
        asker = self._delivery.find(taken, taken.turn.user)
        if asker and asker.bot:
            return "ignored", ""  # two bots that answer each other never stop
        if asker is None or not asker.email:
            raise UserError(STRANGER)
        if is_lesson(heard.question):
            return self._learned(taken, heard.question, asker.email), ""
        return self._ask(taken, heard.question, asker.email)

    def _ask(self, taken: TakenTurn, question: str, email: str) -> tuple[str, str]:
        if not taken.turn.overheard:
            self._delivery.sessions.working(taken.client, taken.turn)
        audience = self._delivery.audience(taken)
        asked = self._tools.clock()
        request = taken.request(question, email, audience)
        answer = self._tools.services.ask(request)
        if taken.turn.overheard and not _is_follow_up(answer, question):
            return "ignored", answer.engine
        if audience is Audience.MEMBERS and self._tools.clock() - asked > STALE_SECONDS:
            audience = self._delivery.audience(taken)  # a guest may have come in meanwhile
        self._delivery.deliver(taken, answer, audience, request)
        self._delivery.sessions.title(taken.client, taken.turn, question)
        return answer.status.value, answer.engine

    def _learned(self, taken: TakenTurn, text: str, email: str) -> str:
        """Teach what a message teaches; talk among people that teaches nothing gets silence."""
        try:
            words = self._tools.services.learn(taken.workspace, email, text)
        except UserError:
            if taken.turn.overheard:
                return "ignored"
            raise
        self._delivery.show(taken, said(words))
        return "told"

    def _follow(self, taken: TakenTurn) -> tuple[str, str]:
        """A pressed step, in the thread for who asked and to anybody else alone; or its rows as a file."""
        turn, services = taken.turn, self._tools.services
        asker = self._delivery.find(taken, turn.user)
        if asker is None or not asker.email:
            raise UserError(STRANGER)
        alone = turn.following in (EXPORT, Following.WATCH)
        if alone or not services.is_askers(taken.workspace, turn.number, asker.email):
            taken = replace(taken, turn=replace(turn, whisper=not turn.direct))
        audience = self._delivery.audience(taken)
        request = taken.request("", asker.email, audience)
        if turn.following == EXPORT:
            answer = services.again(request, turn.number, Following.SAME)
            self._delivery.export(taken, answer)
        elif turn.following == ROWS:
            answer = rest(services.again(request, turn.number, Following.SAME), turn.offset)
            self._delivery.deliver(taken, answer, audience, request)
        else:
            answer = services.again(request, turn.number, Following(turn.following))
            self._delivery.deliver(taken, answer, audience, request)
        return answer.status.value, answer.engine


def _heard(words: str, turn: Turn) -> PlainQuestion | FixedWords | PrivacyWords:
    """A command's words by its table; elsewhere only the two that show fixed words, so that a thread's
    "trend" stays a question."""
    if turn.where == "command":
        return read(words)
    if not words:
        return FixedWords(examples())
    return read(words) if words.lower() in {"help", "privacy"} else PlainQuestion(words)


def _is_follow_up(answer: Answer, words: str) -> bool:
    """Whether what people say to each other in a thread was a question to the bot: one with an answer, or with options
    to answer by. What they think, thank for or arrange among themselves gets silence."""
    if OPINION.match(words) and "?" not in words:
        return False
    if answer.status is Status.ANSWERED:
        return bool(answer.rows or answer.answers)
    # A reply of one word ("tokens") is offered to anything; a whole question only to what was one.
    offers = any(" " in option.ask for option in answer.options)
    return answer.status is Status.DENIED or (answer.status is Status.CLARIFY and offers)


def _fixed(words: str) -> tuple[Message, ...]:
    """Our own words, formatting and all."""
    blocks = tuple(sections(words))
    return (Message(text=words, rich=blocks, plain=blocks),)
