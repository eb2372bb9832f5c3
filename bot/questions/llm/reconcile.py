"""Two engines, one answer: which reading goes out where the rules and the model have each read the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.questions.llm.pressed import STEP, about, option
from bot.questions.llm.refusals import merged
from bot.questions.reading import Impossible, Missing, Reading, Refused, Told, Unclear, Understood, World
from storage.query import Query

MANY_WORDS = 25  # the rules read longer sentences too, yet people pack more into them
NOTE = "Read without the language model, which did not help this time."
TWO = "This can be read in two ways. Which one?"
MOST_OPTIONS = 5

Readings = tuple[Reading, ...]


def sure(readings: Readings, text: str) -> bool:
    """Whether the rules' readings need no second look. What they refuse or define, they have understood."""
    if len(text.split()) > MANY_WORDS:
        return False
    return all(
        isinstance(reading, Told | Refused)
        or (isinstance(reading, Understood) and not reading.echoes)
        or (isinstance(reading, Unclear | Missing) and reading.about != "")
        for reading in readings
    )


def reconciled(rules: Readings, model: Readings, world: World) -> Readings:
    """The readings that go out."""
    ours, theirs = _understood(rules), _understood(model)
    if ours and theirs:
        return rules if same(ours, theirs) else (_both(ours, theirs, world),)
    if ours:
        return rules  # every word was used; the model's doubt is its own
    if theirs:
        return model
    return _neither(rules, model)


def same(ours: Sequence[Understood], theirs: Sequence[Understood]) -> bool:
    """Whether two engines ask the store the same."""
    return [(our.intent, _bare(our.query)) for our in ours] == [(their.intent, _bare(their.query)) for their in theirs]


def without_model(readings: Readings) -> Readings:
    """The rules' readings, with a word that they are theirs alone."""
    return tuple(_noted(reading) for reading in readings)


def engine_of(readings: Sequence[Reading]) -> str:
    """Which engine's reading it is, for the answer and the audit log."""
    return "openai" if any(STEP in reading.steps for reading in readings) else "rules"


def _understood(readings: Readings) -> tuple[Understood, ...]:
    found = tuple(reading for reading in readings if isinstance(reading, Understood))
    return found if len(found) == len(readings) else ()


def _both(ours: Sequence[Understood], theirs: Sequence[Understood], world: World) -> Unclear:
    every = [*ours, *theirs]
    options = {choice.ask: choice for choice in (option(each, world.directory) for each in every)}
    kept = tuple(options.values())[:MOST_OPTIONS]
    steps = (STEP, "engines: the rules and the model read it differently")
    return Unclear(text=TWO, options=kept, about=about(every, world), steps=steps)


def _neither(rules: Readings, model: Readings) -> Readings:
    if len(rules) != 1 or len(model) != 1:
        return rules
    first, second = model[0], rules[0]
    if isinstance(first, Unclear) and isinstance(second, Unclear | Impossible):
        return (merged(first, second),)
    if isinstance(first, Refused | Missing) and isinstance(second, Unclear | Impossible):
        return model
    return rules


def _noted(reading: Reading) -> Reading:
    if isinstance(reading, Understood):
        return replace(reading, echoes=(*reading.echoes, NOTE))
    if isinstance(reading, Unclear | Impossible):
        return replace(reading, text=f"{reading.text} ({NOTE})")
    return reading


def _bare(query: Query) -> object:
    """A query without what does not change its figures: labels of periods, the order of filters and their values."""
    data = query.to_json()
    for name in ("period", "compare"):
        data.get(name, {}).pop("label", None)
    for condition in data.get("filters", ()):
        condition["values"].sort()
    data.get("filters", []).sort(key=lambda condition: (condition["dimension"], condition["op"]))
    return data
