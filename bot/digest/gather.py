"""Gathers a digest: the week's figures, what is usual, what changed and why, how sure all of that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.digest.actions import Action
from bot.digest.baseline import LOOK_BACK, DigestScope, series, series_query, weeks_before
from bot.digest.calendars import WorkCalendar, calendar
from bot.digest.movers import Judged, changed
from bot.digest.value import Correction, Digest, DigestState, Mover, Quality, Sustained
from bot.digest.week import WORKDAYS, Week
from bot.digest.why import causes, coincidences
from bot.errors import UserError
from bot.statistics.weekly import FEWEST_WEEKS, RUN, WEEKS, Usual, breadth_p, run_length, usual
from storage.answer.breadth import MEASURES, dominated, shifts
from storage.answer.completeness import Completeness, broken_days, completeness
from storage.answer.coverage import coverage
from storage.answer.privacy import Viewer
from storage.errors import Denied
from storage.names import Directory
from storage.query import Query
from storage.records import Period

SERIES = ("tokens_per_employee", "adoption_rate", "cost_per_employee")
HEADLINE = SERIES[0]
TESTED_TEAM = 20  # people a top-level team needs for a series of its own
HIGH, LOW = 0.95, 0.80  # coverage
RESTATED = 0.02  # a change smaller than this is no correction
LEAST_TOKENS, LEAST_ACTIVE = 50_000, 5  # less than this is near zero
QUALITY = ("success_rate", "acceptance_rate")

Kept = Mapping[Week, Mapping[str, float | None]]  # figures that earlier digests told, by week


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedDigest:
    """Which digest, for whom, on which day; `kept` are figures told earlier, by week."""

    week: Week
    team: str | None
    viewer: Viewer
    as_of: date
    country: str = ""
    kept: Kept


@dataclass(frozen=True)
class _Baseline:
    """One series: the week's value, those before, and what is usual."""

    scope: DigestScope
    metric: str
    value: float | None
    before: Mapping[Week, float]
    usual: Usual | None


def gather(connection: Connection, directory: Directory, wanted: WantedDigest, action: Action | None) -> Digest:
    """The digest without words and details. Raises UserError for a team nobody knows."""
    if wanted.team is not None and wanted.team not in directory.team:
        raise UserError(f"There is no team called {wanted.team!r}.")
    scope = DigestScope(connection, directory, wanted.viewer, wanted.week, wanted.team)
    days = calendar(connection, directory, wanted.week, wanted.team, wanted.country)
    weeks, whole = compared(connection, directory, wanted.week, days)
    running = wanted.week.sunday >= wanted.as_of
    incomplete = running or bool(whole.missed)
    left_out = days.leaves_out(wanted.week)
    workdays = wanted.week.workdays(days.free)
    found = _Gathering(scope, weeks, withheld=incomplete, workdays=workdays)
    series_of_scope = [found.baseline(scope, metric) for metric in SERIES]
    headline = series_of_scope[0]
    tested = found.tested(series_of_scope) if headline.usual and not (incomplete or left_out) else []
    named = changed([test for test, _ in tested])
    movers = tuple(found.mover(test, line) for test in named for other, line in tested if other is test)
    covered = coverage(connection, directory, wanted.week.period)
    return Digest(
        week=wanted.week,
        team=wanted.team,
        state=_state(incomplete, headline.usual, movers),
        value=headline.value,
        usual=headline.usual,
        weeks=headline.usual.weeks if headline.usual else len(headline.before),
        movers=movers,
        action=action,
        confidence=_confidence(incomplete, headline.usual, covered, whole),
        coverage=covered,
        suppressed=tuple(found.suppressed),
        corrections=tuple(_corrections(scope, wanted.kept, weeks)),
        short=wanted.week.is_short(days.free),
        away=days.many_away(wanted.week),
        workdays=workdays,
        figures={line.metric: line.value for line in series_of_scope},
        people=scope.allowed(scope.query("headcount")),
        cost=None if incomplete else scope.allowed(scope.query("cost")),
        quality=None if incomplete else _quality(scope),
        broken=tuple(_lack(name, days) for name, days in whole.missed.items()),
        sources=(len(whole.sources) - len(whole.missed), len(whole.sources)),
        sustained=None if left_out else found.sustained(headline),
        concentrated=not incomplete and found.concentrated(),
        hidden=found.hidden,
        running=running,
        provisional=provisional(whole, wanted.week, wanted.as_of),
    )


