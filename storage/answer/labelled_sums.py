"""Runs one SELECT of sums and lays them out by bucket and label; those about people are kept for later questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select

from storage.answer.compile import Compiler
from storage.catalogue.formula import Number
from storage.query import Filter

Labels = tuple[Any, ...]  # text, for a person the id
Key = tuple[int, Labels]
Sums = dict[str, Number | None]
Selected = tuple[Select[Any], dict[Key, Sums]]  # a statement, and what it gave

REMEMBERED = 500  # SELECTs whose sums are kept for a state of the store
LONG = 2_000  # rows from which on they are not kept


def labelled_sums(connection: Connection, statement: Select[Any], width: int) -> dict[Key, Sums]:
    """The sums of each row, whose first column is the bucket's number and whose next `width` are its labels."""
    result = connection.execute(statement)
    names = list(result.keys())[1 + width :]
    return {
        (row[0], (*row[1 : 1 + width],)): {
            # PostgreSQL sums big integers to a numeric.
            name: int(value) if type(value) is Decimal else value
            for name, value in zip(names, row[1 + width :], strict=True)
        }
        for row in result.all()
    }


def usage(
    connection: Connection,
    compiler: Compiler,
    names: Iterable[str],
    group_by: Sequence[str],
    filters: Sequence[Filter] | None = None,
) -> Iterator[Selected]:
    """These measures of usage, by the SELECTs that they are taken from."""
    names = tuple(names)
    for part in compiler.parts(names, group_by, filters):
        if part.of_people:
            yield _of_people(connection, compiler, ("active", *compiler.people_key(group_by, filters)), part.build)
        elif part.counts_people:
            asked = (tuple(group_by), tuple(compiler.filters_or_own(filters)), compiler.query, compiler.listed)
            yield _of_people(connection, compiler, ("counted", *asked, names, compiler.buckets), part.build)
        else:
            statement = part.build()
            yield statement, labelled_sums(connection, statement, len(group_by))


def heads(
    connection: Connection,
    compiler: Compiler,
    group_by: Sequence[str],
    filters: Sequence[Filter] | None = None,
    on: Sequence[str] | None = None,
) -> Selected:
    """Person-days and members, on some weekdays (else on those of the filters)."""
    key = ("heads", *compiler.people_key(group_by, filters, on))
    return _of_people(connection, compiler, key, lambda: compiler.people(group_by, filters, on))


def _of_people(
    connection: Connection, compiler: Compiler, key: tuple[Any, ...], build: Callable[[], Select[Any]]
) -> Selected:
    """A SELECT about people, run once for a state of the store: most questions of the same days ask for it.

    What is given back belongs to all who ask, and nobody may change it.
    """
    held: dict[tuple[Any, ...], Selected] = compiler.directory.cache.setdefault("sums of people", {})
    if key in held:
        return held[key]
    statement, (_, group_by, *_rest) = build(), key
    sums = labelled_sums(connection, statement, len(group_by))
    if len(sums) < LONG and len(held) < REMEMBERED:
        held[key] = statement, sums
    return statement, sums
