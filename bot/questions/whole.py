"""An answered question in words that ask it alone: a reply of a thread, or a pressed step, as one whole question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.questions.answers.describe import title
from bot.questions.limits import TookTooLong
from bot.questions.periods import Calendar, find
from bot.questions.pipeline import Questions
from bot.questions.read import read
from bot.questions.reading import Intent, Reading, Understood, World
from bot.questions.request import AskRequest
from bot.questions.widening import widened
from storage.errors import InvalidQuery
from storage.names import Directory
from storage.query import Query, query_from_json

# Words for days that move along, so that a question asked every week is about the newest ones.
MOVING = (
    *("last week", "last month", "last quarter", "last year", "yesterday"),
    *(f"this {unit} so far" for unit in ("week", "month", "quarter", "year")),
    *(f"last {count} weeks" for count in (2, 4, 8, 12)),
    *(f"last {count} days" for count in (7, 14, 28, 30, 90)),
    *(f"last {count} months" for count in (3, 6, 12)),
)


def whole_question(questions: Questions, request: AskRequest, kept: Mapping[str, Any]) -> str:
    """Words that alone ask the query that was `kept`, the request's own where they do; "" where none are found.

    The rules alone read them, so that they are read alike every time.
    """
    try:
        query = query_from_json(kept)
    except InvalidQuery:
        return ""  # of a release that asked in another way
    as_of = request.as_of or questions.today(request.workspace_id)
    world = questions.world(request, as_of)
    reader = widened(read)
    for words in _wordings(request.text, query, world.directory, as_of):
        try:
            readings = reader(words, replace(world, deadline=world.deadline.anew()), None)
        except TookTooLong:
            continue
        if len(readings) == 1 and _asks(readings[0], query, world):
            return words
    return ""


def _wordings(text: str, query: Query, directory: Directory, as_of: date) -> Iterator[str]:
    fixed = title(query, directory)
    if text != fixed:
        yield text
    days = query.period.start, query.period.end
    calendar = Calendar(as_of, directory.first_day, None)
    for words in MOVING:
        found = find(words.split(), calendar).periods
        if len(found) == 1 and (found[0].period.start, found[0].period.end) == days:
            yield title(query.with_(period=replace(query.period, label=words)), directory)
    yield fixed


def _asks(reading: Reading, query: Query, world: World) -> bool:
    return isinstance(reading, Understood) and reading.intent is Intent.FIGURES and _bare(reading.query) == _bare(query)


def _bare(query: Query) -> Query:
    """Without the labels of its periods and the currency, which the workspace sets."""
    return query.with_(
        period=replace(query.period, label=""),
        previous=replace(query.previous, label="") if query.previous else None,
        currency="",
    )
