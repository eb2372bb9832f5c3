"""What can be wrong with an import file: a row, or the whole file."""

from __future__ import annotations

from dataclasses import dataclass, field

LISTED = 50  # rejected rows that are listed; the count of them is exact


class FileRefused(Exception):
    """The file cannot be trusted, so that nothing of it is loaded; the message says why, and on which line."""


class BadRow(Exception):
    """The row cannot be right; the message says why."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was not loaded: where it begins, and why."""

    file: str
    line: int
    reason: str

    def moved(self, lines: int) -> Rejection:
        """The same so many lines further down."""
        return Rejection(self.file, self.line + lines, self.reason)


@dataclass(slots=True)
class Problems:
    """What was found wrong while a file was read."""

    file: str
    rejected: int = 0
    listed: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def reject(self, line: int, reason: str) -> None:
        """Count a row that is not loaded, and list it while there is room."""
        self.rejected += 1
        if len(self.listed) < LISTED:
            self.listed.append(Rejection(self.file, line, reason))

    def warn(self, words: str) -> None:
        """Note what a reader of the report should know."""
        self.warnings.append(words)
