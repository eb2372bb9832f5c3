"""What is read as something plainer and then put in its place: "p90 of tokens", "active on 5 days", "by project".

Their words are in `lexicon/rewordings.toml`, so that such a figure or dimension needs no other place to be asked by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from bot.questions.guards.conditions import refusal
from bot.questions.lexicon.patterns import LatePattern
from bot.questions.lexicon.rewordings import alone_of, dimensions, figures, patterns, sayings, weekday_patterns
from bot.questions.periods.dotted import with_months_named
from bot.questions.periods.labels import unit_label
from bot.questions.reading import Impossible, Read, Reading, Unclear, Understood, World
from storage.answer.validate import checked
from storage.catalogue import DIMENSIONS
from storage.catalogue.class_costs import CLASS_COST_METRICS
from storage.catalogue.person_measures import BASES, MEDIAN, percentile
from storage.errors import InvalidQuery
from storage.query import Compare, Filter, Grain, Having, Op, Order, Query
from storage.records import Period

Change = Callable[[Query, World], Query | None]

STAND_INS = ("tool", "provider", "location", "model")
SPELT = {
    **{name: at for at, name in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1)},
    **{"ten": 10, "fifteen": 15, "twenty": 20},
}
_I = re.IGNORECASE
_EVERYONE = LatePattern(
    r",?\s+(?:including|counting|with)\s+(?:those|people|everyone|all|the\s+ones)\s+(?:who\s+(?:are\s+)?)?(?:at\s+zero|"
    r"without\s+(?:any\s+)?use|with\s+(?:no\s+use|none|zero))|\s+(?:of|over|across)\s+(?:everyone|everybody|all\s+members)",
    _I,
)
_RANK = LatePattern(
    r"(?:and|what\s++about|now|[\s,])*+(?:the\s++)?(?:median|p(?P<n>[1-9]\d?)|(?P<m>[1-9]\d?)(?:st|nd|rd|th)\s+percentile)"
    r"[\s?.!]*",
    _I,
)
# What stands before the word for what is listed; nothing does in "projects by cost".
_LISTS = (
    r"^|(?<!\w)(?:by|per|each|every|across|which|what|and|top|bottom|all|among|between|most\s+\w+|\d+)\s+"
    r"(?:(?:of\s+)?(?:our|the|all)\s+)?|/\s*"
)
_BETWEEN = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|vs\.?|versus)\s+(?:of\s+|in\s+|for\s+)?)"
_SIDE_BY_SIDE = LatePattern(r"\s(?:or|vs\.?|versus)\s", _I)
_FILLER = LatePattern(r"(?:and|what about|now|only|just|please|for|of|in|[\s?.!,;])*", _I)
_WITHOUT = r"(?P<not>(?:excluding|except(?:\s+for)?|without|other\s+than|minus)\s+)?"
# What the words for what people have are read as, and the base of the percentile.
_PLAIN = {
    "effective tokens": ("effective tokens", "effective_tokens", "effective_tokens"),
    **dict.fromkeys(
        ("active days", "days active"), ("active days per person", "active_days_per_person", "active_days")
    ),
    **dict.fromkeys(("request", "requests", "calls", "prompts"), ("requests", "requests", "requests")),
    **dict.fromkeys(("cost", "costs", "spend", "spending", "bill", "money"), ("cost", "cost", "cost")),
}
_TOKENS = ("tokens", "tokens", "tokens")
OF_CLASSES = frozenset(metric.name for metric in CLASS_COST_METRICS)


@dataclass(frozen=True, slots=True)
class Reworded:
    """The text that is read, and what is done with its query then."""

    text: str
    changes: tuple[Change, ...] = ()


def in_other_words(read_plain: Read) -> Read:
    """The same reading, with what is read as something plainer put in its place."""

    def reading(text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        found = reworded(text, world)
        follows = _follow_up(text, found, before, world)
        if follows is not None:
            return (follows,)
        if not found.changes:
            return read_plain(found.text, world, before)
        plain = read_plain(found.text, world, before)
        meant = [put for pattern in plain if (put := _put(pattern, found, world)) is not None]
        return tuple(meant) if len(meant) == len(plain) else read_plain(text, world, before)

    return reading


def reworded(text: str, world: World) -> Reworded:
    """The text in plainer words."""
    found = Reworded(text)
    for step in (_said, _names, _listed, _figure, _weekdays, _without_kind):
        found = step(found, world)
    return found


def in_known_words(text: str) -> str:
    """ "Has adoption got any worse" as "has adoption changed": the same query in words that the reader knows."""
    text = with_months_named(text)
    for pattern, entry in sayings():
        text = pattern.sub(lambda hit, plain=entry["plain"]: plain.format(**hit.groupdict("")), text)  # type: ignore[misc]
    return text


def _said(found: Reworded, world: World) -> Reworded:
    return Reworded(in_known_words(found.text))


def _names(found: Reworded, world: World) -> Reworded:
    """ "of project Apollo", "without Apollo": what use is booked to, by its whole name."""
    for name, entry in dimensions():
        values = world.directory.values.get(name, ())
        if not values:
            continue
        words = "|".join(map(re.escape, sorted(values, key=len, reverse=True)))
        label = rf"(?:the\s+)?(?:(?:{'|'.join(entry['words'])})\s+)?"
        single = rf"{label}[\"“]?(?:{words})[\"”]?"
        chain = rf"(?:(?:for|of|on|in|at)\s+)?{_WITHOUT}(?P<said>{single}(?:{_BETWEEN}{single})*)"
        hit = re.search(rf"(?<!\w){chain}(?!\w)", found.text, _I)
        if hit is None:
            continue
        known = {value.casefold(): value for value in values}
        said = (each[0].casefold() for each in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", hit["said"], _I))
        named = Filter(name, tuple(dict.fromkeys(map(known.__getitem__, said))), Op.NOT_IN if hit["not"] else Op.IN)
        changes: tuple[Change, ...] = (*found.changes, partial(_filtered, named))
        if _SIDE_BY_SIDE.search(hit["said"]):
            changes = (*changes, partial(_also_by, name))
        found = Reworded(_without(found.text, hit, ""), changes)
    return found


def _listed(found: Reworded, world: World) -> Reworded:
    """ "By project" as "by tool", where no tool is named."""
    for name, entry in dimensions():
        single, several = (LatePattern(rf"({_LISTS})(?:{words})(?!\w)", _I) for words in entry["words"])
        filters = any(pattern.search(found.text) for pattern in weekday_patterns()) if name == "weekday" else False
        if filters or not (single.search(found.text) or several.search(found.text)):
            continue
        used = found.text.casefold()
        stand_in = next((other for other in STAND_INS if other not in used), None)
        if stand_in is not None:
            text = several.sub(rf"\g<1>{DIMENSIONS[stand_in].plural}", found.text)
            text = single.sub(rf"\g<1>{stand_in}", text)
            found = Reworded(text, (*found.changes, partial(_grouped, stand_in, name)))
    return found


def _figure(found: Reworded, world: World) -> Reworded:
    for pattern, entry in figures():
        hit = pattern.search(found.text)
        if hit is None:
            continue
        if "alone" in entry and alone_of(entry).search(_without(found.text, hit, "")):
            continue
        groups = {name: value for name, value in hit.groupdict().items() if value}
        plain, metric, base = _PLAIN.get(" ".join(groups.get("base", "").casefold().split()), _TOKENS)
        said = groups.get("n") or groups.get("m") or groups.get("k") or str(entry.get("n", 0))
        number = (int(said) if said.isdecimal() else SPELT[said.casefold()]) + int(entry.get("plus", 0))
        metrics = {metric: _spread(base, number)} if "base" in groups else entry["metrics"]
        text = _without(found.text, hit, plain if "base" in groups else entry["plain"])
        whole = _EVERYONE.sub("", text)
        meant = {old: new.format(n=number) for old, new in metrics.items()}
        put = partial(_measured, meant, (*entry.get("beside", ()),), whole != text, entry.get("over"))
        return Reworded(whole, (*found.changes, put))
    return found


def _weekdays(found: Reworded, world: World) -> Reworded:
    for pattern, entry in patterns():
        hit = pattern.search(found.text) if "weekdays" in entry else None
        if hit is not None:
            days = Filter("weekday", tuple(entry["weekdays"]))
            return Reworded(_without(found.text, hit, ""), (*found.changes, partial(_filtered, days)))
    return found


def _without_kind(found: Reworded, world: World) -> Reworded:
    """ "Excluding contractors": left out of everything, whatever else is read."""
    for pattern, entry in patterns():
        hit = pattern.search(found.text) if "without_kind" in entry else None
        if hit is not None:
            left_out = Filter("kind", (entry["without_kind"],), Op.NOT_IN)
            return Reworded(_without(found.text, hit, ""), (*found.changes, partial(_filtered, left_out)))
    return found


def _without(text: str, hit: re.Match[str], plain: str) -> str:
    return re.sub(r"\s+(?=[\s?.!,])", "", f"{text[: hit.start()]}{plain}{text[hit.end() :]}").strip()


def _follow_up(text: str, found: Reworded, before: Understood | None, world: World) -> Reading | None:
    """ "And p90?", "and on weekends?": nothing but the change itself, after a question."""
    if before is None:
        return None
    rank = _RANK.fullmatch(text)
    if rank is not None:
        first = before.query.metrics[0]
        held = percentile(first)
        base = held.base if held else first.removesuffix("_per_employee")
        if base in BASES:
            name = _spread(base, int(rank["n"] or rank["m"] or MEDIAN))
            return replace(before, query=before.query.with_(metrics=(name, *before.query.metrics[1:])))
    if found.changes and _FILLER.fullmatch(found.text):
        return _put(before, found, world)
    return None


def _put(reading: Reading, found: Reworded, world: World) -> Reading | None:
    """The reading with what is meant; None where something else was read."""
    if isinstance(reading, Unclear):
        return replace(reading, options=())  # pressed, they would ask for the plainer figure
    if not isinstance(reading, Understood):
        return reading
    query: Query | None = reading.query
    for change in found.changes:
        query = change(query, world) if query is not None else None
    if query is None:
        return None
    if OF_CLASSES.intersection(query.metrics) and not world.directory.class_prices:
        return refusal("price_class")
    missing = _missing(query, world)
    if missing:
        return Impossible(text=missing, steps=("unsupported: nothing is booked so",))
    try:
        checked(query)
    except InvalidQuery as error:
        return Impossible(text=f"{str(error)[0].upper()}{str(error)[1:]}.")
    return replace(reading, query=query)


def _missing(query: Query, world: World) -> str:
    """What would bring a dimension that nothing is recorded of."""
    for name, entry in dimensions():
        if name in query.group_by and "missing" in entry and not world.directory.values.get(name):
            return str(entry["missing"])
    return ""


def _filtered(condition: Filter, query: Query, world: World) -> Query:
    others = tuple(other for other in query.filters if other.dimension != condition.dimension)
    return query.with_(filters=(*others, condition))


def _also_by(name: str, query: Query, world: World) -> Query:
    return query.with_(group_by=tuple(dict.fromkeys((*query.group_by, name))))


def _grouped(stand_in: str, name: str, query: Query, world: World) -> Query | None:
    if stand_in not in query.group_by:
        return None
    return query.with_(group_by=tuple(name if other == stand_in else other for other in query.group_by))


def _measured(
    metrics: Mapping[str, str],
    beside: tuple[str, ...],
    everyone: bool,
    over: float | None,
    query: Query,
    world: World,
) -> Query | None:
    first, *more = query.metrics
    if first not in metrics:
        return None
    name = metrics[first]
    query = query.with_(metrics=(name, *beside, *more), everyone=everyone)
    if over is not None:
        query = query.with_(having=(Having(Compare.GT, over),), order=Order())
    return _of_months(name, query, world)


def _of_months(name: str, query: Query, world: World) -> Query:
    """Where no time is said, a mean over months is of the last one, since the last four weeks hold none, and a budget
    that of the running month; a series of budgets is by month."""
    if name == "budget_used" and query.grain in (Grain.DAY, Grain.WEEK):
        query = query.with_(grain=Grain.MONTH)
    if query.period.end != world.as_of - timedelta(days=1) or query.period.days != 28:
        return query
    first = world.as_of.replace(day=1)
    if name == "monthly_active_people":
        end = first - timedelta(days=1)
        return query.with_(period=Period(end.replace(day=1), end, unit_label(end.replace(day=1), "month")))
    return query.with_(period=Period(first, world.as_of, "this month")) if name == "budget_used" else query


def _spread(base: str, percent: int) -> str:
    return f"median_{base}" if percent == MEDIAN else f"p{percent}_{base}"
