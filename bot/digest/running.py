"""Puts the digests together: the clock's tick of the worker, and the desk behind the listeners."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from slack_sdk import WebClient

from bot.digest.desk import DigestDesk
from bot.digest.outbox import Sender
from bot.digest.readers import Readers
from bot.digest.service import Digests
from bot.slack.clients import Clients
from bot.slack.people import People
from bot.slack.posting import Postman


@dataclass(frozen=True, slots=True)
class DigestClock:
    """What the worker does every minute; it bears being run late, twice, and in several processes at once."""

    service: Digests
    sender: Sender
    readers: Readers

    def tick(self) -> None:
        """Write down what is due, then send what is written down."""
        self.service.make_due(self.readers.of)
        self.sender.send_due()


def digest_clock(
    service: Digests,
    client_of: Callable[[str], WebClient],
    sleep: Callable[[float], None],
) -> DigestClock:
    """The clock's work over one store; `client_of` speaks for a Slack team."""
    readers = Readers(client_of, sleep, lambda: service.now().timestamp())
    return DigestClock(service, Sender(service.writing, client_of, readers.of, service.now), readers)


def digest_desk(
    clock: DigestClock,
    clients: Clients,
    people: People,
    postman: Postman,
    pool: Executor,
    workspace_for: Callable[[str], int],
) -> DigestDesk:
    """What the listeners need."""
    return DigestDesk(
        service=clock.service,
        clients=clients,
        people=people,
        postman=postman,
        readers=clock.readers,
        pool=pool,
        workspace_for=workspace_for,
        send=clock.sender.send_due,
    )
