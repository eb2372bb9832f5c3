"""Leading signals: what tends to move before failures land. They freeze promotion and tell the owner, no more.

Each of section 3.6 is looked at, from what is recorded of the checked runs or else from the nearest thing that the work
and usage facts hold; one that nothing brings is said to be not recorded, never left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean, median

from bot.advice import alarms
from bot.advice.evidence import is_stamp
from storage.answer.workload import DayOfUse, WeekOfWork
from storage.load.outcomes import OutcomeRecord

APPROVALS = 30
STAMP_SHARE = 0.2
FEWEST_A_WEEK = 5  # checked runs of a week, for their mean to be one of its points
LEAST_RETRIES = 0.1  # a run: floor of the spread, since most runs have none
NEW_KINDS = 0.2
LATE_DAYS = 28
KINDS_BEFORE, KINDS_LATE = 30, 10  # runs whose kind is known, before and of late
BY_AI = frozenset({"assisted", "agent"})
RUNS, WORK, USE = "checked runs", "work with AI", "use of AI on days with work"


class SignalState(StrEnum):
    """What a signal says today."""

    RAISED = "raised"
    QUIET = "quiet"
    YOUNG = "too little data yet"
    MISSING = "not recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One of them; `basis` is what it is computed from, `words` what is told where it is raised, without figures of
    anybody, and `how` how to get what it lacks."""

    name: str
    state: SignalState
    basis: str = ""
    words: str = ""
    how: str = ""

    def told(self) -> str:
        """Its name, with what stands in for what is not recorded."""
        _, _, near = self.basis.partition(": ")
        return f"{self.name} (from {near})" if near else self.name

    def to_json(self) -> dict[str, str]:
        """Plain values."""
        return {"signal": self.name, "state": self.state.value, "basis": self.basis, "how_to_get": self.how}


def leading(
    weeks: Iterable[WeekOfWork],
    days: Sequence[DayOfUse],
    outcomes: Sequence[OutcomeRecord],
    minutes: float | None,
    changed: date | None = None,
) -> tuple[str, ...]:
    """What is odd about a workflow's last days and weeks, in words."""
    return raised(watch(weeks, days, outcomes, minutes, changed))


def raised(signals: Iterable[Signal]) -> tuple[str, ...]:
    """What is told of those that are raised; the same failures are told once."""
    return tuple(dict.fromkeys(signal.words for signal in signals if signal.state is SignalState.RAISED))


