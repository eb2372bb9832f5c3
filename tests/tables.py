"""A table of values is run as one test, which names every row that fails: starting a test costs more than most rows."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from inspect import Parameter, signature
from itertools import groupby
from typing import Any

import pytest

# What is set up before every test and is the same for each row.
FOR_ALL = frozenset({"_no_settings_of_this_machine", "monkeypatch", "request"})


def tables(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """The tests, with all rows of a table as one; a row that sets something up of its own stays a test."""
    found: list[pytest.Item] = []
    for function, group in groupby(items, key=_function):
        rows = [*group]
        if function is None or len(rows) == 1:
            found += rows
        else:
            found.append(_table(rows))
    return found


def _function(item: pytest.Item) -> object:
    """What tells a table from others: the function whose rows it holds, or None where a test is no row of one."""
    return (item.parent, item.originalname) if isinstance(item, pytest.Function) and _is_plain(item) else None


def _is_plain(item: pytest.Function) -> bool:
    if not hasattr(item, "callspec") or item.callspec.marks or getattr(item.obj, "is_hypothesis_test", False):
        return False
    values = _given(item)
    if values != item.callspec.params.keys():
        return False
    known = item._fixtureinfo  # no public name tells the scope of a fixture
    others = [name for name in known.names_closure if name not in values]
    return not any(name in known.argnames or name not in FOR_ALL for name in others if _is_of_a_test(item, name))


def _given(item: pytest.Function) -> set[str]:
    """The arguments that `parametrize` gives values to, and not to a fixture."""
    names: set[str] = set()
    for mark in item.iter_markers("parametrize"):
        if not mark.kwargs.get("indirect"):
            names |= {*_names(mark.args[0])}
    return names


def _names(text: Any) -> list[str]:
    return [name.strip() for name in text.split(",")] if isinstance(text, str) else [*text]


def _is_of_a_test(item: pytest.Function, name: str) -> bool:
    fixtures = item._fixtureinfo.name2fixturedefs.get(name)
    return not fixtures or any(fixture.scope == "function" for fixture in fixtures)


def _table(rows: list[Any]) -> pytest.Function:
    check = rows[0].obj
    parameters = signature(check).parameters.values()

    @functools.wraps(check)
    def check_all(**fixtures: Any) -> None:
        ends = [end for row in rows if (end := _end(row, check, fixtures))]
        failures = [end for end in ends if isinstance(end, Exception)]
        if len(failures) > 1:
            raise ExceptionGroup(f"{len(failures)} of {len(rows)} rows fail", failures)
        if failures or len(ends) == len(rows):  # where all are skipped, the table is
            raise [*failures, *ends][0]

    kept = [parameter for parameter in parameters if parameter.name not in rows[0].callspec.params]
    check_all.__signature__ = signature(check).replace(parameters=[  # type: ignore[attr-defined]
        parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in kept
    ])  # fmt: skip
    table: pytest.Function = pytest.Function.from_parent(rows[0].parent, name=rows[0].originalname, callobj=check_all)
    return table


def _end(row: Any, check: Any, fixtures: dict[str, Any]) -> BaseException | None:
    """What a row fails or is skipped by."""
    try:
        check(**row.callspec.params, **fixtures)
    except pytest.skip.Exception as skipped:
        return skipped
    except Exception as error:  # noqa: BLE001  (a row fails by whatever it raises)
        error.add_note(f"in the row [{row.callspec.id}] of {row.originalname}")
        return error
    return None
