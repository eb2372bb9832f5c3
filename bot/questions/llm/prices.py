"""What a model's tokens cost by its maker's list; an unknown price is none, never nothing."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.questions.llm.wire import Spent

# USD for a million tokens: fresh input, cached input, output.
LIST = {
    "gpt-5.5": ("5", "0.5", "30"),
    "gpt-5.4": ("2.5", "0.25", "15"),
    "gpt-5": ("1.25", "0.125", "10"),
    "gpt-5-mini": ("0.25", "0.025", "2"),
    "gpt-5-nano": ("0.05", "0.005", "0.4"),
    "gpt-4.1": ("2", "0.5", "8"),
    "gpt-4.1-mini": ("0.4", "0.1", "1.6"),
    "gpt-4.1-nano": ("0.1", "0.025", "0.4"),
    "gpt-4o": ("2.5", "1.25", "10"),
    "gpt-4o-mini": ("0.15", "0.075", "0.6"),
}
MILLION = Decimal(1_000_000)
_DATED = re.compile(r"-\d{4}-\d{2}-\d{2}$")


def estimate(spent: Spent, provider: str) -> Decimal | None:
    """The list price of a reply; None where the list does not have its model, or another server ran it."""
    prices = LIST.get(_DATED.sub("", spent.model.lower())) if provider == "openai" else None
    if prices is None:
        return None
    fresh, cached, output = map(Decimal, prices)
    return (fresh * spent.input + cached * spent.cached + output * spent.output) / MILLION
