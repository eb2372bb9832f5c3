"""Formulas over measures: how a metric says what it is, and how it is worked out once the sums are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

Number = int | float | Fraction
Measures = Mapping[str, Number | None]


class Formula:
    """An expression over measures; a ratio whose divisor is 0 is null, and null makes null."""

    def __add__(self, other: Formula) -> Formula:
        return Binary("+", self, other)

    def __sub__(self, other: Formula) -> Formula:
        return Binary("−", self, other)

    def __truediv__(self, other: Formula) -> Formula:
        return Binary("÷", self, other)

    def __rmul__(self, factor: int | Fraction) -> Formula:
        return Scaled(Fraction(factor), self)

    def value(self, measures: Measures) -> Number | None:
        """The figure for one row of sums."""
        raise TypeError(f"{type(self).__name__} has no value")

    def names(self) -> Iterator[str]:
        """The measures it needs."""
        raise TypeError(f"{type(self).__name__} has no names")


@dataclass(frozen=True, slots=True)
class M(Formula):
    """A measure by name."""

    name: str

    def value(self, measures: Measures) -> Number | None:
        return measures.get(self.name, 0)

    def names(self) -> Iterator[str]:
        yield self.name

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Scaled(Formula):
    """A formula times a constant."""

    factor: Fraction
    inner: Formula

    def value(self, measures: Measures) -> Number | None:
        x = self.inner.value(measures)
        return None if x is None else (x * self.factor if isinstance(x, int | Fraction) else x * float(self.factor))

    def names(self) -> Iterator[str]:
        return self.inner.names()

    def __str__(self) -> str:
        factor = str(self.factor) if self.factor.denominator == 1 else f"{float(self.factor):g}"
        return f"{factor} · {self.inner}"


@dataclass(frozen=True, slots=True)
class Binary(Formula):
    """Two formulas and the sign between them."""

    sign: str
    left: Formula
    right: Formula

    def value(self, measures: Measures) -> Number | None:
        a, b = self.left.value(measures), self.right.value(measures)
        if a is None or b is None or (self.sign == "÷" and b == 0):
            return None
        return _ARITHMETIC[self.sign](a, b)

    def names(self) -> Iterator[str]:
        yield from self.left.names()
        yield from self.right.names()

    def __str__(self) -> str:
        left, right = (
            f"({part})" if self.sign == "÷" and isinstance(part, Binary | Known) else str(part)
            for part in (self.left, self.right)
        )
        return f"{left} {self.sign} {right}"


def _divide(a: Number, b: Number) -> Number:
    # Sums are whole numbers, so a ratio of them is exact until it is shown.
    return Fraction(a, b) if isinstance(a, int | Fraction) and isinstance(b, int | Fraction) else float(a) / float(b)


@dataclass(frozen=True, slots=True)
class Known(Formula):
    """The sum of those parts that are reported; null where none of them is, and nothing of the `whole` they are of."""

    parts: tuple[Formula, ...]
    whole: Formula | None = None

    def value(self, measures: Measures) -> Number | None:
        values = [value for part in self.parts if (value := part.value(measures)) is not None]
        if not values:
            return 0 if self.whole and self.whole.value(measures) is not None else None
        return sum(values[1:], start=values[0])

    def names(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.names()
        if self.whole:
            yield from self.whole.names()

    def __str__(self) -> str:
        return " + ".join(map(str, self.parts))


_ARITHMETIC: dict[str, Callable[[Number, Number], Number]] = {
    "+": lambda a, b: a + b,
    "−": lambda a, b: a - b,
    "÷": _divide,
}


def plain(value: Number | None) -> int | float | None:
    """A figure as JSON has it: whole numbers stay whole."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    return value
