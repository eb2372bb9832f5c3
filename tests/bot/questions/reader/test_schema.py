"""What the network decides: heads, roles and tags side by side."""

from __future__ import annotations

from itertools import pairwise

from bot.questions.lexicon.tables import read
from bot.questions.reader.schema import (
    COMPOSITES,
    DIMENSIONS,
    KEEP,
    KEPT,
    KINDS,
    MARKERS,
    NAME_ROLES,
    SLICES,
    WIDTH,
    family,
    heads,
    offset,
)
from storage import catalogue

HEADS = heads(("cost", "tokens"), ("tokens",))


def test_slices_lie_side_by_side_and_fill_the_words_output() -> None:
    ends = [offset(name) + len(values) for name, values in SLICES.items()]

    assert offset("name") == 0
    assert all(end == offset(following) for end, (_, following) in zip(ends, pairwise(SLICES), strict=False))
    assert ends[-1] == WIDTH


def test_what_a_thread_keeps_has_a_class_for_that_and_nothing_else_has() -> None:
    assert {name for name, values in HEADS.items() if values[-1] == KEEP} == {*KEPT}
    assert all(KEEP not in values[:-1] for values in HEADS.values())


def test_no_head_has_a_class_twice() -> None:
    for name, values in HEADS.items():
        assert len({*values}) == len(values), name


def test_dimensions_are_those_of_the_catalogue_that_can_be_listed() -> None:
    listed = {*catalogue.DIMENSIONS}

    assert {*DIMENSIONS} <= {*catalogue.DIMENSIONS}
    reworded = {entry["name"] for entry in read("rewordings")["dimension"]}
    assert listed - {*DIMENSIONS} <= {"source", *reworded}
    assert {*COMPOSITES} <= {*catalogue.DIMENSIONS}


def test_every_kind_of_mention_has_its_markers_and_its_roles() -> None:
    assert len(MARKERS) == 5 * len(KINDS) == len({*MARKERS})
    assert [SLICES[family(kind)] for kind in ("team", "unknown")] == [NAME_ROLES] * 2
    assert (family("period"), family("number")) == ("period", "number")
