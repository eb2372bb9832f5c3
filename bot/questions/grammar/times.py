"""When: the period, what it is compared with, the grain, and averages over time."""

from __future__ import annotations

from bot.questions.answers.answer import Option
from bot.questions.grammar.changes import changes, headline
from bot.questions.grammar.draft import Draft, Stop
from bot.questions.grammar.options import replaced, with_more
from bot.questions.grammar.several_times import each_of_them, from_one_to_the_other, several_periods
from bot.questions.grammar.thread_time import half_of_thread, thread_period, unit_of
from bot.questions.periods import (
    Calendar,
    CompareMatch,
    PeriodMatch,
    Span,
    default_grain,
    default_period,
    default_trend,
    pair,
    previous,
    resolve,
    year_ago,
)
from bot.questions.periods.labels import range_label
from bot.questions.reading import Missing
from storage.catalogue import METRICS
from storage.query import Grain
from storage.records import Period

_NOWHERE = Span(0, 0)


def read_times(draft: Draft) -> None:
    """Settle the period, the comparison and the grain."""
    _problems(draft)
    _grains(draft)
    _averages(draft)
    _periods(draft)
    changes(draft)
    headline(draft)
    _defaults(draft)


def _problems(draft: Draft) -> None:
    for item in draft.sentence.tags("T"):
        if item.name != "problem":
            continue
        options = tuple(
            Option(label=one.label, ask=replaced(draft, item.start, item.end, f"from {one.start} to {one.end}"))
            for one in item.value.options
        )
        raise draft.ask(f"“{item.raw}”: {item.value.reason}. Which days are meant?", *options)


def _grains(draft: Draft) -> None:
    for item in draft.sentence.tags("G", unused=True):
        match = item.value
        if match.grain == "year":
            raise draft.ask("I can give days, weeks, months or quarters, not years.", with_more(draft, "by quarter"))
        draft.sentence.use_tags([item])
        if match.kind == "average":
            draft.average = match.grain
        elif match.kind == "trend":
            draft.trend = True
        elif match.kind == "rank":
            draft.grain = draft.grain or match.grain
        elif draft.grain and match.grain != draft.grain:
            raise draft.ask(f"By {draft.grain} or by {match.grain}?")
        else:
            draft.grain = match.grain
        draft.step("grain", f"“{item.word}” is {match.kind} by {match.grain or 'the period’s own grain'}")


_AVERAGE = r"on average|in average|on the average|average|averaged|averages|averaging|mean(?= <M>| number| of)|the mean"


def _averages(draft: Draft) -> None:
    """ "on average" beside a ratio says what it is; beside a sum it needs days, weeks or months."""
    sentence = draft.sentence
    found = list(sentence.all(_AVERAGE))
    if not found:
        return
    if draft.grain and draft.average is None and sentence.has(r"<G>") and not draft.ranked:
        draft.average, draft.grain = draft.grain, None
    sums = [name for name in draft.metrics if name in METRICS and METRICS[name].additive]
    if draft.average is None and sums:
        raise _mean_of_what(draft, sums[0])
    for one in found:
        sentence.use(one)


def _mean_of_what(draft: Draft, name: str) -> Exception:
    label = METRICS[name].label
    return draft.ask(
        f"An average of {label} over what? I can give it per day, per week or per month"
        + (", or per employee." if name in ("tokens", "cost", "requests", "fresh_tokens", "effective_tokens") else "."),
        *(with_more(draft, f"per {grain}", f"{label} per {grain}") for grain in ("day", "week", "month")),
    )


def _periods(draft: Draft) -> None:
    sentence = draft.sentence
    said = [item for item in sentence.tags("T") if item.name == "period"]
    each_of_them(draft)
    compare = next((item.value for item in sentence.tags("T") if item.name == "compare" and item.value), None)
    matches = [half_of_thread(draft, item) or _resolved(draft, item.value) for item in said]
    for item in sentence.tags("T"):
        sentence.use_tags([item])
    ahead = compare.later if compare is not None else matches[0] if len(matches) == 1 else None
    if ahead is not None and ahead.future:
        raise Stop(
            Missing(
                text=(f"{ahead.period.label} lies after today: nothing is recorded there yet."),
                steps=tuple(draft.steps),
            )
        )
    if compare is not None:
        for order in list(sentence.all(r"(?:compare|comparing|contrast)|difference between|between")):
            sentence.use(order)
        _compared(draft, compare, matches)
        return
    if len(matches) == 1:
        draft.period = matches[0]
        draft.step("period", f"{matches[0].period.label}: {matches[0].reason}")
    elif len(matches) > 1:
        several_periods(draft, matches)


