"""The one line under an answer, and what stands behind it for whoever asks to see the math."""

from __future__ import annotations

from datetime import date

from bot.questions.answers.answer import Receipt
from bot.questions.answers.describe import title
from bot.questions.answers.formulas import formula
from bot.questions.answers.naming import short_day
from bot.questions.periods.labels import range_label
from storage.catalogue import metric
from storage.names import Directory
from storage.query import Query

EVERYBODY = "whole organisation"


def line(receipt: Receipt) -> str:
    """ "October 2026 · everyone · data to 18 Nov · 97% attributed"; "" where nothing was measured."""
    if not receipt.period:
        return ""
    parts = (
        receipt.period,
        "everyone" if receipt.scope == EVERYBODY else receipt.scope,
        f"data to {short_day(date.fromisoformat(receipt.newest))}" if receipt.newest else "",
        f"{receipt.coverage:.0%} attributed" if receipt.coverage is not None else "",
    )
    return " · ".join(part for part in parts if part)


def math(query: Query, directory: Directory, zone: str) -> tuple[str, ...]:
    """Paragraphs: what was measured and by which formula, how the question was read, over which days of which zone."""
    defined = [
        f"{measure.label[:1].upper()}{measure.label[1:]} ({measure.unit.value}): "
        f"{measure.description}{formula(measure)}"
        for measure in map(metric, query.metrics)
    ]
    spans = [query.period, query.previous] if query.previous else [query.period]
    days = " and ".join(range_label(span.start, span.end) for span in spans)
    recorded = f" Recorded is use {range_label(*directory.usage)}." if directory.usage else ""
    return (
        *defined,
        f"Read as: {title(query, directory)}.",
        f"Days: {days}, as they are counted in {zone}.{recorded}",
    )
