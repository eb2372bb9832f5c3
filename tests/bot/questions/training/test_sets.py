"""The labelled sets and the organisations that they are asked of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.questions.training.notation import gold_of
from bot.questions.training.sets import AS_OF, FIRST_DAY, Set, email, examples_of, organisation, sets_in

FOLDER = Path(__file__).parents[1] / "paraphrases"
SMALL = {
    "domain": "x.example",
    "teams": [["Design", "", "DSN|chip design"], ["Logic", "Design", ""]],
    "people": [["Ana Róza", "Logic", "employee"], ["Bot", "Design", "agent"]],
    "workflows": [["triage", "Logic", "analysis"]],
    "tool": "b|a",
    "provider": "p",
    "model": "m",
    "title": "t",
    "location": "l",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small.json").write_text(json.dumps(SMALL), "utf-8")
    (tmp_path / "small.txt").write_text(
        "# a comment\ntokens of Logic in October => m=tokens; team=Logic; p=oct\n"
        "tokens in October // and cost? => m=cost; p=oct # terse, thread\n"
        "by wafer // and cost? => m=cost; p=oct\n",
        "utf-8",
    )
    (tmp_path / "contexts").mkdir()
    (tmp_path / "contexts" / "small.txt").write_text("tokens in October => m=tokens; p=oct\n", "utf-8")
    return tmp_path


def small(folder: Path) -> Set:
    (found,) = sets_in(folder)
    return found


def test_an_organisation_is_read_with_all_its_names(folder: Path) -> None:
    names = organisation(folder / "small.json")

    assert names.team["Design"].aliases == ("DSN", "chip design")
    assert names.below("Design") == ("Design", "Logic")
    assert [person.email for person in names.people] == ["ana.rza@x.example", "bot@x.example"]
    assert names.values["tool"] == ("a", "b")
    assert names.usage == (FIRST_DAY, AS_OF)


def test_an_address_has_plain_letters_alone() -> None:
    assert email("Zoë O'Neil (Ops)", "y.example") == "zo.oneil.ops@y.example"


def test_a_set_is_its_lines_with_what_its_threads_mean(folder: Path) -> None:
    found = small(folder)

    assert (found.name, len(found.lines)) == ("small", 3)
    assert [*found.contexts] == [("tokens in October",)]


def test_a_follow_up_follows_the_query_before_and_one_after_an_unknown_turn_is_left_out(folder: Path) -> None:
    examples = [*examples_of(small(folder))]
    followed = [made for made in examples if made.before is not None]

    assert len(examples) == 3
    assert [made.before.metrics for made in followed if made.before] == [("tokens",)]


def test_a_refused_turn_is_passed_over_by_the_next(folder: Path) -> None:
    known = {("a",): gold_of("m=tokens; p=oct"), ("a", "b"): gold_of("refuse:hour")}
    found = Set("x", organisation(folder / "small.json"), (), known)
    query = found.before(("a", "b"))

    assert query is not None
    assert query.metrics == ("tokens",)
    assert found.before(("unknown",)) is None


def test_every_set_that_is_kept_has_lines_and_names() -> None:
    for found in sets_in(FOLDER):
        assert found.lines, found.name
        assert found.directory.people, found.name
