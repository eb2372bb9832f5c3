"""No text can make a regular expression run away: each is tried on the texts that are hardest for it."""

from __future__ import annotations

import random
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

import bot
import storage
from bot.questions.limits import MAX_QUESTION
from tests.bot.questions.paraphrase import cases
from tests.bot.questions.patterns import hard_texts, held, modules, told_apart_in_two_ways
from tests.sampling import sampled, some

FOLDER = Path(__file__).parent / "paraphrases"
# For one search in a text as long as a question may be: a pattern that runs away takes far more.
CPU_SECONDS = 0.25
GIVEN_UP = 0.5


class RunsAway(AssertionError):
    """A search that was ended from outside."""


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """End a search that uses more processor time than this."""

    def end(*_: object) -> NoReturn:
        raise RunsAway

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def took(pattern: re.Pattern[str], text: str) -> float:
    """The processor time of searching all of a text, of three tries the best."""
    times = []
    for _ in range(3):
        started = time.thread_time()
        try:
            with ended_after(GIVEN_UP):
                for _found in pattern.finditer(text):
                    pass
        except RunsAway:
            return GIVEN_UP
        times.append(time.thread_time() - started)
        if times[-1] < CPU_SECONDS:
            break
    return min(times)


@pytest.fixture(scope="module")
def patterns() -> dict[str, re.Pattern[str]]:
    """All patterns of the program by their text."""
    found: dict[str, re.Pattern[str]] = {}
    for package in (bot, storage):
        for module in modules(package):
            found |= {pattern.pattern: pattern for value in vars(module).values() for pattern in held(value)}
    return found


@pytest.fixture(scope="module")
def examples() -> list[str]:
    """Questions that people wrote, a few of each set."""
    files = sorted(FOLDER.rglob("*.txt"))
    return [case.turns[-1] for file in files if "contexts" not in file.parts for case in [*cases(file)][::90]]


def test_the_patterns_are_found(patterns: dict[str, re.Pattern[str]]) -> None:
    assert len(patterns) > 80


def test_no_repeated_part_can_be_told_apart_in_two_ways(patterns: dict[str, re.Pattern[str]]) -> None:
    assert {
        text: [*told_apart_in_two_ways(pattern)]
        for text, pattern in patterns.items()
        if [*told_apart_in_two_ways(pattern)]
    } == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:the |our |the our )*x",
        r"(?:most |most active |active )+x",
        r"(?:a |b |a )*x",
        r"(?:of )?(?:(?:big|single|single big|big) )*x",
        r"(?:share|mail)(?: (?:me|for|for me))*x",
    ],
)
def test_such_a_part_is_seen(pattern: str) -> None:
    assert [*told_apart_in_two_ways(re.compile(pattern))]


@sampled
@pytest.mark.parametrize("length", [600, MAX_QUESTION])
def test_no_search_takes_long_in_a_text_made_to_be_hard_for_it(
    patterns: dict[str, re.Pattern[str]], length: int
) -> None:
    dice = random.Random(length)
    slow = {}
    for text, pattern in some([*patterns.items()], len(patterns) // 60, start=length):
        for hard in hard_texts(pattern, length, dice):
            if (seconds := took(pattern, hard)) >= CPU_SECONDS:
                slow[text] = (seconds, hard[:200])

    assert slow == {}


@sampled
@pytest.mark.parametrize("length", [600, MAX_QUESTION])
def test_no_search_takes_long_in_a_question_said_again_and_again(
    patterns: dict[str, re.Pattern[str]], examples: list[str], length: int
) -> None:
    slow = {}
    for number, (text, pattern) in enumerate(patterns.items()):
        for example in some(examples, 4, start=number):
            again = f"{example} " * (length // (len(example) + 1) + 1)
            if (seconds := took(pattern, again[:length])) >= CPU_SECONDS:
                slow[text] = (seconds, example)

    assert slow == {}


def test_a_pattern_that_runs_away_is_seen() -> None:
    assert took(re.compile(r"(?:a|a)*b"), "a" * 60) == GIVEN_UP
