"""What a source is: a vendor whose reports are read for days and translated into records.

A source translates and nothing else: it opens no store, reads no clock and no environment, and tries nothing twice.
Fetching (`Http`) is apart from translating (`Report.translate`, pure: one page of a vendor's JSON to records), and both
apart from saving, which follows the report's one rule of restatement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from storage.records import (
    IdentityRecord,
    Period,
    RateRecord,
    Restate,
    SeatRecord,
    UsageRecord,
    WorkRecord,
    WorkRuleRecord,
)
from storage.roster_records import RosterSnapshot

Params = Mapping[str, str | int | Sequence[str]]  # a sequence is sent as a repeated key
NONE: Params = MappingProxyType({})
UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmapped:
    """An item of work that no rule gives to a workflow, with what a rule could go by: the values of each field.

    `remedy` says where a person decides about such items.
    """

    item: str
    fields: Mapping[str, Sequence[str]]
    remedy: str = "rules in work_rules.csv give them to workflows"


Record = UsageRecord | WorkRecord | Unmapped


class SourceError(Exception):
    """A source could not be read; the message is one sentence that may be shown, says what to do, and holds no key."""


class SourceDown(SourceError):
    """The vendor cannot answer now, after all tries; the next pass tries again."""


class SourceRefused(SourceError):
    """The vendor refuses the key or the request: somebody has to change the setting or scope that it names."""

    def __init__(self, words: str, status: int = 0) -> None:
        super().__init__(words)
        self.status = status


class SourceChanged(SourceError):
    """The vendor's answer is not in its format: a required field is missing, or a cursor does not move."""


class SourceExpired(SourceError):
    """A cursor or link is no longer good (410): the pull is made again from its first page."""


class SourceWithheld(SourceError):
    """This key need not be able to read this report, and is not: no failure, its days stay without a state."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of a vendor: its status, its JSON (None for an empty body), and the next page of its Link header."""

    status: int
    body: Any
    next_link: str = ""


