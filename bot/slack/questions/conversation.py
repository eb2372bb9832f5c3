"""Behind all listeners of questions: takes what was said, once, answers it where it was said, and is never silent."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, replace

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.errors import UserError
from bot.logs import about, cause
from bot.meter import Meter
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.answers.csv_file import csv_text
from bot.questions.answers.following import Following
from bot.questions.limits import TOO_LONG
from bot.questions.request import AskRequest
from bot.questions.teaching import is_lesson
from bot.questions.tokens import too_long
from bot.services import Services
from bot.slack.api.audience import Audiences
from bot.slack.api.calls import NetworkError
from bot.slack.api.clients import Clients
from bot.slack.api.files import share, upload
from bot.slack.api.people import People, SlackUser
from bot.slack.api.posting import Place, Poster
from bot.slack.api.streaming import Streamer, StreamStep
from bot.slack.api.text import plain
from bot.slack.blocks.parts import Message, sections
from bot.slack.leverage_words import FixedWords, PlainQuestion, PrivacyWords, examples, read
from bot.slack.questions.blocks import EXPORT, ROWS, below, render, rest, said
from bot.slack.questions.excuses import excuse
from bot.slack.questions.math import math_view
from bot.slack.questions.sessions import Sessions
from bot.slack.questions.thumbs import NOT_YOURS, NOTED, NOTED_UP, wrong_form
from bot.slack.questions.turn import Turn
from bot.slack.questions.under_way import UnderWay
from bot.text import cut
from storage.keep.open_turns import LeftTurn

log = logging.getLogger(__name__)

STRANGER = (
    "I cannot tell who you are: Slack gives me no confirmed e-mail address of this workspace for you, "
    "so I cannot tell what you may see. Ask an admin to add one to your profile."
)

TRIED = "I was stopped twice while I was answering this, so I leave it. Ask it in a simpler way, or in parts."
MOST_ATTEMPTS = 2  # a question that ends the process must not end it for ever
NO_MATH = "What stands behind that answer is not kept any more. Ask again, and it is."
STALE_SECONDS = 5.0
EXPORTED = "The file is in our direct messages: it holds what you may see."
CSV_NAME = "fulcrum.csv"
REMARKING = "Looking for what stands out"
MAX_ALT = 150  # of a file's title
OPINION = re.compile(
    r"^\s*+(?:i|we|they|he|she|you)(?:['’]?m|['’]?re)? (?:think|thought|guess|believe|bet|feel|suppose|heard|doubt)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What the conversations works with."""

    services: Services
    clients: Clients
    people: People
    audiences: Audiences
    poster: Poster
    meter: Meter
    clock: Callable[[], float]
    ticket: Callable[[], str]


@dataclass(frozen=True, slots=True)
class _Job:
    turn: Turn
    client: WebClient
    workspace: int = 0
    since: float | None = None  # when a process that died may have begun to answer

    @property
    def place(self) -> Place:
        turn = self.turn
        return Place(
            team=turn.team,
            channel=turn.channel,
            user=turn.user,
            thread_ts=turn.thread_ts,
            response_url=turn.response_url,
        )


