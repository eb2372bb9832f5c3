"""The one line under an answer, and what stands behind it for whoever asks to see the math."""

from __future__ import annotations

from datetime import date

from bot.questions.answers.answer import Receipt
from bot.questions.answers.naming import short_day

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


def math(receipt: Receipt) -> tuple[str, ...]:
    """Paragraphs: what was measured and how, over which days of which zone."""
    said = [f"{receipt.metric[:1].upper()}{receipt.metric[1:]}: {receipt.definition}"]
    if receipt.question:
        said.append(f"Asked: {receipt.question}.")
    if receipt.period:
        said.append(f"Days are those of {receipt.zone}; the newest data are of {receipt.newest or 'no day yet'}.")
    return tuple(said)
