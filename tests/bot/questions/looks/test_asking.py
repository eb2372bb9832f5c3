"""Which messages look at figures in another way, and which do not."""

from __future__ import annotations

from bot.questions.looks.hints import looked
from bot.questions.money import in_currency
from bot.questions.read import read
from bot.questions.reading import Intent, Understood, World
from bot.questions.rewording import in_other_words


def test_kinds_of_people_are_compared_per_head(world: World) -> None:
    plain = in_currency(in_other_words(read))
    for text, metric in (
        ("are contractors using it more than employees", "tokens_per_employee"),
        ("do employees spend less than contractors last month?", "cost_per_employee"),
        ("who uses AI more, contractors or employees", "tokens_per_employee"),
        ("are contractors cheaper than employees", "cost_per_employee"),
    ):
        (reading,) = looked(text, world, None, plain)
        assert isinstance(reading, Understood)
        assert (reading.query.metrics, reading.query.group_by) == ((metric,), ("kind",))
        condition = reading.query.filter_on("kind")
        assert condition is not None
        assert {*condition.values} == {"contractor", "employee"}


def test_what_if_names_a_model_and_the_rest_is_the_question(world: World) -> None:
    plain = in_currency(in_other_words(read))
    asked = {
        "what would August have cost on Haiku?": ("claude-haiku-4-5", "August 2026"),
        "Checkout's August at Haiku prices": ("claude-haiku-4-5", "August 2026"),
        "how much would we save by switching Opus to Haiku in August": ("claude-haiku-4-5", "August 2026"),
        "would gpt-5-mini have been cheaper in August": ("gpt-5-mini", "August 2026"),
        "what if we had used gpt-5-mini in September": ("gpt-5-mini", "September 2026"),
        "how much would last month's tokens have cost at claude-haiku-4-5 list prices": (
            "claude-haiku-4-5",
            "October 2026",
        ),
        "if everything had run on Haiku last month, what would we have paid": ("claude-haiku-4-5", "October 2026"),
    }
    found = {text: looked(text, world, None, plain) for text in asked}

    assert {
        text: (reading.about, reading.query.period.label)
        for text, (reading,) in found.items()
        if isinstance(reading, Understood) and reading.intent is Intent.WHAT_IF
    } == asked
    for text in ("cost on Monday", "what would you do", "what did Haiku cost in August", "how much would we need"):
        assert looked(text, world, None, plain) == ()
