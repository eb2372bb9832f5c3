"""What a query gives back, and the statements that ran as each database got them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import create_engine

from storage.answer.result import NoteKind
from storage.answer.run import run
from tests.storage.answer.office import MEMBER, TOKENS, of
from tests.storage.worlds import World


@pytest.mark.parametrize(("url", "placeholder"), [("sqlite://", "?"), ("postgresql+psycopg://", "%(")])
def test_the_statements_are_those_of_the_database_with_no_value_in_them(
    office: World, url: str, placeholder: str
) -> None:
    result = office.ask(TOKENS.with_(filters=(of("team", "Lab"),)))

    assert result.statements
    for statement in result.sql(create_engine(url).dialect):
        assert placeholder in statement
        assert "2026" not in statement


def test_every_kind_of_note_is_a_word_of_its_own() -> None:
    assert len({kind.value for kind in NoteKind}) == len(NoteKind)
    assert all(kind.value == kind.name.lower() for kind in NoteKind)


def test_a_result_says_what_was_shown_exactly_so_that_it_can_be_kept(office: World) -> None:
    result = run(office.connection, office.directory, TOKENS.with_(group_by=("tool",)), MEMBER)
    (shown,) = result.shown

    told = {row.labels["tool"] for row in result.rows if not row.suppressed and not row.rounded}
    assert {labels for _, labels in shown.rows} == {(tool,) for tool in told}
    assert replace(result, rows=()).shown == result.shown
