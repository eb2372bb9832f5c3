"""The answer to one question, as a value: what every mouth of Fulcrum (Slack, terminal, digest) shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from storage.answer.shown import Shown
from storage.records import Period

NOT_WHOLE = "Not whole"  # begins what is said of points of time that are cut or still running
FEWEST_FIGURES = 3  # of a scorecard; fewer answers are questions that were asked together
MOST_SIDES = 3  # that stand beside each other in it
LONGEST_LEAD = 240  # of a text, that may say what it is about


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


class Draw(StrEnum):
    """How somebody asked to see the rows."""

    CHART = "chart"  # whichever fits
    LINE = "line"
    BAR = "bar"
    PIE = "pie"
    TABLE = "table"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: `labels` dimension -> name (a grain: ISO date of its first day), `values` column -> number or None.

    `names` are the labels as people read them. `partial` where its point of time is cut or still running, and covers
    so many `days`; `per_day` where a change is that of the averages per recorded day.
    """

    labels: Mapping[str, str]
    values: Mapping[str, float | int | None]
    suppressed: bool = False
    rounded: bool = False  # to two significant digits
    partial: bool = False
    days: int | None = None
    per_day: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, label: str) -> str:
        """What a table or chart calls it."""
        return self.names.get(label, self.labels.get(label, ""))

    def to_json(self) -> dict[str, Any]:
        """The contract's shape: the store's own labels."""
        flags = {name: True for name in ("suppressed", "rounded", "partial", "per_day") if getattr(self, name)}
        days = {} if self.days is None else {"days": self.days}
        return {"labels": dict(self.labels), "values": dict(self.values), **flags, **days}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure that stands beside the one asked for; `unit` is one of storage.catalogue.Unit's values. One that the
    text has `said` is not shown again."""

    label: str
    value: float | int | str | None
    unit: str = ""
    said: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How a column of `Row.values` is headed and formatted; `unit` is one of storage.catalogue.Unit's values. Figures
    that `adds` is true of make a total; `of_rate`: a change of a rate, told in points."""

    name: str
    label: str
    unit: str
    adds: bool = False
    of_rate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A complete reading to pick; `ask` is a question that, asked in the same thread, gives that reading."""

    label: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What stands under every answer: what was measured, over what, how fresh and how complete."""

    metric: str
    definition: str
    period: str
    zone: str
    scope: str
    newest: str
    coverage: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one question; `to_json` has the contract's shape."""

    status: Status
    text: str
    engine: str = "rules"
    shape: Shape = Shape.TEXT
    draw: Draw | None = None
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
    unknown: str = ""  # a word of the question that means nothing here, to be taught
    private: bool = False
    public_text: str | None = None
    elapsed_ms: float = 0.0
    number: int | None = None  # of the question in the audit log, for a thumb up or down
    explain: Mapping[str, Any] = field(default_factory=dict)
    shown: tuple[Shown, ...] = ()  # what was told exactly, for the audit log alone

    @property
    def is_card(self) -> bool:
        """Whether its parts are the figures of one scorecard, to be shown together in one small table."""
        return len(self.answers) >= FEWEST_FIGURES and all(
            part.status is not Status.ANSWERED or (0 < len(part.rows) <= MOST_SIDES and part.columns)
            for part in self.answers
        )

    @property
    def lead(self) -> int:
        """How many characters of the text say what it is about, to be set off; 0 where none do."""
        if self.title and len(self.title) < LONGEST_LEAD and self.text.lower().startswith(self.title.lower()):
            return len(self.title)
        at = self.text.find(": ", 0, LONGEST_LEAD)
        return at + 1 if at > 0 and self.status is Status.ANSWERED and self.shape is not Shape.TEXT else 0

    @property
    def warnings(self) -> tuple[str, ...]:
        """The caveats that the text does not hold already."""
        return tuple(
            caveat
            for caveat in self.caveats
            if caveat not in self.text and not (caveat.startswith(NOT_WHOLE) and NOT_WHOLE in self.text)
        )

    @property
    def heading(self) -> str:
        """The title, where the text does not begin with what it is about."""
        return "" if self.lead else self.title

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
        out["rows"] = [row.to_json() for row in self.rows]
        if self.facts:
            out["facts"] = [{"label": f.label, "value": f.value, "unit": f.unit} for f in self.facts]
        out["caveats"] = list(self.caveats)
        if self.options:
            out["options"] = [option.label for option in self.options]
        return out
