"""When a running month's cost or tokens pass a level: by forecast, day by day."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection

from bot.figures import short
from bot.questions.answers.answer import Answer, Column, Fact, Row, Shape, Status
from bot.questions.periods.labels import day_label, range_label
from bot.questions.plans.forecasts import Forecaster, ForecastPoint, in_currency_of, unpredictable
from bot.questions.plans.history import ONE_DAY, history, recent
from bot.questions.reading import Understood
from bot.settings import Settings
from bot.statistics.forecast_values import LEVEL, Unpredictable
from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.run import run
from storage.names import Directory
from storage.query import Grain, Query
from storage.records import Period


def passing(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """The day on which the sum since the period's first day is expected to pass the level, with its earliest and
    latest; that it has passed it, or that it is not expected to. Raises what `run` raises."""
    query = in_currency_of(reading.query, settings).with_(having=())
    level = reading.query.having[0].value
    work = Forecaster(connection, directory, query, viewer, settings, as_of or query.period.start)
    known = recent(connection, directory, query, viewer, work.as_of)
    refusal = work.why_not(query.period)
    if refusal or query.metrics[0] == "active_people":
        return unpredictable(work, refusal or "When a sum passes a level is forecast for cost and tokens.", known)
    past = history(connection, directory, query, work.as_of)
    seen = work.so_far(query.period, past.end)
    so_far = float(seen.rows[0].values[query.metrics[0]] or 0) if seen else 0.0
    if so_far >= level:
        return _answer(work, _passed(work, past.end, level), so_far, level, None)
    days = _days(query.period, past.end)
    points = [work.points(Period(query.period.start, day), past, so_far) for day in days]
    sound = [point[0] for point in points if not isinstance(point, Unpredictable)]
    if not sound or isinstance(points[-1], Unpredictable):
        return unpredictable(work, "That is not predictable enough for a date.", known)
    return _answer(work, sound, so_far, level, sound[-1])


def _days(period: Period, end: date) -> list[date]:
    first = max(period.start, end + ONE_DAY)
    return [first + timedelta(days=number) for number in range((period.end - first).days + 1)]


def _passed(work: Forecaster, end: date, level: float) -> date | None:
    """The day on which the recorded sum passed the level; None where its days are too fine to be shown."""
    query = Query(
        metrics=work.query.metrics,
        period=Period(work.query.period.start, end),
        filters=work.query.filters,
        currency=work.query.currency,
        grain=Grain.DAY,
    )
    if work.query.filters and work.viewer is not OPERATOR:
        return None
    total = 0.0
    for row in run(work.connection, work.directory, query, OPERATOR).rows:
        total += float(row.values[work.query.metrics[0]] or 0)
        if total >= level:
            return date.fromisoformat(row.labels["day"])
    return None


def _first(points: list[ForecastPoint], level: float, column: int) -> date | None:
    return next((point.period.end for point in points if point.values[column] >= level), None)


def _answer(
    work: Forecaster, points: list[ForecastPoint] | date | None, so_far: float, level: float, last: ForecastPoint | None
) -> Answer:
    name, unit = work.query.metrics[0], work.unit
    about, amount = f"{work.about[0].upper()}{work.about[1:]}", short(level, unit)
    columns = (Column(name=name, label=name, unit=unit),)
    so_far_fact = Fact(label="so far", value=so_far, unit=unit, said=True)
    level_fact = Fact(label="level", value=level, unit=unit, said=True)
    if last is None or not isinstance(points, list):
        when = f" on {day_label(points)}" if isinstance(points, date) else ""
        text = f"{about}: {amount} was passed{when} already, {short(so_far, unit)} so far in {work.query.period.label}."
        row = Row(labels={"day": points.isoformat()} if isinstance(points, date) else {}, values={name: so_far})
        return _made(work, text, (row,), columns, (so_far_fact, level_fact))
    expected, earliest, latest = (_first(points, level, column) for column in (0, 2, 1))
    value, low, high = last.values
    end = f"{short(value, unit)} ({short(low, unit)} to {short(high, unit)})"
    if expected is None:
        could = f" It could be as early as {day_label(earliest)}." if earliest else ""
        text = (
            f"{about}: not expected to pass {amount} in {work.query.period.label}: its forecast is {end}, 80% "
            f"interval in brackets.{could}"
        )
    else:
        until = f"and {day_label(latest)}" if latest else f"and after {range_label(last.period.end, last.period.end)}"
        between = f"between {day_label(earliest or expected)} {until}"
        text = f"{about}: expected to pass {amount} on {day_label(expected)} ({between}, 80%); "
        text += f"{short(so_far, unit)} so far."
    labels = {"day": expected.isoformat()} if expected else {}
    row = Row(labels=labels, values={name: value, "low": low, "high": high})
    more = (
        Column(name="low", label="at least (10%)", unit=unit),
        Column(name="high", label="at most (90%)", unit=unit),
    )
    facts = (
        so_far_fact,
        level_fact,
        Fact(label="interval", value=LEVEL, unit="fraction", said=True),
        Fact(label="back-test error", value=last.found.error, unit="fraction"),
        Fact(label="back-test coverage of the 80% interval", value=last.found.coverage, unit="fraction"),
    )
    return _made(work, text, (row,), (*columns, *more), facts)


def _made(
    work: Forecaster, text: str, rows: tuple[Row, ...], columns: tuple[Column, ...], facts: tuple[Fact, ...]
) -> Answer:
    return Answer(
        status=Status.ANSWERED,
        text=text,
        shape=Shape.SINGLE,
        title=f"when {work.about} passes a level, {work.query.period.label}",
        query=work.query.to_json(),
        period=work.query.period,
        columns=columns,
        rows=rows,
        facts=facts,
    )
