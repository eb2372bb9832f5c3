"""Puts a query together from what the rules have found, and checks that it means something."""

from __future__ import annotations

from bot.questions.answer import Option
from bot.questions.grammar.draft import Draft, Limit, Pick
from bot.questions.grammar.measure_tables import ABSORBED
from bot.questions.grammar.options import with_more
from bot.questions.grammar.ranks import unit_matches
from bot.questions.reading import Understood
from storage.catalogue import DIMENSIONS, METRICS, Unit, metric
from storage.measures import Base
from storage.query import By, Compare, Filter, Grain, Having, Op, Order, Query, Share

_WORK_DIMENSIONS = {"team", "workflow", "activity", "mode"}
_PEOPLE_DIMENSIONS = {"team", "person", "title", "location", "kind"}


def assemble(draft: Draft) -> Understood:
    """The query of a draft, as understood."""
    _metric_known(draft)
    scopes = _side_by_side(draft)
    filters, over = _filters(draft)
    _check(draft, filters)
    having = _havings(draft)
    order = _order(draft, bool(scopes))
    share = None
    if draft.shares:
        share = Share(over)
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
    if draft.ranked and _says(draft, "priciest", "costliest", "cheapest", "dearest", "spender", "expensive"):
        draft.metrics = ["cost"]
        return
    raise draft.ask(
        "Which figure is meant: tokens, cost, tokens per employee, adoption…?",
        *(with_more(draft, words, label) for words, label in _CHOICES),
    )


def _says(draft: Draft, *words: str) -> bool:
    text = " ".join(one.word for one in draft.sentence.items)
    return any(word in text for word in words)


_CHOICES = (
    ("in tokens", "tokens"),
    ("by cost", "cost"),
    ("by tokens per employee", "tokens per employee"),
    ("by adoption rate", "adoption rate"),
)


def _side_by_side(draft: Draft) -> tuple[str, ...]:
    """Names of one dimension beside each other are a list of those rows; teams are scopes."""
    _one_pick_each(draft)
    _examples(draft)
    dimension = draft.beside
    pick = draft.pick(dimension) if dimension else None
    if pick is None or len(pick.values) < 2 or draft.together or pick.joint or draft.part is not None:
        return ()
    if dimension == "team" and "team" not in draft.groups and (not draft.groups or _versus(draft, dimension)):
        draft.groups.insert(0, "team")
        draft.picks.remove(pick)
        return pick.values
    if draft.groups and dimension not in draft.groups:
        if pick.dimension == "kind" or not _versus(draft, dimension):
            return ()
        draft.groups.insert(0, dimension)
        return ()
    if dimension not in draft.groups:
        draft.groups.append(dimension)
    return ()


def _examples(draft: Draft) -> None:
    """ "by activity (analysis, review etc)": examples of the grouping, no filter."""
    if not draft.sentence.has(r"etc|etcetera|and so on|and so forth|for example|for instance|such as|e g|like"):
        return
    for pick in list(draft.picks):
        if pick.dimension in draft.groups and len(pick.values) > 1:
            draft.picks.remove(pick)
            draft.beside = "" if draft.beside == pick.dimension else draft.beside


def _versus(draft: Draft, dimension: str) -> bool:
    return draft.sentence.has(
        rf"<E={dimension}>(?: 's| <D>)? (?:,? ?versus|or|against|compared (?:to|with)|and) (?:the |our |in |for |"
        rf"of )*<E={dimension}>"
    )


def _one_pick_each(draft: Draft) -> None:
    """Filters on one dimension said twice: the narrower team, the same again, or two names beside each other."""
    for dimension in DIMENSIONS:
        same = [one for one in draft.picks if one.dimension == dimension and one.op is Op.IN and one is not draft.part]
        if len(same) < 2:
            continue
        first, second = same[0], same[1]
        if set(first.values) == set(second.values) or set(second.values) <= set(first.values):
            draft.picks.remove(second if set(first.values) == set(second.values) else first)
        elif set(first.values) <= set(second.values):
            draft.picks.remove(first)
        elif dimension == "team" and (narrow := _narrower(draft, first, second)):
            draft.picks.remove(first if narrow is second else second)
        elif draft.sentence.has(r"than|versus|or|compare|compared|both|difference between"):
            at = draft.picks.index(first)
            draft.picks.remove(second)
            draft.picks[at] = Pick(dimension, (*first.values, *second.values), start=first.start)
            draft.beside = dimension
            if draft.change and draft.earlier is None:
                draft.change = False
        else:
            raise draft.ask(
                f"Two {DIMENSIONS[dimension].plural} are named: {', '.join((*first.values, *second.values))}. "
                "Which one, or both together?"
            )
        _one_pick_each(draft)
        return


def _narrower(draft: Draft, one: Pick, other: Pick) -> Pick | None:
    directory = draft.world.directory
    for inner, outer in ((one, other), (other, one)):
        if all(any(name in directory.below(top) for top in outer.values) for name in inner.values):
            return inner
    return None


def _filters(draft: Draft) -> tuple[tuple[Filter, ...], tuple[Filter, ...]]:
    """The filters of the rows, and those of the whole that a share is a part of."""
    picks = list(draft.picks)
    kinds = [one for one in picks if one.dimension == "kind"]
    if len(kinds) > 1 and any(one.op is Op.IN for one in kinds):
        picks = [one for one in picks if one.dimension != "kind" or one.op is Op.IN]
    base = [one for one in picks if one is not draft.part]
    whole = base
    rows = base
    if draft.part is not None:
        rows = [one for one in base if one.dimension != draft.part.dimension or one.op is not Op.IN]
        rows.append(draft.part)
    if draft.personal:
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


