"""What words ask to list, put as the weights know it."""

from __future__ import annotations

from bot.questions.finders.marks import Mention
from bot.questions.read import read
from bot.questions.reader.listing import in_plain_lists, listed
from bot.questions.reading import Understood
from tests.bot.questions.finders.bureau import world


def plain(text: str) -> str:
    return " ".join(str(part) for part in in_plain_lists(text.split()) if part)


def test_a_list_is_put_in_the_dimensions_own_word() -> None:
    told = {
        "cost by department": "cost by team",
        "cost split by use case in q3": "cost by workflow in q3",
        "calls broken down by kind of work": "calls by activity",
        "tokens for each llm": "tokens for each model",
        "tokens per app": "tokens per tool",
        "tokens per app launch": "tokens per app launch",
        "tokens by branch": "tokens by branch",
        "cost per request": "cost per request",
        "cost per person": "cost per person",
        "the department cost": "the department cost",
    }
    assert {text: plain(text) for text in told} == told


def test_every_part_keeps_its_place() -> None:
    name = Mention("tool", (), ("cursor",))
    assert in_plain_lists(["cost", "of", name, "split", "by", "kind", "of", "work", "?"]) == [
        *["cost", "of", name, "by", "", "activity", "", "", "?"]
    ]


def test_the_longest_words_are_the_dimension() -> None:
    assert [*listed(["items", "by", "kind", "of", "work"])] == [("activity", 2, 5)]
    assert [*listed(["cost", "by", "kind", "and", "by", "team"])] == [("kind", 2, 3), ("team", 5, 6)]


def test_the_words_for_a_dimension_all_list_it() -> None:
    asked = {
        "tokens by department last month": "team",
        "what was the cost split by use case in October?": "workflow",
        "show me the adoption for each llm in Q3": "model",
        "can you tell me the requests broken down by kind of work in the last 3 months": "activity",
        "cache share per app since September": "tool",
        "I need output tokens by role from 5 to 9 October": "title",
    }
    read_as = {text: read(text, world())[0] for text in asked}
    assert {text: got.query.group_by for text, got in read_as.items() if isinstance(got, Understood)} == {
        text: (dimension,) for text, dimension in asked.items()
    }