def _resolved(draft: Draft, match: PeriodMatch) -> PeriodMatch:
    """A period counted from the thread's, where it is said so."""
    if match.kind != "relative" or draft.before is None:
        return match
    return resolve(match, draft.before.query.period, draft.calendar, unit_of(draft.before.query.period))


def _compared(draft: Draft, compare: CompareMatch, matches: list[PeriodMatch]) -> None:
    free = Calendar(draft.calendar.as_of, None, draft.calendar.fiscal_start)
    later = compare.later
    draft.compared = draft.change = True
    if later is not None:
        earlier = compare.earlier
        if earlier is None:
            earlier = (
                year_ago(later, free) if compare.kind == "year_ago" else previous(later, free, whole=compare.whole)
            )
        if compare.named is not None and compare.earlier is None:
            earlier = compare.named.period
        others = [one for one in matches if one.period not in (later.period, earlier)]
        if others:
            raise draft.ask("More than two periods are named. Which two should I compare?")
        draft.period, draft.earlier = later, earlier
    else:
        _against_the_thread(draft, compare, free)
    in_full = draft.sentence.find(
        r", (?:in )?(?:full|whole|entire|complete)(?: (?:month|week|quarter|"
        r"year|unit)s?)?(?= ?[?.!]?$)"
    )
    whole = previous(draft.period, free, whole=True) if draft.period is not None else None
    if in_full is not None and whole is not None and draft.earlier is not None and whole.start == draft.earlier.start:
        draft.earlier = whole
        draft.sentence.use(in_full)
        return
    draft.running = bool(
        draft.period and draft.period.running and draft.period.unit and not compare.whole and compare.kind == "previous"
    )
    draft.step(
        "comparison",
        (
            f"{compare.reason}: {draft.period.period.label if draft.period else ''} against "
            f"{draft.earlier.label if draft.earlier else ''}"
        ),
    )


def _against_the_thread(draft: Draft, compare: CompareMatch, free: Calendar) -> None:
    base = thread_period(draft) or compare.fallback or default_period(draft.calendar)
    anaphoric = (
        draft.before is not None
        and draft.sentence.said("<T=compare>")
        and any(
            one.name == "compare" and set(one.word.split()) & {"previous", "prior", "preceding"}
            for one in draft.sentence.tags("T")
        )
    )
    if compare.kind == "explicit" and compare.named is not None and not anaphoric:
        base, draft.earlier = pair(base, compare.named, free, whole=compare.whole)
    elif compare.kind == "year_ago":
        draft.earlier = year_ago(base, free)
    else:
        draft.earlier = previous(base, free, whole=compare.whole)
    draft.period = base


def _defaults(draft: Draft) -> None:
    """What nothing said means."""
    if draft.compared and draft.trend and draft.grain is None:
        draft.trend = False  # "how did it evolve, October against September" is a change
    draft.defaulted = draft.period is None
    free = Calendar(draft.calendar.as_of, None, draft.calendar.fiscal_start)
    if draft.period is None:
        thread = thread_period(draft)
        if thread is not None:
            draft.period = thread
        elif draft.metrics and set(draft.metrics) <= {"headcount"} and not (draft.grain or draft.trend or draft.change):
            today = draft.calendar.as_of
            draft.period = PeriodMatch(
                span=_NOWHERE,
                period=Period(today, today, range_label(today, today)),
                kind="day",
                unit="day",
                reason="headcount is that of the day asked",
            )
        elif draft.grain or draft.trend:
            draft.period = default_trend(draft.calendar)
        else:
            draft.period = default_period(draft.calendar)
        draft.step("period", f"{draft.period.period.label}: nothing said")
    if draft.trend and not draft.grain:
        draft.grain = default_grain(draft.period.period)
    if draft.change and not draft.compared and not draft.trend:
        from_one_to_the_other(draft)
    if draft.change and not draft.compared:
        draft.earlier = previous(draft.period, free, whole=draft.period.whole)
        draft.running = draft.period.running and draft.period.unit is not None and not draft.period.whole
        draft.step("comparison", "the period just before")
    if draft.grain is not None and draft.grain not in {one.value for one in Grain}:
        raise draft.ask("I can give days, weeks, months or quarters.")
