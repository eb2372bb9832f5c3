"""What follows from figures that are shown: linear algebra over sums, exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

Rows = list[tuple[str, dict[str, Fraction]]]


def reduced(rows: Iterable[Mapping[str, int]], names: list[str]) -> Rows:
    """The rows in echelon form: each with its leading name. A row says how often each name is in a sum."""
    basis: Rows = []
    for row in rows:
        rest = remainder(row, basis)
        lead = next((name for name in names if rest.get(name)), None)
        if lead is not None:
            basis.append((lead, {name: value / rest[lead] for name, value in rest.items()}))
    return basis


def remainder(row: Mapping[str, int], basis: Rows) -> dict[str, Fraction]:
    """What is left of a row without the ones before it."""
    rest = {name: Fraction(value) for name, value in row.items()}
    for lead, other in basis:
        factor = rest.get(lead, Fraction(0))
        for name, value in other.items():
            rest[name] = rest.get(name, Fraction(0)) - factor * value
    return rest


def follows(row: Mapping[str, int], basis: Rows) -> bool:
    """Whether this sum can be worked out from the ones shown."""
    return not any(remainder(row, basis).values())
