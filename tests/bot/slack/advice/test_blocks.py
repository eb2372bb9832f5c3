"""Cards, pages, lists and forms of the advice: whatever is in them, Slack takes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.advice.card import Card, Words
from bot.advice.evidence import Evidence
from bot.advice.granting import Rights
from bot.advice.ladder import FROZEN, HOLD, PROPOSE, Decision
from bot.advice.page import Page, SuccessPoint
from bot.advice.values import REASONS, Given, Grade, Hours, Notice, Verdict
from bot.slack.advice.blocks import (
    card_message,
    list_message,
    notice_message,
    page_message,
    reasons_message,
    reliability,
    workflow_in,
)
from bot.slack.blocks.parts import MAX_TEXT, Message, as_json
from storage.keep.advice import StageMove
from tests.fakes.slack_blocks import problems, too_long

NASTY = "<!channel> & <@U1> " + "x" * 180
CARD = Card(
    workflow="contract review",
    team="Legal",
    activity="review",
    verdict=Verdict.OFFLOAD,
    reason="saves at least 3 h a week in 9 of 10 cases",
    stage="assist",
    next_stage="draft",
    hours=Hours(p10=3, p50=7.5, p90=12),
    score=26.2,
    confidence="medium",
    grade="D",
    words=Words(
        ai_does="drafts the answer; a person reviews every draft",
        intent="Answer within a day",
        constraints=("only contracts",),
        done_check="each deviation cites its clause",
        stop_and_ask_when=("a clause is new",),
        risk="an error costs a contract",
    ),
    why_now="25 of them come in each week",
    drivers=(("minutes", 0.9),),
    kind="check against rules",
    volume=25,
    minutes=97,
    given=(Given(name="review minutes", value="20 to 46", grade=Grade.D, source="default of its activity"),),
)
HOLDING = Decision(decision=HOLD, why="9 of 30 verified runs", to="draft", bar=0.9, lower=0.85)


def assert_takes(message: Message) -> None:
    assert 0 < len(message.text) <= MAX_TEXT
    for blocks in (message.rich, message.plain):
        assert problems(as_json(blocks)) == []
        assert not too_long(as_json(blocks))


def nasty(card: Card) -> Card:
    words = Words(
        ai_does=NASTY * 9,
        intent=NASTY * 9,
        constraints=(NASTY * 5,) * 9,
        done_check=NASTY * 9,
        stop_and_ask_when=(NASTY * 5,) * 9,
        risk=NASTY * 9,
    )
    return replace(card, workflow=NASTY, team=NASTY, reason=NASTY * 5, why_now=NASTY * 5, words=words)


def labels(message: Message) -> list[str]:
    rows = [block for block in as_json(message.rich) if block["type"] == "actions"]
    return [button["text"]["text"] for row in rows for button in row["elements"]]


def text_of(message: Message) -> str:
    return str([block.get("text") for block in as_json(message.rich)])


def move(number: int, to: str = "execute") -> StageMove:
    at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=number)
    return StageMove(
        workflow="w", day=at.date(), at=at, from_stage="draft", to_stage=to, by=NASTY, cause="granted", why=NASTY * 3
    )


def page(**more: Any) -> Page:
    fields: dict[str, Any] = {
        "card": CARD,
        "stage": "assist",
        "evidence": Evidence(verified=9, accepted=9, people=3, weeks=2),
        "decision": HOLDING,
    }
    return Page(**(fields | more))


def points(count: int) -> tuple[SuccessPoint, ...]:
    return tuple(
        SuccessPoint(week=date(2026, 8, 3) + timedelta(weeks=n), share=0.97, lower=0.8 + n / 200) for n in range(count)
    )


def test_a_card_says_what_why_risk_check_stage_and_who_does_what() -> None:
    message = card_message(CARD)
    shown = text_of(message)

    assert_takes(message)
    for words in (
        "7.5 h a week (3 to 12)",
        "Why now",
        "What could go wrong",
        "assist → draft",
        "You set",
        "Done when",
    ):
        assert words in shown
    assert labels(message) == ["Accept", "Not now", "Not useful", "Put the true values in"]


def test_a_card_of_nothing_but_nasty_words_is_taken_too() -> None:
    assert_takes(card_message(nasty(CARD)))
    assert_takes(page_message(page(card=nasty(CARD), history=tuple(map(move, range(40))), signals=(NASTY,) * 9)))
    assert_takes(list_message([nasty(CARD)] * 60, [NASTY] * 9))
    assert_takes(reasons_message(NASTY))


def test_a_card_that_is_closed_offers_only_the_true_values() -> None:
    closed = replace(CARD, verdict=Verdict.SUPPRESSED, hours=None, given=())

    assert labels(card_message(closed)) == ["Put the true values in"]
    assert labels(card_message(replace(CARD, running=True))) == ["Put the true values in"]
    assert labels(card_message(CARD, with_buttons=False)) == []


def test_only_who_may_press_a_button_has_it() -> None:
    assert labels(card_message(CARD, Rights(act=False, decide=False))) == []
    rises = page(decision=replace(HOLDING, decision=PROPOSE, to="execute"))
    assert labels(page_message(rises, Rights(act=True, decide=False))) == ["Put the true values in"]
    assert labels(page_message(rises, Rights(act=False, decide=False))) == []


def test_a_card_fits_one_screen_and_has_no_jargon() -> None:
    shown = text_of(card_message(CARD))

    assert len(shown) < 2_000
    assert not [word for word in ("pessimistic", "tenth", "p10", "κ") if word in shown]


def test_a_list_has_a_line_for_each_and_counts_what_does_not_fit() -> None:
    message = list_message([replace(CARD, workflow=f"w{number}") for number in range(45)])

    assert_takes(message)
    assert "1. *w0* (Legal): offload, about 7.5 h a week" in text_of(message)
    assert "…and 15 more" in str(as_json(message.rich))


def test_a_page_that_can_rise_has_the_owners_buttons() -> None:
    rises = page(decision=replace(HOLDING, decision=PROPOSE, to="execute"))

    assert labels(page_message(rises)) == ["Approve execute", "Decline", "Put the true values in"]
    assert labels(page_message(page())) == ["Put the true values in"]


def test_a_page_whose_grant_ends_can_be_renewed_beside_a_promotion() -> None:
    message = page_message(
        page(decision=replace(HOLDING, decision=PROPOSE, to="audit"), stage="execute", renewal=date(2026, 12, 1))
    )

    assert_takes(message)
    assert labels(message) == ["Approve audit", "Decline", "Renew execute", "Put the true values in"]
    assert "ends on 1 December 2026" in text_of(message)


def test_a_page_that_waits_for_a_review_asks_for_it() -> None:
    waits = page(decision=replace(HOLDING, decision=FROZEN, why="a severe failure waits for its written review"))

    assert "Write the review" in labels(page_message(waits))


def test_a_page_shows_its_history_newest_first_and_without_evidence_says_so() -> None:
    message = page_message(
        page(history=(move(1), move(5, "audit")), evidence=Evidence(), decision=replace(HOLDING, lower=None))
    )
    shown = text_of(message)

    assert_takes(message)
    assert shown.index("→ audit") < shown.index("→ execute")
    assert "no evidence" in shown


def test_the_chart_sets_reliability_against_the_bar() -> None:
    chart = reliability(points(12), 0.9, "contract review")

    assert chart is not None
    assert problems(as_json([chart])) == []
    lines = {line["name"]: [point["value"] for point in line["data"]] for line in chart.chart["series"]}
    assert set(lines) == {"Succeeded", "At least", "Bar"}
    assert set(lines["Bar"]) == {90.0}
    assert lines["At least"][0] == 80.0


def test_two_weeks_are_no_line_and_the_chart_is_left_out_where_slack_has_none() -> None:
    assert reliability(points(2), 0.9, "w") is None
    message = page_message(page(points=points(5)))
    assert [block["type"] for block in as_json(message.rich)].count("data_visualization") == 1
    assert "data_visualization" not in [block["type"] for block in as_json(message.plain)]


@pytest.mark.parametrize(
    ("kind", "to", "expected"),
    [
        ("promotion", "execute", ["Approve execute", "Decline"]),
        ("renewal", "execute", ["Approve execute", "Decline"]),
        ("demoted", "", ["Write the review"]),
        ("frozen", "", []),
    ],
)
def test_a_notice_carries_the_buttons_it_needs(kind: str, to: str, expected: list[str]) -> None:
    message = notice_message(
        Notice(kind=kind, workflow="w", team="t", owner="", channel="", text=f"It changed {NASTY}", to=to)
    )

    assert_takes(message)
    assert labels(message) == expected


def test_every_reason_is_a_button_that_carries_it() -> None:
    buttons = as_json(reasons_message("w").rich)[-1]["elements"]

    assert [workflow_in(button["value"])["reason"] for button in buttons] == [*REASONS]
    assert workflow_in("nonsense") == {}
    assert workflow_in('["a"]') == {}
