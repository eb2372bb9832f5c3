"""How we compare with others: our figure beside curated public ones, each with its source, date and caveat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from bot.figures import short
from bot.questions.answers.answer import Answer, Fact
from bot.questions.answers.figures import answer_of
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer.privacy import Viewer
from storage.catalogue import Unit, metric
from storage.names import Directory

CONTEXT = "Public figures are context: other people, other definitions, no target."
GOOD_FOR_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFigure:
    """A figure somebody published; `grade` A is a primary document or transactions, B a large vendor panel."""

    metric: str
    value: float
    unit: Unit
    what: str
    source: str
    published: date
    grade: str


FIGURES = (
    PublicFigure(
        metric="cost_per_employee",
        value=11.38,
        unit=Unit.USD,
        what="median US firm, all AI, a month",
        source="Ramp, over 70,000 firms",
        published=date(2026, 6, 30),
        grade="A",
    ),
    PublicFigure(
        metric="cost_per_employee",
        value=611,
        unit=Unit.USD,
        what="top tenth of US firms, all AI, a month",
        source="Ramp, over 70,000 firms",
        published=date(2026, 6, 30),
        grade="A",
    ),
    PublicFigure(
        metric="tokens_per_active_person",
        value=32_000_000,
        unit=Unit.TOKENS,
        what="median Claude Code user, a week, cache reads most likely included",
        source="Jellyfish customers",
        published=date(2026, 6, 30),
        grade="B",
    ),
    PublicFigure(
        metric="adoption_rate",
        value=0.71,
        unit=Unit.FRACTION,
        what="median firm, developers active in a week",
        source="Jellyfish, about 250,000 developers",
        published=date(2026, 5, 31),
        grade="B",
    ),
    PublicFigure(
        metric="cache_share",
        value=0.90,
        unit=Unit.FRACTION,
        what="cache reads of all traffic",
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
    """The figure with the public ones of its metric in the facts. Raises what `storage.answer.run.run` raises."""
    answer = answer_of(connection, directory, reading, viewer, settings, as_of)
    name = reading.query.metrics[0]
    known = [public for public in FIGURES if public.metric == name and _is_fresh(public, reading.query.period.end)]
    if not known:
        said = f"I know no like-for-like public figure for {metric(name).label}."
        return replace(answer, text=f"{answer.text} {said}")
    said = "; ".join(f"{short(public.value, public.unit)} ({_about(public)})" for public in known)
    return replace(
        answer,
        text=f"{answer.text} Published elsewhere: {said}. {CONTEXT}",
        facts=(
            *(Fact(label=_about(public), value=public.value, unit=public.unit.value, said=True) for public in known),
            *answer.facts,
        ),
        caveats=(*answer.caveats, CONTEXT),
    )


def _about(public: PublicFigure) -> str:
    return f"{public.what}; {public.source}, {public.published:%B %Y}, grade {public.grade}"


def _is_fresh(public: PublicFigure, day: date) -> bool:
    return (day - public.published).days <= GOOD_FOR_DAYS
