"""What the conversations work with, over a Slack that is a fake."""

from __future__ import annotations

from collections.abc import Callable

from bot.meter import Meter
from bot.questions.answers.answer import Answer
from bot.questions.request import AskRequest
from bot.slack.api.audience import Audiences
from bot.slack.api.calls import RetryingCalls
from bot.slack.api.clients import Clients
from bot.slack.api.people import People
from bot.slack.api.posting import Poster
from bot.slack.tools import Tools
from tests.fakes.services import FakeServices, seven
from tests.fakes.slack_api import FakeSlack


def tools_of(slack: FakeSlack, reply: Callable[[AskRequest], Answer] = seven) -> Tools:
    """Tools that never wait."""
    clients, waiting = Clients(slack.url, 5), RetryingCalls(lambda _: None)
    people = People(waiting, lambda: 0.0)
    return Tools(
        services=FakeServices(reply),
        clients=clients,
        people=people,
        audiences=Audiences(people, waiting),
        poster=Poster(clients, lambda _: None, lambda: 0.0),
        meter=Meter(),
        clock=lambda: 0.0,
        ticket=lambda: "ticket01",
    )
