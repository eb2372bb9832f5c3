"""Whom the store has forgotten: known by keyed hashes alone, so that they stay forgotten whatever is loaded later.

The key is made by the first erasure and lies in the store: who holds it can test an address, and read none.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from sqlalchemy import Connection, insert, select

from storage.records import IdentityRecord, SeatRecord, WorkflowRecord
from storage.roster_records import PersonRecord, SpellRecord
from storage.tables import Anonymity, Erased
from storage.tables.policy import DIGEST_BYTES

DOMAIN = "erased.invalid"  # no mail is ever sent there (RFC 2606)
PERSONAL = ("roster", "seats", "identities", "workflows")  # the whole truths that name people


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The pseudonyms of a workspace by the keyed hash of each word for somebody."""

    key: bytes
    pseudonyms: Mapping[bytes, str]

    def of(self, words: Iterable[str]) -> str | None:
        """The pseudonym of whoever one of these words (an e-mail, a vendor's id) stood for; None for anybody else."""
        if not self.pseudonyms:
            return None
        digests = (digest(self.key, spelling) for word in words for spelling in _spellings(word))
        return next((self.pseudonyms[found] for found in digests if found in self.pseudonyms), None)

    def records(self, kind: str, records: Sequence[Any]) -> Sequence[Any]:
        """The records of a whole truth without those who are forgotten in them."""
        if not self.pseudonyms or kind not in PERSONAL:
            return records
        change: Any = {
            "roster": self._spell,
            "seats": self._seat,
            "identities": self._identity,
            "workflows": self._workflow,
        }[kind]
        return [changed for record in records if (changed := change(record)) is not None]

    def people(self, people: Sequence[PersonRecord]) -> list[PersonRecord]:
        """What a directory says of people, likewise."""
        return [self._person(person) for person in people] if self.pseudonyms else [*people]

    def _spell(self, spell: SpellRecord) -> SpellRecord:
        manager = "" if self.of([spell.manager_email]) else spell.manager_email
        pseudonym = self.of([spell.email])
        if pseudonym is None:
            return replace(spell, manager_email=manager)
        return replace(spell, email=pseudonym, name=pseudonym, title="", location="", manager_email="")

    def _seat(self, seat: SeatRecord) -> SeatRecord:
        return replace(seat, subject=self.of([seat.subject]) or seat.subject)

    def _identity(self, identity: IdentityRecord) -> IdentityRecord | None:
        if self.of([identity.outside_id]):
            return None
        return replace(identity, email=self.of([identity.email]) or identity.email)

    def _workflow(self, workflow: WorkflowRecord) -> WorkflowRecord:
        return replace(workflow, owner_email="") if self.of([workflow.owner_email]) else workflow

    def _person(self, person: PersonRecord) -> PersonRecord:
        manager = "" if self.of([person.manager_email]) else person.manager_email
        pseudonym = self.of([person.email, person.native_id, *person.also, *person.ids])
        if pseudonym is None:
            return replace(person, manager_email=manager)
        return replace(
            person,
            native_id=pseudonym,
            email=pseudonym,
            name=pseudonym,
            title="",
            location="",
            manager_email="",
            also=(),
            ids=(),
        )


def read_forgotten(connection: Connection, workspace_id: int) -> Forgotten:
    """Whom a workspace has forgotten."""
    rows = select(Erased.digest, Erased.pseudonym).where(Erased.workspace_id == workspace_id)
    pseudonyms = {found: pseudonym for found, pseudonym in connection.execute(rows)}
    return Forgotten(_key(connection, workspace_id) or b"", pseudonyms)


def forget_words(connection: Connection, workspace_id: int, words: Iterable[str], pseudonym: str, at: datetime) -> None:
    """From now on these words stand for the pseudonym."""
    key = ensure_key(connection, workspace_id)
    known = read_forgotten(connection, workspace_id).pseudonyms
    for found in {digest(key, word) for word in words} - known.keys():
        row = {"workspace_id": workspace_id, "digest": found, "pseudonym": pseudonym, "at": at}
        connection.execute(insert(Erased).values(row))


def ensure_key(connection: Connection, workspace_id: int) -> bytes:
    """The key of a workspace's hashes, made where there is none."""
    key = _key(connection, workspace_id)
    if key is None:
        key = token_bytes(DIGEST_BYTES)
        connection.execute(insert(Anonymity).values(workspace_id=workspace_id, key=key))
    return key


def digest(key: bytes, word: str) -> bytes:
    """HMAC-SHA-256 of a word as it is compared: in lower case, without blanks around it."""
    return hmac.new(key, word.strip().lower().encode(), sha256).digest()


def pseudonym_for(key: bytes, email: str) -> str:
    """What stands in an e-mail's place: of the same form, the same each time, and nobody's."""
    return f"erased-{digest(key, email).hex()[:12]}@{DOMAIN}"


def _key(connection: Connection, workspace_id: int) -> bytes | None:
    return connection.scalar(select(Anonymity.key).where(Anonymity.workspace_id == workspace_id))


def _spellings(word: str) -> Iterator[str]:
    """A word, and an address without what plus-addressing put into it."""
    yield word
    local, at, domain = word.rpartition("@")
    plain, plus, _ = local.partition("+")
    if at and plus and plain:
        yield f"{plain}@{domain}"
