"""The times of a call: phrases that stand in the question, resolved by the period grammar, never by the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.questions.answers.answer import Option
from bot.questions.llm.failure import ModelFailure
from bot.questions.llm.linking import Linked
from bot.questions.llm.pressed import UNITS
from bot.questions.llm.tools import CheckedCall
from bot.questions.periods import (
    Calendar,
    CompareMatch,
    PeriodMatch,
    PeriodProblem,
    default_period,
    default_trend,
    find,
    is_running,
    pair,
    previous,
    resolve,
    year_ago,
)
from bot.questions.periods.arithmetic import end_of, start_of
from bot.questions.periods.words import word_set
from bot.questions.reading import Unclear, Understood
from bot.questions.tokens import Token, tokenise
from storage.records import Period

# What may stand around a time phrase without being part of it.
AROUND = word_set("in on for the of during over a an and by at as to from vs versus compared with than against")


class Doubtful(Exception):
    """The question names a time that only the asker can settle."""

    def __init__(self, reading: Unclear) -> None:
        super().__init__(reading.text)
        self.reading = reading


@dataclass(frozen=True, slots=True)
class CallPeriods:
    """The periods of a call, and the tokens of the question that said them."""

    period: Period
    previous: Period | None = None
    running: bool = False
    spans: tuple[range, ...] = ()
    said: bool = True  # by the question or the thread, not by default


def place(words: Sequence[str], tokens: Sequence[Token]) -> range | None:
    """Where words stand in the question, one after the other."""
    for start in range(len(tokens) - len(words) + 1):
        if words and all(tokens[start + n].text == word for n, word in enumerate(words)):
            return range(start, start + len(words))
    return None


def read_times(call: CheckedCall, linked: Linked, calendar: Calendar, before: Understood | None) -> CallPeriods:
    """The times of a call. Raises ModelFailure where a phrase is not the asker's, Doubtful where it is unclear."""
    said, span = _phrase(str(call.get("time")), linked, calendar)
    base: PeriodMatch | Period
    spans = () if span is None else (span,)
    if isinstance(said, CompareMatch):
        return _compared(said, spans, calendar, before)
    if said is not None:
        base = resolve(said, before.query.period, calendar) if said.kind == "relative" and before else said
    elif call.get("time_from") == "thread" and before is not None:
        base = before.query.period
    else:
        base = default_trend(calendar, str(call.get("grain"))) if call.get("grain") else default_period(calendar)
    return _against(call, linked, calendar, before, base, spans, said is not None)


def _against(
    call: CheckedCall, linked: Linked, calendar: Calendar, before: Understood | None,
    base: PeriodMatch | Period, spans: tuple[range, ...], said: bool,
) -> CallPeriods:  # fmt: skip
    compare = call.get("compare", "none")
    period = base.period if isinstance(base, PeriodMatch) else base
    unit = base.unit if isinstance(base, PeriodMatch) else unit_of(base, calendar)
    told = said or (before is not None and period == before.query.period)
    # Without the first recorded day: the store says itself what lies before it.
    free = Calendar(calendar.as_of, None, calendar.fiscal_start)
    if compare == "none":
        return CallPeriods(period, None, False, spans, told)
    if compare == "previous":
        if before is not None and before.query.previous and before.query.period == period:
            return CallPeriods(period, before.query.previous, before.query.running, spans, told)
        return CallPeriods(period, previous(base, free, unit), is_running(period, unit, calendar), spans, told)
    if compare == "year_before":
        return CallPeriods(period, year_ago(base, free, unit), False, spans, told)
    other, span = _phrase(str(call.get("compared_with")), linked, calendar)
    if not isinstance(other, PeriodMatch) or span is None:
        raise ModelFailure("compared_with is no time phrase of the question")
    if other.kind == "relative":
        return CallPeriods(period, resolve(other, base, free, unit).period, False, (*spans, span), told)
    if not isinstance(base, PeriodMatch):
        return CallPeriods(
            max(period, other.period, key=_start), min(period, other.period, key=_start), False, (*spans, span)
        )
    later, earlier = pair(base, other, free)
    return CallPeriods(later.period, earlier, later.running, (*spans, span), told)


def _compared(
    said: CompareMatch, spans: tuple[range, ...], calendar: Calendar, before: Understood | None
) -> CallPeriods:
    """A phrase that holds both sides: "October vs September", "month over month"."""
    base = said.later or (before.query.period if before else None) or said.fallback or default_period(calendar)
    if said.earlier is not None and said.later is not None:
        return CallPeriods(said.later.period, said.earlier, said.later.running, spans)
    free = Calendar(calendar.as_of, None, calendar.fiscal_start)
    period = base.period if isinstance(base, PeriodMatch) else base
    unit = base.unit if isinstance(base, PeriodMatch) else unit_of(base, calendar)
    earlier = year_ago(base, free, unit) if said.kind == "year_ago" else previous(base, free, unit, whole=said.whole)
    return CallPeriods(period, earlier, is_running(period, unit, calendar), spans)


def _phrase(phrase: str, linked: Linked, calendar: Calendar) -> tuple[PeriodMatch | CompareMatch | None, range | None]:
    words = [token.text for token in tokenise(phrase).tokens if not token.mark or token.text == "-"]
    if not words:
        return None, None
    span = place(words, linked.tokens)
    if span is None:
        raise ModelFailure("a time phrase that the question does not hold: copy it, or leave it empty")
    found = find(words, calendar)
    if found.problems:
        raise Doubtful(_which(found.problems[0], linked, span))
    spans = [period.span for period in found.periods] + [
        part for comparison in found.comparisons for part in comparison.spans
    ]
    read = {n for span in spans for n in range(span.start, span.end)}
    if [word for n, word in enumerate(words) if n not in read and word not in AROUND]:
        raise ModelFailure("a time phrase with words that name no time")
    if found.comparisons:
        return found.comparisons[0], span
    if len(found.periods) != 1:
        raise ModelFailure("a time phrase that names no single period: use one call for each")
    return found.periods[0], span


def _which(problem: PeriodProblem, linked: Linked, span: range) -> Unclear:
    tokens, text = linked.tokens, linked.clean
    start, end = tokens[span.start].start, tokens[span.stop - 1].end
    options = tuple(
        Option(
            label=option.label or f"{option.start} to {option.end}",
            ask=f"{text[:start]}from {option.start} to {option.end}{text[end:]}",
        )
        for option in problem.options
    )
    return Unclear(text=f"Which days are meant by “{text[start:end]}”? {problem.reason}".strip(), options=options)


def unit_of(period: Period, calendar: Calendar) -> str | None:
    """The calendar unit that a stored period is one of, a running one included."""
    for unit in UNITS:
        last = end_of(period.start, unit)
        begins = start_of(period.start, unit) == period.start
        if begins and (period.end == last or period.end == calendar.as_of < last):
            return unit
    return None


def _start(period: Period) -> tuple[object, object]:
    return period.start, period.end
