"""Sentences that teach a word: read against the names there are."""

from __future__ import annotations

import pytest

from bot.errors import UserError
from bot.questions.teaching import HOW, is_lesson, stranger_in, taught
from storage.load.words import VocabularyWord
from storage.names import Directory

BY = "ana@acme.example"
VALUES = {"tool": ("cursor", "Twin"), "provider": ("Twin",)}
DIRECTORY = Directory(
    workspace_id=1, revision=1, teams=(), people=(), workflows=(), values=VALUES, usage=None, work=None
)


@pytest.mark.parametrize(
    "said", ["“The Pointer” means Cursor.", "when we say the pointer, we mean cursor", "the pointer stands for CURSOR!"]
)
def test_a_word_is_taught_in_several_ways_with_the_name_as_it_is_stored(said: str) -> None:
    word = taught(said, DIRECTORY, BY)
    assert word == VocabularyWord("tool", word.alias, "cursor", BY)
    assert word.alias.lower() == "the pointer"


def test_a_metric_may_be_meant_too() -> None:
    assert taught("fuel means cost", DIRECTORY, BY).kind == "metric"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("fuel", HOW[:20]),
        ("?! means cursor", HOW[:20]),
        ("x" * 101 + " means cursor", HOW[:20]),
        ("cursor means Twin", "cursor is a tool already"),
        ("fuel means nothing of ours", "called nothing of ours"),
        ("fuel means twin", "twin is a tool and a provider"),
    ],
)
def test_what_cannot_be_learnt_is_said_with_its_reason(said: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        taught(said, DIRECTORY, BY)


def test_a_lesson_is_told_from_a_question_and_from_talk() -> None:
    lessons = ("fuel means cost", "When we say squad A we mean Core.", "the pointer stands for Cursor")
    others = (
        "what does adoption mean",
        "that means we spend more",
        "which means what?",
        "cost by team",
        "so it means $5",
    )

    assert [text for text in (*lessons, *others) if is_lesson(text)] == [*lessons]


def test_the_word_that_means_nothing_here_is_found_as_it_was_written() -> None:
    asked = ("tokens by Pod last month", "cost of twin in October", "how much fuel last week?")

    assert [stranger_in(text, DIRECTORY) for text in asked] == ["Pod", "", "fuel"]
