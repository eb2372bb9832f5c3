"""From the network's choices to a typed query, checked against the catalogue; or to an honest reason why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.questions.finders.marks import Marked, Mention
from bot.questions.periods import CompareMatch, PeriodMatch, default_grain
from bot.questions.reader.choices import Choices, Role
from bot.questions.reader.refusals import recorded, refusal
from bot.questions.reader.schema import COMPOSITES, KEEP, NO_NAMES, THRESHOLDS
from bot.questions.reader.times import Scene, Times, run
from bot.questions.reading import Impossible, Intent, Missing, Reading, Told, Unclear, Understood, World
from storage.answer.validate import checked
from storage.catalogue import METRICS, Unit
from storage.errors import InvalidQuery
from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Query, Share

CONDITION = 0.5  # from here on a word is taken for a condition that nothing records
_OPS = {"in": Op.IN, "part": Op.IN, "over": Op.IN, "not_in": Op.NOT_IN, "below": Op.BELOW}


@dataclass(frozen=True, slots=True)
class Said:
    """A filter as it was said."""

    dimension: str
    op: Op
    values: tuple[str, ...]
    role: str


def reading(marked: Marked, chosen: Choices, before: Query | None, world: World) -> Reading:
    """The reading that the choices make."""
    stop = _stopped(marked, chosen, world)
    if stop is not None:
        return stop
    pairs = list(zip(marked.mentions, chosen.roles, strict=True))
    heads = kept(chosen.heads, before)
    if before is None and heads["order"] != "none" and not _is_list(heads, pairs):
        return Unclear(text="What should be ranked: teams, tools, models?")
    when = _times(marked, heads, pairs, before, world)
    if not isinstance(when, Times):
        return when
    query = _query(heads, pairs, when, world)
    try:
        checked(query)
    except InvalidQuery as error:
        text = str(error)
        return Unclear(text=f"{text[0].upper()}{text[1:]}.")
    own = world.asker is not None and any(
        condition.dimension == "person" and world.asker in condition.values and condition.op is Op.IN
        for condition in query.filters
    )
    return Understood(
        query=query,
        intent=Intent(heads["status"]),
        personal=own,
        echoes=tuple(marked.echoes),
        headline=By.CHANGE_PCT if query.previous else By.SHARE if query.share else By.VALUE,
    )


def _stopped(marked: Marked, chosen: Choices, world: World) -> Reading | None:
    """Why there is no query: the network refuses, or a name is several or nobody's."""
    status = chosen.heads["status"]
    topic = chosen.heads["topic"]
    if status == "told":
        return Told(topic="help")
    if status == "unsupported" or (not chosen.refused and chosen.condition >= CONDITION):
        return Impossible(text=refusal(topic, "unsupported"))
    if status == "no_data":
        return Missing(text=f"{refusal(topic, 'no_data')}{recorded(world.directory)}")
    if status == "clarify" or (marked.problem and not _in_aside(marked, chosen)) or not chosen.complete:
        return Unclear(text=refusal(topic, "clarify"))
    for mention, role in zip(marked.mentions, chosen.roles, strict=True):
        if mention.kind in NO_NAMES or role.name == "ignore":
            continue
        if mention.several:
            return Unclear(text=f"Which {mention.kind} is meant?", about="person" if mention.kind == "person" else "")
        if not mention.values:
            return Unclear(
                text="Nobody reports to you, by the roster." if mention.together else "I don't know who asks."
            )
    if chosen.heads["personal"] == "yes" and world.asker is None:
        return Unclear(text="I don't know who “I” is here.")
    return None


def _in_aside(marked: Marked, chosen: Choices) -> bool:
    """Whether a time that cannot be read may be that of the context, since another is named for the question."""
    named = any(
        mention.kind == "period" and not mention.context and role.name == "main"
        for mention, role in zip(marked.mentions, chosen.roles, strict=True)
    )
    return named and bool(chosen.asides)


def kept(heads: dict[str, str], before: Query | None) -> dict[str, str]:
    """The heads with what the network keeps of the query before filled in."""
    if before is None or KEEP not in heads.values():
        return heads
    old = heads_of(before)
    return {name: old[name] if value == KEEP else value for name, value in heads.items()}


