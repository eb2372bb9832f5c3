"""Puts a query together from what the rules have found, and checks that it means something."""

from __future__ import annotations

from bot.questions.answers.answer import Option
from bot.questions.grammar.draft import Draft, Pick
from bot.questions.grammar.english import is_english
from bot.questions.grammar.options import replaced, with_more
from bot.questions.grammar.sentence import Item
from bot.questions.grammar.side_by_side import side_by_side
from bot.questions.grammar.validity import check, havings
from bot.questions.grammar.vocabulary import CONTEXT, HARMLESS, MEANINGFUL
from bot.questions.reading import Understood
from storage.query import By, Filter, Grain, Op, Order, Query, Share


def assemble(draft: Draft) -> Understood:
    """The query of a draft, as understood."""
    _metric_known(draft)
    scopes = side_by_side(draft)
    filters, over = _filters(draft)
    check(draft, filters)
    having = havings(draft)
    order = _order(draft, bool(scopes))
    share = None
    if draft.shares:
        share = Share(over)
        if draft.part is None and not (draft.groups or draft.grain):
            raise draft.ask("A share of what? Name the part, or what to split by (team, tool, model…).")
    assert draft.period is not None
    query = Query(
        metrics=tuple(draft.metrics),
        period=draft.period.period,
        group_by=tuple(draft.groups),
        grain=Grain(draft.grain) if draft.grain else None,
        filters=filters,
        previous=draft.earlier if draft.change else None,
        scopes=scopes,
        share=share,
        having=having,
        order=order,
        limit=(draft.limit or None) if order else None,
        skip=draft.skip if order else 0,
        average=Grain(draft.average) if draft.average else None,
        everyone=draft.everyone and "person" in draft.groups,
        running=draft.running and draft.change,
    )
    return Understood(
        query=query,
        intent=draft.intent,
        headline=draft.headline if query.previous else By.SHARE if query.share else By.VALUE,
        echoes=tuple(dict.fromkeys(draft.tagged.echoes)),
        personal=draft.personal,
        chart=draft.chart,
        steps=tuple(draft.steps),
    )


def _metric_known(draft: Draft) -> None:
    if draft.metrics:
        return
    limited = next((one.metric for one in draft.limits if one.metric), "")
    if limited:
        draft.metrics = [limited]
        return
    if any(one.unit == "usd" for one in draft.limits):
        draft.metrics = ["cost"]
        return
    if draft.ranked and _says(draft, "busiest", "heaviest", "hungriest", "quietest", "biggest user"):
        draft.metrics = ["tokens"]
        return
    if draft.ranked and "person" in draft.groups and any(one.name == "user" for one in draft.sentence.tags("H")):
        draft.metrics = ["tokens"]  # "top users of Cursor"
        return
    if draft.ranked and _says(draft, "priciest", "costliest", "cheapest", "dearest", "spender", "expensive"):
        draft.metrics = ["cost"]
        return
    counted = draft.sentence.find(
        r"how many (?:(?![MDTGNHO]\.)[^ ]+ ){0,2}?(?P<what>(?![MDETGNHO]\.)[a-z]+s)(?= (?!of |per )[^ ]+)"
    )
    what = counted.item("what") if counted is not None else None
    if what is not None and not what.used and what.word not in HARMLESS and what.word not in MEANINGFUL:
        raise draft.cannot(
            f"{what.raw.capitalize()} are not recorded here. I know tokens, requests, cost, people and the items of "
            "catalogued work.",
            Option(label="tokens by team", ask="tokens by team last month"),
        )
    strange = [one.raw for one in draft.sentence.items if _strange(one)]
    if strange:
        raise draft.ask(
            f"“{' '.join(strange[:4])}” is nothing that this system records. I can answer usage, cost, adoption, "
            f"agent share "
            "and work figures by team, tool, model, workflow and period.",
            Option(label="tokens per employee by team", ask="tokens per employee by team"),
            Option(label="cost by tool last month", ask="cost by tool last month"),
            about="unknown",
        )
    raise draft.ask(
        "Which figure is meant: tokens, cost, tokens per employee, adoption…?",
        *(with_more(draft, words, label) for words, label in _CHOICES),
    )


