"""`fulcrum people`: whom sources name and the roster does not know, said to be somebody, and undone."""

from __future__ import annotations

import os
import zlib

import pytest
from sqlalchemy import create_engine, inspect

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


def held(line: Line) -> str:
    """All that the store holds, files' truths unpacked."""
    tables = inspect(engine := create_engine(os.environ["DATABASE_URL"])).get_table_names()
    with engine.connect() as connection:
        rows = [row for table in tables for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')]
    engine.dispose()
    values = [value for row in rows for value in row]
    return " ".join(unpacked(value) if isinstance(value, bytes) else str(value) for value in values)


def unpacked(value: bytes) -> str:
    try:
        return zlib.decompress(value).decode()
    except zlib.error:
        return value.hex()


def figures(line: Line) -> list[object]:
    asked = ("tokens by team in May 2026", "headcount by team in May 2026", "active people by team in May 2026")
    return [line.data("ask", question, "--as-of", "2026-06-03")["rows"] for question in asked]


def test_who_is_erased_stays_so_whatever_is_loaded_later_and_teams_keep_their_figures(known: Line) -> None:
    known.run("people", "link", "user-7f3", "anna@acme.example")
    known.run("people", "link", "@old.example", "@acme.example")
    known.run("people", "link", "a.berg@old.example", "anna@acme.example")
    known.run("ask", "tokens of anna@acme.example in May 2026", "--as-of", "2026-06-03")
    known.run("mcp", "token", "anna@acme.example")
    before = figures(known)
    assert "anna@acme.example" in held(known)

    assert known.run("people", "erase", " Anna@ACME.example").startswith("anna@acme.example is erased:")
    assert figures(known) == before
    for word in ("anna", "a.berg", "user-7f3"):
        assert word not in held(known).lower()

    known.run("import", known.files)
    assert figures(known) == before
    more = OUTSIDE + "2026-05-07,anna@acme.example,cursor,a,m,chat,,90,0,0,0,0,1,0,0,0.1\n"
    known.write(usage=more)
    known.run("import", known.files)
    assert figures(known) != before
    for word in ("anna", "a.berg", "user-7f3"):
        assert word not in held(known).lower()


def test_whom_nobody_knows_cannot_be_erased(known: Line) -> None:
    assert "Nobody with the e-mail zoe@acme.example" in known.run("people", "erase", "zoe@acme.example", code=1)
