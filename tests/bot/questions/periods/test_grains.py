"""Which grain a question names."""

from __future__ import annotations

import pytest

from bot.questions.periods import find_grain
from bot.questions.tokens import tokenise


@pytest.mark.parametrize(
    ("question", "kind", "grain"),
    [
        ("Mobile - weekly tokens, last 8 weeks", "series", "week"),
        ("cursor tokens per day from 19 to 25 October", "series", "day"),
        ("agent share week by week for the last six weeks", "series", "week"),
        ("Payments headcount month by month since july", "series", "month"),
        ("Finance adoption by month since june", "series", "month"),
        ("spend for each quarter", "series", "quarter"),
        ("tokens every week", "series", "week"),
        ("Platform's daily request count last week", "series", "day"),
        ("tokens by weeks", "series", "week"),
        ("how many tokens a day do we use", "series", "day"),
        ("show it monthly", "series", "month"),
        ("spend on a quarterly basis", "series", "quarter"),
        ("cost over time", "trend", None),
        ("what's the trend in total spend", "trend", None),
        ("how has usage trended", "trend", None),
        ("our priciest day in october was?", "rank", "day"),
        ("which was our busiest week for tokens since July", "rank", "week"),
        ("which month had the most requests", "rank", "month"),
        ("top 3 days by spend", "rank", "day"),
        ("average tokens per day in october", "series", "day"),
        ("average per day in october", "average", "day"),
        ("average daily tokens in october", "average", "day"),
        ("tokens per day on average", "average", "day"),
        ("weekly average of requests", "average", "week"),
    ],
)
def test_a_grain_is_read(question: str, kind: str, grain: str | None) -> None:
    (match,) = find_grain(tokenise(question).words)

    assert (match.kind, match.grain) == (kind, grain)


@pytest.mark.parametrize(
    "question",
    [
        "tokens last week", "which team spent the most last month?", "tokens by day of the week", "a week ago",
        "in a month", "week over week", "which week 45 team", "on how many days in October was a person active",
        "the latest week", "the last month", "month-end close in Q3", "top 5 teams",
    ],
)  # fmt: skip
def test_other_uses_of_these_words_are_no_grain(question: str) -> None:
    assert not find_grain(tokenise(question).words)
