"""Whatever comes, both readers either read it or say in a sentence that they cannot; nothing that was read breaks."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from msgspec import json

from bot.sources.otlp import receive
from bot.sources.otlp.observations import pack, unpack
from bot.sources.otlp.receive import SIGNALS
from bot.sources.otlp.translate import Translator
from bot.sources.otlp.wire import Malformed
from tests.bot.sources.otlp.messages import CUMULATIVE, DELTA, Request, as_json, histograms, logs, metrics, spans
from tests.bot.sources.otlp.station import NOW, station
from tests.bot.sources.otlp.test_clients import CALL, CODEX, GEMINI, SPAN
from tests.databases import BACKENDS

NOW_MS = round(NOW.timestamp() * 1000)
SEEDS: tuple[Request, ...] = (
    metrics("claude-code", ("claude_code.token.usage", CALL | {"type": "input"}, DELTA, [(0, 60, 7), (60, 90, 0.5)])),
    metrics("gemini-cli", ("gemini_cli.token.usage", GEMINI | {"type": "cache"}, CUMULATIVE, [(0, 60, 7)])),
    histograms("agent", ("gen_ai.client.token.usage", {"gen_ai.token.type": "input"}, 30, 300, 3)),
    logs("claude-code", ("claude_code.api_request", 30, CALL), ("", 31, CODEX)),
    spans("agent", ("chat", 30, SPAN), failed=True),
)
ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2**31,
        2**63,
        2**64,
        -(2**63),
        1e308,
        -0.5,
        "",
        "0",
        "-1",
        "1e400",
        "NaN",
        "Infinity",
    ),
    *("\ud800", "\x00", "é" * 5_000, "9" * 5_000, "AGGREGATION_TEMPORALITY_DELTA", [], [[]], {}, {"a": {"b": [1]}}),
    *(
        {"stringValue": 7},
        {"intValue": "x"},
        {"intValue": "7.0"},
        {"doubleValue": "NaN"},
        {"kvlistValue": {"values": [{}]}},
    ),
    *({"arrayValue": {"values": [{"intValue": 1}]}}, {"bytesValue": "!!"}, {"boolValue": "yes"}, {"key": 5}),
)


def broken_json(chance: random.Random) -> tuple[str, bytes]:
    """A sound request with a few values replaced, dropped or repeated, or its text cut."""
    request = chance.choice(SEEDS)
    value = json.decode(as_json(request))
    for _ in range(chance.randint(1, 3)):
        _harm(value, chance)
    try:
        body = json.encode(value)
    except UnicodeEncodeError:  # half a character cannot be written as UTF-8, but as an escape it can be sent
        import json as plain

        body = plain.dumps(value).encode()
    if chance.random() < 0.2:
        body = body[: chance.randrange(len(body))] + bytes(chance.choices(range(256), k=chance.randint(0, 4)))
    return chance.choice(SIGNALS), body


def broken_protobuf(chance: random.Random) -> tuple[str, bytes]:
    """A sound message with some bytes changed, cut out or repeated."""
    body = bytearray(chance.choice(SEEDS).SerializeToString())
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(body))
        how = chance.random()
        if how < 0.6:
            body[place] = chance.randrange(256)
        elif how < 0.8:
            del body[place : place + chance.randint(1, 9)]
        else:
            body[place:place] = body[place : place + chance.randint(1, 40)]
        if not body:
            break
    return chance.choice(SIGNALS), bytes(body)


def _harm(value: Any, chance: random.Random) -> None:
    holders = [*_holders(value)]
    holder = chance.choice(holders)
    keys = [*holder] if isinstance(holder, dict) else [*range(len(holder))]
    if not keys:
        return
    key = chance.choice(keys)
    how = chance.random()
    if how < 0.7:
        holder[key] = deepcopy(chance.choice(ODD))
    elif how < 0.85:
        del holder[key]
    elif isinstance(holder, dict):
        holder[chance.choice(("flags", "asInt", "attributes", "startTimeUnixNano", "no_such_field"))] = holder.pop(key)
    else:
        holder.append(holder[key])


def _holders(value: Any) -> Iterator[Any]:
    if isinstance(value, (dict, list)):
        yield value
        for held in value.values() if isinstance(value, dict) else value:
            yield from _holders(held)


def run(make: Callable[[random.Random], tuple[str, bytes]], is_json: bool, times: int, seed: int) -> tuple[int, int]:
    """How many were read, and how many refused."""
    chance, translator = random.Random(seed), Translator()
    read = refused = 0
    for _ in range(times):
        signal, body = make(chance)
        try:
            told = receive.read(translator, signal, is_json, body, NOW_MS)
        except Malformed:
            refused += 1
            continue
        kept = unpack(pack(told.batch))
        assert kept == told.batch
        assert all(point.value >= 0 for _, points in kept.groups for point in points)
        assert receive.answer(signal, is_json, told.rejected, told.reason) is not None
        read += 1
    return read, refused


@pytest.mark.parametrize(("make", "is_json"), [(broken_json, True), (broken_protobuf, False)])
def test_a_sample_of_broken_requests(make: Callable[[random.Random], tuple[str, bytes]], is_json: bool) -> None:
    read, refused = run(make, is_json, 1_500, seed=3)

    assert read > 100
    assert refused > 50


@pytest.mark.parametrize("backend", BACKENDS)
def test_what_is_read_of_broken_requests_becomes_facts(backend: str, tmp_path: Path) -> None:
    chance = random.Random(5)
    with station(tmp_path, backend) as here:
        for _ in range(400):
            with suppress(Malformed):
                here.take(broken_json(chance), fold=False)
        folded = here.fold()

        assert folded.points > 50
        assert here.fold().points == 0  # nothing is left that cannot be folded


@pytest.mark.trial
@pytest.mark.parametrize(("make", "is_json"), [(broken_json, True), (broken_protobuf, False)])
def test_many_broken_requests(make: Callable[[random.Random], tuple[str, bytes]], is_json: bool) -> None:
    read, refused = run(make, is_json, 200_000, seed=4)

    assert read > 10_000
    assert refused > 5_000
