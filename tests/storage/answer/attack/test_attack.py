"""Nobody is singled out by two or three questions, and plain questions about groups stay answered."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

import pytest

from storage.answer.privacy import Viewer
from tests.sampling import sampled, size
from tests.storage.answer.attack.asking import Asking
from tests.storage.answer.attack.attacker import Attacker, trial
from tests.storage.answer.attack.conftest import Target
from tests.storage.answer.attack.doors import Doors, session
from tests.storage.answer.attack.plain import plain_questions

SAMPLE, CONTROL, ALL = range(1_000, 1_015), range(1_000, 1_010), range(2_000)
PLAIN_SAMPLE, PLAIN_ALL, PLAIN_OF_ONE_READER = 12, 600, 20
STAY_ANSWERED = 0.95  # of what the group floor alone would answer
# A member, the least privileged reader of a channel, and somebody whose reports' own figures the policy shows.
READERS = (
    Viewer(email="member@x.example"),
    Viewer(),
    Viewer(email="lead@x.example", others=frozenset({"r@x.example"})),
)


def attack(target: Target, seed: int, floor_only: bool = False) -> Attacker:
    """One pair or triple of questions by a reader of its own."""
    dice = Random(seed)
    reader = READERS[seed % len(READERS)]
    attacker = Attacker(target.connection, target.directory, target.truth, reader, floor_only)
    trial(attacker, Asking(target.truth, target.today, dice), dice)
    return attacker


def singled_out(target: Target, seeds: range) -> list[tuple[int, tuple[str, ...]]]:
    """The trials in which somebody was, with the figures that tell."""
    found = ((seed, next(attack(target, seed).singled_out(), None)) for seed in seeds)
    return [(seed, told.said) for seed, told in found if told]


def through_other_doors(target: Target, seeds: Iterable[int], questions: int) -> list[tuple[int, object]]:
    """The sessions in which somebody was singled out, or a bar or cohort of one to four people was told."""
    found: list[tuple[int, object]] = []
    for seed in seeds:
        dice = Random(seed)
        attacker = Attacker(target.connection, target.directory, target.truth, READERS[seed % len(READERS)])
        doors = Doors(attacker, Asking(target.truth, target.today, dice), dice)
        session(doors, questions)
        told = next(attacker.singled_out(), None)
        found += [(seed, told.said)] if told else []
        found += [(seed, small) for small in doors.small]
    return found


def answered(target: Target, count: int, of_one_reader: int) -> tuple[int, int]:
    """How many plain questions are answered, and how many the group floor alone would answer."""
    dice, kept, floor = Random(7), 0, 0
    reader = Attacker(target.connection, target.directory, target.truth, READERS[0])
    for number, query in enumerate(plain_questions(target.truth, target.today, dice, count)):
        if number % of_one_reader == 0:
            reader = Attacker(target.connection, target.directory, target.truth, READERS[0])
        if Attacker(target.connection, target.directory, target.truth, READERS[0], floor_only=True).ask(query):
            floor += 1
            kept += reader.ask(query)
    return kept, floor


def test_a_sample_of_pairs_and_triples_singles_nobody_out(target: Target) -> None:
    assert singled_out(target, SAMPLE) == []


@sampled
def test_no_other_door_leads_to_one_to_four_people(target: Target) -> None:
    """Medians, histograms, budgets, other prices, cohorts and plain questions, six by one reader."""
    assert through_other_doors(target, range(size(2, 400)), 6) == []


def test_the_attacker_succeeds_where_the_group_floor_alone_protects(target: Target) -> None:
    """And its figures are right: the rows that it takes each for add up to it."""
    found, wrong = 0, []
    for seed in CONTROL:
        attacker = attack(target, seed, floor_only=True)
        found += next(attacker.singled_out(), None) is not None
        wrong += attacker.wrong
    assert found
    assert wrong == []


def test_plain_questions_about_groups_stay_answered(target: Target) -> None:
    kept, floor = answered(target, PLAIN_SAMPLE, PLAIN_OF_ONE_READER)
    assert kept >= 0.9 * floor > 0  # a sample as small as this one says no more


@pytest.mark.trial
def test_two_thousand_pairs_and_triples_single_nobody_out(target: Target) -> None:
    assert singled_out(target, ALL) == []


@pytest.mark.trial
@pytest.mark.parametrize("of_one_reader", [1, PLAIN_OF_ONE_READER])
def test_of_all_plain_questions_nineteen_in_twenty_stay_answered(target: Target, of_one_reader: int) -> None:
    kept, floor = answered(target, PLAIN_ALL, of_one_reader)
    assert kept >= STAY_ANSWERED * floor, f"{kept} of {floor}"


@pytest.mark.trial
@pytest.mark.parametrize("seed", range(6))
def test_a_long_session_of_one_reader_singles_nobody_out(target: Target, seed: int) -> None:
    """Forty questions, each a change of one before: no two of all their figures, and no three of the newest."""
    dice = Random(seed)
    asking = Asking(target.truth, target.today, dice)
    attacker = Attacker(target.connection, target.directory, target.truth, READERS[0])
    asked = [asking.question()]
    while len(asked) < 40:
        asked.append(asking.change(dice.choice(asked)) if dice.random() < 0.85 else asking.question())
        attacker.ask(asked[-1])
    assert [told.said for told in attacker.singled_out()] == []