def compared(
    connection: Connection, directory: Directory, week: Week, days: WorkCalendar
) -> tuple[list[Week], Completeness]:
    """The weeks that a week is compared with, and what the sources that fed them have of it."""
    past = Period(week.plus(-LOOK_BACK).monday, week.sunday)
    weeks = weeks_before(week, directory, days.leaves_out, broken_days(connection, directory.workspace_id, past))
    first, last = (weeks[0].monday, weeks[-1].sunday) if weeks else (week.monday, week.sunday)
    return weeks, completeness(connection, directory.workspace_id, week.period, Period(first, last))


def provisional(whole: Completeness, week: Week, as_of: date) -> bool:
    """Whether its figures may still move: a source says so, or the day after it is not over."""
    return whole.provisional or as_of <= week.sunday + timedelta(days=1)


class _Gathering:
    """The series of one digest."""

    def __init__(self, scope: DigestScope, weeks: Sequence[Week], withheld: bool, workdays: int) -> None:
        self.scope, self.weeks, self.withheld = scope, weeks, withheld
        self.holidays = ("a holiday week",) if workdays < WORKDAYS else ()
        self.suppressed: list[str] = []
        self.hidden = False

    def baseline(self, scope: DigestScope, metric: str) -> _Baseline:
        """One series of a scope; without a value where it is withheld or may not be shown."""
        query = scope.query(metric)
        try:
            before = series(scope, query, self.weeks)
            value = scope.figure(query)
        except Denied:
            self._hide(scope, metric)
            return _Baseline(scope, metric, None, {}, None)
        known = usual([before[week] for week in self.weeks if week in before])
        return _Baseline(scope, metric, None if self.withheld else value, before, known)

    def tested(self, main: Sequence[_Baseline]) -> list[tuple[Judged, _Baseline]]:
        """All series of the digest that can be tested; in the organisation's also its large top-level teams."""
        every = [*main, *(self.baseline(scope, HEADLINE) for scope in self._large_teams())]
        return [
            (self._test(series, series.value, series.usual), series)
            for series in every
            if series.value is not None and series.usual
        ]

    def mover(self, test: Judged, line: _Baseline) -> Mover:
        """A changed series with its reasons."""
        return Mover(
            metric=test.metric,
            labels=test.labels,
            value=test.value,
            usual=test.usual,
            level_p=test.level_p,
            breadth_p=test.breadth_p,
            verdict=test.verdict,
            why=causes(line.scope, test.metric, test.value, test.usual, line.before),
            coincides=(*coincidences(line.scope, self.weeks), *self.holidays),
            near_zero=self._near_zero(line, test.usual),
            since=self._since(line, test.value > test.usual.centre),
        )

    def _since(self, line: _Baseline, above: bool) -> Week | None:
        """The first of the weeks right before this one that lay off their own usual range on the same side; None
        where the last week was an ordinary one."""
        counted = [(week, line.before[week]) for week in self.weeks if week in line.before]
        found = None
        for at in range(len(counted) - 1, 0, -1):
            week, value = counted[at]
            known = usual([earlier for _, earlier in counted[:at]])
            if known is None or known.holds(value) or (value > known.centre) is not above:
                break
            found = week
        return found

    def sustained(self, line: _Baseline) -> Sustained | None:
        """The run rule: eight weeks in a row on one side of the mean, with what is usual from their start on."""
        if line.usual is None or line.value is None:
            return None
        counted = [*((week, line.before[week]) for week in self.weeks if week in line.before)]
        counted.append((self.scope.week, line.value))
        length = run_length([value for _, value in counted], line.usual.mean)
        run = counted[-abs(length) :] if abs(length) >= RUN else []
        since_then = usual([value for _, value in run])
        if since_then is None:
            return None
        return Sustained(since=run[0][0], weeks=len(run), above=length > 0, usual=since_then)

    def _near_zero(self, line: _Baseline, known: Usual) -> bool:
        """Whether what is usual is too little to compare with: few tokens in all, or few active people."""
        heads = line.scope.allowed(line.scope.query("headcount")) or 0
        if line.metric == "adoption_rate":
            return known.centre * heads < LEAST_ACTIVE
        tokens = known if line.metric == HEADLINE else self.baseline(line.scope, HEADLINE).usual
        return tokens is not None and tokens.centre * heads < LEAST_TOKENS

    def concentrated(self) -> bool:
        """Whether one person has over half of the week's tokens, in a group where that names nobody."""
        members = self.scope.allowed(self.scope.query("active_people"))
        inactive = self.scope.allowed(self.scope.query("inactive_people"))
        if self.hidden or members is None or inactive is None:
            return False
        return dominated(
            self.scope.connection, self.scope.directory, self.scope.query(HEADLINE), int(members + inactive)
        )

    def _large_teams(self) -> list[DigestScope]:
        if self.scope.team is not None:
            return []
        scopes = [self.scope.of(name) for name in self.scope.directory.children.get("", ())]
        return [scope for scope in scopes if (scope.allowed(scope.query("headcount")) or 0) >= TESTED_TEAM]

    def _test(self, line: _Baseline, value: float, known: Usual) -> Judged:
        labels = {"team": line.scope.team} if line.scope.team and line.scope.team != self.scope.team else {}
        return Judged(metric=line.metric, labels=labels, value=value, usual=known, breadth_p=self._breadth(line))

    def _breadth(self, line: _Baseline) -> float | None:
        if line.metric not in MEASURES:
            return None
        query: Query = series_query(line.scope.query(line.metric), self.weeks, self.scope.week)
        before = [week.monday for week in self.weeks]
        return breadth_p(shifts(line.scope.connection, line.scope.directory, query, self.scope.week.monday, before))

    def _hide(self, scope: DigestScope, metric: str) -> None:
        name = scope.team or "the whole organisation"
        if scope.team == self.scope.team and metric == HEADLINE:
            self.hidden = True
        if name not in self.suppressed:
            self.suppressed.append(name)


