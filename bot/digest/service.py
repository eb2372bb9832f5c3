"""Digests over a store: computed for whoever reads them, previewed, and made for each subscription when it is due."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError
from sqlalchemy import Connection, Engine

from bot.changes import WEEKS
from bot.digest.actions import Advice, NoAdvice
from bot.digest.baseline import Desk
from bot.digest.details import PARTS, details, outcome, own_use, sustained
from bot.digest.gather import Wanted, gather, restated
from bot.digest.letters import Made, completed, letters, silent
from bot.digest.rhythm import ask_owner, offer
from bot.digest.schedule import LATEST, Due, due
from bot.digest.stopping import stop
from bot.digest.text import words
from bot.digest.value import Digest, State
from bot.digest.week import Week, holidays_of, parse_week, week_of
from bot.errors import UserError
from bot.logs import cause
from bot.questions.answer import Audience
from bot.questions.viewer import asking, reading_along
from bot.settings import Settings
from bot.slack.calls import NetworkError, failure
from storage import digests, outbox
from storage.completeness import completeness
from storage.digests import Issued, Subscribed
from storage.names import Directory, read_directory
from storage.privacy import OPERATOR, Viewer
from storage.records import Period

log = logging.getLogger(__name__)

NOW_ALL = "Complete now: some data came late."
CORRECTED = 4  # earlier digests that are looked at for corrections
Kept = Mapping[Week, Mapping[str, float | None]]


@dataclass
class Digests:
    """Computes on `reading`, keeps on `writing`; `now` is the clock, `advice_for` gives who advises a workspace.

    Threads may share it.
    """

    reading: Engine
    writing: Engine
    settings: Settings
    now: Callable[[], datetime]
    advice_for: Callable[[int], Advice] = lambda workspace_id: NoAdvice()
    _known: dict[int, Directory] = field(default_factory=dict)

    def last_week(self) -> Week:
        """The last week that is over."""
        return week_of(self.now().astimezone(self.settings.zone).date()).plus(-1)

    def preview(self, workspace_id: int, email: str | None, team: str | None = None) -> Digest:
        """The last week's digest for one reader alone. Raises UserError for a stranger and for an unknown team."""
        with self.reading.connect() as connection:
            directory = self.directory(connection, workspace_id)
            name = self.team_called(directory, team) if team else None
            viewer = self._own(directory, email)
            kept = self.kept(connection, workspace_id, self.last_week(), name)
            return self.compute(connection, directory, self.last_week(), name, viewer, kept)

    def compute(
        self,
        connection: Connection,
        directory: Directory,
        week: Week,
        team: str | None,
        viewer: Viewer,
        kept: Kept,
        *,
        notes: Sequence[str] = (),
        parts: Sequence[str] = tuple(PARTS),
    ) -> Digest:
        """A whole digest: figures, words, details."""
        wanted = Wanted(
            week=week,
            team=team,
            viewer=viewer,
            as_of=self.now().astimezone(self.settings.zone).date(),
            country=self.settings.country,
            kept=kept,
        )
        digest = gather(connection, directory, wanted, self.advice_for(directory.workspace_id))
        desk = Desk(connection, directory, viewer, week, team)
        advice = self.advice_for(directory.workspace_id)
        came = outcome(digest, advice.ended(week, team, viewer))
        below = (*sustained(digest), *details(desk, digest, self.settings, parts), *came)
        return replace(digest, text=words(digest, notes), details=below)

    def kept(self, connection: Connection, workspace_id: int, week: Week, team: str | None) -> Kept:
        """The figures that earlier digests of a scope told."""
        known = digests.kept_figures(connection, workspace_id, team or "", str(week), CORRECTED)
        return {parse_week(one.week): one.figures for one in known}

    def directory(self, connection: Connection, workspace_id: int) -> Directory:
        """The names of a workspace, read again only when the store has changed."""
        found = read_directory(connection, workspace_id, self._known.get(workspace_id))
        self._known[workspace_id] = found
        return found

    def team_called(self, directory: Directory, name: str) -> str:
        """The team of a name or alias, in whatever case. Raises UserError."""
        wanted = name.strip().casefold()
        for team in directory.teams:
            if wanted in (team.name.casefold(), *(alias.casefold() for alias in team.aliases)):
                return team.name
        raise UserError(f"There is no team called {name.strip()!r}.")

    def make_due(self, audience_of: Callable[[str, str], Audience]) -> int:
        """Write down the digests that are due now; gives how many. One that fails leaves the others alone."""
        made = 0
        with self.reading.connect() as connection:
            waiting = digests.subscriptions(connection)
        for workspace_id, one in waiting:
            try:
                made += sum(self._make(workspace_id, one, what, audience_of) for what in self._due(one))
                self._complete(workspace_id, one, audience_of)
            except SlackApiError as error:
                self._refused(workspace_id, one, error)
            except NetworkError as error:
                log.warning("a digest waits, Slack cannot be reached: %s", type(error).__name__)
            except Exception as error:  # noqa: BLE001  # the border of a subscription: the next one has its turn
                log.error("the digest of subscription %s failed: %s", one.id, cause(error))
        return made

    def make_now(self, workspace_id: int, one: Subscribed, audience_of: Callable[[str, str], Audience]) -> bool:
        """The last week's digest at once; False where it was made before."""
        what = Due(self.last_week(), self.now(), skip=False, late=False, asked=True)
        return self._make(workspace_id, one, what, audience_of)

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
            earlier = digests.issues(connection, one.id)
            made = None if gone else self._made(connection, directory, one, what, audience, earlier)
        if made is not None and made.digest is not None and made.digest.silent and not what.asked:
            with self.writing.begin() as connection:
                outbox.put(connection, workspace_id, silent(one, what.week), self.now(), LATEST)
            return False
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
            ask_owner(connection, workspace_id, one, what.week, self.now())
        return True

    def _complete(self, workspace_id: int, one: Subscribed, audience_of: Callable[[str, str], Audience]) -> None:
        """Put right in its place what was posted while data were missing, once they are there."""
        with self.reading.connect() as connection:
            open_ = [
                past
                for past in digests.issues(connection, one.id, CORRECTED)
                if past.letter == outbox.SENT and past.value.get("state") == State.INCOMPLETE.value
            ]
            ready = [past for past in open_ if _has_all(connection, workspace_id, parse_week(past.week))]
        for past in ready:
            audience = Audience.PRIVATE if one.direct else audience_of(one.slack_team, one.channel)
            what = Due(parse_week(past.week), self.now(), skip=False, late=False)
            with self.reading.connect() as connection:
                made = self._made(
                    connection, self.directory(connection, workspace_id), one, what, audience, (), [NOW_ALL]
                )
            if made.digest is None or made.digest.state is State.INCOMPLETE:
                continue
            with self.writing.begin() as connection:
                digests.complete(connection, past.id, made.digest.figures, made.kept())
                for draft in completed(one, made):
                    outbox.put(connection, workspace_id, draft, self.now(), LATEST)

    def _made(
        self,
        connection: Connection,
        directory: Directory,
        one: Subscribed,
        what: Due,
        audience: Audience,
        earlier: Sequence[Issued],
        said: Sequence[str] = (),
    ) -> Made:
        """The digest for the least privileged reader of the place, with what must be said beside it."""
        viewer = self._reader(one, audience, directory)
        notes = (*_notes(what, earlier, one.zone), *said)
        if viewer is None:
            return Made(week=what.week, audience=audience, notes=notes)
        posted = {parse_week(past.week): past for past in earlier if past.letter == outbox.SENT and past.figures}
        kept = {week: past.figures for week, past in list(posted.items())[:CORRECTED]}
        parts = [part for part in PARTS if part in one.parts]
        digest = self.compute(
            connection, directory, what.week, one.team or None, viewer, kept, notes=notes, parts=parts
        )
        if one.direct:
            own = own_use(Desk(connection, directory, viewer, what.week), one.email, self.settings)
            digest = replace(digest, details=(*digest.details, *([own] if own else [])))
        return Made(
            week=what.week,
            audience=audience,
            notes=notes,
            digest=digest,
            restated=restated(digest.corrections, kept),
            issue_ids={week: past.id for week, past in posted.items()},
            offer=offer(one, digest, earlier) if earlier else "",
        )

    def _reader(self, one: Subscribed, audience: Audience, directory: Directory) -> Viewer | None:
        if one.direct:
            return asking(one.email, False, self.settings.people, self.settings.min_group, directory)
        return reading_along(audience, self.settings.people, self.settings.min_group)

    def _own(self, directory: Directory, email: str | None) -> Viewer:
        if email is None:
            return OPERATOR
        if email not in directory.person:
            raise UserError("I don't know you: your e-mail address is not on the roster.")
        return asking(email, False, self.settings.people, self.settings.min_group, directory)

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


def _has_all(connection: Connection, workspace_id: int, week: Week) -> bool:
    """Whether the sources that fed the weeks before it have brought all of a week."""
    before = Period(week.plus(-WEEKS).monday, week.plus(-1).sunday)
    return not completeness(connection, workspace_id, week.period, before).missed


def _gone(one: Subscribed, directory: Directory) -> str:
    """Why there is nobody or nothing to make it for, "" where there is."""
    if one.direct and one.email not in directory.person:
        return "not_on_roster"
    return "no_team" if one.team and one.team not in directory.team else ""


def _notes(what: Due, earlier: Sequence[Issued], zone: str) -> tuple[str, ...]:
    """That it is late, and which ones before it did not come since the last that did."""
    notes = []
    if what.late:
        notes.append(f"Late: it was due on {what.at.astimezone(ZoneInfo(zone)):%A at %H:%M}.")
    lost = []
    for past in earlier:
        if past.letter == outbox.SENT:
            break
        if past.outcome == digests.SKIPPED or past.letter in digests.LOST:
            lost.append(parse_week(past.week).short_name)
    if lost:
        notes.append(f"The digest{'' if len(lost) == 1 else 's'} of {', '.join(reversed(lost))} may not have come.")
    return tuple(notes)