def watch(
    weeks: Iterable[WeekOfWork],
    days: Sequence[DayOfUse],
    outcomes: Sequence[OutcomeRecord],
    minutes: float | None,
    changed: date | None = None,
) -> tuple[Signal, ...]:
    """Every signal with its state; `changed` is since when a new model has yet to qualify."""
    work, use = _by_week(weeks), sorted(days, key=lambda day: day.day)
    escalations = _escalations(outcomes, work)
    return (
        _retries(outcomes, use),
        _spike("tokens a run", "more tokens a run than usual", use, lambda day: day.tokens / day.items),
        _cost(use),
        _edits(outcomes, work),
        escalations,
        _errors(outcomes, work, escalations),
        _kinds(outcomes),
        _approvals(outcomes, minutes),
        _models(outcomes, changed),
        Signal(
            name="changes of prompts, tools and policies",
            state=SignalState.MISSING,
            how="no source brings their versions; put one behind the model's name in outcomes.csv",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Week:
    items: int = 0
    reworked: int = 0
    failed: int = 0


def _by_week(weeks: Iterable[WeekOfWork]) -> list[_Week]:
    """Items with AI, reworked and failed, week by week."""
    sums: dict[date, _Week] = {}
    for row in sorted(weeks, key=lambda row: row.week):
        if row.mode in BY_AI and row.items:
            was = sums.get(row.week, _Week())
            sums[row.week] = _Week(was.items + row.items, was.reworked + row.reworked, was.failed + row.failed)
    return [*sums.values()]


def _state(is_raised: bool | None) -> SignalState:
    return SignalState.YOUNG if is_raised is None else SignalState.RAISED if is_raised else SignalState.QUIET


def _best(*found: Signal) -> Signal:
    """The one that says most; of two alike the first."""
    return min(found, key=lambda signal: [*SignalState].index(signal.state))


def _spike(name: str, words: str, days: Sequence[DayOfUse], figure: Callable[[DayOfUse], float]) -> Signal:
    if not days:
        return Signal(name=name, state=SignalState.MISSING, how="usage and work with AI of the same days")
    state = _state(alarms.is_spike([figure(day) for day in days]))
    return Signal(name=name, state=state, basis=USE, words=f"{words}, two days running")


def _cost(days: Sequence[DayOfUse]) -> Signal:
    priced = days if any(day.cost for day in days) else []
    return _spike("cost per outcome", "a higher cost per outcome than usual", priced, lambda day: day.cost / day.items)


def _retries(outcomes: Sequence[OutcomeRecord], days: Sequence[DayOfUse]) -> Signal:
    words = "more requests a run than usual (retries)"
    near = _spike("retries", words, days, lambda day: day.requests / day.items)
    by_day: dict[date, list[int]] = {}
    for outcome in outcomes:
        if outcome.retries is not None:
            by_day.setdefault(outcome.day, []).append(outcome.retries)
    if not by_day:
        return near
    state = _state(alarms.is_spike([fmean(by_day[day]) for day in sorted(by_day)], LEAST_RETRIES))
    said = Signal(name="retries", state=state, basis=RUNS, words="more retries a run than usual, two days running")
    return _best(said, near)


def _edits(outcomes: Sequence[OutcomeRecord], work: Sequence[_Week]) -> Signal:
    """What people change of AI's work; where that is not said, what they had to rework."""
    name, how = "edits and overrides", "the column edited in outcomes.csv, or reworked in work.csv"
    edited = [[outcome.edited for outcome in week if outcome.edited is not None] for week in _weekly(outcomes)]
    shares = [fmean(week) for week in edited if len(week) >= FEWEST_A_WEEK]
    found = [Signal(name=name, state=SignalState.MISSING, how=how)]
    if any(edited):
        state = _state(alarms.is_above_limits(shares))
        found.append(Signal(name=name, state=state, basis=RUNS, words="people change more of what AI does than usual"))
    if work:
        state = _state(alarms.is_above_limits([week.reworked / week.items for week in work]))
        words = "people rework more of what AI does than usual"
        found.append(Signal(name=name, state=state, basis=f"{WORK}: reworked items", words=words))
    return _best(*found)


def _escalations(outcomes: Sequence[OutcomeRecord], work: Sequence[_Week]) -> Signal:
    """What AI handed to people; where that is not said, what it failed at and people took over."""
    name, words = "escalations", "escalations to people have doubled"
    found = [
        Signal(name=name, state=SignalState.MISSING, how="the column escalated in outcomes.csv, or failed in work.csv")
    ]
    said = _events(outcomes, lambda outcome: outcome.escalated)
    if said:
        found.append(Signal(name=name, state=_state(alarms.has_doubled(said)), basis=RUNS, words=words))
    if work:
        state = _state(alarms.has_doubled([(week.items, week.failed) for week in work]))
        found.append(Signal(name=name, state=state, basis=f"{WORK}: failed items", words=words))
    return _best(*found)


def _errors(outcomes: Sequence[OutcomeRecord], work: Sequence[_Week], escalations: Signal) -> Signal:
    """Runs with an error of a tool; where that is not said, failed items of work with AI, above their own usual too."""
    name = "errors of tools"
    found = [Signal(name=name, state=SignalState.MISSING, how="the column tool_errors in outcomes.csv")]
    said = _events(outcomes, lambda outcome: None if outcome.tool_errors is None else outcome.tool_errors > 0)
    if said:
        words = "errors of tools in more than one run of twenty"
        state = _state(alarms.is_often(said, with_usual=False))
        found.append(Signal(name=name, state=state, basis=RUNS, words=words))
    if work:
        basis = f"{WORK}: failed items"
        state = _state(alarms.is_often([(week.items, week.failed) for week in work], with_usual=True))
        words = "more than one item of twenty with AI fails, and more than usual"
        if escalations.state is SignalState.RAISED and escalations.basis == basis:
            words = escalations.words
        found.append(Signal(name=name, state=state, basis=basis, words=words))
    return _best(*found)


def _kinds(outcomes: Sequence[OutcomeRecord]) -> Signal:
    """Requests of kinds that were not there before the last four weeks."""
    name = "new kinds of requests"
    typed = [outcome for outcome in outcomes if outcome.request_type]
    if not typed:
        return Signal(name=name, state=SignalState.MISSING, how="the column request_type in outcomes.csv")
    since = typed[-1].day - timedelta(days=LATE_DAYS)
    known = [outcome.request_type.casefold() for outcome in typed if outcome.day <= since]
    late = [outcome.request_type.casefold() for outcome in typed if outcome.day > since]
    fresh = sum(request not in {*known} for request in late)
    enough = len(known) >= KINDS_BEFORE and len(late) >= KINDS_LATE
    words = "more than a fifth of the requests of four weeks are of kinds not seen before"
    state = _state(fresh / len(late) > NEW_KINDS if enough else None)
    return Signal(name=name, state=state, basis=RUNS, words=words)


def _approvals(outcomes: Sequence[OutcomeRecord], minutes: float | None) -> Signal:
    """Approving everything in half the time is a sign that nobody reads any more."""
    name = "approvals"
    timed = [outcome for outcome in outcomes if outcome.checker == "human" and outcome.approval_seconds is not None]
    late, before = timed[-APPROVALS:], timed[-2 * APPROVALS : -APPROVALS]
    if not timed:
        return Signal(name=name, state=SignalState.MISSING, how="the column approval_seconds in outcomes.csv")
    if len(late) < APPROVALS:
        return Signal(name=name, state=SignalState.YOUNG, basis=RUNS)
    if sum(is_stamp(outcome, minutes) for outcome in late) > STAMP_SHARE * len(late):
        return Signal(name=name, state=SignalState.RAISED, basis=RUNS, words="approvals too fast to have been read")
    if len(before) < APPROVALS:
        return Signal(name=name, state=SignalState.YOUNG, basis=RUNS)
    seconds, usual = (median(outcome.approval_seconds or 0.0 for outcome in part) for part in (late, before))
    hasty = seconds <= usual / 2 and all(outcome.success for outcome in late)
    words = "approvals take half the time they did, and all pass"
    return Signal(name=name, state=_state(hasty), basis=RUNS, words=words)


def _models(outcomes: Sequence[OutcomeRecord], changed: date | None) -> Signal:
    name = "changes of the model"
    if not any(outcome.model for outcome in outcomes):
        return Signal(name=name, state=SignalState.MISSING, how="the column model in outcomes.csv")
    words = f"the model changed on {changed}"
    return Signal(name=name, state=_state(changed is not None), basis=RUNS, words=words)


def _events(outcomes: Sequence[OutcomeRecord], happened: Callable[[OutcomeRecord], bool | None]) -> alarms.Counts:
    """Week by week, the runs of which it is known whether it happened, and those where it did."""
    known = ([found for outcome in week if (found := happened(outcome)) is not None] for week in _weekly(outcomes))
    return [(len(week), sum(week)) for week in known if week]


def _weekly(outcomes: Sequence[OutcomeRecord]) -> Iterator[list[OutcomeRecord]]:
    weeks: dict[tuple[int, int], list[OutcomeRecord]] = {}
    for outcome in outcomes:
        weeks.setdefault(outcome.day.isocalendar()[:2], []).append(outcome)
    yield from (weeks[week] for week in sorted(weeks))
