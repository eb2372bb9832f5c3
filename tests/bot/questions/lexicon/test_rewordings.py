"""The words of rewordings as patterns: every entry by its example, whole words alone, no set left unfilled."""

from __future__ import annotations

from bot.questions.lexicon.rewordings import alone, dimensions, figures, patterns, sayings, weekday_patterns


def test_every_entry_is_found_in_its_example_and_is_a_figure_or_picks_weekdays() -> None:
    found = [*patterns(), *sayings()]

    assert [entry["example"] for pattern, entry in found if not pattern.search(entry["example"])] == []
    assert len([*figures()]) + len([*weekday_patterns()]) == len(patterns())
    assert [name for name, entry in dimensions() if len(entry["words"]) != 2] == []


def test_patterns_are_of_whole_words_and_their_sets_are_filled() -> None:
    assert [pattern.pattern for pattern, _ in (*patterns(), *sayings()) if "{people}" in pattern.pattern] == []
    for pattern, entry in (*figures(), *sayings()):
        hit = pattern.search(entry["example"])
        assert hit is not None
        inside = pattern.search(f"x{hit[0]}x")
        assert inside is None or inside[0] != hit[0]
    assert all(not alone(entry).search("") for _, entry in figures() if "alone" in entry)
