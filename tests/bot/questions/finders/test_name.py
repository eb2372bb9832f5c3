"""The runs of words by which a longer name may be called."""

from __future__ import annotations

from bot.questions.finders.name import runs


def test_runs_are_shorter_than_the_name_and_never_only_numbers_or_two_letters() -> None:
    assert [*runs(("gpt", "4", "to", "mini"))] == [
        *[("gpt",), ("mini",)],
        *[("gpt", "4"), ("to", "mini")],
        *[("gpt", "4", "to"), ("4", "to", "mini")],
    ]
    assert [*runs(("support",))] == []
    assert [*runs(("head", "of", "care"))] == [("head",), ("care",)]
