"""Several periods in one question: side by side as a series, two of them compared, each of many."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from bot.questions.answers.answer import Option
from bot.questions.grammar.draft import Draft
from bot.questions.periods import Calendar, PeriodMatch, Span, find, pair
from bot.questions.periods.labels import range_label
from storage.query import Grain
from storage.records import Period

_NOWHERE = Span(0, 0)


def several_periods(draft: Draft, matches: list[PeriodMatch]) -> None:
    """Periods side by side: neighbours make a series, two others a comparison."""
    matches = sorted(matches, key=lambda one: (one.period.start, one.period.end))
    order = draft.sentence.find(
        r"(?:compare|comparing|comparison(?: of| between)?|contrast|set)(?: between)?|"
        r"more|less|fewer|higher|lower|bigger|smaller|cheaper|pricier|better|worse"
    )
    if len(matches) == 2 and order is not None:
        draft.sentence.use(order)
        draft.period, draft.earlier = pair(matches[0], matches[1], Calendar(draft.calendar.as_of))
        draft.compared = draft.change = True
        return
    if not draft.tagged.listed:
        raise draft.ask(
            (f"Two periods are named: {', '.join(one.period.label for one in matches)}. Which one, or both compared?"),
            *(Option(label=one.period.label, ask=_with_one(draft, matches, one)) for one in matches),
        )
    touching = all(b.period.start == a.period.end + timedelta(days=1) for a, b in pairwise(matches))
    unit = matches[0].unit
    same = all(one.unit == unit for one in matches)
    if touching and draft.together:
        draft.period = _union(matches)
    elif (
        touching
        and same
        and unit in ("day", "week", "month", "quarter")
        and draft.grain in (None, unit)
        and not draft.change
        and not draft.groups
    ):
        draft.period, draft.grain = _union(matches), unit
        for found in list(draft.sentence.all(r"versus|against|compared (?:to|with)|compare|comparing|next to")):
            draft.sentence.use(found)
    elif len(matches) == 2:
        free = Calendar(draft.calendar.as_of)
        draft.period, draft.earlier = pair(matches[0], matches[1], free)
        draft.compared = draft.change = True
    else:
        raise draft.ask("I can compare two periods, or give a series. Which?")


def _with_one(draft: Draft, matches: list[PeriodMatch], kept: PeriodMatch) -> str:
    text, tokens = draft.sentence.original, draft.tagged.tokens
    for one in sorted(matches, key=lambda match: -match.span.start):
        if one is not kept and one.span.end > one.span.start:
            text = text[: tokens[one.span.start].start] + text[tokens[one.span.end - 1].end :]
    return " ".join(text.split())


def _union(matches: list[PeriodMatch]) -> PeriodMatch:
    first, last = matches[0].period, matches[-1].period
    period = Period(first.start, last.end, range_label(first.start, last.end))
    return PeriodMatch(span=_NOWHERE, period=period, kind="span", reason="several side by side")


def each_of_them(draft: Draft) -> None:
    """ "for each of the last 6 weeks": a series of weeks."""
    found = draft.sentence.find(
        r"(?:for |in |over |on |during |of )*(?:each|"
        r"every)(?: one)? of (?:the |these |those )*<T=period:t>"
    )
    item = found.item("t") if found else None
    if found is None or item is None or draft.grain:
        return
    step = item.value.step
    if item.value.count < 2 or step not in {one.value for one in Grain}:
        raise draft.ask(f"Each of what in {item.value.period.label}: days, weeks, months?")
    draft.grain = step
    draft.sentence.use_words(found)
    draft.step("grain", f"“{found.said()}” is a series by {step}")


def from_one_to_the_other(draft: Draft) -> None:
    """ "between August and October, whose cost rose": a change asked over two named units compares them."""
    said = [item for item in draft.sentence.tags("T") if item.name == "period"]
    if len(said) != 1 or draft.period is not said[0].value or draft.period.unit is not None:
        return
    heard = [one.text for one in draft.tagged.tokens[said[0].start : said[0].end]]
    for at, word in enumerate(heard):
        if word not in ("to", "and", "-", "until", "through", "till"):
            continue
        one, other = (find(part, draft.calendar).periods for part in (heard[:at], heard[at + 1 :]))
        if len(one) == len(other) == 1 and one[0].unit == other[0].unit in ("week", "month", "quarter", "half", "year"):
            draft.period, draft.earlier = pair(one[0], other[0], Calendar(draft.calendar.as_of))
            draft.compared = True
            draft.step("comparison", "from one to the other")
            return
