"""`fulcrum people`: whom sources name and the roster does not know, said to be somebody, and undone."""

from __future__ import annotations

import pytest

from tests.bot.cli.runs import Line
from tests.bot.sources.files.shop import ROSTER, TEAMS, usage

OUTSIDE = usage(
    "2026-05-04,a.berg@old.example,cursor,a,m,chat,,1000,0,0,1,0,3,0,0,0.1",
    "2026-05-06,a.berg@old.example,cursor,a,m,chat,,10,0,0,1,0,1,0,0,0.1",
    "2026-05-04,user-7f3,cursor,a,m,chat,,5,0,0,1,0,1,0,0,0.1",
)
PEOPLE = ROSTER.replace("ana@acme.example,Ana", "anna@acme.example,A Berg")


@pytest.fixture
def known(line: Line) -> Line:
    line.write(teams=TEAMS, roster=PEOPLE, usage=OUTSIDE)
    line.run("import", line.files)
    return line


def test_whom_nobody_knows_is_listed_with_use_days_and_who_it_may_be(known: Line) -> None:
    first, second = known.data("people")

    assert first == {
        "outside_id": "a.berg@old.example",
        "tokens": 1_012,
        "requests": 4,
        "first": "2026-05-04",
        "last": "2026-05-06",
        "suggested": ["anna@acme.example"],
    }
    assert (second["outside_id"], second["suggested"]) == ("user-7f3", [])
    assert "fulcrum people link OUTSIDE_ID EMAIL" in known.run("people")


def test_a_link_says_who_it_is_and_is_undone_with_the_word_it_names(known: Line) -> None:
    said = known.run("people", "link", " user-7f3 ", "anna@acme.example", "--from", "2026-05-01")
    assert said == "user-7f3 is anna@acme.example now. To undo: fulcrum people unlink user-7f3\n"
    assert [stranger["outside_id"] for stranger in known.data("people")] == ["a.berg@old.example"]

    assert known.run("people", "unlink", "user-7f3") == "user-7f3 is no longer anna@acme.example.\n"
    assert len(known.data("people")) == 2


def test_a_domain_stands_for_a_domain(known: Line) -> None:
    known.run("people", "link", "a.berg@old.example", "anna@acme.example")
    known.run("people", "link", "user-7f3", "bo@acme.example")

    assert known.run("people").startswith("user-7f3") is False
    assert known.run("people") == "Everybody whom a source names is in the roster.\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("link", "user-7f3", "zed@acme.example"), "Nobody with the e-mail zed@acme.example is in the roster."),
        (("link", "@old.example", "anna@acme.example"), "This cannot be linked: a domain"),
        (("link", "", "anna@acme.example"), "This cannot be linked: outside_id is empty."),
        (("unlink", "user-8"), "user-8 is linked to nobody."),
    ],
)
def test_what_cannot_be_is_one_sentence(known: Line, arguments: tuple[str, ...], says: str) -> None:
    assert known.run("people", *arguments, code=1).startswith(f"fulcrum: {says}")
