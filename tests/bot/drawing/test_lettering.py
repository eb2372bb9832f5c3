"""What a drawn picture can spell, and how its words are broken into lines."""

from __future__ import annotations

from bot.drawing.lettering import drawable, wrapped


def test_letters_that_the_font_lacks_are_those_nearest_to_them() -> None:
    assert drawable("Zoë – “Ærø” −7 · 東") == 'Zoe - "?ro" -7 · ?'


def test_lines_are_broken_between_words_and_a_long_word_stands_alone() -> None:
    assert wrapped("one two extraordinarily three", 7, len) == ["one two", "extraordinarily", "three"]
    assert wrapped("", 7, len) == []
