"""The advice over a store: verdicts with reasons, who may see what, experiments, promotions, the day's check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.advice.for_digest import DigestAdvice
from bot.advice.granting import Granted
from bot.digest.actions import Choice
from bot.digest.week import Week
from bot.errors import UserError
from storage.answer.privacy import OPERATOR, Viewer
from storage.load.roster import save_roster
from storage.records import WorkflowRecord, WorkMode, WorkRecord
from tests.bot.advice.conftest import ADMIN, AS_OF, Company, people
from tests.bot.advice.runs import runs

OWNER = "support0@x.example"
TRIED = Granted(confirmed=True, on=date(2026, 11, 10))
ANYBODY = Viewer()


def verdicts(company: Company, viewer: Viewer = OPERATOR) -> dict[str, tuple[str, str]]:
    return {
        card.workflow: (card.verdict.value, card.reason)
        for card in company.advice.offload(company.workspace, None, AS_OF, viewer)
    }


def earned(company: Company) -> None:
    company.outcomes([replace(run, workflow="ticket answering") for run in runs(60, start=date(2026, 10, 5))])


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
    assert "nothing is known of its volume" in found["unheard of"][1]


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


def test_the_inputs_come_from_eight_weeks_of_work(company: Company) -> None:
    card = company.advice.offload(company.workspace, "Sales", AS_OF, OPERATOR)[0]
    grades = {given.name: (given.grade.value, given.source) for given in card.given}

    assert card.volume == pytest.approx(13 * 5)
    assert card.minutes == pytest.approx(45, rel=0.02)
    assert card.by_hand == pytest.approx(12 / 13)
    assert grades["minutes by hand"] == ("B", "work facts of eight weeks")
    assert grades["review minutes"] == ("D", "default of its activity")
    assert card.grade == "D"
    assert "assumed (grade D): error class, exposure" in card.reason


def test_true_values_replace_defaults_and_lift_the_grade(company: Company) -> None:
    values = {
        "briefing": "1-2-4",
        "review": "2",
        "error_class": "1",
        "exposure": "E1",
        "verifiable": "auto",
        "reversible": "yes",
    }
    before = company.advice.offload(company.workspace, "Sales", AS_OF, OPERATOR)[0]

    company.advice.put_in(company.workspace, "account notes", values, "sales3@x.example", AS_OF)
    after = company.advice.offload(company.workspace, "Sales", AS_OF, OPERATOR)[0]

    assert (before.grade, after.grade) == ("D", "B")
    assert after.score > before.score


@pytest.mark.parametrize(("name", "value"), [("minutes", "many"), ("error_class", "9"), ("volume", "-1"), ("pay", "1")])
def test_a_value_that_cannot_be_is_refused_in_words(company: Company, name: str, value: str) -> None:
    with pytest.raises(UserError, match=name.replace("_", " ")):
        company.advice.put_in(company.workspace, "account notes", {name: value}, "sales0@x.example", AS_OF)


def test_what_fewer_than_five_people_do_is_for_them_and_its_owner(company: Company) -> None:
    hidden = {
        who: verdicts(company, company.member(who))["contract review"][0]
        for who in ("legal1@x.example", "sales1@x.example")
    }
    page = company.advice.workflow(company.workspace, "contract review", AS_OF, ANYBODY).to_json()

    assert hidden == {"legal1@x.example": "draft only", "sales1@x.example": "suppressed"}
    assert page["evidence"] == {
        "verified": None,
        "accepted": None,
        "people": None,
        "weeks": None,
        "lower_bound": None,
        "bar": None,
    }


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


def test_names_near_a_workflow_find_it_and_others_are_asked_back(company: Company) -> None:
    assert company.advice.workflow(company.workspace, "ACCOUNT", AS_OF, OPERATOR).card.workflow == "account notes"
    with pytest.raises(UserError, match="contract review"):
        company.advice.workflow(company.workspace, "contrct review", AS_OF, OPERATOR)
    with pytest.raises(UserError, match="no team"):
        company.advice.offload(company.workspace, "Nowhere", AS_OF, OPERATOR)


def test_recurring_work_in_no_catalogue_is_a_candidate(company: Company) -> None:
    found = company.advice.candidates(company.workspace, AS_OF, OPERATOR)

    assert [(candidate.kind, candidate.name) for candidate in found] == [("work", "badge requests")]
    assert found[0].hours == pytest.approx(9 * 5 * 25 / 60, rel=0.05)


def test_accepting_opens_one_experiment_and_opts_in(company: Company) -> None:
    told = company.advice.accept(company.workspace, "account notes", "sales0@x.example", AS_OF)
    again = company.advice.accept(company.workspace, "account notes", "sales3@x.example", AS_OF)
    page = company.advice.workflow(company.workspace, "account notes", AS_OF, OPERATOR)

    assert "on trial from 2026-11-23 to 2026-12-20" in told
    assert "already" in again
    assert (page.stage, len(page.trials)) == ("assist", 1)
    assert "account notes" not in [
        card.workflow for card in company.advice.suggestions(company.workspace, None, AS_OF, OPERATOR)
    ]


def test_what_the_team_accepts_is_tried_and_its_owner_is_asked_for_the_stage(company: Company) -> None:
    told = company.advice.accept(company.workspace, "account notes", "sales2@x.example", AS_OF)
    (notice,) = [
        notice for notice in company.advice.daily(company.workspace, AS_OF) if notice.workflow == "account notes"
    ]

    assert "stays manual until its owner opts in" in told
    assert (notice.kind, notice.owner, notice.to) == ("promotion", "sales0@x.example", "assist")
    with pytest.raises(UserError, match="owner alone"):
        company.advice.approve(company.workspace, "account notes", "assist", "sales2@x.example", AS_OF)
    assert "is at assist now" in company.advice.approve(
        company.workspace, "account notes", "assist", "sales0@x.example", AS_OF
    )


def trial(company: Company, with_ai: int) -> str:
    """Twelve of thirteen items a day were done by hand; so many of them are AI's during the trial."""
    company.advice.accept(company.workspace, "account notes", "sales0@x.example", AS_OF)
    days = [date(2026, 11, 19) + timedelta(days=offset) for offset in range(32)]
    rows = []
    for day in (workday for workday in days if workday.weekday() < 5):
        for mode, items, each in ((WorkMode.HUMAN, 13 - with_ai, 45), (WorkMode.ASSISTED, with_ai, 22)):
            key = f"{day} account notes {mode} later"
            rows.append(
                WorkRecord(
                    natural_key=key,
                    day=day,
                    workflow="account notes",
                    mode=mode,
                    items=items,
                    human_minutes=Decimal(items * each),
                    accepted=items,
                )
            )
    company.work(rows)
    notices = company.advice.daily(company.workspace, date(2026, 12, 21))
    return next(notice.text for notice in notices if notice.kind == "verdict")