def heads_of(query: Query) -> dict[str, str]:
    """What the heads would have said of a query."""
    metric, _, per = query.metrics[0].partition("/")
    groups = [*query.group_by, "none", "none"]
    order = "none"
    if query.order:
        way = "desc" if query.order.descending else "asc"
        order = way if query.order.by is By.VALUE else f"{way}:{query.order.by.value}"
    return {
        "metric": metric,
        "per": per or "none",
        "second": query.metrics[1] if len(query.metrics) > 1 else "none",
        "group": groups[0],
        "group2": groups[1],
        "grain": query.grain.value if query.grain else "none",
        "average": query.average.value if query.average else "none",
        "order": order,
        "skip": str(query.skip),
        "share": "yes" if query.share else "no",
        "everyone": "yes" if query.everyone else "no",
        **{f"of_{name}": _composite(query, name) for name in COMPOSITES},
    }


def _composite(query: Query, name: str) -> str:
    found = query.filter_on(name)
    if found is None:
        return ""
    return ("!" if found.op is Op.NOT_IN else "") + "|".join(sorted(found.values))


def _times(
    marked: Marked, heads: dict[str, str], pairs: list[tuple[Mention, Role]], before: Query | None, world: World
) -> Times | Reading:
    periods = [(mention, role) for mention, role in pairs if mention.kind == "period"]
    here = [mention for mention, _ in periods if not mention.context]
    mains = sorted((pair for pair in periods if pair[1].name == "main"), key=lambda pair: -pair[1].sure)
    main = mains[0][0] if mains else None
    others = [mention for mention, role in periods if role.name == "other"]
    if main is None and not others and not here:
        main = next((mention for mention, _ in periods if mention.context), None)  # a follow-up keeps the period
    if main is not None and isinstance(main.match, PeriodMatch) and main.match.future:
        return Missing(text="Nothing is recorded there yet.")
    programme = heads["time"]
    if heads["status"] == Intent.PEERS and main is None:
        main = next((_named_in(mention) for mention, _ in pairs if mention.kind == "compare"), None)
        programme = "one" if main is not None else programme
    if programme == "found" and not any(mention.kind == "compare" for mention in marked.mentions):
        programme = "kept_previous" if before is not None and before.previous else "previous"
    trend = heads["grain"] if heads["grain"] != "none" else ""
    headcount = heads["metric"] == "headcount" and not trend and programme == "one"
    got = run(programme, Scene(marked, world, main, others, before, trend, headcount))
    if got is None or (got.previous is None and programme not in ("one", "union")):
        return Unclear(text="Which periods are meant?")
    return got


def _is_list(heads: dict[str, str], pairs: list[tuple[Mention, Role]]) -> bool:
    return heads["group"] != "none" or heads["grain"] != "none" or bool(_scopes(pairs))


def _named_in(mention: Mention) -> Mention | None:
    """The days that a comparison names: "compared to our October", of those whom others are held against."""
    match = mention.match.named if isinstance(mention.match, CompareMatch) else None
    return Mention("period", (), (match.period,), match) if match is not None else None


def _query(heads: dict[str, str], pairs: list[tuple[Mention, Role]], when: Times, world: World) -> Query:
    groups = [heads[name] for name in ("group", "group2") if heads[name] != "none"]
    rows, over = _filters(heads, pairs)
    scopes = _scopes(pairs)
    if scopes and "team" not in groups:
        groups.insert(0, "team")
    if heads["personal"] == "yes":
        rows = (*(row for row in rows if row.dimension != "person"), Filter("person", (world.asker or "",)))
    having, by_share = _havings(heads, pairs)
    grain = heads["grain"]
    listed = bool(groups) or grain != "none"
    order = _order(heads["order"]) if listed else None
    skip = int(heads["skip"]) if order else 0
    return Query(
        metrics=_metrics(heads),
        period=when.period,
        group_by=tuple(dict.fromkeys(groups)),
        grain=None if grain == "none" else Grain(default_grain(when.period) if grain == "auto" else grain),
        filters=rows,
        previous=when.previous,
        scopes=scopes,
        share=Share(over) if heads["share"] == "yes" or by_share else None,
        having=having if listed else (),
        order=order,
        limit=_limit(pairs, skip > 0 or heads.get("first") == "yes") if order else None,
        skip=skip,
        average=Grain(heads["average"]) if heads["average"] != "none" else None,
        everyone=heads["everyone"] == "yes" and "person" in groups,
        running=when.running,
    )


