"""“What is our leverage?”: how much AI is used, how much human work it takes over, how good that is; three lenses.

Section 2.7: a lens that is missing is named with how to get it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from bot.advice.leverage import COVERED, Leverage, of_team, of_workflows
from bot.advice.survey import Survey
from bot.figures import short
from bot.questions.answers.answer import Answer, Fact, Status
from bot.questions.answers.writing import ABOUT
from storage.answer.privacy import Viewer
from storage.answer.run import run
from storage.catalogue import metric
from storage.errors import Denied, InvalidQuery, NoData
from storage.names import Directory
from storage.query import Filter, Query
from storage.records import Period, WorkMode

DAYS = 28
INTENSITY = "tokens_per_employee"
WITH_AI = Filter("mode", (WorkMode.ASSISTED.value, WorkMode.AGENT.value))  # how people alone do is not the question
QUALITY = {"success_rate": (WITH_AI,), "acceptance_rate": ()}
HIDDEN = "that group is too small, or too few of it use AI, for the figure to be shown"
NO_USE = "no use of AI is recorded: connect a source of usage, or import usage.csv"
NO_QUALITY = "nothing says how good the work with AI is: import outcomes or work items with what was accepted"
CLOSED = "too few people do that work for its figures to be shown to you"


class _Figure(NamedTuple):
    """A single figure, None without one; `hidden` where it may not be shown, `rounded` to two digits."""

    value: float | None = None
    hidden: bool = False
    rounded: bool = False

    def written(self, unit: str) -> str:
        """As it is read."""
        return (ABOUT if self.rounded else "") + short(self.value, unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lenses:
    """The three of one scope; None where a lens is missing. `closed` where the reader may see none of its workflows,
    `left_out` is how many of them they may not."""

    scope: str
    period: Period
    intensity: _Figure
    quality: tuple[str, _Figure] | None
    leverage: Leverage
    closed: bool = False
    left_out: int = 0


def look(
    connection: Connection, survey: Survey, viewer: Viewer, names: list[str], team: str | None, workflow: str | None
) -> Lenses:
    """Through all three at a team (None: the organisation) or a workflow; `names` are the workflows of the scope."""
    period = Period(survey.as_of - timedelta(days=DAYS), survey.as_of - timedelta(days=1), f"last {DAYS} days")
    filters = (Filter("workflow", (workflow,)),) if workflow else (Filter("team", (team,)),) if team else ()
    directory = survey.directory
    intensity = _Figure()
    if workflow is None:
        intensity = _figure(connection, directory, Query(metrics=(INTENSITY,), period=period, filters=filters), viewer)
    quality = None
    for name, only in QUALITY.items():
        asked = Query(metrics=(name,), period=period, filters=(*filters, *only))
        found = _figure(connection, directory, asked, viewer)
        if found.value is not None and quality is None:
            quality = name, found
    shown = [name for name in names if name not in survey.hidden]
    if workflow is not None:
        leverage = of_workflows(survey, shown)
    else:
        heads = Query(metrics=("headcount",), period=period, filters=filters)
        leverage = of_team(survey, shown, _figure(connection, directory, heads, viewer).value)
    scope = workflow or team or "whole organisation"
    return Lenses(
        scope=scope,
        period=period,
        intensity=intensity,
        quality=quality,
        leverage=leverage,
        closed=bool(names) and not shown,
        left_out=len(names) - len(shown),
    )


def answer(found: Lenses, of_workflow: bool) -> Answer:
    """In words: intensity, absorption, quality; with every figure as a fact."""
    if found.closed:
        return Answer(status=Status.DENIED, title=f"leverage, {found.scope}", text=f"{found.scope}: {CLOSED}.")
    parts = [found.leverage.text()]
    parts += [] if of_workflow else [f"How much AI is used: {_intensity(found)}."]
    parts.append(f"How good it is: {_quality(found)}.")
    return Answer(
        status=Status.ANSWERED,
        title=f"leverage, {found.scope}",
        text=" ".join(parts),
        period=found.period,
        facts=_facts(found),
        caveats=_caveats(found, of_workflow),
    )


def _caveats(found: Lenses, of_workflow: bool) -> tuple[str, ...]:
    said = [] if of_workflow else ["tokens say how much AI is used, not what it is worth"]
    if found.left_out:
        said.append(f"without {found.left_out} of its workflows, which too few people do for their figures to be shown")
    return tuple(said)


def _intensity(found: Lenses) -> str:
    if found.intensity.hidden:
        return HIDDEN
    measure = metric(INTENSITY)
    if found.intensity.value is None:
        return NO_USE
    return f"{found.intensity.written(measure.unit)} {measure.label} in the {found.period.label}"


def _quality(found: Lenses) -> str:
    if found.quality is None:
        return NO_QUALITY
    name, value = found.quality
    of = " of work with AI" if WITH_AI in QUALITY[name] else ""
    return f"{metric(name).label}{of} {value.written(metric(name).unit)}"


def _facts(found: Lenses) -> tuple[Fact, ...]:
    facts = []
    if found.intensity.value is not None:
        facts.append(Fact(label=metric(INTENSITY).label, value=found.intensity.value, unit=metric(INTENSITY).unit))
    leverage = found.leverage
    for label, hours, unit in (
        ("leverage ratio", leverage.ratio, ""),
        ("gross hours a week taken over", leverage.absorbed, "hours"),
        ("hours a week net of people's time beside AI", leverage.net, "hours"),
    ):
        if hours is not None:
            every = {"p10": hours.p10, "p50": hours.p50, "p90": hours.p90}
            facts += [
                Fact(label=f"{label}, {name}", value=value, unit=unit, said=True) for name, value in every.items()
            ]
    if leverage.displaced is not None:
        facts.append(
            Fact(label="part that displaced work, assumed", value=leverage.displaced, unit="fraction", said=True)
        )
    facts.append(Fact(label="hours a week that people gave", value=leverage.spent, unit="hours"))
    if leverage.coverage is not None:
        facts.append(
            Fact(label="part of people's time in the catalogue", value=leverage.coverage, unit="fraction", said=True)
        )
        facts.append(Fact(label="part that is needed", value=COVERED, unit="fraction"))
    if found.quality is not None:
        name, value = found.quality
        facts.append(Fact(label=metric(name).label, value=value.value, unit=metric(name).unit))
    return tuple(facts)


def _said(label: str, value: float, unit: str) -> Fact:
    """A figure that the text holds already."""
    return Fact(label=label, value=value, unit=unit, said=True)


def _figure(connection: Connection, directory: Directory, query: Query, viewer: Viewer) -> _Figure:
    """The single figure of a query."""
    try:
        rows = run(connection, directory, query, viewer).rows
    except Denied:
        return _Figure(hidden=True)
    except (NoData, InvalidQuery):
        return _Figure()
    value = rows[0].values[query.metrics[0]] if rows else None
    if value is None:
        return _Figure(hidden=bool(rows and rows[0].suppressed))
    return _Figure(float(value), rounded=rows[0].rounded)
