"""Where figures stand against their targets: the last whole month, the gap, and the pace that is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.figures import points, short
from bot.questions.answers.answer import Answer, Column, Row, Shape, Status
from bot.questions.periods.labels import day_label, unit_label
from bot.questions.plans.scopes import scope_filter
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer.budgets import recorded_name
from storage.answer.privacy import Viewer
from storage.answer.run import run
from storage.catalogue import metric
from storage.errors import Denied, NoData, UnknownName
from storage.keep import plans
from storage.keep.plans import TargetInForce
from storage.names import Directory
from storage.query import Query
from storage.records import Period

MISSING = (
    "No target is recorded{whose}. `targets.csv` brings them (scope, name, metric, value, by), or an admin "
    "sets one with `/leverage targets`."
)
MONTH_DAYS = 30.44
BACK = 3  # months that the pace so far is taken over
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetProgress:
    """A target with the figure of the last whole month; `pace` is what it moved a month, None if unknown."""

    target: TargetInForce
    value: float | None
    pace: float | None
    months: float

    @property
    def gap(self) -> float | None:
        """What is missing; negative where the figure has to come down."""
        return None if self.value is None else self.target.value - self.value

    @property
    def reached(self) -> bool:
        """Whether it is there; a target that is better low is reached from above."""
        if self.gap is None:
            return False
        better = metric(self.target.metric).better or ("down" if "cost" in self.target.metric else "up")
        return self.gap >= 0 if better == "down" else self.gap <= 0

    @property
    def needed(self) -> float | None:
        """What it has to move a month from now on; None where it is reached or over."""
        return None if self.gap is None or self.reached or self.months <= 0 else self.gap / self.months

    @property
    def on_track(self) -> bool:
        """Whether it goes on as it went, fast enough."""
        if self.needed is None or self.pace is None:
            return self.reached
        return self.pace * self.needed > 0 and abs(self.pace) >= abs(self.needed)


def answer(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """Every target, or those of the scope that was named."""
    named = next(((condition.dimension, condition.values[0].casefold()) for condition in reading.query.filters), None)
    recorded = [
        replace(target, name=recorded_name(directory, target.scope, target.name))
        for target in plans.targets(connection, directory.workspace_id)
    ]
    wanted = [
        target
        for target in recorded
        if target.metric in reading.query.metrics and (named is None or (target.scope, target.name.casefold()) == named)
    ]
    if not wanted:
        whose = f" of {reading.query.filters[0].values[0]}" if named else ""
        return Answer(status=Status.NO_DATA, text=MISSING.format(whose=whose))
    month = reading.query.period
    found = [progress(connection, directory, target, month, viewer) for target in wanted]
    return Answer(
        status=Status.ANSWERED,
        text="\n".join(said(progress, month) for progress in found[:SHOWN]),
        shape=Shape.TEXT,  # figures of several units make no table
        title=f"targets, {month.label}",
        period=month,
        columns=_columns(found),
        rows=tuple(_row(progress) for progress in found),
    )


def progress(
    connection: Connection, directory: Directory, target: TargetInForce, month: Period, viewer: Viewer
) -> TargetProgress:
    """Where a target's figure stood in a month, and how it came there."""
    value = _value(connection, directory, target, month, viewer)
    earlier = _value(connection, directory, target, _months_before(month, BACK), viewer)
    pace = None if value is None or earlier is None else (value - earlier) / BACK
    return TargetProgress(target=target, value=value, pace=pace, months=(target.by - month.end).days / MONTH_DAYS)


def _value(
    connection: Connection, directory: Directory, target: TargetInForce, month: Period, viewer: Viewer
) -> float | None:
    query = Query(metrics=(target.metric,), period=month, filters=scope_filter(target.scope, target.name))
    try:
        row = run(connection, directory, query, viewer).rows[0]
    except (Denied, NoData, UnknownName):
        return None
    value = row.values[target.metric]
    return None if row.suppressed or value is None else float(value)


def _months_before(month: Period, count: int) -> Period:
    first = month.start
    for _ in range(count):
        last = first - timedelta(days=1)
        first = last.replace(day=1)
    return Period(first, last, unit_label(first, "month"))


def said(progress: TargetProgress, month: Period) -> str:
    """A sentence."""
    target, unit = progress.target, metric(progress.target.metric).unit.value
    label = metric(target.metric).label
    about = f"{label[0].upper()}{label[1:]}, {target.name or 'whole organisation'}"
    goal = f"target {short(target.value, unit)} by {day_label(target.by)}"
    if progress.value is None or progress.gap is None:
        return f"{about}: {goal}; nothing may be shown or is recorded of {month.label}."
    now = f"{about}: {short(progress.value, unit)} in {month.label}, {goal}"
    if progress.reached:
        return f"{now}: reached."
    size = points(progress.gap) if unit == "fraction" else short(abs(progress.gap), unit)
    if progress.needed is None:
        return f"{now}: missed by {size}."
    needs = points(progress.needed) if unit == "fraction" else short(abs(progress.needed), unit)
    went = ""
    if progress.pace is not None:
        pace = points(progress.pace) if unit == "fraction" else short(abs(progress.pace), unit)
        went = f"; it {'rose' if progress.pace > 0 else 'fell'} {pace} a month over the last {BACK} months"
    track = "on track" if progress.on_track else "not on track"
    return f"{now}: {size} to go, or {needs} a month{went}: {track}."


def _columns(found: Sequence[TargetProgress]) -> tuple[Column, ...]:
    unit = metric(found[0].target.metric).unit.value if len({progress.target.metric for progress in found}) == 1 else ""
    names = (("value", "last month"), ("target", "target"), ("gap", "to go"), ("needed", "needed a month"))
    return tuple(Column(name=name, label=label, unit=unit) for name, label in (*names, ("pace", "so far a month")))


def _row(progress: TargetProgress) -> Row:
    target = progress.target
    return Row(
        labels={"metric": target.metric, "scope": target.name or "whole organisation", "by": target.by.isoformat()},
        values={
            "value": progress.value,
            "target": target.value,
            "gap": progress.gap,
            "needed": progress.needed,
            "pace": progress.pace,
        },
        suppressed=progress.value is None,
    )
