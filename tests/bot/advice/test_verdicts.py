"""From a survey to cards: which verdict, in which order, and what rests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.answer.privacy import OPERATOR
from tests.bot.advice.conftest import (
    ANYBODY,
    AS_OF,
    Company,
    earned,
    half_by_ai,
    verdicts,
)


def test_every_workflow_has_its_verdict_with_a_reason(company: Company) -> None:
    found = verdicts(company)

    assert {name: verdict for name, (verdict, _) in found.items()} == {
        "account notes": "offload",
        "ticket answering": "do not offload",
        "contract review": "draft only",
        "candidate screening": "excluded",
        "price lists": "unblock",
        "private files": "do not offload",
        "rare thing": "suppressed",
        "quick lookups": "do not offload",
        "unheard of": "suppressed",
    }
    assert "decisions about people" in found["candidate screening"][1]
    assert "may not be used" in found["private files"][1]
    assert "review and the cost of errors" in found["quick lookups"][1]
    assert "how often it comes is not known" in found["unheard of"][1]


def test_the_best_come_first_and_what_is_closed_last(company: Company) -> None:
    found = company.advice.offload(company.workspace, None, AS_OF, OPERATOR)

    assert found[0].workflow == "account notes"
    assert found[-1].verdict == "excluded"
    scores = [card.score for card in found if card.verdict in ("offload", "unblock", "draft only")]
    assert scores == sorted(scores, reverse=True)


def test_evidence_lifts_a_workflow_over_its_gate(company: Company) -> None:
    earned(company)

    card = next(card for card in company.advice.offload(company.workspace, "support", AS_OF, OPERATOR) if card.hours)

    assert (card.workflow, card.verdict, card.verified) == ("ticket answering", "offload", 60)
    assert card.hours is not None
    assert card.hours.p10 > 0


def test_a_hidden_card_holds_no_figure(company: Company) -> None:
    card = next(
        card
        for card in company.advice.offload(company.workspace, None, AS_OF, ANYBODY)
        if card.workflow == "contract review"
    )

    assert (card.hours, card.volume, card.minutes, card.given, card.score) == (None, None, None, (), 0)


def test_every_field_of_every_card_is_filled(company: Company) -> None:
    for card in company.advice.offload(company.workspace, None, AS_OF, OPERATOR):
        data = card.to_json()
        empty = {name for name, value in data.items() if value in ("", [], None)}
        assert empty <= ({"hours_per_week", "drivers", "score"} if card.hours is None else {"drivers"}), card.workflow


@pytest.mark.parametrize(
    ("reason", "verdict"),
    [
        ("not real", "suppressed"),
        ("already done", "suppressed"),
        ("too risky", "draft only"),
        ("data blocked", "unblock"),
    ],
)
def test_a_dismissal_is_taken_at_its_word_for_90_days(company: Company, reason: str, verdict: str) -> None:
    company.advice.dismiss(company.workspace, "account notes", reason, "sales0@x.example", AS_OF)

    later = AS_OF + timedelta(days=89)
    assert verdicts(company)["account notes"][0] == verdict
    assert not [
        card
        for card in company.advice.suggestions(company.workspace, "Sales", AS_OF, OPERATOR)
        if card.workflow == "account notes"
    ]
    memory = company.advice.offload(company.workspace, "Sales", later, OPERATOR)
    assert all(card.workflow != "account notes" or card.verdict != "offload" for card in memory)


def test_what_was_put_off_rests_for_four_weeks(company: Company) -> None:
    company.advice.not_now(company.workspace, "account notes", "sales0@x.example", AS_OF)

    assert verdicts(company)["account notes"][0] == "offload"
    assert not [
        card
        for card in company.advice.suggestions(company.workspace, "Sales", AS_OF, OPERATOR)
        if card.verdict == "offload"
    ]


def test_no_estimate_takes_over_more_than_two_fifths_of_what_a_team_works(company: Company) -> None:
    half_by_ai(company, items=4_000)

    card = next(card for card in company.advice.offload(company.workspace, "Support", AS_OF, OPERATOR))

    assert card.workflow == "ticket answering"
    assert card.hours is not None
    assert card.hours.p90 == pytest.approx(0.4 * 40 * 6)
    assert "no estimate is believed beyond two fifths of the team's time" in card.reason
