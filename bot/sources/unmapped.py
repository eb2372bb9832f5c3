"""Items of work that no rule gives to a workflow, counted so that a person can write the rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sources.base import Record, Unmapped

LISTED = 5  # values of a field that a report names


@dataclass(slots=True)
class UnmappedCount:
    """How many items of each kind there were, and how often each value of a field stood among them."""

    items: Counter[str] = field(default_factory=Counter)
    remedies: dict[str, str] = field(default_factory=dict)
    values: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)

    def add(self, unmapped: Unmapped) -> None:
        """Count one item."""
        self.items[unmapped.item] += 1
        self.remedies[unmapped.item] = unmapped.remedy
        for name, values in unmapped.fields.items():
            self.values.setdefault((unmapped.item, name), Counter()).update(set(values))

    def passing(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records, without the unmapped items, which are counted on the way."""
        for record in records:
            if isinstance(record, Unmapped):
                self.add(record)
            else:
                yield record

    def add_all(self, other: UnmappedCount) -> None:
        """Count all that another one has counted."""
        self.items.update(other.items)
        self.remedies |= other.remedies
        for place, values in other.values.items():
            self.values.setdefault(place, Counter()).update(values)

    def to_json(self) -> list[dict[str, Any]]:
        """For each kind of item how many there were, and the commonest values of each field."""
        return [
            {
                "item": item,
                "count": count,
                "values": {name: dict(common) for name, common in self._common(item)},
                "remedy": self.remedies[item],
            }
            for item, count in self.items.most_common()
        ]

    def lines(self) -> Iterator[str]:
        """What a person reads: how many, and what a rule could go by."""
        for item, count in self.items.most_common():
            yield f"not counted: {count:,} × {item}; {self.remedies[item]}, for example by"
            for name, common in self._common(item):
                yield f"  {name}: {', '.join(f'{value} ({times:,})' for value, times in common)}"

    def _common(self, item: str) -> Iterator[tuple[str, list[tuple[str, int]]]]:
        for (kind, name), values in self.values.items():
            if kind == item and values:
                yield name, sorted(values.items(), key=lambda counted: (-counted[1], counted[0]))[:LISTED]
