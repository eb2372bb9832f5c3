"""Each note of the store is one plain sentence with the note's own figures in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.questions.answers.caveats import in_order, sentence
from storage.answer.result import Note, NoteKind, ResultRow
from storage.query import Grain
from storage.records import Period

DAY = date(2026, 3, 2)
COPILOT = {"tool": "copilot", "people": 16, "requests": 320}

SAID: list[tuple[NoteKind, dict[str, Any], str]] = [
    (NoteKind.STARTS_LATE, {"day": DAY}, "The data begin on 2 March 2026; the figures are taken from that day on."),
    (NoteKind.ENDS_EARLY, {"day": DAY}, "The newest data are of 2 March 2026; the figures end there."),
    (NoteKind.PREVIOUS_LATE, {"day": DAY}, "The earlier period is only recorded from 2 March 2026 on."),
    (NoteKind.NO_PREVIOUS, {"day": DAY}, "The earlier period is before the first recorded day, 2 March 2026."),
    (
        NoteKind.RUNNING,
        {},
        "The period is still running: it is compared with the same days of the one before.",
    ),
    (
        NoteKind.PRODUCT,
        {"parts": {"tokens": 12_500}, "currency": ""},
        "12.5k tokens of it are product inference, not people's work.",
    ),
    (
        NoteKind.PRODUCT,
        {"parts": {"cost": 111.2}, "currency": "EUR"},
        "€111 of it is product inference, not people's work.",
    ),
    (NoteKind.PER_DAY, {}, "Changes of sums are those of the averages per recorded day."),
    (
        NoteKind.PARTIAL,
        {
            "grain": Grain.MONTH,
            "period": Period(date(2026, 8, 24), date(2026, 11, 15)),
            "points": [
                ResultRow({"month": "2026-08-01"}, {}, partial=True, days=8),
                ResultRow({"month": "2026-11-01"}, {}, partial=True, days=15),
            ],
        },
        "Not whole: Aug 2026 (8 days), Nov 2026 (15 days); no low, high, rank or trend is taken from them.",
    ),
    (
        NoteKind.NO_CLASS_PRICE,
        {"tokens": 1_200},
        "Left out, for want of prices by class: 1,200 tokens; the columns price_input, price_cached, price_cache_write "
        "and price_output of usage.csv bring them.",
    ),
    (
        NoteKind.UNPRICED,
        {"rows": 1_200, "tokens": 1},
        "Left out of the cost, for want of a price: 1,200 rows, 1 token.",
    ),
    (
        NoteKind.COST_KINDS,
        {"kinds": [("billed", 12.5), ("estimated", None)]},
        "The cost adds up different kinds: billed $12.50, estimated.",
    ),
    (
        NoteKind.RATES,
        {"currency": "EUR", "first": DAY, "last": DAY, "rate": 1.08},
        "Money is in EUR, at the rates of 2 March 2026, 1 EUR = 1.0800 USD.",
    ),
    (
        NoteKind.RATES,
        {"currency": "EUR", "first": DAY, "last": date(2026, 3, 6), "rate": None},
        "Money is in EUR, at the rates of 2 March 2026 to 6 March 2026.",
    ),
    (
        NoteKind.NO_RATE,
        {"currencies": ["CHF", "JPY"]},
        "No rate of CHF, JPY is loaded, so that money in it is left out; add rates.csv or set FULCRUM_RATES=ecb.",
    ),
    (
        NoteKind.COVERED,
        {"list": 40.0},
        "Use that a seat covers is in it at $0; at list price it is worth $40.00.",
    ),
    (
        NoteKind.COVERED,
        {"list": None},
        "Use that a seat covers is in it at $0; its list price is not known.",
    ),
    (
        NoteKind.APART,
        {"list": 40.0},
        "The cost of APIs is what their vendors bill; where a bill names nobody, it is in the row (none). "
        "At list price the use here is worth $40.00.",
    ),
    (
        NoteKind.APART,
        {"list": None},
        "The cost of APIs is what their vendors bill; where a bill names nobody, it is in the row (none).",
    ),
    (
        NoteKind.NO_TOKENS,
        {"tools": [COPILOT]},
        "copilot (16 people, 320 requests) is active without tokens: its source reports none, so its use is not in "
        "these figures, and is not nothing.",
    ),
    (
        NoteKind.NO_REQUESTS,
        {"tools": [{"tool": "zed", "people": None}, {"tool": "cursor", "people": 7}]},
        "zed, cursor (7 people) are active without a count of requests: its source reports none.",
    ),
    (
        NoteKind.UNTIMED,
        {"items": 1_000, "timed": 400},
        "Minutes are recorded for 400 of 1,000 items; the others are left out.",
    ),
    (NoteKind.UNBOOKED, {"names": []}, "No usage of the period is booked to the workflows meant."),
    (NoteKind.UNBOOKED, {"names": ["a", "b"]}, "No usage of the period is booked to a, b."),
    (
        NoteKind.SUPPRESSED,
        {"labels": [{"team": name} for name in "abcdefghij"], "grain": None},
        "Hidden because the group is small or would give a small one away: a, b, c, d, e, f, g, h and 2 more.",
    ),
    (
        NoteKind.SUPPRESSED,
        {
            "labels": [
                {"week": "2026-11-02", "team": "(none)"},
                {"week": "2026-11-02", "team": "Legal"},
                {"week": "2026-11-09", "team": "Legal"},
            ],
            "grain": Grain.WEEK,
        },
        "Hidden because the group is small or would give a small one away: no team, Legal.",
    ),
    (
        NoteKind.SUPPRESSED,
        {"labels": [{"week": "2026-11-02"}], "grain": Grain.WEEK},
        "Hidden because the group is small or would give a small one away: 2-8 Nov.",
    ),
    (
        NoteKind.ROUNDED,
        {"people": 10},
        "Rounded to two digits: days that make no whole week or month, of fewer than 10 people with usage.",
    ),
    (NoteKind.WEEKDAYS, {"days": {"Monday": 4, "Friday": 1}}, "The period has 4 Mondays, 1 Friday."),
    (
        NoteKind.UNLOADED,
        {"seats": 3, "of": 40},
        "Left out: 3 of 40 seats, of tools whose use is not loaded for all of the last 28 days.",
    ),
    (NoteKind.UNPRICED_SEATS, {"seats": 1}, "No price is known of 1 idle seat; seats.csv brings it."),
    (
        NoteKind.BUDGETED,
        {"first": date(2026, 8, 1), "last": date(2026, 11, 30)},
        "Not every month has a budget: what is used is that of 1 August 2026 to 30 November 2026.",
    ),
    (NoteKind.BY_WEEK, {}, "By week instead of by day, because the group is small."),
    (
        NoteKind.COVERAGE,
        {"coverage": 0.8734},
        "87.3% of the organisation's tokens of these days belong to somebody in the roster; the rest is in no team and "
        "nobody's.",
    ),
    (NoteKind.MISSING, {"source": "cursor", "days": ["2026-03-02"]}, "cursor has no complete data for 2026-03-02."),
    (
        NoteKind.PROVISIONAL,
        {"source": "cursor", "days": ["2026-03-02", "2026-03-03", "2026-03-06"]},
        "Figures of cursor for 3 days (2026-03-02 to 2026-03-06) may still change.",
    ),
]


@pytest.mark.parametrize(("kind", "data", "said"), SAID)
def test_a_note_is_said_with_its_figures(kind: NoteKind, data: dict[str, Any], said: str) -> None:
    assert sentence(Note(kind, data)) == said


def test_what_changes_the_meaning_of_a_comparison_is_said_first() -> None:
    notes = [Note(NoteKind.UNPRICED), Note(NoteKind.PREVIOUS_LATE), Note(NoteKind.PRODUCT)]

    assert [note.kind for note in in_order(notes)] == [NoteKind.PREVIOUS_LATE, NoteKind.UNPRICED, NoteKind.PRODUCT]


def test_every_kind_of_note_has_its_words() -> None:
    assert {kind for kind, _, _ in SAID} == set(NoteKind)
