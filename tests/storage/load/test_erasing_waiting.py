"""What lies packed in the store when somebody is erased: the same, their words replaced and nobody else's."""

from __future__ import annotations

import json
import zlib

from msgspec import msgpack
from sqlalchemy import Connection, Text, func, insert, literal, select

from storage.load import telemetry
from storage.load.erasing_waiting import erase_waiting, holds
from storage.load.outcomes import KIND
from storage.load.telemetry import Series
from storage.tables import TelemetrySeries, Truth
from tests.storage.load.stores import ANA, BO, NOW, Store

PSEUDONYM = "erased-1@erased.invalid"


def test_telemetry_goes_on_under_the_pseudonym_number_by_number(store: Store) -> None:
    body = [[["codex", "Ana@acme.example", 7], {b"\x01": [[1, 2, 3]]}], ["codex", BO, 8]]
    with store.engine.begin() as connection:
        telemetry.put(connection, store.workspace_id, msgpack.encode(body), 2, NOW)
        kept = Series(b"k" * 16, b"s" * 16, msgpack.encode(body))
        telemetry.save_state(connection, store.workspace_id, [kept], {}, [], NOW)
        erase_waiting(connection, store.workspace_id, {ANA}, [ANA], PSEUDONYM)

    after = [[["codex", PSEUDONYM, 7], {b"\x01": [[1, 2, 3]]}], ["codex", BO, 8]]
    with store.engine.connect() as connection:
        (waiting,) = telemetry.oldest(connection, store.workspace_id, 10)
        series = connection.scalar(select(TelemetrySeries.body))
    assert msgpack.decode(waiting.body) == after
    assert msgpack.decode(series or b"") == after


def test_checks_that_a_load_replaced_are_kept_without_who_made_them(store: Store) -> None:
    before = ["run-2", {"run_id": "run-1", "checked_by": ANA}, {"run_id": "run-3", "checked_by": BO}]
    with store.engine.begin() as connection:
        packed = zlib.compress(json.dumps(before).encode())
        row = {"workspace_id": store.workspace_id, "kind": KIND, "load_id": None, "records": packed}
        connection.execute(insert(Truth).values(row))
        erase_waiting(connection, store.workspace_id, {ANA}, [ANA], PSEUDONYM)
        said = connection.scalar(select(Truth.records).where(Truth.kind == KIND)) or b""

    assert [run if isinstance(run, str) else run["checked_by"] for run in json.loads(zlib.decompress(said))] == [
        "run-2",
        PSEUDONYM,
        BO,
    ]


def test_a_word_is_found_in_any_case_and_in_the_escapes_of_json(store: Store) -> None:
    def found(text: str, word: str, connection: Connection) -> bool:
        return bool(connection.scalar(select(func.count()).where(holds(literal(text, Text), word))))

    with store.engine.connect() as connection:
        for text in ("use of Ana Öztürk", json.dumps("use of Ana Öztürk"), "USE OF ANA Öztürk"):
            assert found(text, "Ana Öztürk", connection)
        assert not found("use of anna", "a_na", connection)
