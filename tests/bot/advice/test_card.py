"""The card of a suggestion: every field filled, in the owner's words where there are some."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.advice.card import Card, setup_effort, why_now, words_of
from bot.advice.inputs import Prepared, WorkFacts, prepare
from bot.advice.values import Hours, Verdict
from storage.keep.advice import OwnerValue
from storage.records import WorkflowRecord

RECORD = WorkflowRecord(
    name="badge requests", team="Support", activity="classification", description="Give badges out."
)


def prepared(record: WorkflowRecord = RECORD) -> Prepared:
    return prepare(record, WorkFacts(volume=40.0, ai_share=0.25), {})


def owner(**values: str) -> dict[str, OwnerValue]:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return {name: OwnerValue(value=value, by="o", at=at) for name, value in values.items()}


def card(**more: object) -> Card:
    plain = Card(
        workflow="badge requests",
        team="Support",
        activity="classification",
        verdict=Verdict.OFFLOAD,
        reason="saves at least 1 h a week in 9 of 10 cases",
        stage="manual",
        next_stage="assist",
        hours=Hours(p10=1, p50=2, p90=4),
        score=20.4,
        confidence="medium",
        grade="B",
        words=words_of(RECORD, prepared(), {}, "assist"),
        why_now="about 40 runs come in each week",
        volume=40,
        minutes=8,
        kind="classify and triage",
        check="a quick look by a person",
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def test_the_words_follow_from_the_inputs_where_nobody_gave_any() -> None:
    words = words_of(RECORD, prepared(), {}, "draft")

    assert words.ai_does == "takes on this: give badges out; a person reviews every draft"
    assert words.intent.startswith("Give badges out, with people's time")
    assert words.constraints[0] == "only badge requests of Support"
    assert words.risk == (
        "an error costs less than an hour of rework inside, can be undone with effort, "
        "and a quick look by a person finds about 85% of them"
    )


def test_the_owners_words_come_first_line_by_line() -> None:
    words = words_of(RECORD, prepared(), owner(intent="Fast", stop_and_ask_when="a guest\n\n no photo "), "draft")

    assert words.intent == "Fast"
    assert words.stop_and_ask_when == ("a guest", "no photo")
    assert words.done_check == "a quick look by a person finds nothing to change"


def test_a_workflow_like_a_seed_brings_the_seeds_words() -> None:
    words = words_of(replace(RECORD, name="code review"), prepared(), {}, "assist")

    assert "the input is of a kind it was not tried on" in words.stop_and_ask_when[1:]
    assert words.done_check != "a quick look by a person finds nothing to change"


def test_why_now_names_the_two_inputs_that_lift_it_most() -> None:
    drivers = (("minutes", -0.9), ("volume", 0.6), ("headroom", 0.4), ("exposure", 0.2))

    assert why_now(prepared(), drivers) == "about 40 runs come in each week and 75% of them are still done without AI"
    assert why_now(prepared(), (("minutes", -0.9),)) == "nothing about it stands out yet"


def test_what_has_to_be_made_ready_first_is_counted() -> None:
    ready = replace(RECORD, data_ready="yes", verifiable="auto", reversible="yes")
    far = replace(RECORD, data_ready="partly", verifiable="no", reversible="no")

    assert (setup_effort(prepared(ready)), setup_effort(prepared(far))) == (0, 3)


def test_the_data_are_the_contracts_and_rounded() -> None:
    data = card().to_json()

    assert (data["score"], data["hours_per_week"]) == (20, {"p10": 1, "p50": 2, "p90": 4})
    assert (data["stage"], data["next_stage"], data["verdict"]) == ("manual", "assist", "offload")


def test_the_text_says_worth_risk_check_and_stage() -> None:
    text = card(verified=9.0, accepted=8.0).text()

    assert text.startswith("badge requests: offload. About 2 h a week (1 to 4) of what people still do by hand, from ")
    assert "Saves at least 1 h a week in 9 of 10 cases." in text
    assert "Try at assist: AI answers on request" in text
    assert text.endswith("Evidence: 8 of 9 verified, grade B; confidence medium.")
    assert len(text) < 900
    assert "none verified yet" in card().text()


def test_what_is_advised_against_has_no_first_step() -> None:
    text = card(verdict=Verdict.DO_NOT, reason="review and the cost of errors take more than it saves").text()

    assert "What could go wrong" in text
    assert "Why now" not in text
    assert "Try at" not in text


def test_a_closed_workflow_says_why_and_no_figure() -> None:
    text = card(verdict=Verdict.EXCLUDED, reason="decisions about people stay with people").text()

    assert text == "badge requests: left to people. Decisions about people stay with people."
