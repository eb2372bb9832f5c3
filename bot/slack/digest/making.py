"""Makes the digests of each subscription when they are due, once, and puts right those whose data came late."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from random import Random

from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine

from bot.digest.schedule import Due, coming, due
from bot.digest.service import Digests
from bot.digest.week import holidays_of
from bot.logs import cause
from bot.questions.answers.answer import Audience
from bot.slack.api.calls import NetworkError, failure
from bot.slack.digest.commit import claim, commit, commit_completion, skip
from bot.slack.digest.plan import completion, plan, unfinished
from bot.slack.outbox.refused import stop
from storage.keep import digests
from storage.keep.digests import Subscribed

log = logging.getLogger(__name__)

AudienceOf = Callable[[str, str], Audience]


@dataclass(frozen=True)
class DigestMaker:
    """Plans on the reading side of `digests`, and writes down on `writing`. Threads may share it.

    `order` shuffles the subscriptions: workers that each have their own share the work of a tick, since none plans a
    week that another has written down. Without it they go by age.
    """

    digests: Digests
    writing: Engine
    order: Random | None = None

    def make_due(self, audience_of: AudienceOf) -> int:
        """Write down the digests that are due now; gives how many. One that fails leaves the others alone."""
        made = 0
        with self.digests.reading.connect() as connection:
            waiting = digests.subscriptions(connection)
        if self.order:
            self.order.shuffle(waiting)
        for workspace_id, subscription in waiting:
            # Late data first: what they make of an earlier week is no correction in the next digest.
            for work in (self._complete, self._make_all):
                with self._guarded(workspace_id, subscription):
                    made += work(workspace_id, subscription, audience_of)
        return made

    def make_now(self, workspace_id: int, subscription: Subscribed, audience_of: AudienceOf) -> bool:
        """The last week's digest at once; False where it was made before."""
        asked = Due(self.digests.last_week(workspace_id), self.digests.now(), skip=False, late=False, asked=True)
        return self._make(workspace_id, subscription, asked, audience_of)

    def settle(self, workspace_id: int, subscription: Subscribed, audience_of: AudienceOf) -> bool:
        """Make what is due of a subscription before its rhythm changes; False where that could not be."""
        with self._guarded(workspace_id, subscription):
            self._make_all(workspace_id, subscription, audience_of)
            return True
        return False

    def next_at(self, workspace_id: int, subscription: Subscribed) -> datetime:
        """When the next digest of a subscription comes."""
        with self.digests.reading.connect() as connection:
            newest = digests.last_week(connection, subscription.id)
        settings = self.digests.settings_of(workspace_id)
        return coming(subscription, newest, self.digests.now(), settings.zone, holidays_of(settings.country))

    @contextmanager
    def _guarded(self, workspace_id: int, subscription: Subscribed) -> Iterator[None]:
        """The border of a subscription: where it fails, the next one has its turn."""
        try:
            yield
        except SlackApiError as error:
            self._refused(workspace_id, subscription, error)
        except NetworkError as error:
            log.warning("a digest waits, Slack cannot be reached: %s", type(error).__name__)
        except Exception as error:  # noqa: BLE001  # nothing of one subscription may stop the others
            log.error("the digest of subscription %s failed: %s", subscription.id, cause(error))

    def _make_all(self, workspace_id: int, subscription: Subscribed, audience_of: AudienceOf) -> int:
        weeks = self._due(workspace_id, subscription)
        return sum(self._make(workspace_id, subscription, week, audience_of) for week in weeks)

    def _due(self, workspace_id: int, subscription: Subscribed) -> list[Due]:
        with self.digests.reading.connect() as connection:
            newest = digests.last_week(connection, subscription.id)
        settings = self.digests.settings_of(workspace_id)
        return due(subscription, newest, self.digests.now(), settings.zone, holidays_of(settings.country))

    def _make(self, workspace_id: int, subscription: Subscribed, week: Due, audience_of: AudienceOf) -> bool:
        """Plan, then commit; what comes before the one transaction costs nothing if it is lost."""
        if week.skip:
            return skip(self.writing, workspace_id, subscription, week, self.digests.now())
        audience = _audience(subscription, audience_of)
        with self.digests.reading.connect() as connection:
            directory = self.digests.directory(connection, workspace_id)
            planned = plan(self.digests, connection, directory, subscription, week, audience)
        return commit(self.writing, workspace_id, subscription, planned, self.digests.now())

    def _complete(self, workspace_id: int, subscription: Subscribed, audience_of: AudienceOf) -> int:
        """Put right in its place what was posted before all data were there, once they are; gives how many digests."""
        done = 0
        with self.digests.reading.connect() as connection:
            directory = self.digests.directory(connection, workspace_id)
            ready = unfinished(self.digests, connection, directory, subscription)
        for past in ready:
            audience = _audience(subscription, audience_of)
            with self.digests.reading.connect() as connection:
                planned = completion(self.digests, connection, directory, subscription, past, audience)
            done += commit_completion(self.writing, workspace_id, subscription, planned, self.digests.now())
        return done

    def _refused(self, workspace_id: int, subscription: Subscribed, error: SlackApiError) -> None:
        """Who reads the channel cannot be asked: for a while, or for good."""
        what = failure(error)
        if what.wait is not None or what.unknown:
            log.warning("a digest waits, Slack does not answer: %s", what.code or what.status)
            return
        log.error("a digest cannot be posted: %s", what.code)
        now = self.digests.now()
        with self.writing.begin() as connection:
            for missed in self._due(workspace_id, subscription):
                claim(connection, workspace_id, subscription, missed, digests.SKIPPED, now)
            stop(connection, workspace_id, subscription.id, what.code, now)


def _audience(subscription: Subscribed, audience_of: AudienceOf) -> Audience:
    if subscription.direct:
        return Audience.PRIVATE
    return audience_of(subscription.slack_team, subscription.channel)
