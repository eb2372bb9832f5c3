"""Who may change a stage, and what a grant holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.advice.granting import Granted
from bot.errors import UserError
from storage.answer.privacy import OPERATOR
from tests.bot.advice.conftest import ADMIN, AS_OF, OWNER, TRIED, Company, earned
from tests.bot.advice.runs import runs


def test_the_owner_alone_approves_a_promotion_with_scope_and_expiry(company: Company) -> None:
    earned(company)
    page = company.advice.workflow(company.workspace, "ticket answering", AS_OF, OPERATOR)
    assert (page.decision.decision, page.decision.bar) == ("propose promotion", 0.90)

    for other in ("support1@x.example", ADMIN):
        with pytest.raises(UserError, match=r"its owner \(.+\) alone"):
            company.advice.approve(company.workspace, "ticket answering", "execute", other, AS_OF)
    told = company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, TRIED)

    after = company.advice.workflow(company.workspace, "ticket answering", AS_OF, OPERATOR).to_json()
    assert "until 16 February 2027" in told
    assert after["stage"] == "execute"
    assert after["evidence"]["verified"] == 0
    assert after["history"] == [
        {
            "date": "2026-11-18",
            "from": "draft",
            "to": "execute",
            "by": OWNER,
            "why": "60 of 60 verified runs succeeded, in 6 weeks; "
            "the way back was tried on 10 November 2026: what it does can be rolled back",
            "scope": "only ticket answering of Support",
            "expires": "2027-02-16",
        }
    ]


def test_execute_is_granted_only_with_a_way_back_that_was_tried_for_as_long_as_the_owner_says(company: Company) -> None:
    earned(company)

    with pytest.raises(UserError, match="rolled back"):
        company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF)
    for day, words in (
        (None, "which day"),
        (AS_OF + timedelta(days=1), "still to come"),
        (AS_OF - timedelta(days=91), "try it again"),
    ):
        untried = replace(TRIED, on=day)
        with pytest.raises(UserError, match=words):
            company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, untried)
    forever = replace(TRIED, days=365)
    with pytest.raises(UserError, match="1 to 90 days"):
        company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, forever)
    short = replace(TRIED, days=30, scope="only refunds under 20 dollars")
    told = company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, short)

    assert told == "ticket answering is at execute now, until 18 December 2026. Scope: only refunds under 20 dollars."


def test_audit_is_granted_only_after_an_escalation_real_or_drilled_which_the_history_keeps(company: Company) -> None:
    company.advice.put_in(company.workspace, "ticket answering", {"error_class": "2"}, OWNER, AS_OF)
    earned(company)
    company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, TRIED)
    more = runs(90, start=date(2026, 11, 23), per_week=30, name="more")
    company.outcomes([replace(run, workflow="ticket answering") for run in more])
    day = date(2026, 12, 14)

    with pytest.raises(UserError, match="escalation to a person happened, or was drilled"):
        company.advice.approve(company.workspace, "ticket answering", "audit", OWNER, day)
    drilled = Granted(confirmed=True, on=date(2026, 12, 1), drilled=True)
    company.advice.approve(company.workspace, "ticket answering", "audit", OWNER, day, drilled)

    page = company.advice.workflow(company.workspace, "ticket answering", day, OPERATOR)
    assert page.stage == "audit"
    assert page.history[-1].why.endswith("an escalation to a person was drilled on 1 December 2026, and worked")


def test_a_grant_that_kept_its_bar_is_renewed_by_its_owner_before_it_ends(company: Company) -> None:
    earned(company)
    company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, replace(TRIED, days=30))
    more = runs(40, start=date(2026, 11, 23), per_week=20, name="more")
    company.outcomes([replace(run, workflow="ticket answering") for run in more])
    early, near, late = date(2026, 12, 3), date(2026, 12, 8), date(2026, 12, 19)

    assert not company.advice.daily(company.workspace, early)
    (notice,) = company.advice.daily(company.workspace, near)
    assert (notice.kind, notice.to) == ("renewal", "execute")
    assert "until 18 December 2026" in notice.text
    again = Granted(confirmed=True, on=date(2026, 12, 7))
    told = company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, near, again)

    assert "is at execute still, until 8 March 2027" in told
    page = company.advice.workflow(company.workspace, "ticket answering", late, OPERATOR)
    assert (page.stage, page.decision.decision, page.evidence and page.evidence.verified) == ("execute", "hold", 40)
    assert page.history[-1].why.startswith("renewed: 40 of 40 verified runs succeeded at execute so far")


def test_a_proposal_that_no_longer_stands_cannot_be_approved(company: Company) -> None:
    with pytest.raises(UserError, match="no longer stands"):
        company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, TRIED)


def test_a_declined_promotion_is_in_the_history_and_not_proposed_again(company: Company) -> None:
    earned(company)
    company.advice.decline(company.workspace, "ticket answering", OWNER, AS_OF)

    page = company.advice.workflow(company.workspace, "ticket answering", AS_OF, OPERATOR)
    assert (page.stage, page.decision.decision, len(page.history)) == ("draft", "hold", 1)


def test_strangers_to_a_workflow_decide_nothing(company: Company) -> None:
    advice, words = company.advice, r"its owner \(.+\) and for the people of Sales"

    with pytest.raises(UserError, match=words):
        advice.accept(company.workspace, "account notes", "support1@x.example", AS_OF)
    with pytest.raises(UserError, match=words):
        advice.not_now(company.workspace, "account notes", "support1@x.example", AS_OF)
    with pytest.raises(UserError, match=words):
        advice.put_in(company.workspace, "account notes", {"volume": "9"}, "who@x.example", AS_OF)


def test_a_grant_that_nobody_renews_ends(company: Company) -> None:
    earned(company)
    company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, replace(TRIED, days=10))

    (notice,) = company.advice.daily(company.workspace, AS_OF + timedelta(days=11))

    assert "the grant expired on 28 November 2026: back to draft" in notice.text
