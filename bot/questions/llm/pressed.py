"""A reading as a button: pressing it asks exactly that query, however its words may be read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from bot.questions.answers.answer import Option
from bot.questions.answers.describe import title
from bot.questions.periods.arithmetic import end_of, start_of
from bot.questions.periods.labels import period_label
from bot.questions.reading import Intent, Understood, World
from bot.questions.threads.context import stored, understood
from storage.answer.validate import checked
from storage.errors import InvalidQuery
from storage.names import Directory
from storage.query import Filter, Query
from storage.records import Period

STEP = "engine: the model read it, code checked it"
UNITS = ("day", "week", "month", "quarter", "year")

MARK = "=query "
LONGEST = 1_900  # Slack keeps so much behind a button
LONGEST_LABEL = 150


def option(reading: Understood, directory: Directory) -> Option:
    """The reading in words to read, and as the query to ask."""
    said = title(reading.query, directory)
    label = f"why {said} changed" if reading.intent is Intent.WHY else said
    ask = MARK + json.dumps(stored(reading), ensure_ascii=False, separators=(",", ":"))
    # A query too long for a button is asked in the words that describe it.
    return Option(label=label[:LONGEST_LABEL], ask=ask if len(ask) <= LONGEST else said)


def pressed(text: str) -> Understood | None:
    """The reading behind a pressed option, None for any other text. It is a question like any: nothing in it says
    who asks or what they may see."""
    if not text.startswith(MARK) or len(text) > LONGEST:
        return None
    try:
        data = json.loads(text.removeprefix(MARK))
    except (ValueError, RecursionError):
        return None
    reading = understood(data) if isinstance(data, dict) else None
    if reading is None or not _of_strings(reading.query):
        return None
    try:
        checked(reading.query)
    except (InvalidQuery, TypeError):
        return None
    return replace(reading, query=_relabelled(reading.query))


def about(readings: Iterable[Understood], world: World) -> str:
    """ "person" where a reading names somebody else: whether that may be offered is for the policy to say."""
    filters = [each for reading in readings for each in reading.query.filters if each.dimension == "person"]
    named = {value for each in filters for value in each.values}
    return "person" if named - {world.asker} else ""


def _of_strings(query: Query) -> bool:
    metrics = {"", *query.metrics}
    ranked = [threshold.metric for threshold in (*query.having, query.order) if threshold is not None]
    names = [*query.group_by, *query.scopes, *(value for condition in _filters(query) for value in condition.values)]
    return all(isinstance(name, str) for name in names) and set(ranked) <= metrics


def _filters(query: Query) -> tuple[Filter, ...]:
    return (*query.filters, *(query.share.over if query.share else ()))


def _relabelled(query: Query) -> Query:
    """Periods under the name that their days have: what a button carries is no place for words of others."""
    period, earlier = query.period, query.previous
    return query.with_(period=_named(period), previous=_named(earlier) if earlier else None)


def _named(period: Period) -> Period:
    whole = (
        unit
        for unit in UNITS
        if start_of(period.start, unit) == period.start and end_of(period.start, unit) == period.end
    )
    return Period(period.start, period.end, period_label(period.start, period.end, next(whole, None)))
