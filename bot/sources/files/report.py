"""What a load says at its end: rows read, new, changed, unchanged, rejected, and what is odd about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.sources.files.problems import Rejection

SHOWN = 10  # rejected rows and names in the text; the JSON holds more


@dataclass(slots=True)
class FileReport:
    """One file. `error` says why nothing of it was loaded; `removed` are rows that a newer whole truth lacks."""

    file: str
    error: str = ""
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unmatched_people: int = 0
    unmatched_rows: int = 0
    unmatched: tuple[str, ...] = ()
    outside_people: int = 0
    outside_rows: int = 0
    unpriced_rows: int = 0
    unpriced_models: dict[str, int] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None
    days: int = 0
    load_id: int = 0  # its number, by which it can be taken back
    seconds: float = 0.0

    @property
    def loaded(self) -> bool:
        """Whether its good rows are in the store."""
        return not self.error

    def to_json(self) -> dict[str, Any]:
        """Plain values, alike from one version to the next."""
        return {
            "file": self.file,
            "loaded": self.loaded,
            "error": self.error or None,
            "load": self.load_id or None,
            "rows": {
                name: getattr(self, name) for name in ("read", "new", "changed", "unchanged", "removed", "rejected")
            },
            "rejections": [{"line": rejection.line, "reason": rejection.reason} for rejection in self.rejections],
            "people_not_matched": {
                "people": self.unmatched_people,
                "rows": self.unmatched_rows,
                "who": list(self.unmatched),
            },
            "outside_spells": {"people": self.outside_people, "rows": self.outside_rows},
            "models_without_price": self.unpriced_models,
            "days": {
                "first": self.first_day.isoformat() if self.first_day else None,
                "last": self.last_day.isoformat() if self.last_day else None,
                "count": self.days,
            },
            "warnings": self.warnings,
            "seconds": round(self.seconds, 3),
        }

    def lines(self) -> Iterator[str]:
        """What a person reads."""
        if self.error:
            yield f"{self.file}: not loaded, {self.error}"
        else:
            counts = [f"{getattr(self, name):,} {name}" for name in ("new", "changed", "unchanged")]
            counts += [f"{self.removed:,} removed"] if self.removed else []
            yield f"{self.file}: {self.read:,} rows read, {', '.join(counts)}, {self.rejected:,} rejected"
        for rejection in self.rejections[:SHOWN]:
            yield f"  line {rejection.line}: {rejection.reason}"
        if self.rejected > SHOWN:
            yield f"  and {self.rejected - min(SHOWN, len(self.rejections)):,} more rejected rows"
        if self.error:
            return
        if self.days:
            yield f"  {self.days:,} days covered, {self.first_day} to {self.last_day}"
        if self.unmatched_rows:
            names = ", ".join(name or "(no e-mail)" for name in self.unmatched[:SHOWN])
            more = f" and {self.unmatched_people - SHOWN:,} more" if self.unmatched_people > SHOWN else ""
            people = "1 person" if self.unmatched_people == 1 else f"{self.unmatched_people:,} people"
            yield f"  {people} not matched in {self.unmatched_rows:,} rows: {names}{more}"
        if self.outside_rows:
            yield f"  {self.outside_rows:,} rows of {self.outside_people:,} people are outside their time in the roster"
        if self.unpriced_models:
            models = [f"{model or '(none)'} ({rows:,})" for model, rows in self.unpriced_models.items()]
            more = f" and {len(models) - SHOWN:,} more" if len(models) > SHOWN else ""
            yield f"  models without a price, with their rows: {', '.join(models[:SHOWN])}{more}"
        yield from (f"  note: {words}" for words in self.warnings)


@dataclass(slots=True)
class FolderReport:
    """A folder of files."""

    files: list[FileReport] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    dry_run: bool = False
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether every row of every file is in the store."""
        return all(file.loaded and not file.rejected for file in self.files)

    @property
    def loaded(self) -> bool:
        """Whether every file was loaded, if not each of its rows."""
        return all(file.loaded for file in self.files)

    def to_json(self) -> dict[str, Any]:
        """Plain values, alike from one version to the next."""
        counted = ("read", "new", "changed", "unchanged", "removed", "rejected")
        return {
            "ok": self.ok,
            "dry_run": self.dry_run,
            "rows": {name: sum(getattr(file, name) for file in self.files) for name in counted},
            "files": [file.to_json() for file in self.files],
            "warnings": self.warnings,
            "seconds": round(self.seconds, 3),
        }

    def text(self) -> str:
        """What a person reads."""
        lines = ["Nothing was written; this is what would be:"] if self.dry_run else []
        lines += [line for file in self.files for line in file.lines()]
        lines += [f"note: {words}" for words in self.warnings]
        return "\n".join([*lines, f"{self.seconds:,.1f} seconds"])
