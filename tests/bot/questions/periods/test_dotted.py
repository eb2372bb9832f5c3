"""Spans of days that are written close together are said with the names of their months."""

from __future__ import annotations

import pytest

from bot.questions.periods.dotted import with_months_named


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cost 1.10.-31.10.", "cost 1 October to 31 October"),
        ("cost 01.10-31.10", "cost 1 October to 31 October"),
        ("cost 1-31.10.", "cost 1 October to 31 October"),
        ("cost 28.9. bis 4.10.26", "cost 28 September 2026 to 4 October 2026"),
        ("cost 1.10.2026 - 31.10.2026 by team", "cost 1 October 2026 to 31 October 2026 by team"),
        ("cost 1 Oct–31 Oct", "cost 1 Oct to 31 Oct"),
        ("cost Oct 1-Oct 31", "cost Oct 1 to Oct 31"),
        # What is no day of a month, or no span, stays as it is.
        ("more than 1.5-2.75 million", "more than 1.5-2.75 million"),
        ("cost 40.10.-41.10.", "cost 40.10.-41.10."),
        ("gpt-4.1 - 5.1", "gpt-4.1 - 5.1"),
        ("$1.10-2.10 a head", "$1.10-2.10 a head"),
    ],
)
def test_a_span_of_days_is_said_in_full(text: str, said: str) -> None:
    assert with_months_named(text) == said