def test_a_trial_ends_with_what_it_really_brought(company: Company) -> None:
    text = trial(company, with_ai=6)
    calibration = company.advice.calibration(company.workspace, date(2026, 12, 22))

    assert "as predicted" in text
    assert "9." in text  # (6 − 1) items a day × 5 days × about 23 minutes
    assert "quality held" in text
    assert (calibration.verdicts, calibration.inside, calibration.factor) == (1, 1, 1)
    digest = DigestAdvice(company.advice, company.workspace)
    verdict, calibrated = digest.advise(Week(date(2026, 12, 21)), None, OPERATOR).ended
    assert verdict.startswith("The trial of account notes ended as predicted")
    assert "1 trial" in calibrated or calibrated
    assert digest.advise(Week(date(2026, 12, 14)), None, OPERATOR).ended == ()


def test_a_prediction_that_missed_widens_those_to_come(company: Company) -> None:
    before = company.advice.offload(company.workspace, "Sales", AS_OF, OPERATOR)[0]

    assert "less than predicted" in trial(company, with_ai=1)
    calibration = company.advice.calibration(company.workspace, date(2026, 12, 22))

    assert (calibration.inside, calibration.factor) == (0, 1.5)
    later = company.advice.offload(company.workspace, "Support", date(2026, 12, 22), OPERATOR)
    assert "its interval is half as wide again" in next(card.reason for card in later if card.hours)
    assert calibration.bias is not None
    assert calibration.bias < 0
    assert before.hours is not None


def test_a_verdict_is_told_once(company: Company) -> None:
    trial(company, with_ai=6)

    assert not [
        notice for notice in company.advice.daily(company.workspace, date(2026, 12, 22)) if notice.kind == "verdict"
    ]


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


def test_a_dismissal_without_a_known_reason_is_asked_back(company: Company) -> None:
    with pytest.raises(UserError, match="too risky"):
        company.advice.dismiss(company.workspace, "account notes", "because", "sales0@x.example", AS_OF)


def test_what_was_put_off_rests_for_four_weeks(company: Company) -> None:
    company.advice.not_now(company.workspace, "account notes", "sales0@x.example", AS_OF)

    assert verdicts(company)["account notes"][0] == "offload"
    assert not [
        card
        for card in company.advice.suggestions(company.workspace, "Sales", AS_OF, OPERATOR)
        if card.verdict == "offload"
    ]


