"""Claude Code: what is one reply, which of its lines counts, and on which day."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.bot.sources.logs.machine import Line, Machine, claude, figures, only

FILE = "projects/-srv-app/s-1.jsonl"
RESUMED = "projects/-srv-app/s-2.jsonl"
SUBAGENT = "projects/-srv-app/s-1/subagents/agent-a1.jsonl"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize("outputs", [(1, 1, 250), (250, 1, 1), (1, 250, 3)])
def test_of_a_reply_told_in_several_lines_the_fullest_counts(machine: Machine, outputs: tuple[int, ...]) -> None:
    machine.write(FILE, *(claude(output=output) for output in outputs))

    assert figures(only(machine.read())) == (1, 10, 600, 20, 250)


def test_a_reply_belongs_to_the_day_of_its_first_line(machine: Machine) -> None:
    first, last = "2026-11-01T23:59:59.000Z", "2026-11-02T00:00:02.000Z"
    machine.write(FILE, claude(at=last, output=400), claude(at=first, output=2))

    row = only(machine.read())
    assert (row.date, row.output_tokens) == ("2026-11-01", 400)
    assert only(machine.read(ZoneInfo("Asia/Tokyo"))).date == "2026-11-02"


@pytest.mark.parametrize("request_id", ["req_1", "req_2", None])
def test_one_message_id_is_one_reply_under_whatever_request(machine: Machine, request_id: str | None) -> None:
    machine.write(FILE, claude())
    machine.write(RESUMED, claude(request=request_id))

    assert only(machine.read()).requests == 1


def test_what_a_side_chain_replays_never_outweighs_the_main_chain(machine: Machine) -> None:
    replay = claude(request="req_9", isSidechain=True, usage={"cache_read_input_tokens": 50_000}, output=99)
    machine.write(SUBAGENT, replay, claude("msg_2", isSidechain=True, output=7))
    machine.write(FILE, claude())

    assert figures(only(machine.read())) == (2, 20, 1_200, 40, 57)


def test_a_subagents_reply_told_as_progress_of_its_parent_counts_once(machine: Machine) -> None:
    reply = claude("msg_2", isSidechain=True)
    progress: Line = {"type": "progress", "sessionId": "s-1", "timestamp": "2026-11-02T10:00:00Z"}
    machine.write(FILE, claude(), progress | {"data": {"type": "agent_progress", "message": reply}})

    assert only(machine.read()).requests == 2
    machine.write(SUBAGENT, reply)
    assert only(machine.read()).requests == 2


def test_a_line_without_a_message_id_is_known_by_its_own(machine: Machine) -> None:
    machine.write(FILE, claude(None, uuid="u-7"), claude(None, uuid="u-8"))
    machine.write(RESUMED, claude(None, uuid="u-7"))

    assert only(machine.read()).requests == 2


def test_a_line_that_nothing_names_is_known_by_what_it_says(machine: Machine) -> None:
    machine.write(FILE, claude(None, uuid=None), claude(None, uuid=None, at="2026-11-02T09:00:00.001Z"))
    machine.write(RESUMED, claude(None, uuid=None))

    assert only(machine.read()).requests == 2


def test_what_no_model_said_is_no_call(machine: Machine) -> None:
    error = claude("msg_e", isApiErrorMessage=True)
    user: Line = {"type": "user", "sessionId": "s-1", "toolUseResult": {"usage": {"input_tokens": 9}}, "message": "hi"}
    without = claude("msg_n")
    without["message"]["usage"] = None
    machine.write(FILE, claude("msg_s", model="<synthetic>"), error, user, without, claude())

    found = machine.read()
    assert only(found).requests == 1
    assert found.skipped == []


def test_a_reply_of_cache_reads_alone_is_a_call(machine: Machine) -> None:
    machine.write(FILE, claude(usage={"input_tokens": 0, "cache_creation_input_tokens": 0}, output=0))

    assert figures(only(machine.read())) == (1, 0, 600, 0, 0)


def test_both_kinds_of_cache_writes_are_written_tokens_at_their_own_price(machine: Machine) -> None:
    hour = {"cache_creation_input_tokens": 1_000_000, "cache_creation": {"ephemeral_1h_input_tokens": 1_000_000}}
    none = {"input_tokens": 0, "cache_read_input_tokens": 0}
    machine.write(FILE, claude(usage=none | hour, output=0))

    row = only(machine.read())
    assert (row.cache_write_tokens, row.cost_usd) == (1_000_000, 10.0)


def test_an_advisors_call_within_a_turn_is_a_call_of_its_own_model(machine: Machine) -> None:
    own = {"type": "message", "input_tokens": 10, "output_tokens": 50}
    asked = {"type": "advisor_message", "model": "claude-sonnet-4-5", "input_tokens": 700, "output_tokens": 30}
    machine.write(FILE, claude(usage={"iterations": [own, asked]}), claude(output=1))

    opus, sonnet = machine.read().rows
    assert figures(opus) == (1, 10, 600, 20, 50)
    assert figures(sonnet) == (1, 700, 0, 0, 30)


def test_thinking_is_a_part_of_the_output(machine: Machine) -> None:
    machine.write(FILE, claude(usage={"output_tokens_details": {"thinking_tokens": 30}}))

    row = only(machine.read())
    assert (row.output_tokens, row.reasoning_tokens) == (50, 30)


def test_speed_and_tier_decide_the_price(machine: Machine) -> None:
    none = {"cache_read_input_tokens": 0, "cache_creation_input_tokens": 0, "input_tokens": 1_000_000}
    machine.write(FILE, claude(usage=none, output=0))
    assert only(machine.read()).cost_usd == 5.0
    machine.write(RESUMED, claude("msg_2", usage=none | {"speed": "fast"}, output=0))
    assert only(machine.read()).cost_usd == 15.0
    machine.append(RESUMED, claude("msg_3", usage=none | {"service_tier": "batch"}, output=0))
    assert only(machine.read()).cost_usd == 17.5


def test_a_line_that_a_tool_spaced_anew_is_read_like_any_other(machine: Machine) -> None:
    import json

    machine.write(FILE, json.dumps(claude(), separators=(" , ", " : ")))

    assert only(machine.read()).requests == 1