def _check(draft: Draft, filters: tuple[Filter, ...]) -> None:
    """Each metric must know the dimensions that it is asked by."""
    asked = [*draft.groups, *(one.dimension for one in filters)]
    for name in draft.metrics:
        bases = metric(name).bases
        if bases == {Base.WORK}:
            wrong = next((one for one in asked if one not in _WORK_DIMENSIONS), None)
            if wrong:
                raise draft.cannot(
                    (
                        f"{metric(name).label.capitalize()} is known by team, workflow, activity and mode, not "
                        f"by {DIMENSIONS[wrong].label}."
                    ),
                    Option(label=f"{metric(name).label} by workflow", ask=f"{metric(name).label} by workflow"),
                )
        elif name == "headcount":
            wrong = next((one for one in asked if one not in _PEOPLE_DIMENSIONS), None)
            if wrong:
                raise draft.ask(
                    f"Headcount does not know the {DIMENSIONS[wrong].label}; active people do.",
                    Option(label="active people", ask=_swapped(draft, "active people")),
                )
            if any(one.dimension == "kind" and one.op is Op.IN and set(one.values) == {"agent"} for one in filters):
                raise draft.cannot(
                    ("Agents are in no headcount: only people are. I can give their tokens, requests and cost."),
                    Option(label="tokens by kind", ask="tokens by kind"),
                )
        if Base.WORK not in bases and any(
            one.dimension == "mode" and set(one.values) & {"human", "assisted"} for one in filters
        ):
            raise draft.ask(
                f"{metric(name).label.capitalize()} knows the modes chat, completion and agent; human and "
                "assisted are modes of work items."
            )
    if draft.shares and not all(metric(name).additive for name in draft.metrics):
        raise draft.cannot(
            f"There is no share of {metric(draft.metrics[0]).label}: its parts do not add up. I can list it."
        )
    if draft.average and not all(metric(name).additive for name in draft.metrics):
        if any(metric(name).unit is Unit.PEOPLE or metric(name).unit is Unit.FRACTION for name in draft.metrics):
            draft.grain, draft.average = draft.average, None
            raise draft.ask(
                (
                    f"An average of {metric(draft.metrics[0]).label} over {draft.grain}s is no figure here; I can "
                    "list them."
                ),
                Option(label=f"by {draft.grain}", ask=(f"{metric(draft.metrics[0]).label} by {draft.grain}")),
            )
        draft.average = None
    if draft.change and draft.grain and not draft.ranked:
        raise draft.ask(
            "A change from point to point is no figure here: I can give the series, or compare two periods."
        )
    if (
        draft.ranked
        and len(draft.groups) > 1
        and draft.sentence.said(r"(?:in|for|of|within|per|from|by)? ?(?:each|every) <D>")
    ):
        raise draft.cannot(
            "A ranking within each group is no figure here: I can rank all rows together, or rank for one group."
        )
    if draft.grain and draft.ranked and draft.groups:
        raise draft.ask(f"Rank the {draft.grain}s, or the {DIMENSIONS[draft.groups[0]].plural}?")


def _swapped(draft: Draft, words: str) -> str:
    return f"{words} {draft.sentence.original}"


def _havings(draft: Draft) -> tuple[Having, ...]:
    if not draft.limits:
        return draft.kept_having
    if not (draft.groups or draft.grain or draft.beside):
        draft.step("threshold", "one figure: it is shown, and can be compared with the number")
        return ()
    return tuple(_having(draft, one) for one in draft.limits)


def _having(draft: Draft, one: Limit) -> Having:
    main = draft.metrics[0]
    name = one.metric if one.metric and one.metric not in ABSORBED.get(main, ()) and one.metric != main else ""
    if name == "headcount" and main in ("active_people",):
        name = ""
    by, value, compare = By.VALUE, one.value, one.compare
    target = name or main
    if draft.change and not name and draft.sentence.said(r"<grow>|<rise>|<fall>|<growth>|<gain>|<loss>|<change>"):
        by = By.CHANGE_PCT if one.unit == "percent" else By.CHANGE
        value = value / 100 if one.unit == "percent" else value
        if draft.sentence.said(r"<fall>|<loss>"):
            flipped = {Compare.GT: Compare.LT, Compare.GE: Compare.LE, Compare.LT: Compare.GT, Compare.LE: Compare.GE}
            compare, value = flipped[compare], -value
        return Having(compare, value, by, name)
    fraction = target in METRICS and METRICS[target].unit is Unit.FRACTION
    if one.unit == "percent" and not fraction:
        if not (target in METRICS and METRICS[target].additive):
            raise draft.ask(f"{value:g} % of what? {metric(target).label.capitalize()} is not a share.")
        draft.shares = True
        return Having(compare, value / 100, By.SHARE, name)
    if one.unit == "usd" and not unit_matches("usd", target):
        name = "cost"
        if name not in draft.metrics:
            draft.metrics.append(name)
    elif name and name not in draft.metrics:
        draft.metrics.append(name)
    if fraction and (one.unit == "percent" or value > 1):
        value = value / 100
    return Having(compare, value, by, name)


def _order(draft: Draft, scoped: bool) -> Order | None:
    if not draft.ranked:
        listed = (
            draft.which and draft.groups and not (draft.limits or draft.grain or draft.shares or draft.change or scoped)
        )
        return Order() if listed else None
    if not (draft.groups or draft.grain or scoped):
        raise draft.ask(
            "Rank what: teams, tools, models, workflows, people, weeks?",
            *(with_more(draft, f"by {one}", f"by {one}") for one in ("team", "tool", "model", "workflow")),
        )
    by = draft.rank_by
    if by is By.VALUE and draft.change and draft.earlier is not None:
        by = By.VALUE
    return Order(by, draft.descending)