def test_the_owner_alone_approves_a_promotion_with_scope_and_expiry(company: Company) -> None:
    earned(company)
    page = company.advice.workflow(company.workspace, "ticket answering", AS_OF, OPERATOR)
    assert (page.decision.decision, page.decision.bar) == ("propose promotion", 0.90)

    for other in ("support1@x.example", ADMIN):
        with pytest.raises(UserError, match="owner alone"):
            company.advice.approve(company.workspace, "ticket answering", "execute", other, AS_OF)
    told = company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, TRIED)

    after = company.advice.workflow(company.workspace, "ticket answering", AS_OF, OPERATOR).to_json()
    assert "until 2027-02-16" in told
    assert after["stage"] == "execute"
    assert after["evidence"]["verified"] == 0
    assert after["history"] == [
        {
            "date": "2026-11-18",
            "from": "draft",
            "to": "execute",
            "by": OWNER,
            "why": "60 of 60 verified runs succeeded, in 6 weeks; "
            "the way back was tried on 2026-11-10: what it does can be rolled back",
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

    assert told == "ticket answering is at execute now, until 2026-12-18. Scope: only refunds under 20 dollars."


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
    assert page.history[-1].why.endswith("an escalation to a person was drilled on 2026-12-01, and worked")


def test_a_grant_that_kept_its_bar_is_renewed_by_its_owner_before_it_ends(company: Company) -> None:
    earned(company)
    company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, replace(TRIED, days=30))
    more = runs(40, start=date(2026, 11, 23), per_week=20, name="more")
    company.outcomes([replace(run, workflow="ticket answering") for run in more])
    early, near, late = date(2026, 12, 3), date(2026, 12, 8), date(2026, 12, 19)

    assert not company.advice.daily(company.workspace, early)
    (notice,) = company.advice.daily(company.workspace, near)
    assert (notice.kind, notice.to) == ("renewal", "execute")
    assert "until 2026-12-18" in notice.text
    again = Granted(confirmed=True, on=date(2026, 12, 7))
    told = company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, near, again)

    assert "is at execute still, until 2027-03-08" in told
    page = company.advice.workflow(company.workspace, "ticket answering", late, OPERATOR)
    assert (page.stage, page.decision.decision, page.evidence and page.evidence.verified) == ("execute", "hold", 40)
    assert page.history[-1].why.startswith("renewed: 40 of 40 verified runs succeeded at execute so far")


def test_a_grant_that_nobody_renews_ends(company: Company) -> None:
    earned(company)
    company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, replace(TRIED, days=10))

    (notice,) = company.advice.daily(company.workspace, AS_OF + timedelta(days=11))

    assert "the grant expired on 2026-11-28: back to draft" in notice.text


def test_a_proposal_that_no_longer_stands_cannot_be_approved(company: Company) -> None:
    with pytest.raises(UserError, match="no longer stands"):
        company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, TRIED)


def test_a_declined_promotion_is_in_the_history_and_not_proposed_again(company: Company) -> None:
    earned(company)
    company.advice.decline(company.workspace, "ticket answering", OWNER, AS_OF)

    page = company.advice.workflow(company.workspace, "ticket answering", AS_OF, OPERATOR)
    assert (page.stage, page.decision.decision, len(page.history)) == ("draft", "hold", 1)


def test_the_day_proposes_a_promotion_to_the_owner_once(company: Company) -> None:
    earned(company)

    first = company.advice.daily(company.workspace, AS_OF)
    second = company.advice.daily(company.workspace, AS_OF + timedelta(days=1))

    (proposal,) = [notice for notice in first if notice.workflow == "ticket answering"]
    assert (proposal.kind, proposal.to, proposal.owner, proposal.channel) == ("promotion", "execute", OWNER, "#support")
    assert not second


def test_the_day_demotes_by_itself_with_one_message(company: Company) -> None:
    earned(company)
    company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, TRIED)
    late = [
        replace(run, workflow="ticket answering", run_id=f"late{number}", success=number % 2 == 0)
        for number, run in enumerate(runs(20, start=date(2026, 11, 30)))
    ]
    company.outcomes(late)
    day = date(2026, 12, 15)

    first = company.advice.daily(company.workspace, day)
    second = company.advice.daily(company.workspace, day)

    assert [(notice.kind, notice.owner) for notice in first] == [("demoted", OWNER)]
    assert "went from execute to draft" in first[0].text
    assert not second
    page = company.advice.workflow(company.workspace, "ticket answering", day, OPERATOR)
    assert [(move.to_stage, move.by) for move in page.history] == [("execute", OWNER), ("draft", "fulcrum")]