def _metrics(heads: dict[str, str]) -> tuple[str, ...]:
    first = heads["metric"] if heads["per"] == "none" else f"{heads['metric']}/{heads['per']}"
    second = heads["second"]
    return (first,) if second in ("none", heads["metric"]) else (first, second)


def _scopes(pairs: Iterable[tuple[Mention, Role]]) -> tuple[str, ...]:
    said = (
        value for mention, role in pairs if role.name == "scope" and mention.kind == "team" for value in mention.values
    )
    found = tuple(dict.fromkeys(said))
    return found if len(found) > 1 else ()


def _order(text: str) -> Order | None:
    if text == "none":
        return None
    way, _, by = text.partition(":")
    return Order(By(by or "value"), way == "desc")


def _limit(pairs: Iterable[tuple[Mention, Role]], first: bool) -> int | None:
    limits = [mention for mention, role in pairs if mention.kind == "number" and role.name == "limit"]
    if first and all(mention.context for mention in limits):
        return 1
    return int(limits[-1].values[0]) if limits else None


def _filters(heads: dict[str, str], pairs: list[tuple[Mention, Role]]) -> tuple[tuple[Filter, ...], tuple[Filter, ...]]:
    """The filters of the rows, and those of the whole that a share is a part of."""
    listed = heads["group"] != "none"  # the rows of a list lie within the whole that they are parts of
    said = [
        Said(mention.kind, _OPS[role.name], mention.values, "in" if listed and role.name == "over" else role.name)
        for mention, role in pairs
        if role.name in _OPS and mention.kind not in NO_NAMES
    ]
    as_part = heads["share"] == "yes" and heads["part"] == "yes"
    for name in COMPOSITES:
        text = heads[f"of_{name}"]
        if text:
            op = Op.NOT_IN if text[0] == "!" else Op.IN
            said.append(Said(name, op, tuple(text.lstrip("!").split("|")), "part" if as_part else "in"))
    if heads["share"] == "yes" and not listed and heads["grain"] == "none" and not as_part:
        said = _parts_of(said)
    parts = {condition.dimension for condition in said if condition.role == "part"}
    rows = [
        condition
        for condition in said
        if condition.role != "over" and not (condition.role == "in" and condition.dimension in parts)
    ]
    return _merged(rows), _merged([condition for condition in said if condition.role != "part"])


def _parts_of(said: list[Said]) -> list[Said]:
    """The only filter of a share is its part, or all of it would be."""
    plain = all(condition.role == "in" for condition in said) and len({condition.dimension for condition in said}) == 1
    return [replace(condition, role="part") for condition in said] if plain else said


def _merged(said: Iterable[Said]) -> tuple[Filter, ...]:
    out: dict[tuple[str, Op], tuple[str, ...]] = {}
    for condition in said:
        key = condition.dimension, condition.op
        out[key] = tuple(dict.fromkeys((*out.get(key, ()), *condition.values)))
    return tuple(Filter(dimension, values, op) for (dimension, op), values in out.items())


def _havings(heads: dict[str, str], pairs: Iterable[tuple[Mention, Role]]) -> tuple[tuple[Having, ...], bool]:
    """The thresholds, and whether one compares shares."""
    metric = METRICS.get(heads["metric"]) if heads["per"] == "none" else None
    fraction = metric is not None and metric.unit is Unit.FRACTION
    out = [
        _having(mention, role, fraction)
        for mention, role in pairs
        if mention.kind == "number" and role.name in THRESHOLDS
    ]
    if heads["zero"] != "none":
        out.append(Having(Compare(heads["zero"].partition(":")[0]), 0.0, By(heads["zero_column"])))
    return tuple(out), any(threshold.by is By.SHARE for threshold in out)


def _having(mention: Mention, role: Role, fraction: bool) -> Having:
    value, by = float(mention.values[0]), By(role.column)
    percent = "percent" in mention.words
    if mention.context:
        return Having(Compare(role.name), value, by)
    if percent and by is By.VALUE and not fraction:
        by = By.SHARE
    if (percent and (fraction or by is not By.VALUE)) or (fraction and abs(value) > 1):
        value /= 100
    if by in (By.CHANGE, By.CHANGE_PCT) and role.name in ("lt", "le"):
        value = -abs(value)
    return Having(Compare(role.name), value, by)
