"""The one way a message goes out: once, whole, in blocks that Slack takes, and to nobody else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.blocks import Block
from slack_sdk.web import SlackResponse

from bot.slack.api.calls import BACKOFF, MAX_WAIT, NetworkError, failure, is_away, never_arrived, retry_after, word_of
from bot.slack.api.clients import Clients
from bot.slack.blocks.parts import Message

log = logging.getLogger(__name__)

BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "unsupported_block_type"})
NOT_A_READER = frozenset({"user_not_in_channel", "not_in_channel", "channel_not_found", "is_archived"})
CLOSED = NOT_A_READER | {"restricted_action", "restricted_action_thread_locked", "posting_to_channel_denied"}
REFUSAL_KEPT = 86_400.0  # seconds: roll-out of new blocks is per workspace
LOOK_BACK = 300  # seconds: clocks differ
LOOKED_AT = 15  # messages; some apps may read no more at once
EVENT_TYPE = "fulcrum_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where messages go: a conversation of a Slack team, a thread of it, and whom a private one is for."""

    team: str
    channel: str
    user: str
    thread_ts: str = ""
    response_url: str = ""


class Poster:
    """Sends messages; every outcome is either sent, raised, or logged as not known."""

    def __init__(
        self,
        clients: Clients,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
        failed: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`failed` hears of each call that fails."""
        self._failed = failed
        self._clients = clients
        self._sleep = sleep
        self._clock = clock
        self._plain_until: dict[str, float] = {}

    def say(
        self, client: WebClient, place: Place, messages: Sequence[Message], key: str, since: float | None = None
    ) -> None:
        """Post for all who read the place, or to the asker alone where the bot may not post there.

        `since` is when somebody who died may have begun to post the same: what of it has arrived is not posted again.
        """
        try:
            for number, message in enumerate(messages):
                if since is None or not self._is_there(client, place, f"{key}/{number}", since):
                    self._post(client, place, message, f"{key}/{number}")
        except SlackApiError as error:
            if failure(error).code not in CLOSED or place.channel.startswith("D"):
                raise
            log.warning("a channel cannot be posted in (%s): the asker gets it alone", failure(error).code)
            self.whisper(client, place, messages, key)

    def whisper(self, client: WebClient, place: Place, messages: Sequence[Message], key: str) -> None:
        """Show to the asker alone: by the response_url, else as an ephemeral message, else as a direct message."""
        rest = list(messages)
        while rest and place.response_url and self._respond(place, rest[0]):
            rest.pop(0)
        try:
            while rest:
                self._ephemeral(client, place, rest[0])
                rest.pop(0)
        except SlackApiError as error:
            if failure(error).code not in NOT_A_READER:
                raise
            self._direct(client, place, rest, key)

    def _direct(self, client: WebClient, place: Place, messages: Sequence[Message], key: str) -> None:
        opened = self._send(lambda: client.conversations_open(users=place.user), None)
        if opened is None:
            return
        own = Place(team=place.team, channel=opened["channel"]["id"], user=place.user)
        for number, message in enumerate(messages):
            self._post(client, own, message, f"{key}/direct/{number}")

    def _post(self, client: WebClient, place: Place, message: Message, key: str) -> None:
        started = self._clock()
        about = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}

        def send(blocks: Sequence[Block] | None) -> None:
            self._send(
                lambda: client.chat_postMessage(
                    channel=place.channel,
                    thread_ts=place.thread_ts or None,
                    text=message.text,
                    blocks=blocks,
                    metadata=about,
                    unfurl_links=False,
                    unfurl_media=False,
                ),
                lambda: self._is_there(client, place, key, started),
            )

        self._in_some_form(place.team, message, send)

    def _ephemeral(self, client: WebClient, place: Place, message: Message) -> None:
        def send(blocks: Sequence[Block] | None) -> None:
            self._send(
                lambda: client.chat_postEphemeral(
                    channel=place.channel,
                    user=place.user,
                    thread_ts=place.thread_ts or None,
                    text=message.text,
                    blocks=blocks,
                ),
                None,
            )

        self._in_some_form(place.team, message, send)

    def _in_some_form(self, team: str, message: Message, send: Callable[[Sequence[Block] | None], None]) -> None:
        """The newer blocks, else the plain ones, else the words alone: a refused call posted nothing."""
        forms = self._forms(team, message)
        for number, blocks in enumerate(forms, start=1):
            try:
                send(blocks)
                return
            except SlackApiError as error:
                if failure(error).code not in BLOCKS_REFUSED or number == len(forms):
                    raise
                self._refused(team, blocks, message, error)

    def _forms(self, team: str, message: Message) -> list[Sequence[Block] | None]:
        rich = [] if self._plain_until.get(team, 0.0) > self._clock() else [message.rich]
        plain = [] if message.plain == message.rich and rich else [message.plain]
        return [*(form for form in chain(rich, plain) if form), None]

    def _refused(self, team: str, blocks: Sequence[Block] | None, message: Message, error: SlackApiError) -> None:
        log.warning("blocks refused (%s), sent plainer: %s", failure(error).code, _complaints(error))
        if blocks is message.rich and message.rich != message.plain:
            self._plain_until[team] = self._clock() + REFUSAL_KEPT

    def _send(
        self, call: Callable[[], SlackResponse], arrived: Callable[[], bool | None] | None
    ) -> SlackResponse | None:
        """Make the call until its outcome is known. `arrived` looks whether a broken one was done all the same (None:
        may not look, and one missing message is better than two); without it the call may be done twice. Raises what
        broke where nothing can be known just now."""
        waited = 0.0
        pauses = iter(BACKOFF)
        while True:
            broken: Exception
            try:
                return call()
            except SlackApiError as error:
                what = failure(error)
                self._failed(word_of(error))
                if what.wait is not None and waited + what.wait <= MAX_WAIT:
                    waited += what.wait
                    self._sleep(what.wait)
                    continue
                if not what.unknown:
                    raise
                broken = error
            except NetworkError as error:
                self._failed(word_of(error))
                broken = error
            self._pause(pauses, broken)
            if arrived and not never_arrived(broken):
                there = self._looked_up(arrived, pauses, broken)
                if there is None:
                    log.warning("not known whether a message arrived (%s); not sent again", type(broken).__name__)
                if there is not False:
                    return None

    def _looked_up(self, arrived: Callable[[], bool | None], pauses: Iterator[float], broken: Exception) -> bool | None:
        while True:
            try:
                return arrived()
            except (SlackApiError, *NetworkError):
                self._pause(pauses, broken)

    def _pause(self, pauses: Iterator[float], broken: Exception) -> None:
        pause = next(pauses, None)
        if pause is None:
            raise broken
        self._sleep(pause)

    def _is_there(self, client: WebClient, place: Place, key: str, started: float) -> bool | None:
        """None where the bot may not look; raises where Slack is away."""
        oldest = str(int(started) - LOOK_BACK)
        try:
            if place.thread_ts:
                page = client.conversations_replies(
                    channel=place.channel, ts=place.thread_ts, oldest=oldest, limit=LOOKED_AT, include_all_metadata=True
                )
            else:
                page = client.conversations_history(
                    channel=place.channel, oldest=oldest, limit=LOOKED_AT, include_all_metadata=True
                )
        except SlackApiError as error:
            if is_away(error):
                raise
            return None
        posted: list[dict[str, Any]] = page.get("messages", [])
        return any(_key(message) == key for message in posted)

    def _respond(self, place: Place, message: Message) -> bool:
        """Whether the response_url took it: it lives for five uses and half an hour."""
        if not self._clients.may_answer(place.response_url):
            log.warning("a response_url that is not Slack's was left alone")
            return False
        hook = self._clients.hook(place.response_url)
        waited = 0.0
        forms = self._forms(place.team, message)
        while forms:
            try:
                answer = hook.send(
                    text=message.text, blocks=forms[0], response_type="ephemeral", replace_original=False
                )
            except NetworkError:
                return False
            if answer.status_code == 429:
                pause = retry_after(answer.headers)
                waited += pause
                if waited > MAX_WAIT:
                    return False
                self._sleep(pause)
            elif any(code in answer.body for code in BLOCKS_REFUSED):
                forms.pop(0)
            else:
                return answer.status_code == 200 and '"ok":false' not in answer.body.replace(" ", "")
        return False


def _key(message: dict[str, Any]) -> str:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("key", ""))


def _complaints(error: SlackApiError) -> str:
    about = error.response.get("response_metadata") or {}
    return "; ".join(str(line)[:120] for line in about.get("messages", [])[:3])
