"""Who can read a channel, for a digest: where Slack does not say, the digest waits instead of losing its figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.questions.answers.answer import Audience
from bot.slack.api.audience import Audiences
from bot.slack.api.calls import NetworkError, RetryingCalls, failure
from bot.slack.api.people import NOBODY, People


class RememberingCalls(RetryingCalls):
    """Repeats calls as its parent does, and remembers what broke in the end."""

    def __init__(self, sleep: Callable[[float], None]) -> None:
        super().__init__(sleep)
        self.broken: Exception | None = None

    def read(self, call: Callable[[], SlackResponse]) -> SlackResponse:
        """The answer of `call`."""
        try:
            return super().read(call)
        except SlackApiError as error:
            if failure(error).code not in NOBODY:
                self.broken = error
            raise
        except NetworkError as error:
            self.broken = error
            raise


@dataclass(frozen=True, slots=True)
class Readers:
    """Asks Slack anew for each digest."""

    client_of: Callable[[str], WebClient]
    sleep: Callable[[float], None]
    clock: Callable[[], float]

    def of(self, slack_team: str, channel: str) -> Audience:
        """The audience of a channel. Raises what Slack or the way to it says, where that leaves it unknown."""
        watched = RememberingCalls(self.sleep)
        found = Audiences(People(watched, self.clock), watched).of(self.client_of(slack_team), slack_team, channel)
        if found is Audience.OPEN and watched.broken is not None:
            raise watched.broken
        return found
