"""The phrases of each metric and dimension, and where one stands in a message."""

from __future__ import annotations

import pytest

from bot.questions.finders.marks import Mention
from bot.questions.training.phrases import alike, folded, metric_at, phrases_of
from storage.catalogue import DIMENSIONS, METRICS

TEAM = Mention("team", (), ("Yield",))


def test_every_metric_has_a_phrase_that_is_found_again() -> None:
    for name, found in phrases_of("metrics").items():
        if name not in METRICS:
            continue
        assert found, name
        for words in found:
            end, metric = metric_at([*words], 0) or (0, "")
            assert (end, metric) == (len(words), name), words


def test_the_longest_phrase_is_the_one_meant() -> None:
    assert metric_at(["tokens", "per", "employee", "please"], 0) == (3, "tokens_per_employee")
    assert metric_at(["tokens", "per", "week"], 0) == (1, "tokens")


def test_a_phrase_does_not_reach_over_a_name() -> None:
    assert metric_at(["tokens", TEAM, "per", "employee"], 0) == (1, "tokens")
    assert metric_at([TEAM, "tokens"], 0) is None
    assert metric_at(["of", "tokens"], 0) is None


@pytest.mark.parametrize(
    ("text", "words"), [("Cost/requests", ("cost", "requests")), ("it's 5%", ("its", "5", "%")), ("-", ())]
)
def test_joints_and_apostrophes_are_no_words(text: str, words: tuple[str, ...]) -> None:
    assert folded(text) == words


def test_metrics_that_may_stand_for_each_other_count_the_same_kind_of_thing() -> None:
    for name in phrases_of("metrics"):
        assert name in alike(name)
        assert {METRICS[other].additive for other in alike(name)} == {METRICS[name].additive}
    assert "headcount" not in alike("tokens")


def test_dimensions_have_phrases_too() -> None:
    assert ("team",) in phrases_of("dimensions")["team"]
    assert {name for name in phrases_of("dimensions") if "." not in name} <= {*DIMENSIONS}
