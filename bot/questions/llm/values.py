"""The filters of a call: every value is a placeholder of this question or words that stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.questions.answers.answer import Option
from bot.questions.finders.names import Name, fold, gazetteer
from bot.questions.finders.spelling import near
from bot.questions.llm.failure import ModelFailure
from bot.questions.llm.linking import CLOSED, OPENED, PUBLIC, Linked
from bot.questions.llm.when import place
from bot.questions.reading import Missing, Unclear, World
from bot.questions.tokens import tokenise
from storage.catalogue import DIMENSIONS
from storage.query import Filter, Op
from storage.roster_records import Kind

ME, MY_TEAM = "@me", "@my_team"
_FIXED = {
    "kind": ("employee", "contractor", "agent"),
    "mode": ("chat", "completion", "agent", "human", "assisted"),
    "ledger": ("workforce", "product"),
}
_ASKED_BACK = ("team", "person", "workflow")  # of these an unknown name is asked about, of others there are no data
MAX_OPTIONS = 5


class Elsewhere(Exception):
    """The values are readable, and lead to a reading that is no query."""

    def __init__(self, reading: Unclear | Missing) -> None:
        super().__init__(reading.text)
        self.reading = reading


def read_filters(said: Sequence[dict[str, Any]], linked: Linked, world: World) -> tuple[tuple[Filter, ...], bool]:
    """The filters, and whether they name the asker. Raises ModelFailure or Elsewhere."""
    filters, personal = [], False
    for condition in said:
        values = []
        for value in condition["values"]:
            dimension, known = _value(condition["dimension"], value, linked, world)
            if dimension != condition["dimension"]:
                raise ModelFailure(f"a {dimension} given as a {condition['dimension']}")
            personal = personal or value == ME
            values.append(known)
        if not values:
            raise ModelFailure("a filter without values")
        op = Op(condition["op"])
        if op is Op.BELOW and condition["dimension"] != "team":
            raise ModelFailure("only teams have others below them")
        filters.append(Filter(condition["dimension"], tuple(dict.fromkeys(values)), op))
    if len({(condition.dimension, condition.op) for condition in filters}) < len(filters):
        raise ModelFailure("two filters on one dimension: put the values into one")
    return tuple(filters), personal


def _value(dimension: str, value: str, linked: Linked, world: World) -> tuple[str, str]:
    if value.startswith(OPENED) and value.endswith(CLOSED):
        return _linked(dimension, value, linked, world)
    if value in (ME, MY_TEAM):
        return _own(value, world)
    if dimension in PUBLIC:
        if value not in _FIXED[dimension]:
            raise ModelFailure(f"{dimension} has no such value")
        return dimension, value
    words = [token.text for token in tokenise(value).tokens]
    if place(words, linked.tokens) is None:
        raise ModelFailure("a value that the question does not hold")
    found = tuple(name for name in gazetteer(world.directory).find(fold(value)) if name.dimension == dimension)
    if found:
        return dimension, _one(found, value, linked, world)
    raise Elsewhere(_unknown(dimension, value, linked, world))


def _linked(dimension: str, token: str, linked: Linked, world: World) -> tuple[str, str]:
    link = linked.links.get(token)
    if link is None:
        raise ModelFailure("a placeholder that the question does not hold")
    names = tuple(name for name in link.names if name.dimension == dimension)
    if not names:
        return sorted(link.dimensions)[0], ""
    return dimension, _one(names, link.words, linked, world)


def _one(names: tuple[Name, ...], words: str, linked: Linked, world: World) -> str:
    best = tuple(name for name in names if name.fit == min(other.fit for other in names))
    if len(best) == 1:
        return best[0].value
    dimension = best[0].dimension
    people = dimension == "person" and any(world.directory.person[name.value].kind != Kind.AGENT for name in best)
    options = tuple(_instead(name, words, linked) for name in best[:MAX_OPTIONS])
    text = f"“{words}” could be {len(best)} {DIMENSIONS[dimension].plural}. Which one?"
    raise Elsewhere(Unclear(text=text, options=options, about="person" if people else ""))


def _instead(name: Name, words: str, linked: Linked) -> Option:
    said = name.value if name.dimension == "person" else name.label
    label = f"{name.label} ({name.value})" if name.dimension == "person" else name.label
    return Option(label=label, ask=linked.clean.replace(words, f'{name.dimension} "{said}"', 1))


def _own(value: str, world: World) -> tuple[str, str]:
    person = world.directory.person.get(world.asker or "")
    if person is None:
        raise Elsewhere(Unclear(text="I don't know who “I” is here: ask as somebody on the roster, or use a name."))
    return ("person", person.email) if value == ME else ("team", person.teams[-1])


def _unknown(dimension: str, value: str, linked: Linked, world: World) -> Unclear | Missing:
    label = DIMENSIONS[dimension].label
    about = "person" if dimension == "person" else ""
    known = {name.label: name for name in gazetteer(world.directory).of(dimension)}
    close = near(value, [*known]) if dimension != "person" else []
    if close:
        options = tuple(_instead(known[name], value, linked) for name in close)
        return Unclear(text=f"I know no {label} called “{value}”. Did you mean {' or '.join(close)}?", options=options)
    if dimension in _ASKED_BACK and dimension != "person":
        return Unclear(text=f"I know no {label} called “{value}”. Which one do you mean?")
    return Missing(text=f"I know no {label} called “{value}”, so there are no figures of it.", about=about)