class Conversations:
    """Answers turns in a pool of its own, so that Slack never waits."""

    def __init__(self, tools: Tools, pool: Executor) -> None:
        self._tools = tools
        self._pool = pool
        self._sessions = Sessions()
        self.under_way = UnderWay(tools.services)

    def take(self, turn: Turn, token: str | None) -> None:
        """Returns at once; the answer comes from another thread."""
        self.under_way.submit(self._pool, self.answer, turn, token)

    def take_up(self, turn: Turn, token: str | None, left: LeftTurn) -> None:
        """Answer what a process that died has left; returns at once."""
        self.under_way.submit(self._pool, self.answer, turn, token, left)

    def vote(self, turn: Turn, token: str | None, trigger: str, number: int, thumb: str) -> None:
        """Keep a thumb and say so; of one down ask first what was wrong, before its trigger ends."""
        if thumb == "down":
            self.open_view(token, trigger, wrong_form(number))
        self._pool.submit(self._vote, turn, token, number, thumb)

    def complain(self, turn: Turn, token: str | None, number: int, words: str) -> str:
        """Keep what was wrong with an answer; gives the sentence that says so."""
        services = self._tools.services
        client = self._tools.clients.web(token, turn.team if turn.org_wide else None)
        asker = self._tools.people.find(client, turn.team, turn.user, turn.enterprise)
        if asker is None or not asker.email:
            return STRANGER
        kept = services.vote(services.workspace_for(turn.team), number, asker.email, "down", words)
        return NOTED if kept else NOT_YOURS

    def math(self, turn: Turn, token: str | None, trigger: str) -> None:
        """Open what stands behind an answer; its trigger lives for three seconds, so that the rows come after it."""
        services = self._tools.services
        said = services.math(services.workspace_for(turn.team), turn.number)
        client = self._tools.clients.web(token, turn.team if turn.org_wide else None)
        opened = client.views_open(trigger_id=trigger, view=math_view(said or (NO_MATH,), waiting=bool(said)))
        if said:
            self._pool.submit(self._rows_behind, _Job(turn, client), said, str(opened["view"]["id"]))

    def _rows_behind(self, job: _Job, said: Sequence[str], view_id: str) -> None:
        """Complete the modal with the rows, as who opened it may see them."""
        try:
            job = replace(job, workspace=self._tools.services.workspace_for(job.turn.team))
            asker = self._find(job, job.turn.user)
            answer = None
            if asker and asker.email:
                request = self._request(job, "", asker.email, Audience.PRIVATE)
                answer = self._tools.services.again(request, job.turn.number, Following.SAME)
            job.client.views_update(view_id=view_id, view=math_view(said, answer))
        except UserError as error:
            job.client.views_update(view_id=view_id, view=math_view((*said, str(error))))
        except Exception as error:  # noqa: BLE001  # the definition stands there; the rows are lost, and the log says so
            log.error("the rows behind an answer were not shown: %s", cause(error))

    def open_view(self, token: str | None, trigger: str, view: View) -> None:
        """Show a form or a notice at once: a trigger lives for three seconds."""
        self._tools.clients.web(token).views_open(trigger_id=trigger, view=view)

    def _vote(self, turn: Turn, token: str | None, number: int, thumb: str) -> None:
        services = self._tools.services
        client = self._tools.clients.web(token, turn.team if turn.org_wide else None)
        job = _Job(replace(turn, whisper=True), client)
        try:
            asker = self._find(job, turn.user)
            if asker and asker.email:
                kept = services.vote(services.workspace_for(turn.team), number, asker.email, thumb)
                if thumb == "up":
                    self._show(job, said(NOTED_UP if kept else NOT_YOURS))
        except Exception as error:  # noqa: BLE001  # nobody waits for a thumb: it is lost, and the log says so
            log.error("a thumb was not kept: %s", cause(error))

    def close(self, within: float | None = None) -> bool:
        """Finish what was taken, take nothing more; whether all was finished, `within` so many seconds."""
        finished = self.under_way.end(within)
        self._pool.shutdown(wait=finished, cancel_futures=not finished)
        return finished

    def answer(self, turn: Turn, token: str | None, left: LeftTurn | None = None) -> None:
        """Answer a turn, unless another delivery of it was answered or it was not meant for the bot; or what a process
        that died has `left` of it."""
        number = self._tools.ticket()
        with about(request=number):
            self._answer(turn, token, left, number)

    def _answer(self, turn: Turn, token: str | None, left: LeftTurn | None, number: str) -> None:
        started, engine = self._tools.clock(), ""
        client = self._tools.clients.web(token, turn.team if turn.org_wide else None)
        job = _Job(turn, client, since=left.taken_at.timestamp() if left else None)
        addressed = not turn.overheard
        try:
            job = replace(job, workspace=self._tools.services.workspace_for(turn.team))
            addressed = self._is_mine(job, left)
            if not addressed:
                return
            if left and left.attempts > MOST_ATTEMPTS:
                raise UserError(TRIED)
            status, engine = self._work(job)
        except UserError as error:
            status = "refused"
            self._tell(job, str(error), addressed)
        except Exception as error:  # noqa: BLE001  # the border of the bot: whatever it was, the person hears of it
            status = "failed"
            log.error("ticket %s: answering a %s failed: %s", number, turn.where, cause(error))
            self._tell(job, excuse(error, number), addressed)
        self.under_way.done((job.workspace, turn.claim))
        self._tools.meter.count(status, self._tools.clock() - started, engine)

    def _is_mine(self, job: _Job, left: LeftTurn | None) -> bool:
        turn, services = job.turn, self._tools.services
        if left is None:
            if turn.overheard and not services.thread_known(job.workspace, turn.channel, turn.thread_ts):
                return False
            if not services.claim(job.workspace, turn.claim, asdict(turn)):
                return False
        self.under_way.took((job.workspace, turn.claim))
        return True

    def _work(self, job: _Job) -> tuple[str, str]:
        """Answer, and say how it ended and which engine read it, "" where none did."""
        if job.turn.following:
            return self._follow(job)
        words = plain(job.turn.text, job.turn.own_id, lambda user: self._name(job, user))
        heard = _heard(words, job.turn)
        if isinstance(heard, PrivacyWords):
            heard = FixedWords(self._tools.services.privacy(job.workspace))
        if isinstance(heard, FixedWords):
            self._show(job, _fixed(heard.words))
            return "told", ""
        if too_long(heard.question):
            raise UserError(TOO_LONG)
        asker = self._find(job, job.turn.user)
        if asker and asker.bot:
            return "ignored", ""  # two bots that answer each other never stop
        if asker is None or not asker.email:
            raise UserError(STRANGER)
        if is_lesson(heard.question):
            return self._learned(job, heard.question, asker.email), ""
        return self._ask(job, heard.question, asker.email)

    def _ask(self, job: _Job, question: str, email: str) -> tuple[str, str]:
        if not job.turn.overheard:
            self._sessions.working(job.client, job.turn)
        audience = self._audience(job)
        asked = self._tools.clock()
        request = self._request(job, question, email, audience)
        answer = self._tools.services.ask(request)
        if job.turn.overheard and not _is_follow_up(answer, question):
            return "ignored", answer.engine
        if audience is Audience.MEMBERS and self._tools.clock() - asked > STALE_SECONDS:
            audience = self._audience(job)  # a guest may have come in meanwhile
        self._deliver(job, answer, audience, request)
        self._sessions.title(job.client, job.turn, question)
        return answer.status.value, answer.engine

    def _learned(self, job: _Job, text: str, email: str) -> str:
        """Teach what a message teaches; talk among people that teaches nothing gets silence."""
        try:
            words = self._tools.services.learn(job.workspace, email, text)
        except UserError:
            if job.turn.overheard:
                return "ignored"
            raise
        self._show(job, said(words))
        return "told"

    def _follow(self, job: _Job) -> tuple[str, str]:
        """A pressed step, in the thread for who asked and to anybody else alone; or its rows as a file."""
        turn, services = job.turn, self._tools.services
        asker = self._find(job, turn.user)
        if asker is None or not asker.email:
            raise UserError(STRANGER)
        alone = turn.following in (EXPORT, Following.WATCH)
        if alone or not services.is_askers(job.workspace, turn.number, asker.email):
            job = replace(job, turn=replace(turn, whisper=not turn.direct))
        audience = self._audience(job)
        request = self._request(job, "", asker.email, audience)
        if turn.following == EXPORT:
            answer = services.again(request, turn.number, Following.SAME)
            self._export(job, answer)
        elif turn.following == ROWS:
            answer = rest(services.again(request, turn.number, Following.SAME), turn.offset)
            self._deliver(job, answer, audience, request)
        else:
            answer = services.again(request, turn.number, Following(turn.following))
            self._deliver(job, answer, audience, request)
        return answer.status.value, answer.engine

    def _export(self, job: _Job, answer: Answer) -> None:
        """The rows as who pressed may see them, as a file in their conversation with the bot."""
        if not answer.rows:
            self._show(job, render(answer))
            return
        client, place = job.client, job.place
        channel = (
            place.channel if job.turn.direct else str(client.conversations_open(users=place.user)["channel"]["id"])
        )
        file = upload(client, CSV_NAME, csv_text(answer).encode(), cut(answer.title, MAX_ALT))
        share(client, file, cut(answer.title, MAX_ALT) or CSV_NAME, channel, place.thread_ts if job.turn.direct else "")
        if not job.turn.direct:
            self._show(job, said(EXPORTED))

    def _request(self, job: _Job, question: str, email: str, audience: Audience) -> AskRequest:
        return AskRequest(
            workspace_id=job.workspace,
            text=question,
            asker_email=email,
            audience=audience,
            thread=job.turn.thread,
            where=f"slack:{job.turn.where}:{job.turn.channel}",
            channel="" if audience is Audience.PRIVATE else job.turn.channel,
        )

    def _audience(self, job: _Job) -> Audience:
        turn = job.turn
        if turn.whisper or turn.direct:
            return Audience.PRIVATE
        return self._tools.audiences.of(job.client, turn.team, turn.channel, turn.enterprise, turn.own_id)

    def _deliver(self, job: _Job, answer: Answer, audience: Audience, request: AskRequest) -> None:
        """Into the place where its readers may see it, else to the asker alone."""
        messages = render(answer, job.turn.thread_ts)
        alone = answer.private or any(part.private for part in answer.answers) or audience is Audience.OPEN
        if audience is Audience.PRIVATE or not alone:
            if not self._streamed(job, answer, request):
                self._show(job, messages)
            return
        if answer.public_text:
            self._show(job, said(answer.public_text))
        self._tools.poster.whisper(job.client, job.place, messages, job.turn.claim)
        self._sessions.done(job.client, job.turn)

    def _streamed(self, job: _Job, answer: Answer, request: AskRequest) -> bool:
        """Show the answer at once and a model's remark when it comes; False where there is no model or no thread."""
        under = below(answer, job.turn.thread_ts)
        if (
            not self._tools.services.remarks
            or answer.status is not Status.ANSWERED
            or under is None
            or job.turn.whisper
            or job.since is not None
        ):
            return False
        Streamer(job.client, job.place, lambda _: self._show(job, render(answer, job.turn.thread_ts))).show(
            self._pieces(answer, request), under
        )
        if not job.turn.direct:
            self._tools.services.note_thread(job.workspace, job.turn.channel, job.turn.thread_ts)
        return True

    def _pieces(self, answer: Answer, request: AskRequest) -> Iterator[str | StreamStep]:
        yield answer.text
        yield StreamStep(REMARKING)
        words = self._tools.services.remark(request, answer)
        yield StreamStep(REMARKING, done=True)
        if words:
            yield words

    def _show(self, job: _Job, messages: Sequence[Message]) -> None:
        turn = job.turn
        if turn.whisper:
            self._tools.poster.whisper(job.client, job.place, messages, turn.claim)
            return
        self._tools.poster.say(job.client, job.place, messages, turn.claim, job.since)
        if not turn.direct:
            self._tools.services.note_thread(job.workspace, turn.channel, turn.thread_ts)

    def _tell(self, job: _Job, words: str, addressed: bool) -> None:
        """One sentence to the asker alone; where even that fails the log has it. People who talk among themselves
        hear nothing."""
        if not addressed:
            return
        try:
            if job.turn.direct and not job.turn.whisper:
                self._tools.poster.say(job.client, job.place, said(words), f"{job.turn.claim}/told")
            else:
                self._tools.poster.whisper(job.client, job.place, said(words), f"{job.turn.claim}/told")
                self._sessions.done(job.client, job.turn)
        except (SlackApiError, *NetworkError) as error:
            log.error("nothing could be said to the asker: %s", cause(error))

    def _find(self, job: _Job, user: str) -> SlackUser | None:
        return self._tools.people.find(job.client, job.turn.team, user, job.turn.enterprise)

    def _name(self, job: _Job, user: str) -> str:
        found = self._find(job, user)
        return (found.email or found.name) if found else ""


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
