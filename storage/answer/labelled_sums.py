"""Runs one SELECT of sums and lays them out by bucket and label, once for a state of the store."""

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

REMEMBERED = 500  # SELECTs of a kind whose sums are kept for a state of the store
LONG = 2_000  # rows from which on they are not kept
FEW = 200  # the same, of sums of usage: each row has many


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
            yield _once(connection, compiler, ("active", *compiler.people_key(group_by, filters)), part.build)
            continue
        # Which of its rows are listed in which order is decided after the sums.
        query = compiler.query.with_(having=(), order=None, limit=None, skip=0)
        asked = (tuple(group_by), tuple(compiler.filters_or_own(filters)), query, compiler.listed)
        if part.counts_people:
            yield _once(connection, compiler, ("counted", *asked, names, compiler.buckets), part.build)
        else:
            yield _once(connection, compiler, ("summed", *asked, names, compiler.buckets), part.build, FEW)


def heads(
    connection: Connection,
    compiler: Compiler,
    group_by: Sequence[str],
    filters: Sequence[Filter] | None = None,
    on: Sequence[str] | None = None,
) -> Selected:
    """Person-days and members, on some weekdays (else on those of the filters)."""
    key = ("heads", *compiler.people_key(group_by, filters, on))
    return _once(connection, compiler, key, lambda: compiler.people(group_by, filters, on))


def _once(
    connection: Connection,
    compiler: Compiler,
    key: tuple[Any, ...],
    build: Callable[[], Select[Any]],
    most: int = LONG,
) -> Selected:
    """A SELECT, run once for a state of the store: many questions of the same days ask for it, whoever asks.

    What is given back belongs to all who ask, and nobody may change it.
    """
    held: dict[tuple[Any, ...], Selected] = compiler.directory.cache.setdefault(key[0], {})
    if key in held:
        return held[key]
    statement, (_, group_by, *_rest) = build(), key
    sums = labelled_sums(connection, statement, len(group_by))
    if len(sums) < most and len(held) < REMEMBERED:
        held[key] = statement, sums
    return statement, sums
