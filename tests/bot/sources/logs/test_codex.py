"""Codex: calls from counters that run on, told again, fall, and are repeated by forks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.json import decode

from bot.sources.logs.codex import CodexLine, CodexReader
from storage.records import OF_A_PLAN
from tests.bot.sources.logs.machine import (
    Line,
    Machine,
    codex_count,
    codex_head,
    codex_turn,
    figures,
    only,
    sums,
)

PARENT = "sessions/2026/11/03/rollout-2026-11-03T10-00-00-p-1.jsonl"
CHILD = "sessions/2026/11/03/rollout-2026-11-03T11-00-00-c-1.jsonl"
GRANDCHILD = "sessions/2026/11/03/rollout-2026-11-03T12-00-00-g-1.jsonl"
FIRST, SECOND, THIRD = (1_000, 200, 100, 40), (2_500, 1_100, 260, 90), (3_300, 1_800, 300, 95)
LAST_OF_SECOND, LAST_OF_THIRD = (1_500, 900, 160, 50), (800, 700, 40, 5)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def parent_lines() -> list[Line]:
    return [codex_head(), codex_turn(), codex_count(FIRST, FIRST), codex_count(SECOND, LAST_OF_SECOND, "10:01:00")]


def fork(session: str, of: str, hour: str, *, slow: bool = False) -> list[Line]:
    """A fork: its head, the heads of its ancestors, and the parent's counters under new times."""
    second = f"{hour}:00:09.000" if slow else f"{hour}:00:00.003"
    return [
        codex_head(session, f"2026-11-03T{hour}:00:00.000Z", forked_from_id=of),
        codex_head(of, f"2026-11-03T{hour}:00:00.000Z"),
        codex_turn(at=f"2026-11-03T{hour}:00:00.001Z"),
        codex_count(FIRST, FIRST, f"{hour}:00:00.002"),
        codex_count(SECOND, LAST_OF_SECOND, second),
    ]


def test_a_call_is_the_difference_of_two_totals(machine: Machine) -> None:
    machine.write(PARENT, *parent_lines())

    assert figures(only(machine.read())) == (2, 1_400, 1_100, 0, 260)


def test_where_the_limits_of_a_plan_are_told_the_plan_pays(machine: Machine) -> None:
    def terms(session: str, limits: dict[str, object] | None) -> set[str]:
        count = codex_count(FIRST, FIRST)
        count["payload"]["rate_limits"] = limits
        reader = CodexReader({}, lambda _session: None)
        lines = [json.dumps(line).encode() for line in (codex_head(session), codex_turn(), count)]
        return {call.stream.terms for line in lines for call in reader.read(decode(line, type=CodexLine), 0)}

    assert terms("p-1", None) == terms("p-2", {}) == terms("p-3", {"primary": None}) == {""}
    assert terms("p-4", {"primary": {"used_percent": 12.0}}) == terms("p-5", {"plan_type": "pro"}) == {OF_A_PLAN}


def test_totals_alone_are_enough(machine: Machine) -> None:
    machine.write(PARENT, codex_head(), codex_turn(), codex_count(FIRST), codex_count(SECOND))

    assert figures(only(machine.read())) == (2, 1_400, 1_100, 0, 260)


def test_a_total_told_again_is_no_call(machine: Machine) -> None:
    again = [codex_count(SECOND, LAST_OF_SECOND, at) for at in ("10:01:00.010", "10:01:05", "10:09:00")]
    machine.write(PARENT, *parent_lines(), *again)

    assert only(machine.read()).requests == 2


def test_a_total_that_falls_is_a_new_start(machine: Machine) -> None:
    machine.write(PARENT, *parent_lines(), codex_count((300, 0, 20, 0), (300, 0, 20, 0), "10:05:00"))

    assert figures(only(machine.read())) == (3, 1_700, 1_100, 0, 280)


