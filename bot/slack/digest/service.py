"""Makes the digests of each subscription when they are due, once, and puts right those whose data came late."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from slack_sdk.errors import SlackApiError
from sqlalchemy import Connection

from bot.digest.baseline import Scope
from bot.digest.calendars import calendar
from bot.digest.computing import CORRECTED, Computing
from bot.digest.details import PARTS, own_use
from bot.digest.gather import compared, provisional, restated
from bot.digest.late import FINAL, LEFT, NOTES, NOW_SAID, is_open, said_before, stage
from bot.digest.schedule import LATEST, Due, coming, due
from bot.digest.week import Week, holidays_of, parse_week
from bot.logs import cause
from bot.questions.answers.answer import Audience
from bot.questions.viewer import asking, reading_along
from bot.slack.api.calls import NetworkError, failure
from bot.slack.digest.letters import Made, completed, letters, notes_of, silent
from bot.slack.digest.rhythm import again, ask_owner, offer
from bot.slack.outbox.refused import stop
from storage.answer.completeness import Completeness
from storage.answer.privacy import Viewer
from storage.keep import digests, outbox
from storage.keep.digests import Issued, Subscribed
from storage.names import Directory

log = logging.getLogger(__name__)


class Digests(Computing):
    """Makes digests, and keeps them on `writing`. Threads may share it."""

    def make_due(self, audience_of: Callable[[str, str], Audience]) -> int:
        """Write down the digests that are due now; gives how many. One that fails leaves the others alone."""
        made = 0
        with self.reading.connect() as connection:
            waiting = digests.subscriptions(connection)
        for workspace_id, one in waiting:
            # Late data first: what they make of an earlier week is no correction in the next digest.
            for work in (self._complete, self._make_all):
                with self._guarded(workspace_id, one):
                    made += work(workspace_id, one, audience_of)
        return made

    def make_now(self, workspace_id: int, one: Subscribed, audience_of: Callable[[str, str], Audience]) -> bool:
        """The last week's digest at once; False where it was made before."""
        what = Due(self.last_week(), self.now(), skip=False, late=False, asked=True)
        return self._make(workspace_id, one, what, audience_of)

    def settle(self, workspace_id: int, one: Subscribed, audience_of: Callable[[str, str], Audience]) -> bool:
        """Make what is due of a subscription before its rhythm changes; False where that could not be."""
        with self._guarded(workspace_id, one):
            self._make_all(workspace_id, one, audience_of)
            return True
        return False

    @contextmanager
    def _guarded(self, workspace_id: int, one: Subscribed) -> Iterator[None]:
        """The border of a subscription: where it fails, the next one has its turn."""
        try:
            yield
        except SlackApiError as error:
            self._refused(workspace_id, one, error)
        except NetworkError as error:
            log.warning("a digest waits, Slack cannot be reached: %s", type(error).__name__)
        except Exception as error:  # noqa: BLE001  # nothing of one subscription may stop the others
            log.error("the digest of subscription %s failed: %s", one.id, cause(error))

    def next_at(self, one: Subscribed) -> datetime:
        """When the next digest of a subscription comes."""
        with self.reading.connect() as connection:
            newest = digests.last_week(connection, one.id)
        return coming(one, newest, self.now(), self.settings.zone, holidays_of(self.settings.country))

    def _make_all(self, workspace_id: int, one: Subscribed, audience_of: Callable[[str, str], Audience]) -> int:
        return sum(self._make(workspace_id, one, what, audience_of) for what in self._due(one))

    def _due(self, one: Subscribed) -> list[Due]:
        with self.reading.connect() as connection:
            newest = digests.last_week(connection, one.id)
        return due(one, newest, self.now(), self.settings.zone, holidays_of(self.settings.country))

    def _make(self, workspace_id: int, one: Subscribed, what: Due, audience_of: Callable[[str, str], Audience]) -> bool:
        """Claim the week and write its messages down in one transaction; what came before it costs nothing if lost."""
        if what.skip:
            with self.writing.begin() as connection:
                return self._claim(connection, workspace_id, one, what, digests.SKIPPED, {}, {})
        audience = Audience.PRIVATE if one.direct else audience_of(one.slack_team, one.channel)
        with self.reading.connect() as connection:
            directory = self.directory(connection, workspace_id)
            gone = _gone(one, directory)
            if not gone and not what.asked and self._whole(connection, directory, one, what.week).silent:
                return self._tell_silence(workspace_id, one, what.week)
            earlier = digests.issues(connection, one.id)
            made = None if gone else self._made(connection, directory, one, what, audience, earlier)
        with self.writing.begin() as connection:
            if made is None:
                stop(connection, workspace_id, one.id, gone, self.now())
                return False
            figures = made.digest.figures if made.digest else {}
            if not self._claim(connection, workspace_id, one, what, digests.MADE, figures, made.kept()):
                return False
            for draft in letters(one, made):
                outbox.put(connection, workspace_id, draft, self.now(), LATEST)
            for week, told in made.restated.items():
                digests.correct(connection, made.issue_ids[week], told)
            ask_owner(connection, workspace_id, one, what.week, earlier, self.now())
        return True

    def _complete(self, workspace_id: int, one: Subscribed, audience_of: Callable[[str, str], Audience]) -> int:
        """Put right in its place what was posted before all data were there, once they are; gives how many digests."""
        done = 0
        with self.reading.connect() as connection:
            directory = self.directory(connection, workspace_id)
            unfinished = [past for past in digests.issues(connection, one.id, CORRECTED) if is_open(past)]
            ready = [past for past in unfinished if self._can_be_completed(connection, directory, one, past)]
        for past in ready if not _gone(one, directory) else ():
            audience = Audience.PRIVATE if one.direct else audience_of(one.slack_team, one.channel)
            what = Due(parse_week(past.week), self.now(), skip=False, late=False)
            with self.reading.connect() as connection:
                made = self._made(connection, directory, one, what, audience, (), said_before(past), past)
            done += self._put_right(workspace_id, one, made, past)
        return done

    def _put_right(self, workspace_id: int, one: Subscribed, made: Made, past: Issued) -> bool:
        """Write the edit down with what hangs on it, once."""
        with self.writing.begin() as connection:
            if made.digest is None:  # guests came in meanwhile: nothing more of it is for them
                digests.complete(connection, past.id, past.figures, {**past.value, LEFT: True})
                return False
            edit, *below = completed(one, made, past)
            if not outbox.put(connection, workspace_id, edit, self.now(), LATEST):
                return False
            for draft in below:
                outbox.put(connection, workspace_id, draft, self.now(), LATEST)
            said = {name: past.value.get(name, []) for name in ("corrections", NOTES)}
            digests.complete(connection, past.id, made.digest.figures, made.kept() | said)
        return True

    def _can_be_completed(self, connection: Connection, directory: Directory, one: Subscribed, past: Issued) -> bool:
        week = parse_week(past.week)
        whole = self._whole(connection, directory, one, week)
        moving = stage(past) == FINAL and provisional(whole, week, self.today())
        return not whole.missed and not moving

    def _whole(self, connection: Connection, directory: Directory, one: Subscribed, week: Week) -> Completeness:
        days = calendar(connection, directory, week, one.team or None, self.settings.country)
        return compared(connection, directory, week, days)[1]

    def _tell_silence(self, workspace_id: int, one: Subscribed, week: Week) -> bool:
        with self.writing.begin() as connection:
            outbox.put(connection, workspace_id, silent(one, week), self.now(), LATEST)
        return False

    def _made(
        self,
        connection: Connection,
        directory: Directory,
        one: Subscribed,
        what: Due,
        audience: Audience,
        earlier: Sequence[Issued],
        said: Sequence[str] = (),
        past: Issued | None = None,
    ) -> Made:
        """The digest for the least privileged reader of the place, with what must be said beside it."""
        viewer = self._reader(one, audience, directory)
        notes = (*notes_of(what, earlier, one.zone), *said, *([NOW_SAID[stage(past)]] if past else []))
        if viewer is None:
            return Made(week=what.week, audience=audience, notes=notes)
        posted = {parse_week(past.week): past for past in earlier if past.letter == outbox.SENT and past.figures}
        kept = {week: past.figures for week, past in list(posted.items())[:CORRECTED]}
        parts = [part for part in PARTS if part in one.parts]
        digest = self.compute(
            connection, directory, what.week, one.team or None, viewer, kept, notes=notes, parts=parts
        )
        if one.direct:
            own = own_use(Scope(connection, directory, viewer, what.week), one.email, self.settings)
            digest = replace(digest, details=(*digest.details, *([own] if own else [])))
        return Made(
            week=what.week,
            audience=audience,
            notes=notes,
            digest=digest,
            restated=restated(digest.corrections, kept),
            issue_ids={week: past.id for week, past in posted.items()},
            offer=again(past) if past else offer(connection, one, digest, earlier),
        )

    def _reader(self, one: Subscribed, audience: Audience, directory: Directory) -> Viewer | None:
        if one.direct:
            return asking(one.email, False, self.settings.people, self.settings.min_group, directory)
        return reading_along(audience, self.settings.people, self.settings.min_group)

    def _claim(
        self,
        connection: Connection,
        workspace_id: int,
        one: Subscribed,
        what: Due,
        outcome: str,
        figures: Mapping[str, float | None],
        value: Mapping[str, object],
    ) -> bool:
        return digests.issue(
            connection,
            workspace_id,
            one.id,
            str(what.week),
            due_at=what.at,
            now=self.now(),
            outcome=outcome,
            figures=figures,
            value=value,
        )

    def _refused(self, workspace_id: int, one: Subscribed, error: SlackApiError) -> None:
        """Who reads the channel cannot be asked: for a while, or for good."""
        what = failure(error)
        if what.wait is not None or what.unknown:
            log.warning("a digest waits, Slack does not answer: %s", what.code or what.status)
            return
        log.error("a digest cannot be posted: %s", what.code)
        with self.writing.begin() as connection:
            for missed in self._due(one):
                self._claim(connection, workspace_id, one, missed, digests.SKIPPED, {}, {})
            stop(connection, workspace_id, one.id, what.code, self.now())


def _gone(one: Subscribed, directory: Directory) -> str:
    """Why there is nobody or nothing to make it for, "" where there is."""
    if one.direct and one.email not in directory.person:
        return "not_on_roster"
    return "no_team" if one.team and one.team not in directory.team else ""
