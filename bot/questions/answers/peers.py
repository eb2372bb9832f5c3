"""How we compare with others: our figure beside curated public ones, each with its source, date and caveat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.figures import short
from bot.questions.answers.answer import Answer, Fact
from bot.questions.answers.figures import answer_of
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer.privacy import Viewer
from storage.catalogue import Unit, metric
from storage.names import Directory
from storage.records import Period

CONTEXT = "Public figures are context: other people, other definitions, no target."
GOOD_FOR_DAYS = 365
FRESH_FOR_DAYS = 183  # from then on the answer says that it is old
WEEK, MONTH = (7, 7), (28, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFigure:
    """A figure somebody published; `grade` A is a primary document or transactions, B a large vendor panel.

    `days` are the fewest and most days of a period that it is like; None where the length of time is none of it.
    """

    metric: str
    value: float
    unit: Unit
    what: str
    source: str
    published: date
    grade: str
    days: tuple[int, int] | None = None


FIGURES = (
    PublicFigure(
        metric="cost_per_employee",
        value=11.38,
        unit=Unit.USD,
        what="median US firm, all AI, a month",
        source="Ramp, over 70,000 firms",
        published=date(2026, 6, 30),
        grade="A",
        days=MONTH,
    ),
    PublicFigure(
        metric="cost_per_employee",
        value=611,
        unit=Unit.USD,
        what="top tenth of US firms, all AI, a month",
        source="Ramp, over 70,000 firms",
        published=date(2026, 6, 30),
        grade="A",
        days=MONTH,
    ),
    PublicFigure(
        metric="median_tokens",
        value=32_000_000,
        unit=Unit.TOKENS,
        what="median Claude Code user, a week, cache reads most likely included",
        source="Jellyfish customers",
        published=date(2026, 6, 30),
        grade="B",
        days=WEEK,
    ),
    PublicFigure(
        metric="adoption_rate",
        value=0.71,
        unit=Unit.FRACTION,
        what="median firm, developers active in a week",
        source="Jellyfish, about 250,000 developers",
        published=date(2026, 5, 31),
        grade="B",
        days=WEEK,
    ),
    PublicFigure(
        metric="cache_share",
        value=0.90,
        unit=Unit.FRACTION,
        what="cache reads of all tokens, output included",
        source="Cursor users",
        published=date(2026, 5, 28),
        grade="B",
    ),
)


def peers(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """The figure with the public ones of its metric in the facts; where no days are named, over days that are like
    theirs. Raises what `storage.answer.run.run` raises."""
    name, day = reading.query.metrics[0], as_of or reading.query.period.end
    of_metric = [public for public in FIGURES if public.metric == name and _is_known(public, day)]
    if of_metric:
        reading = replace(reading, query=reading.query.with_(period=_like(of_metric[0], reading.query.period, day)))
    answer = answer_of(connection, directory, reading, viewer, settings, as_of)
    known = [public for public in of_metric if _is_alike(public, reading.query.period)]
    if not known:
        return replace(answer, text=f"{answer.text} {_unlike(name, of_metric)}")
    said = "; ".join(f"{short(public.value, public.unit)} ({_about(public, day)})" for public in known)
    return replace(
        answer,
        text=f"{answer.text} Published elsewhere: {said}. {CONTEXT}",
        facts=(
            *(
                Fact(label=_about(public, day), value=public.value, unit=public.unit.value, said=True)
                for public in known
            ),
            *answer.facts,
        ),
        caveats=(*answer.caveats, CONTEXT),
    )


def _like(public: PublicFigure, asked: Period, day: date) -> Period:
    """The days asked about; where none were named (the last 28 days), the last week beside a figure of a week."""
    if public.days != WEEK or (asked.end, asked.days) != (day - timedelta(days=1), 28):
        return asked
    monday = day - timedelta(days=day.weekday() + 7)
    return Period(monday, monday + timedelta(days=6), "last week")


def _unlike(name: str, of_metric: Sequence[PublicFigure]) -> str:
    if of_metric:
        unit = "week" if of_metric[0].days == WEEK else "month"
        return f"Public figures of {metric(name).label} are of a {unit}: ask for one {unit} to see them beside it."
    return f"I know no like-for-like public figure for {metric(name).label}."


def _is_alike(public: PublicFigure, period: Period) -> bool:
    return public.days is None or public.days[0] <= period.days <= public.days[1]


def _about(public: PublicFigure, day: date) -> str:
    old = ", over six months old" if (day - public.published).days > FRESH_FOR_DAYS else ""
    return f"{public.what}; {public.source}, {public.published:%B %Y}{old}, grade {public.grade}"


def _is_known(public: PublicFigure, day: date) -> bool:
    return (day - public.published).days <= GOOD_FOR_DAYS
