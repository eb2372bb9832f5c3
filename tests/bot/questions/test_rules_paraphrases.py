"""How people say it: several hundred questions about invented organisations, read as the queries they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.questions.reading import Impossible, Unclear, Understood, World
from bot.questions.rules import read
from storage.names import Directory
from tests.bot.questions.organisations import AS_OF, calder, examined, harbourline, juniper, verdant
from tests.bot.questions.paraphrase import cases, reading_of, verdict

FOLDER = Path(__file__).parent / "paraphrases"
SETS = [
    ("harbourline", harbourline()),
    ("widened", harbourline()),
    ("juniper", juniper()),
    ("holdout", verdant()),
    ("second_holdout", verdant()),
    ("third_holdout", calder()),
    ("hurried", verdant()),
]
# Written by others, who had seen neither the grammar nor its tests, about organisations of their own.
SETS += [(f"examined/{file.stem}", examined(file)) for file in sorted((FOLDER / "examined").glob("*.json"))]


@pytest.mark.parametrize(("name", "directory"), SETS, ids=[name for name, _ in SETS])
def test_questions_are_read_as_the_queries_they_mean(name: str, directory: Directory) -> None:
    verdicts = [(case, *verdict(case, directory)) for case in cases(FOLDER / f"{name}.txt") if case.wanted != "!any"]
    wrong = [(case.turns, why) for case, found, why in verdicts if found == "wrong"]
    missed = [(case.turns, why) for case, found, why in verdicts if found == "missed"]

    most_wrong, most_missed = (0.01, 0.05) if name.startswith("examined") else (0.02, 0.08)
    assert len(wrong) <= most_wrong * len(verdicts), wrong
    assert len(wrong) + len(missed) <= most_missed * len(verdicts), missed


@pytest.mark.parametrize(("name", "directory"), SETS, ids=[name for name, _ in SETS])
def test_every_option_offered_is_itself_a_question_that_is_understood(name: str, directory: Directory) -> None:
    for case in cases(FOLDER / f"{name}.txt"):
        got = reading_of(case, directory)
        if len(case.turns) > 1 or not isinstance(got, Unclear | Impossible):
            continue
        for option in got.options:
            (again,) = read(option.ask, World(directory=directory, as_of=AS_OF, asker=case.asker))
            assert isinstance(again, Understood), (case.turns, option)