def test_a_severe_failure_waits_for_its_review(company: Company) -> None:
    earned(company)
    company.outcomes(
        [replace(runs(1)[0], workflow="ticket answering", run_id="bad", day=AS_OF, success=False, severity=1)]
    )

    (notice,) = company.advice.daily(company.workspace, AS_OF)
    assert "back to assist at once" in notice.text
    with pytest.raises(UserError, match="Write what happened"):
        company.advice.review(company.workspace, "ticket answering", " ", OWNER, AS_OF)
    company.advice.review(company.workspace, "ticket answering", "A macro was wrong; it is gone.", OWNER, AS_OF)

    page = company.advice.workflow(company.workspace, "ticket answering", AS_OF, OPERATOR)
    assert page.decision.decision == "hold"
    assert page.history[-1].why == "A macro was wrong; it is gone."


def test_strangers_to_a_workflow_decide_nothing(company: Company) -> None:
    advice, words = company.advice, "owner and for the people of Sales"

    with pytest.raises(UserError, match=words):
        advice.accept(company.workspace, "account notes", "support1@x.example", AS_OF)
    with pytest.raises(UserError, match=words):
        advice.not_now(company.workspace, "account notes", "support1@x.example", AS_OF)
    with pytest.raises(UserError, match=words):
        advice.put_in(company.workspace, "account notes", {"volume": "9"}, "who@x.example", AS_OF)


def test_an_owner_who_left_costs_the_stage_and_is_not_written_to(company: Company) -> None:
    earned(company)
    company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, TRIED)
    gone = [replace(spell, end=AS_OF) if spell.email == OWNER else spell for spell in people()]
    with company.writing.begin() as connection:
        save_roster(connection, company.workspace, gone)

    (notice,) = company.advice.daily(company.workspace, AS_OF + timedelta(days=1))

    assert "its owner has left" in notice.text
    assert (notice.owner, notice.channel) == ("", "#support")


def test_a_workflow_entered_in_slack_is_in_the_catalogue(company: Company) -> None:
    record = WorkflowRecord(name="badge requests", team="support", activity="classification", owner_email=OWNER)

    company.advice.add(company.workspace, record, OWNER)

    assert verdicts(company)["badge requests"][0] == "offload"
    assert not company.advice.candidates(company.workspace, AS_OF, OPERATOR)
    with pytest.raises(UserError, match="no team"):
        company.advice.add(company.workspace, replace(record, team="Nowhere"), OWNER)


def test_the_digest_gets_one_action_that_its_readers_may_see(company: Company) -> None:
    advice = DigestAdvice(company.advice, company.workspace)
    week = Week(date(2026, 11, 9))

    action = advice.advise(week, None, ANYBODY).action
    assert action is not None
    assert (action.workflow, action.team, action.stage) == ("account notes", "Sales", "assist")
    assert 0 < action.p10 < action.p50 < action.p90

    advice.chosen(company.workspace, "account notes", Choice.NOT_USEFUL, "sales0@x.example")
    unblocker = advice.advise(Week(date(2026, 11, 16)), None, ANYBODY).action
    assert unblocker is not None
    assert unblocker.workflow == "price lists"
    assert advice.advise(week, "Legal", ANYBODY).action is None


def test_who_is_not_on_the_roster_gets_no_advice(company: Company) -> None:
    assert company.advice.viewer(company.workspace, "sales1@x.example").email == "sales1@x.example"
    with pytest.raises(UserError, match="not on the roster"):
        company.advice.viewer(company.workspace, "who@x.example")


def test_nothing_that_is_shown_names_who_checked(company: Company) -> None:
    earned(company)

    page = company.advice.workflow(company.workspace, "ticket answering", AS_OF, OPERATOR)

    assert "p0@x.example" not in f"{page.to_json()} {page.text()} {page.card.to_json()} {page.card.text()}"


def test_a_page_says_of_every_leading_signal_whether_it_is_quiet_or_not_recorded(company: Company) -> None:
    page = company.advice.workflow(company.workspace, "ticket answering", AS_OF, OPERATOR)
    hidden = company.advice.workflow(company.workspace, "contract review", AS_OF, ANYBODY)
    said = page.to_json()

    assert len(said["watched"]) == 10
    assert "new kinds of requests" in said["not_recorded"]
    for signal in said["watched"]:
        assert signal["signal"] in page.text()
    assert "new kinds of requests (the column request_type in outcomes.csv)" in page.text()
    assert hidden.to_json()["watched"] == []


def test_a_recorded_signal_freezes_promotion_and_is_told_to_the_owner(company: Company) -> None:
    done = [replace(run, workflow="ticket answering") for run in runs(60, start=date(2026, 10, 5))]
    company.outcomes([replace(run, tool_errors=int(number % 4 == 0)) for number, run in enumerate(done)])

    (notice,) = company.advice.daily(company.workspace, AS_OF)

    assert (notice.kind, notice.owner) == ("frozen", OWNER)
    assert "errors of tools in more than one run of twenty" in notice.text
