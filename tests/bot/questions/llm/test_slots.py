"""Figures as whole phrases, of which none can be swapped."""

from __future__ import annotations

import random
from dataclasses import replace

from bot.questions.answers.answer import Row, Shape, Status
from bot.questions.llm.narrate import asked
from bot.questions.llm.slots import MOST, slots
from tests.bot.questions.llm.test_narrate import TEAMS, answer


def test_a_phrase_holds_label_value_unit_period_and_direction() -> None:
    row = Row(labels={"team": "Apps"}, values={"tokens": 110, "previous": 100, "change": 10, "change_pct": 0.1})
    said = answer(random.Random(1))
    said = replace(said, rows=(row,))

    phrase = slots(said)[0]

    assert phrase.text == "Apps, tokens, October 2026: 110, up 10 (10.0%) from 100 in September 2026"
    assert (phrase.kind, phrase.sign) == ("row", "up")


def test_a_suppressed_row_has_no_slot() -> None:
    said = answer(random.Random(1))
    hidden = Row(labels={"team": "Tiny"}, values={"tokens": None}, suppressed=True)
    said = replace(said, rows=(hidden,))

    assert [slot.kind for slot in slots(said)] == ["beside"]


def test_the_model_sees_ids_kinds_and_signs_alone() -> None:
    said = answer(random.Random(3))
    prompt = asked(slots(said))

    seen = prompt.system + prompt.user
    values = [str(value) for row in said.rows for value in row.values.values()]
    assert not [name for name in (*TEAMS[:3], *values, "October") if name in seen]
    assert "{{f1}} row" in prompt.user


def test_without_figures_there_are_none() -> None:
    said = answer(random.Random(1))

    assert slots(replace(said, status=Status.DENIED)) == ()
    assert slots(replace(said, columns=())) == ()
    assert slots(replace(said, answers=(said,))) == ()


def test_an_unchanged_figure_is_said_to_be_the_same_and_a_rounded_one_to_be_about() -> None:
    values = {"tokens": 100, "previous": 100, "change": 0, "change_pct": 0.0}
    said = replace(answer(random.Random(1)), rows=(Row(labels={}, values=values, rounded=True),))
    phrase = slots(said)[0]

    assert phrase.sign == "same"
    assert phrase.text.endswith("the same as in September 2026")
    assert ": 100," not in phrase.text


def test_there_are_at_most_nine_and_each_has_an_id_of_its_own() -> None:
    said = answer(random.Random(1))
    found = slots(replace(said, facts=said.facts * 20))

    assert len(found) == MOST
    assert [slot.id for slot in found] == [f"f{number}" for number in range(1, MOST + 1)]


def test_a_point_of_a_series_is_called_one() -> None:
    kinds = [slot.kind for slot in slots(replace(answer(random.Random(1)), shape=Shape.SERIES))]

    assert kinds == ["point", "point", "point", "beside"]
