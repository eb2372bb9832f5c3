"""Whether a draft means something: each metric by the dimensions it knows, and its thresholds."""

from __future__ import annotations

from bot.questions.answers.answer import Option
from bot.questions.grammar.draft import Draft, Limit
from bot.questions.grammar.measure_tables import ABSORBED
from bot.questions.grammar.thresholds import COUNTS, unit_matches
from storage.catalogue import DIMENSIONS, METRICS, Unit, metric
from storage.catalogue.measures import Base
from storage.query import By, Compare, Filter, Having, Op

_WORK_DIMENSIONS = {"team", "workflow", "activity", "mode"}
# Usage set against work: each knows modes of its own, and a ledger is the usage's.
_BOOKED_DIMENSIONS = {"team", "workflow", "activity", "ledger"}

_PEOPLE_DIMENSIONS = {"team", "person", "title", "location", "kind"}


def check(draft: Draft, filters: tuple[Filter, ...]) -> None:
    """Each metric must know the dimensions that it is asked by."""
    asked = [*draft.groups, *(one.dimension for one in filters)]
    for name in draft.metrics:
        bases = metric(name).bases
        if Base.WORK in bases:
            booked = metric(name).of_booked_usage
            known = _BOOKED_DIMENSIONS if booked else _WORK_DIMENSIONS
            wrong = next((one for one in asked if one not in known), None)
            if wrong:
                said = "team, workflow and activity" if booked else "team, workflow, activity and mode"
                raise draft.cannot(
                    f"{metric(name).label.capitalize()} is known by {said}, not by {DIMENSIONS[wrong].label}.",
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
        raise draft.ask(
            f"An average of {metric(draft.metrics[0]).label} over {draft.average}s is no figure here; I can list them.",
            Option(label=f"by {draft.average}", ask=f"{metric(draft.metrics[0]).label} by {draft.average}"),
        )
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


def havings(draft: Draft) -> tuple[Having, ...]:
    if not draft.limits:
        return draft.kept_having
    if not (draft.groups or draft.grain or draft.beside):
        draft.step("threshold", "one figure: it is shown, and can be compared with the number")
        return ()
    return tuple(_having(draft, one) for one in draft.limits)


def fraction_of(name: str) -> bool:
    """Whether a metric is a fraction."""
    return name in METRICS and METRICS[name].unit is Unit.FRACTION


def _having(draft: Draft, one: Limit) -> Having:
    main = draft.metrics[0]
    name = (
        one.metric
        if one.metric
        and one.metric != main
        and (one.metric not in ABSORBED.get(main, ()) or (len(draft.limits) > 1 and one.metric in COUNTS))
        else ""
    )
    if name == "headcount" and main in ("active_people",):
        name = ""
    by, value, compare = By.VALUE, one.value, one.compare
    target = name or main
    if draft.change and not name and draft.sentence.said(r"<grow>|<rise>|<fall>|<growth>|<gain>|<loss>|<change>"):
        points = fraction_of(target) and any(
            item.word.endswith(("points", "pp")) for item in draft.sentence.tags("N")
        )  # "fell by more than 5 points"
        by = By.CHANGE_PCT if one.unit == "percent" and not points else By.CHANGE
        value = value / 100 if one.unit == "percent" else value
        if draft.sentence.said(r"<fall>|<loss>"):
            flipped = {Compare.GT: Compare.LT, Compare.GE: Compare.LE, Compare.LT: Compare.GT, Compare.LE: Compare.GE}
            compare, value = flipped[compare], -value
        return Having(compare, value, by, name)
    fraction = fraction_of(target)
    if one.unit == "percent" and not fraction:
        if not (target in METRICS and METRICS[target].additive):
            raise draft.ask(f"{value:g} % of what? {metric(target).label.capitalize()} is not a share.")
        if any(
            one.op is Op.IN and one.dimension in ("tool", "model", "provider", "mode", "workflow")
            for one in draft.picks
        ):
            raise draft.ask(f"{value:g} % of which total? Say it as a share of one part, or name only the list.")
        draft.shares = True
        return Having(compare, value / 100, By.SHARE, name)
    if one.unit == "usd" and not unit_matches("usd", target):
        name = target = "cost"
        fraction = False
        if name not in draft.metrics:
            draft.metrics.append(name)
    elif name and name not in draft.metrics and len(draft.limits) < 2:
        draft.metrics.append(name)
    if fraction and (one.unit == "percent" or value > 1):
        value = value / 100
    return Having(compare, value, by, name)
