"""A forecast as an answer: the point with its 80% interval and the back-test's error, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.figures import short
from bot.questions.answers.answer import Answer, Column, Fact, Row, Shape, Status
from bot.questions.answers.caveats import in_order, sentence
from bot.questions.answers.describe import scope_parts
from bot.questions.answers.figures import receipt_of
from bot.questions.periods.labels import range_label, unit_label
from bot.questions.plans.history import GROUP, ONE_DAY, ONE_WEEK, FigureHistory, history, is_large, recent
from bot.questions.reading import Understood
from bot.settings import Settings
from bot.statistics.forecast_values import LEVEL, Forecast, Unpredictable
from storage.answer.money import USD
from storage.answer.privacy import Viewer
from storage.answer.result import Result
from storage.answer.run import run
from storage.catalogue import Unit, metric
from storage.errors import NoData
from storage.names import Directory
from storage.query import Query
from storage.records import Period

FORECAST = ("cost", "tokens", "active_people")
FARTHEST = timedelta(days=28)
INTERVAL = "80% interval"


@dataclass(frozen=True, slots=True)
class ForecastPoint:
    """What is expected of some days: those to come by forecast, with what `so_far` has of them."""

    period: Period
    found: Forecast
    so_far: float = 0.0

    @property
    def values(self) -> tuple[float, float, float]:
        """The point, the lower and the upper end."""
        return (
            self.so_far + self.found.point,
            self.so_far + self.found.low,
            self.so_far + self.found.high,
        )


@dataclass(frozen=True)
class Forecaster:
    """Forecasts of one figure and scope, for one reader, on one day."""

    connection: Connection
    directory: Directory
    query: Query
    viewer: Viewer
    settings: Settings
    as_of: date

    @property
    def unit(self) -> str:
        """The figure's unit; of money its currency."""
        measure = metric(self.query.metrics[0])
        return (self.query.currency or USD) if measure.unit is Unit.USD else measure.unit.value

    @property
    def about(self) -> str:
        """The figure with its scope."""
        return ", ".join([metric(self.query.metrics[0]).label, *scope_parts(self.query, self.directory)])

    def so_far(self, period: Period, end: date) -> Result | None:
        """What is recorded of a period up to a day, as the reader may see it; None where it has not begun."""
        if end < period.start:
            return None
        asked = Query(
            metrics=self.query.metrics,
            period=Period(period.start, end),
            filters=self.query.filters,
            currency=self.query.currency,
        )
        try:
            return run(self.connection, self.directory, asked, self.viewer, self.as_of)
        except NoData:
            return None

    def why_not(self, period: Period) -> str:
        """Why this cannot be forecast whatever its history; "" where it may be."""
        if self.query.metrics[0] not in FORECAST:
            return "I forecast cost, tokens and active people, and nothing else."
        by_week = self.query.metrics[0] == "active_people"
        if by_week and (period.days % 7 or period.start.weekday()):
            return "Active people are forecast for whole weeks, such as next week."
        running = period.start <= self.as_of and period.days <= 31
        if period.end < self.as_of or (period.end - self.as_of >= FARTHEST and not running):
            return "I forecast the running month, or at most four weeks ahead."
        if not is_large(self.connection, self.directory, self.query, self.as_of):
            return f"I forecast for the whole organisation or a group of {GROUP} people and more."
        return ""

    def points(self, period: Period, past: FigureHistory, so_far: float) -> list[ForecastPoint] | Unpredictable:
        """The period whole, or week by week where it is several weeks."""
        # NumPy loads with the first forecast.
        from bot.statistics.forecasting import forecast

        season = 1 if self.query.metrics[0] == "active_people" else 7
        points = []
        for part in _parts(period):
            first = max(part.start, past.end + ONE_DAY)
            skip, span = (first - past.end).days - 1, (part.end - first).days + 1
            if season == 1:
                skip, span = skip // 7, 1
            found = forecast(past.values, skip, span, season)
            if isinstance(found, Unpredictable):
                return found
            points.append(ForecastPoint(part, found, so_far if part.start < first else 0.0))
        return points


