"""What the labels say of a line, decoded, is the query that the line wants."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot.questions.reader.choices import Choices, Role
from bot.questions.reader.decode import reading
from bot.questions.reading import Understood
from bot.questions.training.labels import Example
from bot.questions.training.notation import gold_of_query, same
from bot.questions.training.sets import Set, examples_of, sets_in
from tests.sampling import sampled, size, some

FOLDER = Path(__file__).parents[1] / "paraphrases"
SETS = list(sets_in(FOLDER))
OUT_OF_REACH = 0.02  # of the lines with figures: a period or a name that the finders cannot give


def perfect(example: Example) -> Choices:
    """The choices of a network that says what the labels say."""
    heads = {name: "none" if value is None else value for name, value in example.heads.items()}
    roles = [Role(target.role or "ignore", 1.0, target.column or "value") for target in example.targets]
    return Choices(
        heads | {"zero_column": example.heads.get("zero_column") or "value"}, dict.fromkeys(heads, 1.0), roles
    )


@sampled
@pytest.mark.parametrize("paraphrase_set", some(SETS, 3), ids=lambda paraphrase_set: paraphrase_set.name)
def test_labels_decode_to_the_query_wanted(paraphrase_set: Set) -> None:
    examples = [made for made in examples_of(paraphrase_set) if made.gold.answered and "p" in made.gold.plain]
    examples = random.Random(5).sample(examples, min(len(examples), size(5, 60)))
    wrong = []
    for made in examples:
        if made.gaps or made.heads["time"] is None:
            wrong.append(f"{made.marked.parts}: {made.gaps}")
            continue
        got = reading(made.marked, perfect(made), made.before, made.world)
        if not isinstance(got, Understood):
            wrong.append(f"{made.marked.parts}: {got}")
        elif why := same(made.gold, gold_of_query(got.query, got.intent.value)):
            wrong.append(f"{made.marked.parts}: {why}")
    assert len(wrong) <= max(4, OUT_OF_REACH * len(examples)), "\n".join(wrong)
