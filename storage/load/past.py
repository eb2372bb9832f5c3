"""The days before which nobody is anybody: spells are cut there, and the part before stands under a pseudonym."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from storage.load.forgotten import DOMAIN, pseudonym_for
from storage.roster_records import Kind, SpellRecord
from storage.tables import Anonymity

YESTERDAY = timedelta(days=1)
PAST = "past:"  # before an address, so that its pseudonym is another one than that of an erased person


@dataclass(frozen=True, slots=True)
class Past:
    """What lies before the first day that still says who."""

    key: bytes
    before: date

    def pseudonym(self, email: str) -> str:
        """What stands in the past for an address; a pseudonym stays what it is."""
        return email if email.endswith(f"@{DOMAIN}") else pseudonym_for(self.key, PAST + email)

    def records(self, kind: str, records: Sequence[Any]) -> Sequence[Any]:
        """The records of a whole truth, the past of people in them nobody's."""
        if kind == "roster":
            return [part for spell in records for part in self.parts(spell)]
        if kind in ("seats", "identities"):
            return [record for record in records if record.end is None or record.end >= self.before]
        return records

    def parts(self, spell: SpellRecord) -> Iterator[SpellRecord]:
        """A spell as it is, or its past under a pseudonym and what is left of it."""
        if spell.kind is Kind.AGENT or spell.start >= self.before or spell.email.endswith(f"@{DOMAIN}"):
            yield spell
            return
        nobody, last = self.pseudonym(spell.email), self.before - YESTERDAY
        ended = min(spell.end, last) if spell.end else last
        yield replace(
            spell, email=nobody, name=nobody, title="", location="", manager_email="", end=ended, makes_team=False
        )
        if spell.end is None or spell.end >= self.before:
            yield replace(spell, start=self.before)


def read_past(connection: Connection, workspace_id: int) -> Past | None:
    """A workspace's past; None where all days say who."""
    rows = select(Anonymity.key, Anonymity.personal_from).where(Anonymity.workspace_id == workspace_id)
    found = connection.execute(rows).one_or_none()
    return Past(found.key, found.personal_from) if found and found.personal_from else None