def _state(incomplete: bool, known: Usual | None, movers: Sequence[Mover]) -> DigestState:
    if incomplete:
        return DigestState.INCOMPLETE
    if known is None or known.weeks < FEWEST_WEEKS:
        return DigestState.FORMING
    return DigestState.CHANGED if movers else DigestState.NORMAL


def _confidence(incomplete: bool, known: Usual | None, covered: float | None, whole: Completeness) -> str:
    if incomplete or (covered is not None and covered < LOW):
        return "low"
    sure = known is not None and known.weeks == WEEKS and covered is not None and covered >= HIGH
    return "high" if sure and not whole.provisional else "medium"


def _quality(scope: DigestScope) -> Quality | None:
    for metric in QUALITY:
        value = scope.allowed(scope.query(metric))
        if value is not None:
            return Quality(metric=metric, value=value)
    return None


def _corrections(
    scope: DigestScope, kept: Mapping[Week, Mapping[str, float | None]], closed: Sequence[Week]
) -> list[Correction]:
    """What was told of earlier weeks and is otherwise now; a week that still lacks days is left for later."""
    found: list[Correction] = []
    for week, figures in sorted(kept.items()):
        for metric, old in figures.items():
            new = scope.allowed(scope.query(metric, week=week)) if week in closed else None
            if new is not None and (old is None or abs(new - old) > RESTATED * abs(old)):
                found.append(Correction(week=week, metric=metric, old=old, new=new))
    return found


def _lack(name: str, days: Sequence[date]) -> str:
    if len(days) == 1:
        return f"{name} has nothing complete for {days[0]:%a} {days[0].day} {days[0]:%b}"
    return f"{name} lacks {len(days)} days"


def restated(
    corrections: Sequence[Correction], kept: Mapping[Week, Mapping[str, float | None]]
) -> dict[Week, dict[str, float | None]]:
    """The kept figures of the corrected weeks, as they are told from now on."""
    told = {correction.week: dict(kept[correction.week]) for correction in corrections}
    for correction in corrections:
        told[correction.week][correction.metric] = correction.new
    return told
