"""What stands on somebody's Home beside their figures: trend, workflows, data, digests, privacy; more for an admin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.advice.card import Card
from bot.advice.service import Advice, worth_suggesting
from bot.advice.values import STAGES
from bot.digest.week import week_of
from bot.figures import short
from bot.home.reminders import ALL, HomeReminders
from bot.home.standing import UNKNOWN, HomePlace, standing
from bot.privacy.policy import in_short
from bot.questions.answers.naming import short_day
from bot.questions.pipeline import Questions
from bot.questions.viewer import asking
from bot.settings import Settings
from bot.settings.workspace import settings_in
from bot.sources.syncing.overview import OFF, SourceOverview
from bot.statistics.weekly import WEEKS, usual
from storage.answer.coverage import coverage
from storage.answer.privacy import Viewer
from storage.answer.run import run
from storage.catalogue import Unit, metric
from storage.errors import Denied, NoData
from storage.keep.advice import last_decisions
from storage.keep.digests import Subscribed, subscriptions
from storage.keep.settings import LoggedChange, latest_changes
from storage.names import Directory
from storage.query import Filter, Grain, Query
from storage.records import Period
from storage.workspaces import all_workspaces

HEADLINE = "tokens_per_employee"
BARS = "▁▂▃▄▅▆▇█"
MOST_PREPARED = 5  # workspaces; others are read when somebody of theirs comes
SHOWN = 3  # suggestions, changes, digests

Overviews = Callable[[int], list[SourceOverview]]  # of a workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The headline week by week, oldest first; `low` and `high` are None where nothing is usual yet."""

    scope: str
    weeks: tuple[date, ...]
    values: tuple[float, ...]
    low: float | None
    high: float | None

    @property
    def bars(self) -> str:
        """The weeks as small bars."""
        top = max(self.values)
        return "".join(BARS[min(7, int(value / top * 8))] if top else BARS[0] for value in self.values)

    def words(self) -> str:
        """The last week against its usual range."""
        unit = metric(HEADLINE).unit
        last = short(self.values[-1], unit)
        if self.low is None or self.high is None:
            return f"{last} last week; too few weeks to say what is usual"
        side = "inside" if self.low <= self.values[-1] <= self.high else "outside"
        return f"{last} last week, {side} the usual {short(self.low, unit)} to {short(self.high, unit)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminBoard:
    """What an admin sees beside: how sources do, and who changed which setting."""

    sources: tuple[tuple[str, str], ...] = ()
    changes: tuple[LoggedChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """`stages` counts workflows, `suggestions` names those worth handing over; `data` says how complete data are;
    `budget` and `seats` are sentences about the scope's budget and one's own idle seats, "" where there is none;
    `surveyed` is False where workflows are still to be looked at."""

    standing: HomePlace = UNKNOWN
    trend: Trend | None = None
    budget: str = ""
    seats: str = ""
    stages: tuple[tuple[str, int], ...] = ()
    suggestions: tuple[str, ...] = ()
    surveyed: bool = True
    data: str = ""
    digests: tuple[Subscribed, ...] = ()
    policy: str = ""
    admin: AdminBoard | None = None
    state: tuple[object, ...] = ()  # while it is the same, so are figures that were shown; () where that is not known


@dataclass(frozen=True, slots=True)
class Boards:
    """Gathers boards on one connection each, with the rights of whoever looks."""

    questions: Questions
    advice: Advice
    overviews: Overviews

    def of(self, workspace: int, email: str, patient: bool = True) -> Board:
        """The board of somebody; for who is not on the roster the policy, and what an admin sees. Who is not patient
        gets it without the workflows where nobody has looked at those yet."""
        with self.questions.reading.connect() as connection:
            settings = settings_in(connection, workspace, self.questions.settings)
            directory = self.questions.directory(connection, workspace)
            if email not in directory.person:
                changes = tuple(latest_changes(connection, workspace, SHOWN))
                admin = self._admin(workspace, settings, email, changes)
                return Board(policy=in_short(settings), admin=admin)
            today = self.questions.now().astimezone(settings.zone).date()
            viewer = asking(email, False, settings.people, settings.min_group, directory)
            place = standing(connection, directory, email, today)
            gathering = _HomeGathering(connection, directory, viewer, today)
            trend, data = gathering.trend(place), gathering.data()
            reminders = HomeReminders(connection, directory, viewer, today)
            budget, seats = reminders.budget(place), reminders.own_seats()
            digests = tuple(digest for _, digest in subscriptions(connection, workspace) if digest.email == email)
            changes = tuple(latest_changes(connection, workspace, SHOWN))
            key = ("home cards", _scope(place), today, settings.min_group, last_decisions(connection, workspace))
        # A survey takes longer than all the rest; it is the same for all who share a scope, until somebody decides.
        if key not in directory.cache and patient:
            everybody = Viewer(min_group=settings.min_group)
            directory.cache[key] = self.advice.offload(workspace, _scope(place), today, everybody)
        cards: list[Card] = directory.cache.get(key, [])
        return Board(
            standing=place,
            trend=trend,
            budget=budget,
            seats=seats,
            stages=_stages(cards),
            suggestions=tuple(card.workflow for card in worth_suggesting(cards) if card.hours)[:SHOWN],
            surveyed=key in directory.cache,
            data=data,
            digests=digests[:SHOWN],
            policy=in_short(settings),
            admin=self._admin(workspace, settings, email, changes),
            state=(directory.revision, today, settings.people, settings.min_group, settings.currency, place),
        )

    def prepare(self) -> None:
        """Read the names of each workspace, and work out a Home that nobody is shown: the first visitor of a process
        waits for both otherwise."""
        with self.questions.reading.connect() as connection:
            every = all_workspaces(connection)[:MOST_PREPARED]
            people = {workspace: self.questions.directory(connection, workspace).people for workspace in every}
        for workspace, known in people.items():
            if known:
                self.of(workspace, known[0].email, patient=False)

    def _admin(
        self, workspace: int, settings: Settings, email: str, changes: tuple[LoggedChange, ...]
    ) -> AdminBoard | None:
        if email not in settings.admins:
            return None
        on = tuple((source.label, source.state) for source in self.overviews(workspace) if source.state != OFF)
        return AdminBoard(sources=on, changes=changes)


@dataclass(frozen=True, slots=True)
class _HomeGathering:
    connection: Connection
    directory: Directory
    viewer: Viewer
    today: date

    def trend(self, place: HomePlace) -> Trend | None:
        """Of the first of their scopes that may be shown; None where none may."""
        return next((found for scope in (*place.scopes, ALL) if (found := self._trend_of(scope))), None)

    def data(self) -> str:
        """The newest day, and how much of the last four weeks' use is somebody's."""
        if self.directory.usage is None:
            return "No use is recorded yet."
        newest = self.directory.usage[1]
        share = coverage(self.connection, self.directory, Period(newest - timedelta(days=27), newest))
        known = f"; {_most(share)} of the last 28 days' tokens belong to somebody known" if share is not None else ""
        return f"Use is recorded up to {short_day(newest)} {newest.year}{known}."

    def _trend_of(self, scope: str) -> Trend | None:
        last = week_of(self.today).plus(-1)
        period = Period(last.plus(1 - WEEKS).monday, last.sunday)
        filters = (Filter("team", (scope,)),) if scope else ()
        query = Query(metrics=(HEADLINE,), period=period, grain=Grain.WEEK, filters=filters)
        try:
            rows = run(self.connection, self.directory, query, self.viewer, self.today).rows
        except (Denied, NoData):
            return None
        found = [(date.fromisoformat(row.labels["week"]), row.values[HEADLINE]) for row in rows]
        shown = [(week, float(value)) for week, value in found if value is not None]
        if not shown or shown[-1][0] != last.monday:
            return None
        weeks, values = zip(*shown, strict=True)
        known = usual(values[:-1])
        return Trend(
            scope=scope,
            weeks=weeks,
            values=values,
            low=known.low if known else None,
            high=known.high if known else None,
        )


def _scope(place: HomePlace) -> str | None:
    """The team whose workflows are listed: the first of their scopes, None for all."""
    return place.scopes[0] if place.scopes else None


def _most(share: float) -> str:
    """ "97.3%"; what is not all is never said to be."""
    said = short(share, Unit.FRACTION)
    return "nearly all" if share < 1 and said.startswith("100") else said


def _stages(cards: list[Card]) -> tuple[tuple[str, int], ...]:
    counts = Counter(card.stage for card in cards)
    return tuple(_in_order(counts))


def _in_order(counts: Counter[str]) -> Iterator[tuple[str, int]]:
    yield from ((stage, counts[stage]) for stage in STAGES if counts[stage])
