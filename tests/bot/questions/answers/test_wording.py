"""The sentence of an answer: its head, its shape, its columns."""

from __future__ import annotations

import pytest

from bot.questions.answers.answer import Shape
from bot.questions.answers.wording import columns, shape_of, text
from storage.answer.privacy import OPERATOR
from storage.answer.run import run
from storage.query import Grain, Order, Query, Share
from tests.bot.questions.answers.sample import OCTOBER, SEPTEMBER, Ask, Sample

TOKENS = Query(metrics=("tokens",), period=OCTOBER)


def test_a_list_that_nothing_passes_says_so(ask: Ask) -> None:
    assert ask("teams with more than 900 billion tokens last month").text.endswith("nothing passes.")


@pytest.mark.parametrize(
    ("query", "shape"),
    [
        (TOKENS, Shape.SINGLE),
        (TOKENS.with_(group_by=("team",)), Shape.LIST),
        (TOKENS.with_(grain=Grain.WEEK), Shape.SERIES),
        (TOKENS.with_(grain=Grain.WEEK, group_by=("team",)), Shape.SERIES),
        (TOKENS.with_(grain=Grain.WEEK, order=Order()), Shape.LIST),
    ],
)
def test_a_question_has_its_shape(query: Query, shape: Shape) -> None:
    assert shape_of(query) is shape


def test_a_column_says_what_it_is_in_its_own_unit(sample: Sample) -> None:
    query = Query(metrics=("tokens", "adoption_rate"), period=OCTOBER, previous=SEPTEMBER)
    found = {column.name: column for column in columns(run(sample.connection, sample.directory, query, OPERATOR))}

    assert (found["tokens"].adds, found["adoption_rate"].adds) == (True, False)
    assert found["adoption_rate_change"].label == "change in points"
    assert found["tokens_change_pct"].label == "change in %"
    assert found["tokens_change_pct"].unit == "fraction"


def test_a_sentence_begins_with_what_it_is_about_and_ends_with_a_stop(sample: Sample) -> None:
    for query in (TOKENS, TOKENS.with_(group_by=("tool",), share=Share()), TOKENS.with_(grain=Grain.WEEK)):
        said, _ = text(run(sample.connection, sample.directory, query, OPERATOR), sample.directory)

        assert said[0].isupper()
        assert said.endswith(".")
        assert said.count(": ") >= 1
