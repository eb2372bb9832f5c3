"""Notes of the store as sentences: what a reader must know beside the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from bot.figures import counted, figure, in_currency, plural
from bot.questions.answers.answer import NOT_WHOLE
from bot.questions.answers.naming import plain_name, point_name, whole_name
from storage.answer.result import Note, NoteKind
from storage.catalogue import Unit, metric
from storage.query import Grain

FIRST = (NoteKind.PREVIOUS_LATE, NoteKind.NO_PREVIOUS, NoteKind.PER_DAY, NoteKind.RUNNING)


def sentence(note: Note) -> str:
    """The note in one plain sentence."""
    return _WORDS[note.kind](note.data)


def in_order(notes: Iterable[Note]) -> list[Note]:
    """What can make a reader take a comparison for another one comes first."""
    return sorted(notes, key=lambda note: note.kind not in FIRST)


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def _hidden(data: Any) -> str:
    names = list(dict.fromkeys(_row_name(labels, data["grain"]) for labels in data["labels"]))
    said = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    return f"Hidden because the group is small or would give a small one away: {said}."


def _row_name(labels: Mapping[str, str], grain: Grain | None) -> str:
    """A group is named once, however many of its points are meant."""
    point = labels.get(grain.value) if grain else None
    groups = [plain_name(label, name) for label, name in labels.items() if grain is None or label != grain.value]
    return ", ".join(groups) or (whole_name(date.fromisoformat(point), grain) if grain and point else "")


def _unbooked(data: Any) -> str:
    names = data["names"]
    if not names:
        return "No usage of the period is booked to the workflows meant."
    said = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    return f"No usage of the period is booked to {said}."


def _days(data: Any) -> str:
    days = data["days"]
    return days[0] if len(days) == 1 else f"{len(days)} days ({days[0]} to {days[-1]})"


def _kinds(data: Any) -> str:
    said = [kind if usd is None else f"{kind} {_usd(usd)}" for kind, usd in data["kinds"]]
    return f"The cost adds up different kinds: {', '.join(said)}."


def _rates(data: Any) -> str:
    when = _day(data["last"]) if data["first"] == data["last"] else f"{_day(data['first'])} to {_day(data['last'])}"
    rate = f", 1 {data['currency']} = {data['rate']:.4f} USD" if data["rate"] else ""
    return f"Money is in {data['currency']}, at the rates of {when}{rate}."


def _partial(data: Any) -> str:
    """ "Not whole: Aug 2026 (8 days), 18 Nov (so far); …" """
    grain, period = data["grain"], data["period"]
    said = [point_name(row.labels[grain.value], grain, period, row) for row in data["points"]]
    return f"{NOT_WHOLE}: {', '.join(said)}; no low, high, rank or trend is taken from {_them(len(said))}."


def _them(count: int) -> str:
    return "it" if count == 1 else "them"


def _product(data: Any) -> str:
    units = {name: in_currency(metric(name).unit.value, data["currency"]) for name in data["parts"]}
    said = [counted(value, units[name]) for name, value in data["parts"].items()]
    verb = "are" if " " in said[0] or len(said) > 1 else "is"
    return f"{' and '.join(said)} of it {verb} product inference, not people's work."


def _usd(value: float) -> str:
    return figure(value, Unit.USD.value)


def _tools(data: Any) -> str:
    """ "copilot (16 people, 320 requests) is active" """
    said = []
    for tool in data["tools"]:
        people = f"{tool['people']:,} people" if tool.get("people") is not None else ""
        requests = f"{tool['requests']:,} requests" if tool.get("requests") else ""
        figures = ", ".join(part for part in (people, requests) if part)
        said.append(f"{tool['tool']} ({figures})" if figures else str(tool["tool"]))
    return f"{', '.join(said)} {'is' if len(said) == 1 else 'are'} active"


_WORDS: dict[NoteKind, Callable[[Any], str]] = {
    NoteKind.STARTS_LATE: lambda d: f"The data begin on {_day(d['day'])}; the figures are taken from that day on.",
    NoteKind.ENDS_EARLY: lambda d: f"The newest data are of {_day(d['day'])}; the figures end there.",
    NoteKind.PER_DAY: lambda d: "Changes of sums are those of the averages per recorded day.",
    NoteKind.PARTIAL: _partial,
    NoteKind.PREVIOUS_LATE: lambda d: f"The earlier period is only recorded from {_day(d['day'])} on.",
    NoteKind.NO_PREVIOUS: lambda d: f"The earlier period is before the first recorded day, {_day(d['day'])}.",
    NoteKind.RUNNING: lambda d: "The period is still running: it is compared with the same days of the one before.",
    NoteKind.PRODUCT: _product,
    NoteKind.UNPRICED: lambda d: (
        f"Left out of the cost, for want of a price: {plural(d['rows'], 'row')}, {plural(d['tokens'], 'token')}."
    ),
    NoteKind.NO_CLASS_PRICE: lambda d: (
        f"Left out, for want of prices by class: {plural(d['tokens'], 'token')}; the columns price_input, "
        "price_cached, price_cache_write and price_output of usage.csv bring them."
    ),
    NoteKind.COST_KINDS: _kinds,
    NoteKind.RATES: _rates,
    NoteKind.NO_RATE: lambda d: (
        f"No rate of {', '.join(d['currencies'])} is loaded, so that money in it is left out; add rates.csv "
        "or set FULCRUM_RATES=ecb."
    ),
    NoteKind.COVERED: lambda d: (
        "Use that a seat covers is in it at $0"
        + (
            f"; at list price it is worth {_usd(d['list'])}."
            if d["list"] is not None
            else "; its list price is not known."
        )
    ),
    NoteKind.APART: lambda d: (
        "The cost of APIs is what their vendors bill; where a bill names nobody, it is in the row (none)"
        + (f". At list price the use here is worth {_usd(d['list'])}." if d["list"] is not None else ".")
    ),
    NoteKind.NO_TOKENS: lambda d: (
        f"{_tools(d)} without tokens: its source reports none, so its use is not in these figures, and is not nothing."
    ),
    NoteKind.NO_REQUESTS: lambda d: f"{_tools(d)} without a count of requests: its source reports none.",
    NoteKind.UNTIMED: lambda d: (
        f"Minutes are recorded for {d['timed']:,} of {d['items']:,} items; the others are left out."
    ),
    NoteKind.UNBOOKED: _unbooked,
    NoteKind.SUPPRESSED: _hidden,
    NoteKind.ROUNDED: lambda d: (
        f"Rounded to two digits: days that make no whole week or month, of fewer than {d['people']} people with usage."
    ),
    NoteKind.WEEKDAYS: lambda d: f"The period has {', '.join(plural(n, name) for name, n in d['days'].items())}.",
    NoteKind.UNLOADED: lambda d: (
        f"Left out: {d['seats']:,} of {plural(d['of'], 'seat')}, of tools whose use is not loaded for all of the last "
        "28 days."
    ),
    NoteKind.UNPRICED_SEATS: lambda d: f"No price is known of {plural(d['seats'], 'idle seat')}; seats.csv brings it.",
    NoteKind.BUDGETED: lambda d: (
        f"Not every month has a budget: what is used is that of {_day(d['first'])} to {_day(d['last'])}."
    ),
    NoteKind.BY_WEEK: lambda d: "By week instead of by day, because the group is small.",
    NoteKind.COVERAGE: lambda d: (
        f"{d['coverage']:.1%} of the organisation's tokens of these days belong to somebody in the roster; the rest is "
        "in no team and nobody's."
    ),
    NoteKind.MISSING: lambda d: f"{d['source']} has no complete data for {_days(d)}.",
    NoteKind.PROVISIONAL: lambda d: f"Figures of {d['source']} for {_days(d)} may still change.",
}