def test_a_count_without_info_is_no_call(machine: Machine) -> None:
    empty = codex_count(None)
    empty["payload"]["info"] = None
    machine.write(PARENT, codex_head(), codex_turn(), empty, codex_count(FIRST))

    assert only(machine.read()).requests == 1


def test_an_archived_copy_counts_once(machine: Machine) -> None:
    machine.write(PARENT, *parent_lines())
    machine.write("archived_sessions/" + Path(PARENT).name, *parent_lines()[:3])

    assert only(machine.read()).requests == 2


@pytest.mark.parametrize("slow", [False, True], ids=["at once", "over seconds"])
def test_what_a_fork_repeats_is_its_parents(machine: Machine, slow: bool) -> None:
    machine.write(PARENT, *parent_lines())
    machine.write(CHILD, *fork("c-1", "p-1", "11", slow=slow), codex_count(THIRD, LAST_OF_THIRD, "11:06:00"))

    assert figures(only(machine.read())) == (3, 1_500, 1_800, 0, 300)


def test_what_a_fork_of_an_unknown_parent_repeats_is_nobodys(machine: Machine) -> None:
    machine.write(CHILD, *fork("c-1", "p-1", "11"), codex_count(THIRD, LAST_OF_THIRD, "11:06:00"))
    assert figures(only(machine.read())) == (1, 100, 700, 0, 40)

    machine.write(PARENT, *parent_lines())
    assert figures(only(machine.read())) == (3, 1_500, 1_800, 0, 300)


def test_a_fork_of_a_fork_repeats_the_first_ones_calls(machine: Machine) -> None:
    machine.write(PARENT, *parent_lines())
    machine.write(CHILD, *fork("c-1", "p-1", "11", slow=True))
    machine.write(GRANDCHILD, *fork("g-1", "c-1", "12", slow=True), codex_count(THIRD, LAST_OF_THIRD, "12:06:00"))

    assert sums(machine.read())["requests"] == 3


def test_a_subagents_session_is_a_fork_of_the_one_it_works_for(machine: Machine) -> None:
    lines = fork("c-1", "p-1", "11")
    del lines[0]["payload"]["forked_from_id"]
    lines[0]["payload"]["source"] = {"subagent": {"thread_spawn": {"parent_thread_id": "p-1", "depth": 1}}}
    machine.write(CHILD, *lines, codex_count(THIRD, LAST_OF_THIRD, "11:06:00"))

    assert only(machine.read()).requests == 1


def test_the_model_is_that_of_the_turn(machine: Machine) -> None:
    machine.write(PARENT, codex_head(), codex_turn(), codex_count(FIRST), codex_turn("gpt-5-mini"), codex_count(SECOND))

    assert [(row.model, row.requests) for row in machine.read().rows] == [("gpt-5-mini", 1), ("gpt-5.5", 1)]


def test_a_session_that_names_no_model_says_that_its_model_is_taken_for_granted(machine: Machine) -> None:
    machine.write(PARENT, codex_head(), codex_count(FIRST))

    found = machine.read()
    assert only(found).model == "gpt-5"
    assert found.assumed_model == {"gpt-5": 1}


def test_equal_counters_of_two_sessions_are_two_calls(machine: Machine) -> None:
    machine.write(PARENT, codex_head("p-1"), codex_turn(), codex_count(FIRST))
    machine.write(CHILD, codex_head("c-1"), codex_turn(), codex_count(FIRST))

    assert only(machine.read()).requests == 2


def test_a_copy_of_a_session_without_a_head_counts_once(machine: Machine) -> None:
    machine.write("sessions/root.jsonl", codex_turn(), codex_count(None, FIRST))
    machine.write("sessions/goal.jsonl", codex_turn(), codex_count(None, FIRST))

    assert only(machine.read()).requests == 1


def test_a_session_that_grows_is_read_on_with_what_is_known_of_it(machine: Machine) -> None:
    machine.write(PARENT, *parent_lines()[:3])
    machine.read()
    machine.append(PARENT, *parent_lines()[3:])

    assert figures(only(machine.read())) == (2, 1_400, 1_100, 0, 260)
