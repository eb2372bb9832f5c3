"""The weights of this release fit the code that uses them, and read plain questions."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import pytest

from bot.questions.reader import trained
from bot.questions.reader.schema import heads
from bot.questions.reader.trained import Thread, trained_reader
from bot.questions.reading import Understood, World
from bot.questions.training.notation import gold_of, gold_of_query, same
from bot.questions.training.sets import AS_OF, organisation
from storage.catalogue import METRICS

PARAPHRASES = Path(__file__).parents[1] / "paraphrases"
WORLD = World(directory=organisation(PARAPHRASES / "strangers/c1.json"), as_of=AS_OF)
PLAIN = (
    ("cost of Yield in October", "m=cost; team=Yield; p=oct"),
    ("tokens by tool last week", "m=tokens; by=tool; p=lw"),
    ("top 3 teams by requests in September", "m=requests; by=team; o=desc; l=3; p=sep"),
    ("weekly cost of Design since 7 September", "m=cost; g=week; team=Design; p=2026-09-07..2026-11-18"),
    ("how did cost change in October compared with September", "m=cost; p=oct; c=sep"),
)
CONDITIONS = (
    "cost of Yield in October at night",
    "tokens of the interns in Design last week",
    "requests since the merger",
)


def test_it_says_nothing_that_the_code_does_not_know() -> None:
    summed = tuple(name for name, metric in METRICS.items() if metric.additive)
    known = heads(tuple(METRICS), summed)
    said = trained_reader().spec
    assert said.keys() == known.keys()
    assert [value for name, values in said.items() for value in values if value not in known[name]] == []


def test_it_is_small() -> None:
    assert trained.WEIGHTS.stat().st_size <= 25_000_000


@pytest.mark.parametrize(("text", "wanted"), PLAIN)
def test_it_reads_plain_questions(text: str, wanted: str) -> None:
    got = trained_reader().read(text, WORLD).reading
    assert isinstance(got, Understood), got
    assert same(gold_of(wanted), gold_of_query(got.query)) == ""


@pytest.mark.parametrize("text", CONDITIONS)
def test_it_refuses_what_nothing_records(text: str) -> None:
    assert not isinstance(trained_reader().read(text, WORLD).reading, Understood)


def test_a_follow_up_changes_one_thing() -> None:
    first = trained_reader().read("cost of Yield in October by tool", WORLD).reading
    assert isinstance(first, Understood)
    second = trained_reader().read("and in September?", WORLD, Thread(first.query)).reading
    assert isinstance(second, Understood)
    assert same(gold_of("m=cost; by=tool; team=Yield; p=sep"), gold_of_query(second.query)) == ""


def test_an_aside_is_seen_as_one() -> None:
    got = trained_reader().read("my boss wants to know: cost of Yield in October", WORLD)
    said = {str(got.marked.parts[at]) for at in got.chosen.asides}
    assert {"boss", "wants"} <= said
    assert isinstance(got.reading, Understood)


def test_loading_is_quick_and_takes_little_memory() -> None:
    trained._load.cache_clear()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    trained_reader().read("cost last month", WORLD)
    assert time.process_time() - began < 0.6
    kilobytes = 1024 if sys.platform == "darwin" else 1
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / kilobytes < 150_000
