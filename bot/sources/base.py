"""What a source is: a vendor whose reports are read for days and translated into records.

A source translates and nothing else: it opens no store, reads no clock and no environment, and tries nothing twice.
Fetching (`Http`) is apart from translating (`Report.translate`, pure: one page of a vendor's JSON to records), and both
apart from saving, which follows the report's one rule of restatement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from storage.records import IdentityRecord, Period, Restate, UsageRecord, WorkRecord, WorkRuleRecord

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


class SourceChanged(SourceError):
    """The vendor's answer is not in its format: a required field is missing, or a cursor does not move."""


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

    def lines(self, link: str) -> Iterator[Any]:
        """The JSON lines (or the one value) of a signed link that the vendor gave: any https host, without the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the workspace has said that facts of work depend on: where its days begin, and its rules."""

    zone: ZoneInfo = UTC
    rules: tuple[WorkRuleRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one pull of a report is made with: the vendor, the days, and the source's own settings by name.

    The days are those of UTC where a report gives usage, local ones where it gives work.
    """

    http: Http
    period: Period
    settings: Mapping[str, str]
    context: Context = Context()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One kind of facts that a vendor gives; a pull of it is saved whole, in one transaction, or not at all.

    `pages` asks the vendor, page by page; `translate` makes records of one page. `step_days` is how many days one pull
    covers, so that a pass that dies goes on where it was; `revised_days` is for how many days back the vendor still
    corrects its figures, so that each pass reads them again. `feed` names the account where the settings tell it.
    Records may be of other days than those asked for where they restate facts that are there.
    """

    name: str
    rule: Restate
    pages: Callable[[Asked], Iterator[Any]]
    translate: Callable[[Any], Iterable[Record]]
    facts: Literal["usage", "work"] = "usage"
    step_days: int = 31
    revised_days: int = 3
    feed: Callable[[Mapping[str, str]], str] = field(default=lambda settings: "")


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorSource:
    """A vendor, off without the settings it `needs`.

    `headers` are made of the settings. `identities` gives the vendor's ids of people with their e-mails, read before
    the reports. `provides` are sentences on what it can give, for `fulcrum sources`.
    """

    name: str
    label: str
    base_url: str
    needs: tuple[str, ...]
    optional: tuple[str, ...] = ()
    headers: Callable[[Mapping[str, str]], Mapping[str, str]]
    reports: tuple[Report, ...]
    identities: Callable[[Asked], Iterator[IdentityRecord]] | None = None

    def is_on(self, settings: Mapping[str, str]) -> bool:
        """Whether every setting it needs is there."""
        return all(settings.get(name) for name in self.needs)


def required(value: Any, *path: str) -> Any:
    """A field of a vendor's JSON that must be there; raises SourceChanged with its name."""
    for name in path:
        if not isinstance(value, Mapping) or name not in value:
            raise SourceChanged(f"the vendor's answer has no field “{'.'.join(path)}”; its format may have changed")
        value = value[name]
    return value