def predict(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """The forecast of a figure, or the range of its last weeks with the reason. Raises what `run` raises."""
    query = in_currency_of(reading.query, settings)
    work = Forecaster(connection, directory, query, viewer, settings, as_of or query.period.start)
    known = recent(connection, directory, query, viewer, work.as_of)
    refusal = work.why_not(query.period)
    if refusal:
        return unpredictable(work, refusal, known)
    past = history(connection, directory, query, work.as_of)
    seen = work.so_far(query.period, past.end) if query.metrics[0] != "active_people" else None
    so_far = float(seen.rows[0].values[query.metrics[0]] or 0) if seen else 0.0
    points = work.points(query.period, past, so_far)
    if isinstance(points, Unpredictable):
        said = f"{work.about[0].upper()}{work.about[1:]} is not predictable enough for a forecast: {points.reason}."
        return unpredictable(work, said, known)
    return _answer(work, points, seen, so_far, known)


def in_currency_of(query: Query, settings: Settings) -> Query:
    """The query in the currency that the workspace reports in."""
    return query if query.currency or settings.currency == USD else query.with_(currency=settings.currency)


def unpredictable(work: Forecaster, why: str, known: Result) -> Answer:
    """No forecast: why, and between which figures the last weeks lay."""
    name = work.query.metrics[0]
    values = [float(row.values[name] or 0) for row in known.rows if not row.suppressed]
    text = why
    facts: tuple[Fact, ...] = ()
    if values:
        low, high = min(values), max(values)
        ranged = f"{short(low, work.unit)} to {short(high, work.unit)}"
        text = f"{why} The last {len(values)} weeks ranged from {ranged} a week."
        facts = (
            Fact(label="lowest of the last weeks", value=low, unit=work.unit, said=True),
            Fact(label="highest of the last weeks", value=high, unit=work.unit, said=True),
        )
    return Answer(
        status=Status.UNSUPPORTED,
        text=text,
        title=f"{work.about}, {work.query.period.label}, forecast",
        facts=facts,
        shown=known.shown,
    )


def _answer(work: Forecaster, points: list[ForecastPoint], seen: Result | None, so_far: float, known: Result) -> Answer:
    name, unit = work.query.metrics[0], work.unit
    found = points[0].found
    value, low, high = points[0].values
    title = f"{work.about}, {work.query.period.label}, forecast"
    said = f"{title[0].upper()}{title[1:]}: {short(value, unit)}, {INTERVAL} {short(low, unit)} to {short(high, unit)}"
    if len(points) > 1:
        said = (
            f"{title[0].upper()}{title[1:]}, week by week: {short(value, unit)} in the first, {INTERVAL} "
            f"{short(low, unit)} to {short(high, unit)}"
        )
    already = ""
    if seen is not None:
        about = "about " if seen.rows[0].rounded else ""
        already = f" So far, {range_label(seen.period.start, seen.period.end)}: {about}{short(so_far, unit)}."
    tested = (
        f" Back-tested on {found.origins} earlier days it was off by {short(found.error, 'fraction')} on average, and "
        f"{short(found.coverage, 'fraction')} of what came lay in its interval."
    ).replace("earlier days", "earlier weeks" if name == "active_people" else "earlier days")
    labels = [{} if len(points) == 1 else {"week": point.period.start.isoformat()} for point in points]
    rows = tuple(
        Row(labels=label, values=dict(zip((name, "low", "high"), point.values, strict=True)))
        for label, point in zip(labels, points, strict=True)
    )
    source = seen or known
    return Answer(
        status=Status.ANSWERED,
        text=f"{said}.{already}{tested}",
        shape=Shape.SINGLE if len(points) == 1 else Shape.SERIES,
        title=title,
        query=work.query.to_json(),
        period=work.query.period,
        columns=tuple(
            Column(name=column, label=label, unit=unit)
            for column, label in ((name, metric(name).label), ("low", "at least (10%)"), ("high", "at most (90%)"))
        ),
        rows=rows,
        facts=tuple(_facts(work, points, seen, so_far)),
        caveats=tuple(sentence(note) for note in in_order(source.notes)) if seen else (),
        receipt=replace(
            receipt_of(known, work.directory, work.settings), period=work.query.period.label, definition=_method(found)
        ),
        shown=(*known.shown, *(seen.shown if seen else ())),
    )


def _facts(work: Forecaster, points: list[ForecastPoint], seen: Result | None, so_far: float) -> Iterator[Fact]:
    found, unit = points[0].found, work.unit
    if seen is not None:
        yield Fact(label="so far", value=so_far, unit=unit, said=True)
        if seen.period.days < work.query.period.days:
            rate = so_far / seen.period.days * work.query.period.days
            yield Fact(label="run rate (so far, as a day, over all days)", value=rate, unit=unit)
    yield Fact(label="interval", value=LEVEL, unit="fraction", said=True)
    yield Fact(label="back-test error", value=found.error, unit="fraction", said=True)
    yield Fact(label="back-test coverage of the 80% interval", value=found.coverage, unit="fraction", said=True)
    yield Fact(label="back-test origins", value=found.origins, said=True)
    yield Fact(label="error against the same days a week before", value=found.against_naive, unit="ratio", said=True)


def _method(found: Forecast) -> str:
    return (
        f"Forecast by {found.candidate}, which had the smallest error of four candidates in a back-test of "
        f"{found.origins} origins; the interval holds the errors that were made there."
    )


def _parts(period: Period) -> list[Period]:
    """Its weeks, where it is several whole ones and no month."""
    if period.days % 7 or period.days == 7 or _is_month(period):
        return [period]
    starts = [period.start + number * ONE_WEEK for number in range(period.days // 7)]
    return [Period(start, start + ONE_WEEK - ONE_DAY) for start in starts]


def _is_month(period: Period) -> bool:
    return period.label == unit_label(period.start, "month")
