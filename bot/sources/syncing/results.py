"""What a pass did: for each report of a source, and for the source as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.sources.unmapped import UnmappedCount
from storage.load.organisation import Replaced
from storage.load.writes import Saved
from storage.records import Period

COUNTED = ("read", "new", "changed", "unchanged", "removed", "unmatched", "unpriced")


@dataclass(slots=True, kw_only=True)
class ReportPass:
    """What a pass did for one report; `withheld` says why the key does not get it, where it need not.

    `unmapped` are the items of work that no rule gives to a workflow, `lacking` days of which the vendor gave
    nothing, or not all.
    """

    name: str
    days: int = 0
    first_day: date | None = None
    last_day: date | None = None
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    unmatched: int = 0
    unpriced: int = 0
    error: str = ""
    withheld: str = ""
    lacking: list[date] = field(default_factory=list)
    unmapped: UnmappedCount = field(default_factory=UnmappedCount)

    @property
    def read(self) -> int:
        """How many rows the vendor gave."""
        return self.new + self.changed + self.unchanged

    def add(self, saved: Saved | Replaced) -> None:
        """Count what one step, or one snapshot, did to the store."""
        for name in ("new", "changed", "unchanged", "removed"):
            setattr(self, name, getattr(self, name) + getattr(saved, name))
        if isinstance(saved, Saved):
            self.unmatched += saved.unmatched_rows
            self.unpriced += saved.unpriced_rows

    def add_days(self, period: Period) -> None:
        """Count the days of one step."""
        self.days += period.days
        self.first_day, self.last_day = self.first_day or period.start, period.end

    def to_json(self) -> dict[str, Any]:
        """As data."""
        return {
            "name": self.name,
            "days": {"count": self.days, "first": _iso(self.first_day), "last": _iso(self.last_day)},
            "rows": {name: getattr(self, name) for name in COUNTED},
            "error": self.error or None,
            "not_given": self.withheld or None,
            "lacking": [day.isoformat() for day in self.lacking],
            "unmapped": self.unmapped.to_json(),
        }


@dataclass(slots=True, kw_only=True)
class SourcePass:
    """What a pass over a source did; `error` is of the source as a whole, "" where it went well."""

    name: str
    label: str
    error: str = ""
    reports: list[ReportPass] = field(default_factory=list)

    @property
    def errors(self) -> list[str]:
        """What went wrong, each sentence once."""
        return [*dict.fromkeys(filter(None, (self.error, *(report.error for report in self.reports))))]

    @property
    def rows(self) -> dict[str, int]:
        """The rows of all reports together."""
        return {name: sum(getattr(report, name) for report in self.reports) for name in COUNTED}

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day that was read."""
        edges = [edge for report in self.reports for edge in (report.first_day, report.last_day) if edge]
        return (min(edges), max(edges)) if edges else None

    def to_json(self) -> dict[str, Any]:
        """As data."""
        first, last = self.days or (None, None)
        return {
            "source": self.name,
            "ok": not self.errors,
            "errors": self.errors,
            "rows": self.rows,
            "days": {"first": _iso(first), "last": _iso(last)},
            "reports": [report.to_json() for report in self.reports],
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
