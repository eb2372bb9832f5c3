"""What waits and what lies packed when somebody is erased: telemetry, turns, messages, checks that were replaced."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection
from typing import Any

from msgspec import msgpack
from sqlalchemy import ColumnElement, Connection, Text, cast, delete, func, or_, select, update

from storage.load.outcomes import KIND
from storage.tables import OpenTurn, OutboxMessage, Subscription, TelemetryInbox, TelemetrySeries, Truth
from storage.tables.digest import DROPPED, OPEN_STATES


def erase_waiting(
    connection: Connection, workspace_id: int, words: Collection[str], said: Collection[str], pseudonym: str
) -> None:
    """What is under way to or from them ends; what counts goes on under the pseudonym.

    `words` stand for them alone, `said` is what a text calls them. Subscriptions must still be there: they tell their
    Slack id.
    """
    owners = select(Subscription.owner).where(
        Subscription.workspace_id == workspace_id, Subscription.email.in_(words), Subscription.owner != ""
    )
    ids = {*connection.scalars(owners)}
    turns = or_(*(holds(OpenTurn.turn, word) for word in (*said, *ids)))
    connection.execute(delete(OpenTurn).where(OpenTurn.workspace_id == workspace_id, turns))
    messages = or_(OutboxMessage.channel.in_(ids), *(holds(OutboxMessage.message, word) for word in (*said, *ids)))
    waiting = (OutboxMessage.workspace_id == workspace_id, OutboxMessage.state.in_(OPEN_STATES), messages)
    ended: dict[str, Any] = {"message": {}, "state": DROPPED, "error": "erased", "held_until": None}
    connection.execute(update(OutboxMessage).where(*waiting).values(**ended))
    _rename_packed(connection, workspace_id, words, pseudonym)


def holds(column: Any, word: str) -> ColumnElement[bool]:
    """Whether a text, or JSON with its escapes, holds a word in whatever case."""
    plain = "".join(letter.lower() if letter.isascii() else letter for letter in word)  # as a store lowers it
    spelled = {plain, word.lower(), json.dumps(word)[1:-1].lower()}
    text = func.lower(cast(column, Text))
    return or_(*(text.contains(spelling, autoescape=True) for spelling in sorted(spelled)))


def _rename_packed(connection: Connection, workspace_id: int, words: Collection[str], pseudonym: str) -> None:
    for table in (TelemetryInbox, TelemetrySeries):
        rows = select(table.id, table.body).where(table.workspace_id == workspace_id)
        for id_, body in connection.execute(rows).all():
            held = msgpack.decode(body)
            renamed = _renamed(held, words, pseudonym)
            if renamed != held:
                connection.execute(update(table).where(table.id == id_).values(body=msgpack.encode(renamed)))
    checks = select(Truth.id, Truth.records).where(Truth.workspace_id == workspace_id, Truth.kind == KIND)
    for id_, packed in connection.execute(checks).all():
        if packed:
            said = json.dumps(_renamed(json.loads(zlib.decompress(packed)), words, pseudonym))
            connection.execute(update(Truth).where(Truth.id == id_).values(records=zlib.compress(said.encode())))


def _renamed(value: Any, words: Collection[str], pseudonym: str) -> Any:
    """The same value, the pseudonym in place of each text that is one of the words."""
    if isinstance(value, str):
        return pseudonym if value.strip().lower() in words else value
    if isinstance(value, dict):
        return {key: _renamed(inner, words, pseudonym) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, words, pseudonym) for inner in value]
    return value
