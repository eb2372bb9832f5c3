"""Who a source's subject is on a day: through links, files, sources and rules, down to the spells of a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from storage.load.past import read_past
from storage.tables import OPEN_END, Identity, Person, Spell

LINK, APART, FILE, SYNC, RULE = "link", "apart", "file", "sync", "rule"
STRENGTH = (LINK, FILE, SYNC, RULE)  # of two that hold on one day, the first counts
ANY = "*"  # in an outside id: whatever stands there
HOPS = 5  # an old e-mail of an old e-mail; more is a circle
FIRST_DAY = date(1970, 1, 1)

Span = tuple[date, date, int]


@dataclass(frozen=True, slots=True)
class ResolvedSpells:
    """A subject's time cut into spells; `known` says whether it is anybody's at all."""

    spans: list[Span]
    known: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """Outside ids of one form and whom they stand for: `*_acme` is `*@acme.example`, `ci-*` is one agent."""

    outside_id: str
    email: str

    def email_of(self, subject: str) -> str | None:
        """Whom an outside id of this form stands for, None where it is of another."""
        before, _, after = self.outside_id.casefold().partition(ANY)
        said = subject.casefold()
        found = said[len(before) : len(said) - len(after)]
        if not found or not said.startswith(before) or not said.endswith(after):
            return None
        return self.email.replace(ANY, found, 1)


class Resolver:
    """Reads the people and identities of a workspace once, then answers for any subject."""

    def __init__(self, connection: Connection, workspace_id: int) -> None:
        self._spells: dict[str, list[Span]] = defaultdict(list)
        self._people: set[str] = set()
        rows = select(Person.email, Spell.start_day, Spell.end_day, Spell.id)
        for email, start, end, id_ in connection.execute(
            rows.outerjoin(Spell, (Spell.person_id == Person.id) & (Spell.workspace_id == workspace_id)).where(
                Person.workspace_id == workspace_id
            )
        ):
            self._people.add(email)
            if id_ is not None:
                self._spells[email].append((start, end, id_))
        self._past = read_past(connection, workspace_id)
        self._known: dict[str, list[Any]] = defaultdict(list)
        for row in connection.execute(
            select(*Identity.__table__.columns)
            .where(Identity.workspace_id == workspace_id, Identity.origin != APART)
            .order_by(Identity.id)
        ):
            self._known[row.subject].append(row)
        patterns = [
            Pattern(row.subject, row.email) for own in self._known.values() for row in own if ANY in row.subject
        ]
        self._patterns = sorted(patterns, key=lambda pattern: (-len(pattern.outside_id), pattern.outside_id))

    def spans(self, subject: str, source: str) -> ResolvedSpells:
        """The spells that a source's word for somebody stands for."""
        if not self._past and subject in self._people and subject not in self._known:
            return ResolvedSpells(sorted(self._spells.get(subject, ())), True)
        spans: list[Span] = []
        known = False
        for start, end, email in self._emails(subject.strip().lower() if "@" in subject else subject, source):
            known = known or email in self._people
            then = [self._past.pseudonym(email)] if self._past else []
            for first, last, spell in (found for address in {email, *then} for found in self._spells.get(address, ())):
                if first <= end and start <= last:
                    spans.append((max(first, start), min(last, end), spell))
        return ResolvedSpells(sorted(spans), known)

    def emails(self, subject: str, source: str = "") -> list[str]:
        """Whom a subject stands for at any time."""
        return list(dict.fromkeys(email for _, _, email in self._emails(subject, source)))

    def anybody(self, subject: str) -> set[str]:
        """Whom a subject stands for at any time, whatever source says it."""
        sources = {"", *(identity.source for identity in self._known.get(subject, ()))}
        return {email for source in sources for email in self.emails(subject, source)}

    def _emails(
        self, subject: str, source: str, start: date = FIRST_DAY, end: date = OPEN_END, hops: int = HOPS
    ) -> Iterator[tuple[date, date, str]]:
        """The e-mails that a subject stands for, each with its time; where nobody says so, it stands for itself."""
        free = [(start, end)]
        for identity in sorted(self._known.get(subject, ()), key=lambda known: _rank(known, source)):
            if identity.source not in ("", source) or not hops:
                continue
            for first, last in _within(free, identity.start_day, identity.end_day):
                yield from self._emails(identity.email, source, first, last, hops - 1)
            free = without(free, identity.start_day, identity.end_day)
        other = self._by_rule(subject) if hops and free and subject not in self._people else None
        for first, last in free:
            if other:
                yield from self._emails(other, source, first, last, hops - 1)
            else:
                yield first, last, subject

    def _by_rule(self, subject: str) -> str | None:
        """What a pattern makes of it; ana+cursor@acme.example is ana@acme.example; a domain may stand for another."""
        for pattern in self._patterns:
            email = pattern.email_of(subject)
            if email is not None and email != subject:
                return email
        local, at, domain = subject.rpartition("@")
        if not at or not local:
            return None
        plain, plus, _ = local.partition("+")
        if plus and plain:
            return f"{plain}@{domain}"
        domains = [identity for identity in self._known.get(f"@{domain}", ()) if identity.email.startswith("@")]
        return local + domains[-1].email if domains else None


def _rank(identity: Any, source: str) -> tuple[int, bool, int]:
    return STRENGTH.index(identity.origin), identity.source != source, -identity.id


def _within(free: list[tuple[date, date]], start: date, end: date) -> list[tuple[date, date]]:
    return [(max(a, start), min(b, end)) for a, b in free if a <= end and start <= b]


def without(free: list[tuple[date, date]], start: date, end: date) -> list[tuple[date, date]]:
    """Spans of days without those of another."""
    left = []
    for first, last in free:
        if last < start or end < first:
            left.append((first, last))
            continue
        if first < start:
            left.append((first, start - timedelta(days=1)))
        if end < last:
            left.append((end + timedelta(days=1), last))
    return left
