"""The lexicon: one home for each word, an example for each entry, and every metric and dimension has its words."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.questions.lexicon.tables import FILES, Phrases, entries, phrases, read
from bot.questions.lexicon.words import short_words
from storage.catalogue import DIMENSIONS, METRICS
from storage.catalogue.person_measures import fewest_days, percentile


def test_no_phrase_stands_twice() -> None:
    counted = Counter(phrase for file in FILES for entry in entries(file) for phrase in entry.words)
    assert [phrase for phrase, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("file", [*FILES, "stating", "languages", "told", "asked"])
def test_every_entry_has_an_example(file: str) -> None:
    assert [entry.name for entry in entries(file) if not entry.example.strip() or not all(entry.words)] == []


@pytest.mark.parametrize("file", ["metrics", "dimensions", "conditions"])
def test_an_example_holds_a_phrase_of_its_entry(file: str) -> None:
    def holds(name: str, example: str) -> bool:
        words = "".join(char if char.isalnum() else " " for char in example.lower()).split()
        words = [part for word in words for part in short_words().get(word, word).split()]
        return name in {found for found, _, _ in phrases(file).all(words)}

    assert [entry.name for entry in entries(file) if not holds(entry.name, entry.example)] == []


def test_every_metric_and_dimension_has_its_words() -> None:
    reworded = {name for name in METRICS if percentile(name) or fewest_days(name)}
    reworded |= {name for entry in read("rewordings")["entry"] for name in entry.get("metrics", {}).values()} & set(
        METRICS
    )
    assert {entry.name for entry in entries("metrics")} | reworded == set(METRICS)
    named = {entry.name for entry in entries("dimensions") if not entry.name.startswith("people.")}
    reworded = {entry["name"] for entry in read("rewordings")["dimension"]}
    assert named | reworded == set(DIMENSIONS) - {"person", "source"}


def test_every_condition_says_why_and_what_is_nearest() -> None:
    assert [entry.name for entry in entries("conditions") if not entry.text or not entry.nearest] == []


def test_the_longest_phrase_wins_and_a_star_stands_for_all_that_begin_so() -> None:
    held = Phrases({"night shift*": "hour", "night": "night"})
    assert list(held.all(["at", "night", "shifts", "by", "night"])) == [("hour", 1, 3), ("night", 4, 5)]
