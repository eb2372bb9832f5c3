"""What a source is: a feed of usage or work that is read for a period and gives records.

A source translates and nothing else: it opens no store, reads no clock and no environment, and tries nothing twice.
Records of one natural key may come again in a later pass; the newest observation of a key wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from storage.records import Period, UsageRecord, WorkRecord

Record = UsageRecord | WorkRecord


class SourceError(Exception):
    """A source could not be read; the message may be shown and holds no key."""


class SourceDown(SourceError):
    """The vendor cannot answer now; the next pass tries again."""


class SourceRefused(SourceError):
    """The vendor refuses the key or the request: somebody has to change a setting."""


class Http(Protocol):
    """How a source asks its vendor; time-outs, tries and waiting are on the other side of it."""

    def get(self, path: str, **params: Any) -> Any:
        """The JSON that the vendor answers. Raises SourceError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorSource:
    """A vendor's feed. Without the settings it `needs` it is off; `read` gives the records of whole days.

    `revised_days` is for how many days back the vendor still corrects its figures, so that each pass reads them again.
    """

    name: str
    label: str
    base_url: str
    needs: tuple[str, ...]
    headers: Callable[[Mapping[str, str]], Mapping[str, str]]
    read: Callable[[Http, Period], Iterator[Record]]
    revised_days: int = 3

    def is_on(self, environ: Mapping[str, str]) -> bool:
        """Whether every setting it needs is there."""
        return all(environ.get(name) for name in self.needs)
