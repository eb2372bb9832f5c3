"""Lines as disks and crashes leave them: found in any stretch, reported with their place, never a crash."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.logs import claude_code, clients, scanning
from bot.sources.logs.calls import Call
from bot.sources.logs.scanning import CUT_OFF, Says, Scanned, Stretch, number_lines, scan
from tests.bot.sources.logs.machine import claude, joined
from tests.sampling import sampled, size

SAYS = Says(claude_code.NEEDLES, claude_code.ClaudeLine, claude_code.read)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scanning") / "s.jsonl"


def scanned(path: Path, content: bytes) -> Scanned:
    path.write_bytes(content)
    return scan(Stretch(path, 0, len(content)), SAYS)


@given(cuts=st.lists(st.integers(1, 3_000), max_size=6), padding=st.lists(st.integers(0, 900), min_size=3, max_size=9))
def test_every_line_belongs_to_one_stretch(path: Path, cuts: list[int], padding: list[int]) -> None:
    lines = [claude(f"m{number}", words="x" * size) for number, size in enumerate(padding)]
    content = joined(lines)
    path.write_bytes(content)
    edges = sorted({0, len(content)} | {cut for cut in cuts if cut < len(content)})

    calls: list[Call] = []
    stopped = 0
    for start, end in pairwise(edges):
        found = scan(Stretch(path, start, end, inside=start > 0), SAYS)
        calls += found.calls.values()
        stopped = max(stopped, found.stopped)

    assert len(calls) == len({call.key for call in calls}) == len(lines)
    assert stopped == len(content)


@pytest.mark.parametrize("block", [64, 1_000, 1 << 20])
def test_lines_longer_than_a_block_are_read(path: Path, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(scanning, "BLOCK", block)

    found = scanned(path, joined([claude("m1"), claude("m2", words="y" * 5_000), claude("m3")]))

    assert len(found.calls) == 3
    assert found.bad == []


def test_a_line_beyond_all_measure_is_left_out_and_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "BLOCK", 1_024)
    monkeypatch.setattr(scanning, "LONGEST_LINE", 4_096)
    first = joined([claude("m1")])

    found = scanned(path, first + joined([claude("m2", words="y" * 9_000), claude("m3")]))

    assert len(found.calls) == 2
    assert found.bad == [(len(first), "it is longer than 0 MB")]


GARBAGE = {
    "no json at all": "it is no JSON object",
    '{"type":"assistant","message":{"usage":{"input_tokens":1}': "it is no JSON",
    '["input_tokens"]': "it cannot be right",
    '{"input_tokens" nonsense}': "it is no JSON",
    '{"message":' + "[" * 100_000 + '"input_tokens"' + "]" * 100_000 + "}": "it is nested too deeply",
    json.dumps(claude(usage={"input_tokens": -1})): "it cannot be right: Expected `int` >= 0",
    json.dumps(claude(usage={"output_tokens": "12"})): "it cannot be right: Expected",
    json.dumps(claude(usage={"output_tokens": 10**18})): "it cannot be right: Expected `int` <= 10000000000",
    json.dumps(claude(at="yesterday")): "its time is 'yesterday'",
    json.dumps(claude() | {"timestamp": None}): "it has no time",
    json.dumps(claude(at="0001-01-01T00:00:00Z")): "its time is",
}


@pytest.mark.parametrize("line", GARBAGE)
def test_garbage_is_left_out_with_its_place_and_reason(path: Path, line: str) -> None:
    found = scanned(path, joined([claude("m1"), line, claude("m2")]))

    assert len(found.calls) == 2
    ((offset, reason),) = found.bad
    assert number_lines(path, [offset]) == {offset: 2}
    assert reason.startswith(GARBAGE[line])


@pytest.mark.parametrize("pad", [b"\0" * 4_096, b"\r\n", b"  \t", b"\n\n\0\n"])
def test_what_a_crash_or_an_editor_leaves_between_lines_is_no_garbage(path: Path, pad: bytes) -> None:
    found = scanned(path, joined([claude("m1")]) + pad + joined([claude("m2")]) + pad)

    assert len(found.calls) == 2
    assert found.bad == []


def test_half_a_surrogate_pair_as_javascript_writes_it_is_read(path: Path) -> None:
    line = json.dumps(claude("m1", words="WORDS")).replace("WORDS", "cut \\ud83d")

    found = scanned(path, joined([line]))

    assert len(found.calls) == 1
    assert found.bad == []


def test_a_nul_within_a_text_is_garbage(path: Path) -> None:
    found = scanned(path, joined([json.dumps(claude("m1", words="WORDS")).replace("WORDS", "a\0b"), claude("m2")]))

    assert len(found.calls) == 1
    assert len(found.bad) == 1


def test_a_cut_last_line_is_where_the_next_reading_starts(path: Path) -> None:
    whole, cut = joined([claude("m1")]), joined([claude("m2")])[:-30]

    found = scanned(path, whole + cut)

    assert (found.stopped, found.bad) == (len(whole), [(len(whole), CUT_OFF)])


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 10**12), st.floats(), st.text(max_size=4)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=8,
)


def _shapes(of: Any) -> st.SearchStrategy[Any]:
    """The value, or something else in its place, at any depth."""
    if isinstance(of, dict):
        known = st.fixed_dictionaries({name: _shapes(value) for name, value in of.items()})
        return st.one_of(known, known, known, anything)
    return st.one_of(st.just(of), st.just(of), anything)


SHAPES: dict[str, Any] = {
    "claude_code": claude(usage={"cache_creation": {"ephemeral_1h_input_tokens": 1}, "iterations": [{"type": "x"}]}),
    "codex": {
        "type": "event_msg",
        "timestamp": "2026-11-03T10:00:00Z",
        "payload": {
            "type": "token_count",
            "info": {"total_token_usage": {"input_tokens": 5}, "last_token_usage": {"input_tokens": 5}},
            "source": {"subagent": {"thread_spawn": {"parent_thread_id": "p"}}},
        },
    },
    "gemini_cli": {
        "id": "m",
        "type": "gemini",
        "sessionId": "s",
        "timestamp": "2026-11-03T10:00:00Z",
        "tokens": {"input": 5, "output": 1},
        "$set": {"messages": [{"id": "n", "type": "gemini", "tokens": {"input": 1}}]},
    },
    "qwen_code": {
        "type": "assistant",
        "uuid": "u",
        "timestamp": "2026-11-03T10:00:00Z",
        "usageMetadata": {"promptTokenCount": 5},
    },
    "copilot_cli": {
        "type": "session.shutdown",
        "timestamp": "2026-11-03T10:00:00Z",
        "data": {"modelMetrics": {"m": {"usage": {"inputTokens": 5}, "requests": {"count": 1}}}, "outputTokens": 4},
    },
}


@pytest.mark.parametrize("client", SHAPES)
@sampled
@settings(max_examples=size(15, 100))
@given(data=st.data())
def test_no_shape_of_a_line_stops_the_reading(path: Path, client: str, data: st.DataObject) -> None:
    lines = data.draw(st.lists(_shapes(SHAPES[client]), min_size=1, max_size=4))
    path.write_bytes(b"".join(json.dumps(line).encode() + b"\n" for line in lines))
    known = clients.BY_NAME[client]
    reader = known.reader({}, path, {})

    found = scan(Stretch(path, 0, path.stat().st_size), Says((b"",), known.line, reader.read))

    assert found.stopped == path.stat().st_size
    for call in found.calls.values():
        assert min(call[4:12]) >= 0
        assert call.reasoning <= call.output
