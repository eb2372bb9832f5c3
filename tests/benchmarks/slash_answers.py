"""Mixed questions, as people ask them after `/leverage`."""

from __future__ import annotations

from random import Random

METRICS = ("tokens", "cost", "adoption rate", "tokens per employee", "requests", "active people", "cost per employee")
PLACES = ("", " of Engineering", " of Checkout", " of Customer Care", " of Booking", " of Platform", " of Operations")
PERIODS = ("last month", "last week", "in September", "last 28 days", "this month", "in Q3", "last 8 weeks")
SHAPES = (
    *("{metric}{place} {period}", "{metric}{place} by tool {period}", "{metric} by team {period}"),
    *(
        "{metric}{place} by week {period}",
        "which team has the most {metric} {period}?",
        "top 5 teams by {metric} {period}",
    ),
    *("{metric}{place} {period} compared with the previous period", "share of tokens by model{place} {period}"),
    *(
        "why did tokens{place} change last month?",
        "was {metric}{place} last week normal?",
        "cost{place} {period} and the month before",
    ),
    *("what does {metric} mean?", "hours offloaded{place} {period}", "{metric}{place} last month and by month"),
)


def mixed(number: int, seed: int = 16) -> list[str]:
    """So many questions of every shape, the same for the same seed."""
    chance = Random(seed)
    return [
        chance.choice(SHAPES).format(
            metric=chance.choice(METRICS), place=chance.choice(PLACES), period=chance.choice(PERIODS)
        )
        for _ in range(number)
    ]
