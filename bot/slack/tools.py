"""What every desk of the app works with: the services, and the ways to Slack and its people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.meter import Meter
from bot.services import Services
from bot.slack.api.audience import Audiences
from bot.slack.api.clients import Clients
from bot.slack.api.people import People
from bot.slack.api.posting import Poster


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """`clock` gives seconds that only run forward, `ticket` a number that an asker can quote."""

    services: Services
    clients: Clients
    people: People
    audiences: Audiences
    poster: Poster
    meter: Meter
    clock: Callable[[], float]
    ticket: Callable[[], str]
