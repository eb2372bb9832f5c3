"""Mixed questions after `/leverage`, so many at once, and how soon each was answered at its response_url."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from random import Random
from time import perf_counter

from bot.preview.slack import HOOK_USES, Hook
from tests.fakes.slack_api import FakeSlack
from tests.fakes.slack_requests import body, command, headers

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
PATIENCE = 60.0


def mixed(number: int, seed: int = 16) -> list[str]:
    """So many questions of every shape, the same for the same seed."""
    chance = Random(seed)
    return [
        chance.choice(SHAPES).format(
            metric=chance.choice(METRICS), place=chance.choice(PLACES), period=chance.choice(PERIODS)
        )
        for _ in range(number)
    ]


def answered(slack: FakeSlack, port: int, users: Sequence[str], questions: Sequence[str]) -> list[float]:
    """Seconds from each question to its answer at its response_url; there are as many at once as users."""
    with ThreadPoolExecutor(len(users)) as crowd:

        def ask(number: int) -> float:
            user, key = users[number % len(users)], f"question-{number}"
            hook = slack.hooks[key] = Hook(user=user, channel="C1")
            raw, kind = body(command(questions[number], f"{slack.url.removesuffix('api/')}hook/{key}", user=user))
            started = perf_counter()
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("POST", "/slack/events", raw.encode(), headers(raw, kind))
            assert connection.getresponse().status == 200
            connection.close()
            slack.wait(lambda: hook.uses < HOOK_USES, PATIENCE)
            return perf_counter() - started

        return [*crowd.map(ask, range(len(questions)))]
