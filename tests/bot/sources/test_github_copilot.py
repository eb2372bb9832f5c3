"""Copilot's rows: completions apart from chats and agents, tokens for the CLI alone, credits that are no money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.sources.base import Record, SourceChanged
from bot.sources.github_copilot import parts_of, records
from storage.records import CostKind, UsageRecord
from tests.bot.sources.wire import expected, sample_lines
from tests.shared import needs_shared

DAY = date(2026, 11, 6)


def feature(name: str, prompts: int = 0, made: int = 0, taken: int = 0) -> dict[str, Any]:
    return {
        "feature": name,
        "user_initiated_interaction_count": prompts,
        "code_generation_activity_count": made,
        "code_acceptance_activity_count": taken,
    }


def user(login: str = "ada-gh", id_: Any = "1001", **more: Any) -> dict[str, Any]:
    return {"day": "2026-11-06", "user_id": id_, "user_login": login} | more


def facts(*users: dict[str, Any]) -> list[UsageRecord]:
    return usage(records({"day": DAY, "users": [(user, parts_of(user)) for user in users]}))


def usage(found: Iterable[Record]) -> list[UsageRecord]:
    return [record for record in found if isinstance(record, UsageRecord)]


def by_mode(found: list[UsageRecord]) -> dict[str, UsageRecord]:
    return {f"{record.tool} {record.mode}".strip(): record for record in found}


def test_the_day_of_a_row_may_be_called_that_of_its_report() -> None:
    (found,) = facts({"report_day": "2026-11-05", "login": "ada-gh", "ai_credits_used": 2})

    assert found.day == date(2026, 11, 5)


@needs_shared
def test_the_wire_sample_comes_to_its_totals() -> None:
    wanted = expected("copilot_users")
    found = facts(*sample_lines("github_copilot", "users-1-day_2026-11-06.ndjson"))
    cli = [record for record in found if record.tool == "copilot_cli"]

    suggested, accepted = (sum(getattr(record, name) or 0 for record in found) for name in ("suggested", "accepted"))
    assert accepted / suggested == wanted["completion_accept_rate"]
    assert [(record.subject, record.input_tokens, record.output_tokens) for record in cli] == [
        ("ada-gh", wanted["ada_cli_tokens"]["prompt"], wanted["ada_cli_tokens"]["output"])
    ]
    for name, usd in wanted["credits_usd"].items():
        own = [record for record in found if record.subject == f"{name}-gh"]
        assert sum(record.list_cost or 0 for record in own) == Decimal(str(usd))
        assert sum(record.credits or 0 for record in own) == Decimal(str(usd)) * 100
        assert sum(record.cost or 0 for record in own) == 0


def test_tokens_are_not_reported_for_what_is_not_the_cli() -> None:
    found = by_mode(
        facts(user(user_initiated_interaction_count=9, totals_by_feature=[feature("code_completion", made=4)]))
    )

    assert {*found} == {"copilot completion", "copilot"}
    assert all(record.input_tokens is record.output_tokens is None for record in found.values())


def test_the_clis_input_is_not_split_because_nobody_says_what_is_in_it() -> None:
    tokens = {"prompt_tokens_sum": 90_000, "output_tokens_sum": 4_000}
    (cli,) = facts(user(totals_by_cli={"request_count": 31, "prompt_count": 5, "token_usage": tokens}))

    assert (cli.tool, cli.mode, cli.requests) == ("copilot_cli", "agent", 31)
    assert (cli.input_tokens, cli.output_tokens) == (90_000, 4_000)
    assert cli.cached_input_tokens is cli.cache_write_tokens is None


def test_suggested_and_accepted_are_those_of_completions() -> None:
    row = user(
        code_generation_activity_count=25,
        code_acceptance_activity_count=8,
        totals_by_feature=[
            feature("code_completion", made=15, taken=6),
            feature("agent_edit", made=5),
            feature("chat_inline", prompts=2, made=5, taken=2),
        ],
        user_initiated_interaction_count=2,
    )
    found = by_mode(facts(row))

    assert (found["copilot completion"].suggested, found["copilot completion"].accepted) == (15, 6)
    assert found["copilot chat"].suggested is None


def test_prompts_count_once_by_the_mode_of_their_feature() -> None:
    row = user(
        user_initiated_interaction_count=20,
        totals_by_feature=[
            feature("chat_panel_ask_mode", 4),
            feature("chat_inline", 1),
            feature("chat_panel_agent_mode", 6),
            feature("others", 2),
        ],
    )
    found = by_mode(facts(row))

    assert {mode: record.requests for mode, record in found.items()} == {
        "copilot chat": 5,
        "copilot agent": 6,
        "copilot": 9,  # 2 of other features, and 7 that the breakdown leaves out
    }


def test_the_cli_is_counted_by_itself_and_not_again_by_its_feature() -> None:
    row = user(
        user_initiated_interaction_count=5,
        totals_by_feature=[feature("copilot_cli", 5)],
        totals_by_cli={"request_count": 31, "token_usage": {"prompt_tokens_sum": 10, "output_tokens_sum": 2}},
    )

    assert {record.tool: record.requests for record in facts(row)} == {"copilot_cli": 31}


def test_credits_are_kept_as_credits_and_cost_nothing_inside_the_quota() -> None:
    (record,) = facts(user(ai_credits_used=24.5))

    assert (record.credits, record.list_cost) == (Decimal("24.5"), Decimal("0.245"))
    assert (record.cost, record.cost_kind) == (Decimal(0), CostKind.COVERED)
    assert record.requests is None  # active, and nobody says how often


def test_somebody_active_in_a_way_that_is_not_counted_is_active() -> None:
    (record,) = facts(user(used_chat=True))

    assert record.requests is None


def test_a_row_without_any_activity_says_nothing() -> None:
    assert facts(user(used_chat=False, used_cli=False, user_initiated_interaction_count=0, ai_credits_used=0)) == []


def test_two_rows_of_one_user_are_one_fact_whatever_the_login_is() -> None:
    found = facts(user(ai_credits_used=1), user(login="ada-new", id_=1001, ai_credits_used=1))

    assert len({record.natural_key for record in found}) == 1


def test_the_organisation_adds_as_nobodys_what_its_users_do_not_come_to() -> None:
    told = parts_of(
        user(user_initiated_interaction_count=3, totals_by_feature=[feature("code_completion", made=15, taken=6)])
    )
    whole = {"totals_by_feature": [feature("code_completion", made=20, taken=6)], "user_initiated_interaction_count": 3}
    (record,) = usage(records({"day": DAY, "organization": whole, "told": told}))

    assert (record.subject, record.suggested, record.accepted) == ("", 5, 0)


@pytest.mark.parametrize("name", ["day", "user_login"])
def test_a_row_that_names_no_day_or_nobody_is_a_changed_format(name: str) -> None:
    row = user(ai_credits_used=1)
    del row[name]

    with pytest.raises(SourceChanged, match=name):
        facts(row)


def test_other_names_of_the_same_fields_are_read() -> None:
    (record,) = facts({"day": "2026-11-06", "user_id": 7, "login": "bo-gh", "ai_credits_used": 2})

    assert (record.subject, record.day) == ("bo-gh", DAY)
