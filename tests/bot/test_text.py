"""Other people's words made fit to be shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.text import cut, escape, lines, split, unbroken


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


def test_markup_of_others_is_shown_as_it_is_written() -> None:
    assert escape("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


@given(st.lists(st.text(alphabet="ab ", min_size=1, max_size=40), min_size=1, max_size=30), st.integers(40, 90))
def test_pieces_of_lines_hold_every_line_whole(rows: list[str], limit: int) -> None:
    pieces = lines("\n".join(rows), limit)

    assert all(len(piece) <= limit for piece in pieces)
    assert "\n".join(pieces).split("\n") == rows


def test_a_minus_stays_on_the_line_of_its_figure() -> None:
    assert unbroken("−$7, −7, a − b") == "−\u2060$7, −7, a − b"
    assert unbroken(unbroken("−€7")) == unbroken("−€7")
