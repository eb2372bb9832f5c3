"""The small nouns of Block Kit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.blocks.parts import code, cut, escape, split


def test_a_cut_never_leaves_half_of_an_escaped_character() -> None:
    assert [cut("a &amp; b", limit) for limit in (9, 8, 7, 6, 5, 4)] == [
        "a &amp; b",
        "a &amp;…",
        "a…",
        "a…",
        "a…",
        "a…",
    ]


@given(st.text(alphabet="ab&<>. \n", max_size=300), st.integers(10, 60))
def test_pieces_hold_every_word_and_every_escaped_character_whole(text: str, limit: int) -> None:
    pieces = split(escape(text), limit)

    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(escape(text).split())
    assert all(piece.count("&") == piece.count(";") for piece in pieces)


def test_a_text_is_split_where_a_paragraph_ends() -> None:
    assert split("one two three.\n\nfour five six", 20) == ["one two three.", "four five six"]


def test_what_no_screen_shows_is_dropped() -> None:
    assert escape("a\x00b\u202ec\td\ne") == "abc\td\ne"


def test_preformatted_lines_are_never_broken() -> None:
    lines = [f"team {number:04}  {number}" for number in range(600)]

    blocks = code("\n".join(lines))

    shown = [line for block in blocks for line in block["text"]["text"].strip("`\n").splitlines()]
    assert shown == lines
