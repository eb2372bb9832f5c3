"""A digest as a value."""

from __future__ import annotations

from typing import Any

from bot.digest.actions import Action
from bot.digest.value import Digest, DigestState
from bot.digest.week import parse_week
from tests.bot.digest.company import Company
from tests.bot.digest.conftest import Store, bent


def test_the_data_have_the_contracts_keys(store: Store) -> None:
    company = Company(factor=bent("Care", 3))
    company.save(store.writing)

    data = store.digest(company).to_json()

    assert set(data) == {
        *("week", "team", "state", "headline", "movers", "action", "confidence", "coverage", "suppressed"),
        *("corrections", "short_week", "text", "details"),
    }
    assert set(data["headline"]) == {"metric", "value", "usual", "weeks"}
    assert set(data["movers"][0]) == {*("metric", "labels", "value", "usual", "level_p", "breadth_p", "verdict", "why")}
    assert set(data["movers"][0]["why"][0]) == {"factor", "labels", "contribution"}


def plain(**more: Any) -> Digest:
    fields: dict[str, Any] = {
        "week": parse_week("2026-W46"),
        "team": None,
        "state": DigestState.NORMAL,
        "value": 5.0,
        "usual": None,
        "weeks": 12,
        "confidence": "high",
        "coverage": 0.97,
    }
    return Digest(**(fields | more))


def test_an_action_is_told_with_its_hours_as_the_contract_has_them() -> None:
    action = Action(workflow="notes", team="Sales", stage="assist", p10=1.0, p50=2.0, p90=4.0)

    assert plain(action=action).to_json()["action"] == {
        "workflow": "notes",
        "team": "Sales",
        "stage": "assist",
        "hours_per_week": {"p10": 1.0, "p50": 2.0, "p90": 4.0},
    }
    assert plain().to_json()["headline"] == {"metric": "tokens_per_employee", "value": 5.0, "usual": None, "weeks": 12}


def test_a_week_without_use_is_unused_only_where_its_data_are_there_and_may_be_seen() -> None:
    assert plain(value=0.0).unused
    assert plain(value=None).unused
    assert not plain(value=None, weeks=0).unused
    assert not plain(value=0.0, state=DigestState.INCOMPLETE).unused
    assert not plain(value=None, hidden=True).unused
    assert not plain(value=1.0).unused
