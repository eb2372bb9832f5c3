"""Formulas in a reader's words."""

from __future__ import annotations

import re

from bot.questions.answers.formulas import formula, in_words
from storage.catalogue import METRICS, metric


def test_no_formula_shows_a_name_or_a_scale_of_the_store() -> None:
    shown = {name: in_words(found) for name, found in METRICS.items()}

    assert {name for name, words in shown.items() if re.search(r"_|e-0|nano|\bms\b", words)} == set()
    assert shown["cost_per_active_person"] == "cost of people ÷ active people"
    assert shown["minutes_per_item"] == "minutes of people ÷ items with their minutes"


def test_a_formula_that_is_the_metrics_own_name_is_not_said() -> None:
    assert (formula(metric("cost")), formula(metric("headcount"))) == ("", " Formula: days on the roster ÷ days.")
