"""Another wording of an example keeps its meaning, or changes meaning and label together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.questions.finders.marks import Mention
from bot.questions.reading import World
from bot.questions.training.augment import Augment
from bot.questions.training.insertions import conditions
from bot.questions.training.labels import DrawnExample, Example, Word, example
from bot.questions.training.notation import gold_of
from bot.questions.training.sets import AS_OF, organisation

PARAPHRASES = Path(__file__).parents[1] / "paraphrases"
WORLD = World(directory=organisation(PARAPHRASES / "strangers/c1.json"), as_of=AS_OF)
LINE = example("cost of Yield in October by tool", gold_of("m=cost; by=tool; team=Yield; p=oct"), WORLD)


@pytest.fixture
def augment() -> Augment:
    return Augment(3, [LINE])


def only(augment: Augment, name: str, example: Example = LINE) -> DrawnExample:
    """A draw with one step alone."""
    augment.steps = tuple((1.0, step) for _, step in augment.steps if step.__name__ == name)
    return augment(example)


def test_an_aside_changes_no_label(augment: Augment) -> None:
    draw = only(augment, "_lead")
    assert draw.heads == LINE.heads
    said = [part for part in draw.parts if isinstance(part, Word)]
    assert said
    assert {word.tag for word in said} == {"aside"}
    roles = [target.role for target in draw.targets]
    assert roles[-2:] == ["in", "main"]
    assert set(roles[:-2]) <= {"ignore"}


def test_a_condition_makes_it_a_refusal_with_its_topic(augment: Augment) -> None:
    draw = next(found for _ in range(20) if (found := only(augment, "_condition")).heads["status"] != "figures")
    assert draw.heads["status"] == "unsupported"
    assert draw.heads["topic"] in {phrase.topic for phrase in conditions()}
    assert any(isinstance(part, Word) and part.tag == "condition" for part in draw.parts)


def test_a_strangers_name_is_not_answered(augment: Augment) -> None:
    draw = next(found for _ in range(20) if (found := only(augment, "_stranger")).heads["status"] != "figures")
    assert draw.heads == {"status": draw.heads["status"], "topic": "name"}


def test_the_line_itself_stays_as_it_was(augment: Augment) -> None:
    before = (list(LINE.parts), dict(LINE.heads), [replace(target) for target in LINE.targets])
    for _ in range(50):
        augment(LINE)
    assert (LINE.parts, LINE.heads) == before[:2]
    assert [(target.role, target.column) for target in LINE.targets] == [
        (label.role, label.column) for label in before[2]
    ]


def test_the_same_seed_draws_the_same() -> None:
    first, second = Augment(7, [LINE]), Augment(7, [LINE])
    for _ in range(20):
        one, other = first(LINE), second(LINE)
        assert [str(part) for part in one.parts if not isinstance(part, Mention)] == [
            str(part) for part in other.parts if not isinstance(part, Mention)
        ]
        assert one.heads == other.heads
