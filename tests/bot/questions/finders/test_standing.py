"""Whether words that fit a name stand as one."""

from __future__ import annotations

import pytest

from bot.questions.finders import standing
from bot.questions.tokens import Token, tokenise


def tokens(text: str) -> tuple[Token, ...]:
    return tokenise(text).tokens


def place(text: str, name: str) -> tuple[tuple[Token, ...], int, int]:
    """The tokens of a text, and where the words of a name stand in them."""
    words, found = tokenise(name).words, tokens(text)
    start = next(at for at in range(len(found)) if [token.text for token in found[at : at + len(words)]] == [*words])
    return found, start, start + len(words)


@pytest.mark.parametrize(
    ("text", "name", "capital"),
    [
        ("tokens of Data", "data", True),
        ("tokens of data", "data", False),
        ("Data and tokens", "data", False),
        ("Cost Control spend", "cost control", True),
        ("HR tokens", "hr", True),
        ("Please Show Me The Tokens Of Data", "data", False),
    ],
)
def test_a_capital_tells_where_a_sentence_writes_none(text: str, name: str, capital: bool) -> None:
    assert standing.is_capital(*place(text, name)) is capital


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("the data team", "data", True),
        ("team data", "data", True),
        ("data's team", "data", False),
        ("which data teams", "data", False),
        ("data use", "data", False),
    ],
)
def test_a_word_beside_it_says_what_it_is(text: str, name: str, told: bool) -> None:
    assert standing.is_told(*place(text, name), frozenset({"team"})) is told


@pytest.mark.parametrize(
    ("text", "name", "placed"),
    [
        ("tokens of data", "data", True),
        ("in data last month", "data", True),
        ("data's cost", "data", True),
        ("data: tokens", "data", True),
        ("tokens in the data we have", "data", False),
        ("data use", "data", False),
    ],
)
def test_it_stands_alone_where_a_name_stands(text: str, name: str, placed: bool) -> None:
    assert standing.is_placed(*place(text, name)) is placed


@pytest.mark.parametrize(
    ("text", "of_figure"),
    [
        ("tokens of data", True),
        ("failure rate in data by team", True),
        ("cost for the data since May", True),
        ("cost in data the previous month", True),
        ("cost in data so far this month", True),
        ("send it for data", False),
        ("tokens of data entry", False),
        ("data", False),
    ],
)
def test_a_figure_is_asked_of_it_where_it_stands_behind_one(text: str, of_figure: bool) -> None:
    assert standing.is_of_figure(*place(text, "data")) is of_figure


def test_what_a_list_is_by_is_a_dimension_before_it_is_a_name() -> None:
    assert standing.is_listed(*place("cost by office", "office"))
    assert standing.is_listed(*place("cost for each kind of work", "kind of work"))
    assert not standing.is_listed(*place("cost of office", "office"))
    assert not standing.is_listed(*place("cost by data", "data"))


def test_quotation_marks_are_its_own() -> None:
    assert standing.is_quoted(*place('tokens of "data"', "data"))
    assert not standing.is_quoted(*place('tokens of "data use"', "data"))


def test_how_the_message_is_written_says_what_capitals_mean() -> None:
    assert standing.is_shouted(tokens("Please Show Me All Of It"))
    assert not standing.is_shouted(tokens("Please show me all of it"))
    assert standing.is_small(tokens("Tokens of data"))
    assert not standing.is_small(tokens("tokens of Data"))


def test_beyond_the_edges_there_is_no_word() -> None:
    assert standing.word_at(tokens("tokens"), -1) == ""
    assert standing.word_at(tokens("tokens"), 1) == ""
    assert standing.word_at(tokens("tokens"), 0) == "tokens"
