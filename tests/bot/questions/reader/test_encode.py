"""Parts of a message as word pieces with markers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.questions.finders.marks import Mention
from bot.questions.reader.encode import BREAK, FIRST_UNUSED, LONGEST, Encoder, marker
from bot.questions.reader.schema import MARKERS
from bot.questions.reader.trained import trained_reader

TEAM = Mention("team", (), ("Web",))


@pytest.fixture(scope="module")
def encode() -> Encoder:
    return trained_reader().encode


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        (TEAM, "team"),
        (replace(TEAM, doubtful=True), "team?"),
        (replace(TEAM, part=True, doubtful=True), "team~"),
        (replace(TEAM, values=("Web", "Data"), part=True), "team*"),
        (replace(TEAM, context=True, doubtful=True), "team<"),
        (Mention("period", ("month",)), "period"),
    ],
)
def test_a_marker_says_the_kind_and_what_is_special_about_it(mention: Mention, name: str) -> None:
    assert marker(mention) == FIRST_UNUSED + MARKERS.index(name)


def test_a_name_is_a_marker_and_never_its_words(encode: Encoder) -> None:
    ids, places = encode(["tokens", "of", TEAM])

    assert ids[places[2]] == marker(TEAM)
    assert len(ids) == places[2] + 2
    assert encode(["tokens", "of", replace(TEAM, values=("Data",))])[0] == ids


def test_what_may_be_a_word_is_seen_as_one_too(encode: Encoder) -> None:
    ids, _ = encode([replace(TEAM, doubtful=True, words=("web",))])

    assert ids[2:-1] == encode.pieces("web")


def test_a_message_is_framed_and_a_break_ends_what_was_before(encode: Encoder) -> None:
    ids, places = encode(["tokens", BREAK, "cost"])

    assert ids[places[1]] == ids[-1]
    assert places == [1, places[1], places[1] + 1]


def test_what_is_too_long_is_cut_and_said_to_be(encode: Encoder) -> None:
    ids, places = encode(["tokens"] * (2 * LONGEST))

    assert len(ids) == LONGEST
    assert places.count(-1) > 0
    assert max(places) < LONGEST - 1


def test_a_word_in_pieces_is_the_same_each_time(encode: Encoder) -> None:
    assert len(encode.pieces("zorblimancer")) > 1
    assert encode.pieces("zorblimancer") == encode.pieces("zorblimancer")
