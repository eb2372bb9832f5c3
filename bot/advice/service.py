"""The advice of a workspace: what to offload next, how far each workflow is trusted, and what people say to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine

from bot.advice import adding, decisions, granting
from bot.advice.candidates import Candidate, outside, uncatalogued
from bot.advice.card import Card
from bot.advice.current import current
from bot.advice.experiments import Calibration
from bot.advice.finding import find, team_of, workflows_of
from bot.advice.granting import Rights
from bot.advice.lenses import Lenses, look
from bot.advice.meanings import AdviceNames, names_of
from bot.advice.page import Page, page_of
from bot.advice.survey import WEEKS, Survey, read_survey
from bot.advice.values import REASONS, Given, Notice, Verdict
from bot.advice.verdicts import card_of, cards
from bot.errors import UserError
from bot.figures import plural
from bot.settings import Settings
from bot.settings.workspace import settings_in, settings_of
from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.workload import tokens_outside, whole_weeks
from storage.keep.advice import catalogued_workspaces, save_owner_values
from storage.load.locking import lock_revision
from storage.names import Directories, Directory
from storage.records import WorkflowRecord

Keep = Callable[[Connection, Sequence[Notice]], None]
SUGGESTED = frozenset({Verdict.OFFLOAD, Verdict.UNBLOCK})


class Advice:
    """Reads on one engine, writes on the other; every call has connections of its own.

    `directories` are those of the store, of which there is one for all who read it.
    """

    def __init__(
        self,
        reading: Engine,
        writing: Engine,
        settings: Settings,
        now: Callable[[], datetime],
        directories: Directories | None = None,
    ) -> None:
        self._reading, self._writing = reading, writing
        self._settings, self._now = settings, now
        self._directories = directories or Directories()

    def today(self, workspace: int) -> date:
        """The organisation's day."""
        return self._now().astimezone(self._settings_of(workspace).zone).date()

    def offload(self, workspace: int, team: str | None, as_of: date, viewer: Viewer) -> list[Card]:
        """Every catalogued workflow of a team and those below it (None: of all) with its verdict, best first."""
        return self.surveyed(workspace, team, as_of, viewer)[1]

    def surveyed(self, workspace: int, team: str | None, as_of: date, viewer: Viewer) -> tuple[Survey, list[Card]]:
        """The same with the one survey that the cards rest on."""
        with self._reading.connect() as connection:
            survey = self._survey(connection, workspace, as_of, viewer)
        return survey, cards(survey, workflows_of(survey, team), self._minimum(workspace, viewer))

    def suggestions(self, workspace: int, team: str | None, as_of: date, viewer: Viewer) -> list[Card]:
        """Those of the cards that are worth suggesting."""
        return worth_suggesting(self.offload(workspace, team, as_of, viewer))

    def workflow(self, workspace: int, name: str, as_of: date, viewer: Viewer) -> Page:
        """One workflow with stage, evidence, decision and history. Raises UserError where no name is near."""
        with self._reading.connect() as connection:
            survey = self._survey(connection, workspace, as_of, viewer)
        found = find(survey, name)
        return page_of(survey, card_of(survey, found, self._minimum(workspace, viewer)))

    def leverage(self, workspace: int, name: str, as_of: date, viewer: Viewer) -> tuple[Lenses, bool]:
        """The three lenses of a team, a workflow or ("") the organisation, and whether it is a workflow's.

        Raises UserError where no name is near.
        """
        with self._reading.connect() as connection:
            survey = self._survey(connection, workspace, as_of, viewer)
            team = team_of(survey, name) if name else None
            workflow = find(survey, name) if name and team is None else None
            names = [workflow] if workflow else workflows_of(survey, team)
            return look(connection, survey, viewer, names, team, workflow), workflow is not None

    def names(self, workspace: int, asker: str | None) -> AdviceNames:
        """What a question of the person with this e-mail may name."""
        with self._reading.connect() as connection:
            return names_of(self._directory(connection, workspace), asker)

    def pages(self, workspace: int, team: str | None, as_of: date, viewer: Viewer) -> list[Page]:
        """Every catalogued workflow of a team and those below it (None: of all), in the order of `offload`."""
        survey, found = self.surveyed(workspace, team, as_of, viewer)
        return [page_of(survey, card) for card in found]

    def candidates(self, workspace: int, as_of: date, viewer: Viewer) -> list[Candidate]:
        """Recurring work that nobody catalogued, and teams whose use of AI belongs to no workflow."""
        with self._reading.connect() as connection:
            survey = self._survey(connection, workspace, as_of, viewer)
            period = whole_weeks(as_of, WEEKS)
            shares = tokens_outside(connection, survey.directory, period, viewer)
        rows = [row for some in survey.weeks.values() for row in some if row.week >= period.start]
        newest = min(period.end, survey.directory.work[1]) if survey.directory.work else period.end
        last = newest - timedelta(days=newest.weekday())
        return [*uncatalogued(rows, survey.records, last, survey.recorded), *outside(shares)]

    def calibration(self, workspace: int, as_of: date) -> Calibration:
        """How good the predictions were so far."""
        with self._reading.connect() as connection:
            return self._survey(connection, workspace, as_of, OPERATOR).calibration

    def note_shown(self, workspace: int, name: str, as_of: date) -> None:
        """Keep that a suggestion was shown."""
        with self._deciding(workspace) as connection:
            survey = self._survey(connection, workspace, as_of, OPERATOR)
            decisions.say(connection, survey, find(survey, name), "shown")

    def accept(self, workspace: int, name: str, by: str, as_of: date) -> str:
        """Open an experiment; a manual workflow is at assist from now on where its owner says so. Gives what to
        tell."""
        with self._deciding(workspace) as connection:
            survey = self._allowed(connection, workspace, name, by, as_of)
            found = find(survey, name)
            as_owner = granting.is_owner(survey, found, by, self._settings_of(workspace).admins)
            return decisions.accept(connection, survey, found, by, self._now(), as_owner)

    def not_now(self, workspace: int, name: str, by: str, as_of: date) -> str:
        """Put a suggestion off."""
        with self._deciding(workspace) as connection:
            survey = self._allowed(connection, workspace, name, by, as_of)
            decisions.say(connection, survey, find(survey, name), "later", by=by)
        return "I will not bring it up for four weeks."

    def dismiss(self, workspace: int, name: str, reason: str, by: str, as_of: date) -> str:
        """Dismiss a suggestion with one of the four reasons, which the gates take at their word for 90 days."""
        if reason not in (*REASONS, "not useful"):
            raise UserError(f"Say why: {', '.join(REASONS)}.")
        with self._deciding(workspace) as connection:
            survey = self._allowed(connection, workspace, name, by, as_of)
            decisions.say(connection, survey, find(survey, name), "dismissed", reason, by)
        return f"Noted: {reason}. It stays away for 90 days unless it gets much better."

    def approve(
        self, workspace: int, name: str, to: str, by: str, as_of: date, granted: granting.Granted | None = None
    ) -> str:
        """Promote or renew, as the named owner; the proposal must still stand."""
        with self._deciding(workspace) as connection:
            survey = self._allowed(connection, workspace, name, by, as_of, owner=True)
            granted = granted or granting.Granted()
            return granting.approve(connection, survey, find(survey, name), to, by, self._now(), granted)

    def decline(self, workspace: int, name: str, by: str, as_of: date) -> str:
        """Leave the stage as it is; it is not proposed again for a month."""
        with self._deciding(workspace) as connection:
            survey = self._allowed(connection, workspace, name, by, as_of, owner=True)
            return granting.remark(connection, survey, find(survey, name), "declined", "declined", by, self._now())

    def review(self, workspace: int, name: str, text: str, by: str, as_of: date) -> str:
        """The written review that a severe failure waits for."""
        if not text.strip():
            raise UserError("Write what happened and what was changed.")
        with self._deciding(workspace) as connection:
            survey = self._allowed(connection, workspace, name, by, as_of, owner=True)
            return granting.remark(connection, survey, find(survey, name), "reviewed", text, by, self._now())

    def put_in(self, workspace: int, name: str, values: dict[str, str], by: str, as_of: date) -> str:
        """True values in place of defaults. Raises UserError with all that is wrong with them."""
        problems = decisions.faults(values)
        if problems:
            raise UserError(" ".join(problems))
        with self._deciding(workspace) as connection:
            survey = self._allowed(connection, workspace, name, by, as_of)
            now = current(survey, find(survey, name))
            changed = {field: value for field, value in values.items() if field not in now or value != now[field].value}
            save_owner_values(connection, workspace, find(survey, name), changed, by, self._now())
        if not changed:
            return f"Nothing was changed: {name} is reckoned with these values already."
        return f"Thank you. {name} is reckoned with {plural(len(changed), 'value')} of yours now."

    def opening(self, workspace: int, name: str, by: str, as_of: date, owner: bool) -> dict[str, Given]:
        """What a form about a workflow opens with: its values as they are, by field. Raises UserError for somebody
        whom it would refuse, so that nobody fills it in for nothing."""
        viewer = self.viewer(workspace, by)
        with self._reading.connect() as connection:
            self._allowed(connection, workspace, name, by, as_of, owner)
            survey = self._survey(connection, workspace, as_of, viewer)
            found = find(survey, name)
            return {} if found in survey.hidden else current(survey, found)

    def rights(self, workspace: int, by: str, as_of: date) -> dict[str, Rights]:
        """What this person may do, by workflow."""
        with self._reading.connect() as connection:
            survey = self._survey(connection, workspace, as_of, OPERATOR)
            admins = self._settings_of(workspace).admins
            return {name: granting.rights(connection, survey, name, by, admins) for name in survey.records}

    def viewer(self, workspace: int, email: str) -> Viewer:
        """The reader with this address. Raises UserError for somebody who is not on the roster."""
        with self._reading.connect() as connection:
            known = self._directory(connection, workspace)
        if email not in known.person:
            raise UserError(
                "I don't know you: your e-mail address is not on the roster. Ask whoever runs me to add it."
            )
        return Viewer(email=email, min_group=self._settings_of(workspace).min_group)

    def team_of(self, workspace: int, email: str) -> str:
        """The team of somebody on the roster; "" of anybody else."""
        with self._reading.connect() as connection:
            person = self._directory(connection, workspace).person.get(email)
        return person.teams[-1] if person and person.teams else ""

    def wrong_entry(self, workspace: int, record: WorkflowRecord, by: str, as_of: date) -> dict[str, str]:
        """What the catalogue has against a workflow that somebody enters, by field."""
        with self._reading.connect() as connection:
            survey = self._survey(connection, workspace, as_of, OPERATOR)
        return adding.wrong_entry(survey, record, by, self._settings_of(workspace).admins)

    def add(self, workspace: int, record: WorkflowRecord, values: Mapping[str, str], by: str, as_of: date) -> str:
        """Catalogue a workflow with what was said of its numbers; who adds it owns it, and files leave it alone.

        Gives its name. Raises UserError for an unknown team, and for a name that is somebody else's to change.
        """
        with self._deciding(workspace) as connection:
            survey = self._survey(connection, workspace, as_of, OPERATOR)
            admins = settings_in(connection, workspace, self._settings).admins
            if wrong := adding.wrong_entry(survey, record, by, admins):
                raise UserError(" ".join(wrong.values()))
            return adding.enter(connection, survey, record, values, by, self._now())

    def daily(self, workspace: int, as_of: date, keep: Keep = lambda _connection, _notices: None) -> list[Notice]:
        """Demote, freeze, propose and close experiments; gives what to tell, each thing once.

        `keep` writes the notices down in the transaction that decides, so that none is lost.
        """
        with self._deciding(workspace) as connection:
            survey = self._survey(connection, workspace, as_of, OPERATOR)
            notices = decisions.daily(connection, survey, self._now())
            keep(connection, notices)
        return notices

    def workspaces(self) -> list[tuple[int, str]]:
        """Those with a catalogue, each with its Slack team ("" where it is alone and names none)."""
        with self._reading.connect() as connection:
            return catalogued_workspaces(connection)

    @contextmanager
    def _deciding(self, workspace: int) -> Iterator[Connection]:
        """A transaction in which nobody else decides about this workspace."""
        with self._writing.begin() as connection:
            lock_revision(connection, workspace)
            yield connection

    def _survey(self, connection: Connection, workspace: int, as_of: date, viewer: Viewer) -> Survey:
        return read_survey(connection, self._directory(connection, workspace), as_of, viewer)

    def _directory(self, connection: Connection, workspace: int) -> Directory:
        return self._directories.of(connection, workspace)

    def _allowed(
        self, connection: Connection, workspace: int, name: str, by: str, as_of: date, owner: bool = False
    ) -> Survey:
        """The survey, where this person may act on the workflow. Raises UserError."""
        survey = self._survey(connection, workspace, as_of, OPERATOR)
        admins = settings_in(connection, workspace, self._settings).admins
        granting.check_actor(connection, survey, find(survey, name), by, admins, owner)
        return survey

    def smallest_group(self, workspace: int) -> int:
        """So many people a group has at least for its figures to be shown."""
        return self._settings_of(workspace).min_group

    def _minimum(self, workspace: int, viewer: Viewer) -> int:
        return max(viewer.min_group, self.smallest_group(workspace))

    def _settings_of(self, workspace: int) -> Settings:
        return settings_of(self._reading, workspace, self._settings)


def worth_suggesting(found: Sequence[Card]) -> list[Card]:
    """Those not dismissed lately, not put off, not on trial already."""
    return [card for card in found if card.verdict in SUGGESTED and not card.resting and not card.running]
