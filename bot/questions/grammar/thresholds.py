"""Thresholds: over and under a number, between two, at nought."""

from __future__ import annotations

import re

from bot.questions.grammar.draft import Draft, Limit
from bot.questions.grammar.sentence import Found, Item, Sentence
from storage.catalogue import METRICS, Unit
from storage.query import By, Compare, Having

_COMPARES = (("ge", Compare.GE), ("le", Compare.LE), ("gt", Compare.GT), ("lt", Compare.LT))


_AFTER = (
    (
        (r"(?:or|and) (?:more|above|over|higher|up|greater|better|upwards|upward|beyond|plus)|\+|plus|and up"),
        Compare.GE,
    ),
    (r"(?:or|and) (?:less|fewer|below|under|lower|down|beneath)|max|tops|at most|maximum", Compare.LE),
)


_UNIT = r"(?: (?:of )?(?:the |their |its |our |a )?(?:<M:m>|<H>|hours|minutes|days|suggestions|items|points|apiece))?"


def read_thresholds(draft: Draft) -> None:
    """ "over 15m tokens", "at least 20 bucks", "fewer than five", "no usage"."""
    sentence = draft.sentence
    if sentence.has(r"(?:<gt>|<ge>|<lt>|<le>) (?:of )?<N=plain> (?:different |distinct )?<D>"):
        raise draft.ask("I can list figures by team, tool or model, not count how many of them somebody uses.")
    for found in list(sentence.all(r"between <N:low>(?: <M>)? and <N:high>" + _UNIT)):
        low, high = found.item("low"), found.item("high")
        if low is None or high is None:
            continue
        unit = high.name if high.name != "plain" else low.name
        metric = found.item("m")
        if "H." in found.said() and not draft.metrics:
            draft.metrics = ["headcount"]
        _limit(draft, Compare.GE, low.value.value * _scale_beside(low, high), unit, metric)
        _limit(draft, Compare.LE, high.value.value, unit, metric)
        _taken(sentence, found)
    for family, compare in _COMPARES:
        for found in list(
            sentence.all(
                rf"(?:is |are |was |were |went |go |going |gone |been |being |with |of )*<{family}> (?:a |an |the |"
                rf"of |roughly |about )*<N:n>{_UNIT}"
            )
        ):
            _read(draft, found, compare)
    for pattern, compare in _AFTER:
        for found in list(sentence.all(rf"<N:n>{_UNIT} (?:{pattern})(?: <M:m2>)?".replace("<M:m>", "<M:m>"))):
            _read(draft, found, compare)
    if draft.metrics and draft.metrics[0] in ("active_people", "adoption_rate"):
        for found in list(sentence.all(r"at least (?:once|one time)|once or more|even once|one or more times")):
            sentence.use(found)
    _bind(draft)
    _zero(draft)
    _multiplied(draft)


_TIMES = {"double": 1.0, "triple": 2.0, "treble": 2.0, "quadruple": 3.0, "halve": -0.5}


def _multiplied(draft: Draft) -> None:
    """ "teams whose spend more than doubled": those whose change is over the whole of what was there before."""
    sentence = draft.sentence
    found = sentence.find(
        rf"(?:(?P<more>more than|over) )?(?:(?:has|have|had|at least) )*(?P<verb>(?:{'|'.join(_TIMES)})[ds]?)"
        r"(?= |$)(?! (?:check|counting|click|digit))"
    )
    if found is None:
        return
    part = _TIMES[found.said("verb").removesuffix("d").removesuffix("s")]
    sentence.use(found)
    draft.change = True
    if draft.groups or sentence.tags("D"):
        strict, loose = (Compare.LT, Compare.LE) if part < 0 else (Compare.GT, Compare.GE)
        draft.kept_having = (Having(strict if found.said("more") else loose, part, By.CHANGE_PCT),)
    draft.step("threshold", f"“{found.said()}” is a change of {part:+g} of the figure before")


def _scale_beside(low: Item, high: Item) -> float:
    """ "between 5 and 20 million": the lower number is in millions too, where it was said without a scale."""
    said = re.match(r"[\d.,]+", high.word.lstrip("$€£ "))
    if said is None or not re.fullmatch(r"[$€£]?\s?[\d.]+", low.word) or low.value.value >= high.value.value:
        return 1.0
    bare = float(said[0].replace(",", ""))
    return float(high.value.value / bare) if bare and high.value.value / bare >= 1_000 else 1.0


