"""Puts the digests together: the clock's tick of the worker, and the replies behind the listeners."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from slack_sdk import WebClient
from slack_sdk.oauth import InstallationStore

from bot.settings import Settings
from bot.slack.api.clients import Clients
from bot.slack.api.people import People
from bot.slack.api.posting import Poster
from bot.slack.digest.making import DigestMaker
from bot.slack.digest.readers import Readers
from bot.slack.digest.replies import DigestReplies
from bot.slack.outbox.sender import Sender
from storage.keep import digests
from storage.keep.digests import Subscribed


@dataclass(frozen=True, slots=True)
class DigestClock:
    """What the worker does every minute; it bears being run late, twice, and in several processes at once."""

    maker: DigestMaker
    sender: Sender
    readers: Readers

    def tick(self) -> None:
        """Write down what is due, then send what is written down."""
        self.maker.make_due(self.readers.of)
        self.sender.send_due()


def digest_clock(
    maker: DigestMaker,
    client_of: Callable[[str], WebClient],
    sleep: Callable[[float], None],
) -> DigestClock:
    """The clock's work over one store; `client_of` speaks for a Slack team."""
    readers = Readers(client_of, sleep, lambda: maker.digests.now().timestamp())
    return DigestClock(maker, Sender(maker.writing, client_of, readers.of, maker.digests.now), readers)


def speaking(settings: Settings, clients: Clients, installed: InstallationStore | None) -> Callable[[str], WebClient]:
    """The client for a Slack team: with the one token there is, or with that of the team's own installation."""
    if installed is None:
        return lambda slack_team: clients.web(settings.slack_bot_token)

    def of(slack_team: str) -> WebClient:
        bot = installed.find_bot(enterprise_id=None, team_id=slack_team)
        # Without a token Slack refuses the call, which pauses the digest as a revoked one does.
        return clients.web(bot.bot_token if bot else None)

    return of


def show_at_once(clock: DigestClock, workspace_id: int, wanted: Subscribed) -> None:
    """Subscribe and post the last week's digest now, as the page that shows the bot does on opening."""
    with clock.maker.writing.begin() as connection:
        id_ = digests.subscribe(connection, workspace_id, wanted)
    clock.maker.make_now(workspace_id, replace(wanted, id=id_), clock.readers.of)
    clock.sender.send_due()


def digest_replies(
    clock: DigestClock,
    clients: Clients,
    people: People,
    poster: Poster,
    pool: Executor,
    workspace_for: Callable[[str], int],
) -> DigestReplies:
    """What the listeners need."""
    return DigestReplies(
        maker=clock.maker,
        clients=clients,
        people=people,
        poster=poster,
        readers=clock.readers,
        pool=pool,
        workspace_for=workspace_for,
        send=clock.sender.send_due,
    )
