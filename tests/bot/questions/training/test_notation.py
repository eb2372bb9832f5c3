"""The notation of labelled questions is read and written without loss, and compared field by field."""

from __future__ import annotations

import pytest

from bot.questions.training.notation import gold_of, gold_of_query, line_of, notation_of, query_of, same

FIGURES = (
    "m=cost; p=2026-10-01..2026-10-31",
    "m=tokens; by=team; team=Growth; o=desc; l=3; p=2026-10-01..2026-10-31",
    "m=cost; by=tool; !tool=cursor; share; p=2026-07-01..2026-09-30",
    "m=tokens; team=Yield; share=team:Fab; p=2026-10-01..2026-10-31",
    "m=tokens; by=team; scopes=Logic|Memory; p=2026-10-01..2026-10-31; c=2026-09-01..2026-09-30",
    "m=cost/requests; g=week; p=2026-09-21..2026-11-15",
    "m=cost; by=team; h=gt:0.25:change_pct; p=2026-10-01..2026-10-31; c=2026-09-01..2026-09-30",
    "m=tokens; why; p=2026-10-01..2026-10-31; c=2026-09-01..2026-09-30",
)


@pytest.mark.parametrize("text", FIGURES)
def test_what_is_written_is_what_was_read(text: str) -> None:
    gold = gold_of(text)
    assert same(gold, gold_of(notation_of(gold))) == ""


@pytest.mark.parametrize("text", FIGURES)
def test_the_query_of_a_line_has_its_fields(text: str) -> None:
    gold = gold_of(text)
    query = query_of(gold)
    assert query is not None
    assert same(gold, gold_of_query(query, gold.status)) == ""


def test_a_line_holds_asker_voice_and_family() -> None:
    line = line_of("my cost? // and tokens? => as=a@b.example; m=tokens; p=oct # terse, thread")
    assert line is not None
    assert (line.turns, line.asker, line.voice, line.family) == (
        ("my cost?", "and tokens?"), "a@b.example", "terse", "thread"
    )  # fmt: skip
    assert line.gold.plain["p"] == "2026-10-01..2026-10-31"


def test_refusals_have_a_topic() -> None:
    assert (gold_of("refuse:hour").status, gold_of("refuse:hour").topic) == ("unsupported", "hour")
    assert (gold_of("clarify").status, gold_of("clarify").topic) == ("clarify", "")
    with pytest.raises(ValueError, match="topic"):
        gold_of("refuse:moonphase")


def test_a_difference_is_named() -> None:
    difference = same(gold_of("m=cost; team=A; p=oct"), gold_of("m=cost; p=oct"))
    assert difference == "=team: wanted ('A',), got None"


def test_a_limit_that_nobody_said_is_free() -> None:
    assert same(gold_of("m=cost; by=team; o=desc; p=oct"), gold_of("m=cost; by=team; o=desc; l=10; p=oct")) == ""
