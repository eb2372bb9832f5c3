"""The words that are read as plainer ones: patterns with their sets filled in, found as whole words."""

from __future__ import annotations

from bot.questions.lexicon.rewordings import alone_of, dimensions, figures, patterns, sayings, weekday_patterns


def test_sets_are_filled_in_and_words_are_whole() -> None:
    names = ("people", "budget", "seat", "others")
    assert not any(f"{{{name}}}" in pattern.pattern for pattern, _ in (*patterns(), *sayings()) for name in names)
    weekdays = [*weekday_patterns()]
    assert any(pattern.search("cost on Mondays") for pattern in weekdays)
    assert not any(pattern.search("cost on Mondaysx") for pattern in weekdays)


def test_a_class_of_tokens_is_not_read_beside_another() -> None:
    classes = [alone_of(entry) for _, entry in figures() if "alone" in entry]

    assert classes
    assert all(pattern.search("of cached tokens") for pattern in classes)
    assert {"project", "cost_center", "weekday", "ledger"} <= {name for name, _ in dimensions()}
