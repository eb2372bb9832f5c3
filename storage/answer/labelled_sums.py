"""Runs one SELECT of sums and lays them out by bucket and label; those about people are kept for later questions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select

from storage.catalogue.formula import Number
from storage.names import Directory

Labels = tuple[Any, ...]  # text, for a person the id
Key = tuple[int, Labels]
Sums = dict[str, Number | None]

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


def of_people(
    connection: Connection, directory: Directory, key: tuple[Any, ...], width: int, build: Callable[[], Select[Any]]
) -> tuple[Select[Any], dict[Key, Sums]]:
    """A SELECT about people with its sums, run once for a state of the store: most questions of the same days ask it.

    `key` tells what is asked; what is given back belongs to all who ask, and nobody may change it.
    """
    held: dict[tuple[Any, ...], tuple[Select[Any], dict[Key, Sums]]] = directory.cache.setdefault("sums of people", {})
    if key in held:
        return held[key]
    statement = build()
    sums = labelled_sums(connection, statement, width)
    if len(sums) < LONG and len(held) < REMEMBERED:
        held[key] = statement, sums
    return statement, sums