def _strange(item: Item) -> bool:
    """A plain English noun or adjective with no meaning here."""
    word = item.word
    known = word in HARMLESS or word in MEANINGFUL or word in CONTEXT or not word.isalpha() or len(word) < 4
    return not (item.tag or item.used or known) and is_english(word)


def _says(draft: Draft, *words: str) -> bool:
    text = " ".join(one.word for one in draft.sentence.items)
    return any(word in text for word in words)


_CHOICES = (
    ("in tokens", "tokens"),
    ("by cost", "cost"),
    ("by tokens per employee", "tokens per employee"),
    ("by adoption rate", "adoption rate"),
)


def _filters(draft: Draft) -> tuple[tuple[Filter, ...], tuple[Filter, ...]]:
    """The filters of the rows, and those of the whole that a share is a part of."""
    picks = list(draft.picks)
    for dimension in ("kind", "ledger", "mode"):
        same = [one for one in picks if one.dimension == dimension]
        if len(same) > 1 and any(one.op is Op.IN for one in same):  # "only bots, no people": the first says it all
            picks = [one for one in picks if one.dimension != dimension or one.op is Op.IN]
    base = [one for one in picks if one is not draft.part]
    whole = base
    rows = base
    if draft.part is not None:
        rows = [one for one in base if one.dimension != draft.part.dimension or one.op is not Op.IN]
        rows.append(draft.part)
    if draft.personal and not (draft.part is not None and draft.part.dimension == "person"):
        own = Pick("person", (draft.world.asker or "",))
        rows = [*rows, own]
        if draft.groups or draft.part is not None:
            whole = [*whole, own]
    if draft.shares and draft.part is None and draft.beside:
        whole = [one for one in whole if one.dimension != draft.beside]
    return _as_filters(rows), _as_filters(whole)


def _as_filters(picks: list[Pick]) -> tuple[Filter, ...]:
    out: dict[tuple[str, Op], tuple[str, ...]] = {}
    for one in picks:
        key = (one.dimension, one.op)
        out[key] = tuple(dict.fromkeys((*out.get(key, ()), *one.values)))
    return tuple(Filter(dimension, values, op) for (dimension, op), values in out.items())


def _order(draft: Draft, scoped: bool) -> Order | None:
    if not draft.ranked:
        listed = (
            draft.which and draft.groups and not (draft.limits or draft.grain or draft.shares or draft.change or scoped)
        )
        return Order() if listed else None
    if not (draft.groups or draft.grain or scoped):
        if (when := draft.sentence.find("when")) is not None:
            at = when.items()[0]
            raise draft.ask(
                "When: which day, which week or which month?",
                *(
                    Option(label=f"which {one}", ask=replaced(draft, at.start, at.end, f"which {one}"))
                    for one in ("day", "week", "month")
                ),
            )
        raise draft.ask(
            "Rank what: teams, tools, models, workflows, people, weeks?",
            *(with_more(draft, f"by {one}", f"by {one}") for one in ("team", "tool", "model", "workflow")),
        )
    by = draft.rank_by
    if by is By.VALUE and draft.change and draft.earlier is not None:
        by = By.VALUE
    return Order(by, draft.descending, _ranked_metric(draft))


def _ranked_metric(draft: Draft) -> str:
    """The metric that a rank is by, where it is not the first one."""
    if len(draft.metrics) < 2:
        return ""
    found = next(draft.sentence.any(r"(?:by|on|in terms of) (?:the |their )?(?P<m><M>)"), None)
    item = found.item("m") if found else None
    return item.name if item is not None and item.name in draft.metrics[1:] else ""
