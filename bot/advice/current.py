"""What a workflow is reckoned with today, by the field of the form that changes it, each with its source."""

from __future__ import annotations

from collections.abc import Iterator

from bot.advice.inputs import MINUTES, TEXTS, WORDS
from bot.advice.survey import Survey
from bot.advice.values import Given, Grade
from bot.statistics.draws import Triangle

GIVEN = {"minutes": MINUTES, "briefing": "briefing minutes", "review": "review minutes", "volume": "runs a week"}


def current(survey: Survey, name: str) -> dict[str, Given]:
    """The values by field, written as the form takes them; a field without any is left out."""
    return {given.name: given for given in _values(survey, name)}


def _values(survey: Survey, name: str) -> Iterator[Given]:
    prepared, owner = survey.prepared(name), survey.owner(name)
    sources = {given.name: given for given in prepared.given}
    inputs = prepared.inputs
    written = {
        "minutes": _triangle(inputs.minutes),
        "briefing": _triangle(inputs.briefing),
        "review": _triangle(inputs.review),
        "volume": f"{prepared.volume:.3g}" if prepared.volume is not None else "",
    }
    for field, value in written.items():
        if value and (known := sources.get(GIVEN[field])):
            yield Given(name=field, value=value, grade=known.grade, source=known.source)
    for field in WORDS:
        if known := sources.get(field.replace("_", " ")):
            yield Given(name=field, value=known.value, grade=known.grade, source=known.source)
    for field in TEXTS:
        if field in owner and owner[field].value.strip():
            source = f"put in on {owner[field].at:%Y-%m-%d}"
            yield Given(name=field, value=owner[field].value.strip(), grade=Grade.C, source=source)


def _triangle(minutes: Triangle) -> str:
    """As `triangle_of` reads it back: low, mode and high."""
    return "-".join(f"{size:.3g}" for size in (minutes.low, minutes.mode, minutes.high))