class Http(Protocol):
    """How a source asks its vendor, on the vendor's own host with its key.

    Time limits, tries, Retry-After, waiting, bounds of size and redaction are on the other side of it. All raise
    SourceError; an answer of 4xx that `allowed` names is given back instead.
    """

    def get(self, path: str, params: Params = NONE, *, allowed: Sequence[int] = ()) -> Reply:
        """GET a path below the base address, or a `next_link` of the same host."""

    def post(self, path: str, body: Any, params: Params = NONE, *, allowed: Sequence[int] = ()) -> Reply:
        """POST a JSON body."""

    def file(self, path: str) -> bytes:
        """GET a path below the base address whose answer is a file and no JSON, as large as a reply may be."""

    def lines(self, link: str) -> Iterator[Any]:
        """The JSON lines (or the one value) of a signed link that the vendor gave: any https host, without the key.

        A base address of one's own (`FULCRUM_NAME_URL`) may give links of its own host without https.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the workspace has said that facts of work depend on: where its days begin, and its rules."""

    zone: ZoneInfo = UTC
    rules: tuple[WorkRuleRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one pull of a report is made with: the vendor, the days, and the source's own settings by name.

    The days are those of UTC where a report gives usage, local ones where it gives work. `memo` is what this pass over
    the source looked up already (names of projects, say), by whatever name.
    """

    http: Http
    period: Period
    settings: Mapping[str, str]
    context: Context = Context()
    memo: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One kind of facts that a vendor gives; a pull of it is saved whole, in one transaction, or not at all.

    `pages` asks the vendor, page by page; `translate` makes records of one page. Two records of one `natural_key` in a
    pull are one said again (a page may come twice), so that a daily row's key holds its day and all its dimensions.
    `facts` says which kind the records are. `step_days` is how many days one pull covers, so that a pass that dies goes
    on where it was; `revised_days` is for how many days back the vendor still corrects its figures, so that each pass
    reads them again; `lag_days` is how many days pass before it has a day at all; `history_days` is how far back the
    first pass goes. `scope` is what the key must be allowed for this report beyond the source's `key_is`.

    The facts of a report are a feed of its own: `name`, and after it what `feed` makes of the settings where they tell
    an account. Records leave `feed` empty. Those of work may be of days before those asked for: there they only restate
    facts that are there.

    Of a vendor that lists every day, also one without use, `lists` gives the days that a page has: one that no page has
    was not given. It is None where a day without use may be left out. Of a vendor that lists none and at times answers
    with a part of a day, `doubted` says so: a day that comes with fewer than half of the facts that are held replaces
    what it tells and removes nothing.

    `overlaps` says which uses the report tells that another source or report tells too (reports that share a word
    there tell the same use), and `precedence` which of them counts for a tool, person and day: the higher one. Sums
    within one source never overlap by themselves: what would be counted twice carries no tokens. Of a gateway
    `vendor_keys` gives, from the settings, the vendors' ids of the keys that it calls them with.
    """

    name: str
    rule: Restate
    pages: Callable[[Asked], Iterator[Any]]
    translate: Callable[[Any], Iterable[Record]]
    facts: Literal["usage", "work"] = "usage"
    step_days: int = 31
    revised_days: int = 3
    lag_days: int = 0
    history_days: int = 90
    feed: Callable[[Mapping[str, str]], str] = field(default=lambda settings: "")
    scope: str = ""
    lists: Callable[[Any], Iterable[date]] | None = None
    doubted: bool = False
    overlaps: tuple[str, ...] = ()
    precedence: int = 0
    vendor_keys: Callable[[Mapping[str, str]], tuple[str, ...]] = field(default=lambda settings: ())

    def feed_name(self, settings: Mapping[str, str]) -> str:
        """What its feed is called in the store; its name alone where the settings of its account are not there."""
        try:
            account = self.feed(settings)
        except KeyError:
            account = ""
        return " ".join(filter(None, (self.name, account)))


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorSource:
    """A vendor, off without the settings it `needs` or those `instead`.

    `FULCRUM_NAME_URL`, or the setting named by `address`, replaces its `base_url`.

    `headers` are made of the settings. `identities` gives the vendor's ids of people with their e-mails, read before
    the reports. `roster` gives everybody whom it has now, `seats` who holds a seat of it now, `rates` what currencies
    were worth: all of them, or an error. `choices` has the words that a setting may be, where not any will do;
    `meanings` says for each setting what it is, for the papers. `key_is` says what the key must be and be
    allowed ("an Admin key that an owner makes"), for whoever has to replace one that is refused. `every_minutes` is how
    often the worker reads it.
    """

    name: str
    label: str
    base_url: str
    needs: tuple[str, ...]
    instead: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    headers: Callable[[Mapping[str, str]], Mapping[str, str]]
    reports: tuple[Report, ...]
    identities: Callable[[Asked], Iterator[IdentityRecord]] | None = None
    roster: Callable[[Asked], RosterSnapshot] | None = None
    seats: Callable[[Asked], Iterator[SeatRecord]] | None = None
    rates: Callable[[Asked], Iterator[RateRecord]] | None = None
    address: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    key_is: str = ""
    every_minutes: int = 60

    @property
    def url_setting(self) -> str:
        """The setting that replaces its base address."""
        return self.address or f"FULCRUM_{self.name.upper()}_URL"

    @property
    def settings(self) -> tuple[str, ...]:
        """All its settings, the base address last."""
        return tuple(dict.fromkeys((*self.needs, *self.instead, *self.optional, self.url_setting)))

    @property
    def keys(self) -> tuple[str, ...]:
        """The settings it needs that are secret."""
        return tuple(name for name in self.needs if is_secret(name))

    def how_to_set(self, settings: Mapping[str, str]) -> str:
        """The settings that it still needs, as they are set: with their value where that is no choice."""
        missing = (name for name in self.needs if not settings.get(name))
        return " and ".join("=".join((name, *self.choices.get(name, ())[:1])) for name in missing)

    def is_on(self, settings: Mapping[str, str]) -> bool:
        """Whether every setting it needs is there, or every one that does in their place."""
        ways = filter(None, (self.needs, self.instead))
        return any(all(settings.get(name) for name in way) for way in ways)


def is_secret(setting: str) -> bool:
    """Whether a setting's value must never be seen, by its name."""
    return setting.endswith(("_KEY", "_TOKEN", "_SECRET", "_PASSWORD", "_DATABASE_URL"))
