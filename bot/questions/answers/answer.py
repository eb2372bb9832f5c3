"""The answer to one question, as a value: what every mouth of Fulcrum (Slack, terminal, digest) shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from storage.answer.shown import Shown
from storage.records import Period


class Status(StrEnum):
    """How a question ended; the words of the contract."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    UNSUPPORTED = "unsupported"
    NO_DATA = "no_data"
    DENIED = "denied"


class Audience(StrEnum):
    """Who can read the place an answer is posted in."""

    PRIVATE = "private"  # the asker alone
    MEMBERS = "members"  # any full member of the workspace
    OPEN = "open"  # guests or people of other organisations too


class Shape(StrEnum):
    """What the rows are, so that a renderer can choose a sentence, a table or a chart."""

    TEXT = "text"
    SINGLE = "single"
    LIST = "list"
    SERIES = "series"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: `labels` dimension -> name (a grain: ISO date of its first day), `values` column -> number or None."""

    labels: Mapping[str, str]
    values: Mapping[str, float | int | None]
    suppressed: bool = False
    rounded: bool = False  # to two significant digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure that stands beside the one asked for; `unit` is one of storage.catalogue.Unit's values."""

    label: str
    value: float | int | str | None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How a column of `Row.values` is headed and formatted; `unit` is one of storage.catalogue.Unit's values."""

    name: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A complete reading to pick; `ask` is a question that, asked in the same thread, gives that reading."""

    label: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The line under every answer: what was measured, over what, how fresh and how complete."""

    metric: str
    definition: str
    period: str
    zone: str
    scope: str
    newest: str
    coverage: float | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one question; `to_json` has the contract's shape."""

    status: Status
    text: str
    engine: str = "rules"
    shape: Shape = Shape.TEXT
    title: str = ""  # the query as read: "tokens per employee, by team, October 2026"
    query: Mapping[str, Any] | None = None
    period: Period | None = None
    previous: Period | None = None
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    facts: tuple[Fact, ...] = ()
    caveats: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    receipt: Receipt | None = None
    answers: tuple[Answer, ...] = ()
    private: bool = False
    public_text: str | None = None
    elapsed_ms: float = 0.0
    number: int | None = None  # of the question in the audit log, for a thumb up or down
    explain: Mapping[str, Any] = field(default_factory=dict)
    shown: tuple[Shown, ...] = ()  # what was told exactly, for the audit log alone

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON object (without `id`)."""
        out: dict[str, Any] = {"status": self.status.value, "engine": self.engine, "text": self.text}
        if self.answers:
            out["answers"] = [answer.to_json() for answer in self.answers]
        else:
            out |= self._figures()
        out["elapsed_ms"] = round(self.elapsed_ms, 2)
        return out

    def _figures(self) -> dict[str, Any]:
        out: dict[str, Any] = {"query": dict(self.query) if self.query else None}
        if self.period:
            out["period"] = self.period.to_json()
        if self.previous:
            out["previous"] = self.previous.to_json()
        out["rows"] = [
            {"labels": dict(row.labels), "values": dict(row.values)}
            | {name: True for name in ("suppressed", "rounded") if getattr(row, name)}
            for row in self.rows
        ]
        if self.facts:
            out["facts"] = [{"label": f.label, "value": f.value, "unit": f.unit} for f in self.facts]
        out["caveats"] = list(self.caveats)
        if self.options:
            out["options"] = [option.label for option in self.options]
        return out
