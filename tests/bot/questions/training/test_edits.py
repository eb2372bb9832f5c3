"""An edit changes one label and keeps the others, or does not go."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.questions.training.edits import edited
from bot.questions.training.notation import gold_of, notation_of
from bot.questions.training.sets import organisation

DIRECTORY = organisation(Path(__file__).parents[1] / "paraphrases" / "strangers" / "c1.json")
TOKENS = gold_of("m=tokens; team=Yield; p=oct")


@pytest.mark.parametrize(
    ("edits", "becomes"),
    [
        ("m=cost", "m=cost; team=Yield; p=2026-10-01..2026-10-31"),
        ("team=x", "m=tokens; p=2026-10-01..2026-10-31"),
        ("p=sep", "m=tokens; team=Yield; p=2026-09-01..2026-09-30"),
        ("by=tool", "m=tokens; by=tool; team=Yield; p=2026-10-01..2026-10-31"),
    ],
)
def test_an_edit_changes_one_field_and_keeps_the_others(edits: str, becomes: str) -> None:
    found = edited(TOKENS, edits)

    assert found is not None
    assert notation_of(found) == becomes


def test_an_edit_that_does_not_go_with_a_gold_gives_none() -> None:
    assert edited(TOKENS, "o=desc") is None  # nothing is listed
    assert edited(TOKENS, "team+=Yield") is None  # it is there already
