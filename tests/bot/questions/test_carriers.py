"""Words that nobody listed: passed over where they only carry the question, never where they could change it."""

from __future__ import annotations

import pytest

from bot.questions.grammar.spelling import by_initial, corrected
from bot.questions.reading import Understood, World
from bot.questions.rules import read
from tests.bot.questions.organisations import AS_OF, harbourline

HARBOUR = harbourline()


@pytest.mark.parametrize(
    "text",
    [
        "which model drained the most cash in Q3",
        "teams that vaporised more than 5 million tokens in Q3",
        "tokens hogged by Fleet in October",
        "how many tokens did Fleet guzzlify in October",
        "comparatively, tokens of Fleet in October",
    ],
)
def test_an_unknown_verb_of_using_is_passed_over_and_said_so(text: str) -> None:
    (got,) = read(text, World(directory=HARBOUR, as_of=AS_OF, asker=None))

    assert isinstance(got, Understood), got
    assert any("passed over" in echo for echo in got.echoes)


@pytest.mark.parametrize(
    "text",
    [
        "which team wasted the most tokens in October",
        "which tool escalated the most tokens in October",
        "tokens rejected by Fleet in October",
        "how many tokens did Fleet approve in October",
        "which workflow flunked the most items in October",
        "how much money did Fleet refund in October",
        "tokens of the embeddings in Fleet",
        "how many tokens did Fleet's interns use in October",
        "which model underused the most tokens in October",
    ],
)
def test_a_verb_that_says_something_else_is_not(text: str) -> None:
    (got,) = read(text, World(directory=HARBOUR, as_of=AS_OF, asker=None))

    assert not isinstance(got, Understood), got


@pytest.mark.parametrize("word", ["interns", "wasted", "depot", "exempt", "drain", "milk", "waste", "excluded"])
def test_a_plain_english_word_is_no_slip_of_the_pen(word: str) -> None:
    known = ["internals", "wanted", "dept", "except", "drawn", "silk", "paste", "exclude"]

    assert corrected(word, by_initial(known)) is None


def test_a_slip_of_the_pen_is_mended() -> None:
    assert corrected("adpotion", by_initial(["adoption", "option"])) == "adoption"
    assert corrected("tokesn", by_initial(["tokens", "taken"])) == "tokens"
