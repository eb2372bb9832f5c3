"""The advice as the digest asks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.advice.for_digest import DigestAdvice, best_action
from bot.digest.actions import ActionChoice
from bot.digest.week import Week
from storage.answer.privacy import OPERATOR
from tests.bot.advice.conftest import ANYBODY, AS_OF, Company


def test_the_digest_gets_one_action_that_its_readers_may_see(company: Company) -> None:
    advice = DigestAdvice(company.advice, company.workspace)
    week = Week(date(2026, 11, 9))

    action = advice.advise(week, None, ANYBODY).action
    assert action is not None
    assert (action.workflow, action.team, action.stage) == ("account notes", "Sales", "assist")
    assert 0 < action.p10 < action.p50 < action.p90

    advice.chosen(company.workspace, "account notes", ActionChoice.NOT_USEFUL, "sales0@x.example")
    unblocker = advice.advise(Week(date(2026, 11, 16)), None, ANYBODY).action
    assert unblocker is not None
    assert unblocker.workflow == "price lists"
    assert advice.advise(week, "Legal", ANYBODY).action is None


def test_a_suggestion_whose_pessimistic_tenth_saves_nothing_is_no_action(company: Company) -> None:
    _, cards = company.advice.surveyed(company.workspace, "Sales", AS_OF, OPERATOR)
    best = next(card for card in cards if card.workflow == "account notes")
    assert best.hours is not None

    action = best_action([best])

    assert action is not None
    assert (action.workflow, action.stage, action.p50) == ("account notes", "assist", round(best.hours.p50, 2))
    assert best_action([replace(best, hours=replace(best.hours, p10=0.0))]) is None
    assert best_action([]) is None


def test_a_press_in_the_digest_is_a_word_to_the_suggestion(company: Company) -> None:
    digest = DigestAdvice(company.advice, company.workspace)

    digest.chosen(company.workspace, "account notes", ActionChoice.NOT_USEFUL, "sales0@x.example")

    (card,) = [
        card
        for card in company.advice.offload(company.workspace, "Sales", AS_OF, OPERATOR)
        if card.workflow == "account notes"
    ]
    assert card.resting
    action = digest.advise(Week(date(2026, 11, 16)), "Sales", OPERATOR).action
    assert action is not None
    assert action.workflow == "price lists"
