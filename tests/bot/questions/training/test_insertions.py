"""Conditions that nothing records, and words around a question, put into messages."""

from __future__ import annotations

import random
from pathlib import Path

from bot.questions.finders.marking import mark
from bot.questions.finders.marks import Mention
from bot.questions.reader.schema import TOPICS
from bot.questions.reading import World
from bot.questions.training.insertions import Inserter, asides, conditions
from bot.questions.training.labels import Word
from bot.questions.training.sets import AS_OF, organisation

WORLD = World(organisation(Path(__file__).parents[1] / "paraphrases" / "strangers" / "c1.json"), AS_OF)


def inserter(seed: int = 5) -> Inserter:
    return Inserter(random.Random(seed))


def test_each_line_of_the_data_files_has_its_place() -> None:
    assert set(asides()) == {"^", "$", ","}
    assert {phrase.place for phrase in conditions()} == {"<", ">", "/"}
    assert {phrase.topic for phrase in conditions()} <= {*TOPICS}


def test_a_rare_topic_is_drawn_too() -> None:
    insert = inserter()
    drawn = {insert.condition().topic for _ in range(2_000)}

    assert drawn == {phrase.topic for phrase in conditions()}


def test_an_aside_has_its_slots_filled_with_names_of_the_organisation() -> None:
    insert = inserter()

    for place in asides():
        for _ in range(50):
            assert "{" not in insert.aside(place, WORLD)


def test_words_of_a_phrase_carry_its_tag_and_its_names_are_to_be_passed_over() -> None:
    insert = inserter()
    aside = insert.marked("Yield asks again", WORLD, "aside")

    assert aside is not None
    assert [(part.tag if isinstance(part, Word) else part.kind) for part, _ in aside if not isinstance(part, str)
            or isinstance(part, Word)] == ["team", "aside", "aside"]  # fmt: skip
    assert [target.role for _, target in aside if target is not None] == ["ignore"]


def test_a_condition_that_is_a_name_here_is_none() -> None:
    assert inserter().marked("Yield", WORLD, "condition") is None
    assert inserter().marked("at night", WORLD, "condition") is not None


def test_a_condition_goes_beside_what_is_counted_or_a_name() -> None:
    parts = mark("cost of Yield in October", WORLD).parts
    insert = inserter()
    name = next(at for at, part in enumerate(parts) if isinstance(part, Mention) and part.kind == "team")

    assert {insert.spot(parts, 0, "<") for _ in range(50)} <= {0, name}
    assert {insert.spot(parts, 0, "/") for _ in range(50)} == {1, name + 1}
    assert insert.spot(["and", "then"], 0, "<") == -1
    assert insert.spot(["and", "then"], 0, "/") == -1


def test_the_same_seed_draws_the_same() -> None:
    one, other = inserter(), inserter()

    assert [one.condition() for _ in range(20)] == [other.condition() for _ in range(20)]