def _read(draft: Draft, found: Found, compare: Compare) -> None:
    number = found.item("n")
    if number is None or number.used:
        return
    if (
        "H." in found.said()
        and draft.metrics in ([], ["tokens"], ["active_people"])
        and draft.sentence.said("<use>|<M=active_people>|<H=user>")
    ):
        draft.metrics = ["active_people"]
    if (
        "days" in found.said().split()
        and draft.metrics in ([], ["tokens"], ["active_people"])
        and draft.sentence.said("<use>")
    ):
        draft.metrics = ["active_days_per_person"]  # "who used AI on fewer than 3 days"
    metric = found.item("m") or found.item("m2") or (_named_before(draft, found) if len(draft.metrics) > 1 else None)
    if metric is None and not draft.metrics and "H." in found.said() and draft.sentence.has("<D=team|location|title>"):
        draft.metrics = ["headcount"]
    if metric is None and number.name == "plain" and (heads := _heads(draft, found)):
        draft.limits.append(Limit(compare, number.value.value, "", heads))
        draft.step("threshold", f"{compare.value} {number.value.value:g} {heads}")
    else:
        _limit(draft, compare, number.value.value, number.name, metric)
    _taken(draft.sentence, found)


def _named_before(draft: Draft, found: Found) -> Item | None:
    """ "an acceptance rate under 25%": the metric that stands right before the number's words."""
    items = draft.sentence.items
    at = found.first - 1
    while at >= 0 and items[at].word in _LINKING and not items[at].tag:
        at -= 1
    return items[at] if at >= 0 and items[at].tag == "M" and items[at].name in METRICS else None


_LINKING = frozenset(("is", "was", "are", "were", "of", "that", "which", "being", "at", "with", "has", "have", "had"))
COUNTS = frozenset(("headcount", "active_people", "inactive_people", "items", "requests", "suggested"))


def _bind(draft: Draft) -> None:
    """Dollars limit a cost, though only a verb of use was said. Of several thresholds each is on the metric named "
    "beside it; what is only counted for one is no column."""
    if (
        draft.metrics == ["tokens"]
        and any(one.unit == "usd" and not one.metric for one in draft.limits)
        and not draft.sentence.tags("M")
    ):
        draft.metrics = ["cost"]
    bound = [one for one in draft.limits if one.metric]
    if len(draft.limits) < 2 or not bound:
        return
    shown = [name for name in draft.metrics if name not in COUNTS]
    if not shown and any(one.unit == "usd" for one in draft.limits):
        draft.metrics = shown = ["cost"]
    asked = {one.name for one in draft.sentence.tags("M")} & set(draft.metrics)
    if shown and len({one.metric for one in draft.limits}) > 1 and asked:
        draft.metrics = shown


def _heads(draft: Draft, found: Found) -> str:
    """ "adoption in teams with more than 10 people": the people are counted, whatever figure is shown."""
    noun = next((one for one in found.items() if one.tag == "H"), None)
    counted = {"headcount", "active_people", "inactive_people"}
    if noun is None or not draft.metrics or counted & set(draft.metrics) or not draft.sentence.tags("D"):
        return ""
    return "active_people" if noun.name == "user" else "headcount"


def _taken(sentence: Sentence, found: Found) -> None:
    sentence.use(found)


def _limit(draft: Draft, compare: Compare, value: float, unit: str, metric: Item | None) -> None:
    name = metric.name if metric is not None and metric.name in METRICS else ""
    draft.limits.append(Limit(compare, value, "" if unit == "plain" else unit, name))
    draft.step("threshold", f"{compare.value} {value:g} {unit} {name}".strip())


def _zero(draft: Draft) -> None:
    """ "with no usage", "zero tokens": those at nought."""
    sentence = draft.sentence
    people = "person" in draft.groups
    points = sentence.has(r"(?:days|weeks|months|quarters) (?:with|without|where|when|that|on|in)")
    listing = bool(draft.known_groups) or bool(sentence.tags("D", unused=False)) or people or points
    if not listing:
        return
    found = sentence.find(
        r"(?:with |had |has |have |having |at |that have |who have |made |make )*(?:no|zero|without|without any|"
        r"no recorded|not any) (?:recorded |ai |any |real )*<M:m>(?: at all)?"
    )
    if found is not None:
        metric = found.item("m")
        name = metric.name if metric is not None else ""
        draft.limits.append(Limit(Compare.LE, 0.0, "", name if name != "inactive_people" else ""))
        draft.everyone = draft.everyone or people
        sentence.use(found)
        return
    found = sentence.find(
        r"(?:did|do|does|have|has|had|are|is|was|were)?(?: still)? ?(?:not|never|no longer)(?: [^ ]+){0,2}? "
        r"(?P<verb><use>|active|touch|adopted)(?: (?:ai|any ai|it|<D=tool>))?(?: at all)?"
    )
    if found is not None or (draft.metrics[:1] == ["inactive_people"] and people):
        if found is not None:
            sentence.use(found)
        if draft.metrics[:1] in ([], ["inactive_people"], ["tokens"], ["active_people"]):
            draft.metrics = ["tokens"]
        draft.limits.append(Limit(Compare.LE, 0.0))
        draft.everyone = draft.everyone or people


def unit_matches(unit: str, name: str) -> bool:
    """Whether a number said in a unit can be a threshold on a metric."""
    if unit == "usd":
        return (name in METRICS and METRICS[name].unit in (Unit.USD, Unit.USD_PER_PERSON)) or name.startswith("cost/")
    if unit == "percent":
        return name in METRICS and METRICS[name].unit is Unit.FRACTION
    return True
