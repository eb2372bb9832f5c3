"""What an engine makes of a question: a typed query, or an honest reason why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.questions.answers.answer import Option
from bot.questions.limits import NO_DEADLINE, Deadline
from storage.names import Directory
from storage.query import By, Query


class Intent(StrEnum):
    """What is wanted of the query."""

    FIGURES = "figures"  # run it, show the rows
    WHY = "why"  # take the change apart
    NORMAL = "normal"  # the figure with its usual range
    PEERS = "peers"  # the figure beside public ones
    FORECAST = "forecast"  # the figure of days to come
    PASSING = "passing"  # the day on which it passes the level of `having`
    BUDGET = "budget"  # cost beside the budgets of its month
    BUDGET_MONTHS = "budget_months"  # the same month by month
    SCORED = "scored"  # the figure of a scorecard, with its usual weeks and its target
    TARGETS = "targets"  # where figures stand against their targets
    WHAT_IF = "what_if"  # the same tokens at the list prices of the model that it is about
    HISTOGRAM = "histogram"  # how many people have how much of what it asks the median of
    EVENT = "event"  # weeks before and after the event that it is about
    COHORTS = "cohorts"  # people by the month of their first use, and how many of them are still active
    LAST_USE = "last_use"  # people by the weeks since their last use
    SEAT_START = "seat_start"  # how long it takes from a seat to its first use
    WATCH = "watch"  # tell the asker when it changes, or passes the level of `having`


@dataclass(frozen=True, slots=True)
class World:
    """All that a reading may know: the names, the day, who asks, and when it has to be done.

    `asker` is the asker's e-mail (None: the operator); `fiscal_start` the fiscal year's first month; `open` the
    message of the thread that was asked back about, which a reply completes.
    """

    directory: Directory
    as_of: date
    asker: str | None = None
    fiscal_start: int | None = None
    open: str = ""
    deadline: Deadline = NO_DEADLINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A question read as a query.

    headline  the column that answers it: the change in "how much did it change"
    echoes    names that were read with some freedom: "read suport as Support"
    personal  it asks about the asker's own figures
    former    the query of the turn before in a thread: "the two" are that one and this one
    about     what an intent needs beside the query: a model by its name, an event
    steps     the reasons for --explain, in order
    """

    query: Query
    former: Query | None = None
    intent: Intent = Intent.FIGURES
    headline: By = By.VALUE
    echoes: tuple[str, ...] = ()
    personal: bool = False
    chart: bool = False
    about: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """Two or more readings that matter; `options` are complete questions. `about` is the person dimension where
    names of people are offered, so that permission is checked before anything is asked back."""

    text: str
    options: tuple[Option, ...] = ()
    about: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossible:
    """Nothing here can know it; `text` says what can be answered instead. `about` as in Unclear."""

    text: str
    options: tuple[Option, ...] = ()
    about: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Understood, but nothing is recorded there (an unknown tool, a period to come). `about` as in Unclear."""

    text: str
    about: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The asker may not see it whatever the data say (a ranking of people under `hidden`)."""

    text: str
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Answered without rows: a definition, what can be asked, how fresh the data are. `topic` names it."""

    topic: str
    about: str = ""
    steps: tuple[str, ...] = field(default=())


Reading = Understood | Unclear | Impossible | Missing | Refused | Told
Read = Callable[[str, World, Understood | None], tuple[Reading, ...]]  # a message, who asks, and what it goes on from
