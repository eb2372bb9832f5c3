"""How an answer reaches who may read it: in its thread, to the asker alone, piece by piece, or as a file."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.logs import cause
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.answers.csv_file import csv_text
from bot.questions.request import AskRequest
from bot.slack.api.calls import NetworkError, is_away
from bot.slack.api.files import share, upload
from bot.slack.api.people import SlackUser
from bot.slack.api.posting import Place
from bot.slack.api.streaming import Streamer, StreamStep
from bot.slack.blocks.parts import Message
from bot.slack.questions.blocks import below, render, said
from bot.slack.questions.sessions import Sessions
from bot.slack.questions.turn import Turn
from bot.slack.tools import Tools
from bot.text import cut

log = logging.getLogger(__name__)

EXPORTED = "The file is in your messages with me: it holds what you may see."
CSV_NAME = "fulcrum.csv"
REMARKING = "Looking for what stands out"
MAX_ALT = 150  # of a file's title


@dataclass(frozen=True, slots=True)
class TakenTurn:
    """A turn that is being answered, with the way to its workspace."""

    turn: Turn
    client: WebClient
    workspace: int = 0
    since: float | None = None  # when a process that died may have begun to answer

    @property
    def place(self) -> Place:
        """Where the answer goes."""
        turn = self.turn
        return Place(
            team=turn.team,
            channel=turn.channel,
            user=turn.user,
            thread_ts=turn.thread_ts,
            response_url=turn.response_url,
        )

    def request(self, question: str, email: str, audience: Audience) -> AskRequest:
        """The question as the pipeline takes it."""
        return AskRequest(
            workspace_id=self.workspace,
            text=question,
            asker_email=email,
            audience=audience,
            thread=self.turn.thread,
            where=f"slack:{self.turn.where}:{self.turn.channel}",
            channel="" if audience is Audience.PRIVATE else self.turn.channel,
            overheard=self.turn.overheard,
        )


class AnswerDelivery:
    """Brings what is said to where a turn wants it."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self.sessions = Sessions()

    def export(self, taken: TakenTurn, answer: Answer) -> None:
        """The rows as who pressed may see them, as a file in their conversation with the bot."""
        if not answer.rows:
            self.show(taken, render(answer))
            return
        client, place = taken.client, taken.place
        channel = (
            place.channel if taken.turn.direct else str(client.conversations_open(users=place.user)["channel"]["id"])
        )
        file = upload(client, CSV_NAME, csv_text(answer).encode(), cut(answer.title, MAX_ALT))
        share(
            client, file, cut(answer.title, MAX_ALT) or CSV_NAME, channel, place.thread_ts if taken.turn.direct else ""
        )
        if not taken.turn.direct:
            self.show(taken, said(EXPORTED))

    def audience(self, taken: TakenTurn) -> Audience:
        """Who reads the answer where it goes."""
        turn = taken.turn
        if turn.whisper or turn.direct:
            return Audience.PRIVATE
        return self._tools.audiences.of(taken.client, turn.team, turn.channel, turn.enterprise, turn.own_id)

    def deliver(self, taken: TakenTurn, answer: Answer, audience: Audience, request: AskRequest) -> None:
        """Into the place where its readers may see it, else to the asker alone."""
        messages = render(answer, taken.turn.thread_ts)
        alone = answer.private or any(part.private for part in answer.answers) or audience is Audience.OPEN
        if audience is Audience.PRIVATE or not alone:
            if not self._streamed(taken, answer, request):
                self.show(taken, messages)
            return
        if answer.public_text:
            self.show(taken, said(answer.public_text))
        self._tools.poster.whisper(taken.client, taken.place, messages, taken.turn.claim)
        self.sessions.done(taken.client, taken.turn)

    def _streamed(self, taken: TakenTurn, answer: Answer, request: AskRequest) -> bool:
        """Show the answer at once and a model's remark when it comes; False where there is no model or no thread."""
        if (
            not self._tools.services.remarks
            or answer.status is not Status.ANSWERED
            or taken.turn.whisper
            or taken.since is not None
        ):
            return False
        under = below(answer, taken.turn.thread_ts)
        if under is None:
            return False
        Streamer(taken.client, taken.place, lambda _: self.show(taken, render(answer, taken.turn.thread_ts))).show(
            self._pieces(answer, request), under
        )
        if not taken.turn.direct:
            self._tools.services.note_thread(taken.workspace, taken.turn.channel, taken.turn.thread_ts)
        return True

    def _pieces(self, answer: Answer, request: AskRequest) -> Iterator[str | StreamStep]:
        yield answer.text
        yield StreamStep(REMARKING)
        words = self._tools.services.remark(request, answer)
        yield StreamStep(REMARKING, done=True)
        if words:
            yield words

    def show(self, taken: TakenTurn, messages: Sequence[Message]) -> None:
        """Messages where the turn was said, or to its asker alone."""
        turn = taken.turn
        if turn.whisper:
            self._tools.poster.whisper(taken.client, taken.place, messages, turn.claim)
            return
        self._tools.poster.say(taken.client, taken.place, messages, turn.claim, taken.since)
        if not turn.direct:
            self._tools.services.note_thread(taken.workspace, turn.channel, turn.thread_ts)

    def tell(self, taken: TakenTurn, words: str, addressed: bool) -> bool:
        """One sentence to the asker alone; where even that fails the log has it, and False says that Slack is away.
        People who talk among themselves hear nothing."""
        if not addressed:
            return True
        try:
            if taken.turn.direct and not taken.turn.whisper:
                self._tools.poster.say(taken.client, taken.place, said(words), f"{taken.turn.claim}/told", taken.since)
            else:
                self._tools.poster.whisper(taken.client, taken.place, said(words), f"{taken.turn.claim}/told")
                self.sessions.done(taken.client, taken.turn)
        except (SlackApiError, *NetworkError) as error:
            log.error("nothing could be said to the asker: %s", cause(error))
            return not is_away(error)
        return True

    def find(self, taken: TakenTurn, user: str) -> SlackUser | None:
        """Who a user is."""
        return self._tools.people.find(taken.client, taken.turn.team, user, taken.turn.enterprise)

    def name(self, taken: TakenTurn, user: str) -> str:
        """What a question calls a user: the e-mail, else the name; "" of nobody."""
        found = self.find(taken, user)
        return (found.email or found.name) if found else ""
