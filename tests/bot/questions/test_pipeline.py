"""From words to an answer: the right reader, the thread's context, the audit log, and never a half answer."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.errors import UserError
from bot.questions import read as reading_rules
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.answers.following import Following
from bot.questions.pipeline import Questions
from bot.questions.request import AskRequest
from bot.questions.threads.memory import StoreMemory
from bot.settings import Settings
from storage.engine import reading_engine, writing_engine
from storage.keep.watches import active
from storage.tables import Question, ThreadState
from tests.conftest import LARKSPUR_DAY

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


@dataclass
class Asking:
    """Asks as somebody, somewhere."""

    reading: Engine
    writing: Engine
    people: list[dict[str, str]]
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """A new process over the same store."""
        memory = StoreMemory(self.reading, self.writing, lambda: NOW)
        self.questions = Questions(self.reading, self.writing, self.settings, memory, reading_rules.read, lambda: NOW)

    def ask(self, text: str, email: str | None = None, **more: Any) -> Answer:
        """As the operator, or as this person."""
        request = {"asker_email": email, "operator": email is None, "as_of": LARKSPUR_DAY, "where": "test", **more}
        return self.questions.ask(AskRequest(workspace_id=1, text=text, **request))

    def of(self, team: str) -> dict[str, str]:
        """Somebody who is in this team today."""
        return next(
            row for row in self.people if row["team"] == team and not row["end_date"] and row["kind"] == "employee"
        )


@pytest.fixture
def asking(larkspur: str, larkspur_files: Path) -> Iterator[Asking]:
    with (larkspur_files / "roster.csv").open(newline="") as lines:
        people = list(csv.DictReader(lines))
    reading, writing = reading_engine(larkspur), writing_engine(larkspur)
    yield Asking(reading, writing, people)
    reading.dispose()
    writing.dispose()


def test_an_answer_has_figures_a_period_and_a_receipt(asking: Asking) -> None:
    answer = asking.ask("tokens per employee last month")

    assert answer.status is Status.ANSWERED
    assert answer.period is not None
    assert (answer.period.start.isoformat(), answer.period.end.isoformat()) == ("2026-10-01", "2026-10-31")
    assert answer.receipt is not None
    assert (answer.receipt.scope, answer.receipt.newest) == ("whole organisation", "2026-11-18")
    assert {fact.label for fact in answer.facts} >= {"median of active people", "people without use"}


def test_a_thread_keeps_its_context_across_a_restart_and_another_thread_has_its_own(asking: Asking) -> None:
    asking.ask("cost of Checkout last month", thread="C1:1")
    asking.restart()
    after = asking.ask("by tool", thread="C1:1")
    elsewhere = asking.ask("by tool", thread="C1:2")

    assert after.query is not None
    assert after.query["metrics"] == ["cost"]
    assert after.query["group_by"] == ["tool"]
    assert after.query["filters"][0]["values"] == ["Checkout"]
    assert elsewhere.status is not Status.ANSWERED


def test_a_follow_up_in_somebody_elses_thread_is_computed_for_who_asks(asking: Asking) -> None:
    ana, bo = asking.of("Checkout")["email"], asking.of("Booking")["email"]
    asking.ask("how many tokens did I use last month", ana, thread="C1:9")
    answer = asking.ask("by tool", bo, thread="C1:9")

    assert answer.query
    assert [condition["values"] for condition in answer.query["filters"] if condition["dimension"] == "person"] == [
        [bo]
    ]


def test_a_step_from_somebodys_answer_is_what_who_presses_may_see(asking: Asking) -> None:
    ana, bo = asking.of("Checkout")["email"], asking.of("Booking")["email"]
    own, teams = asking.ask("my tokens last month", ana).number, asking.ask("tokens last month", ana).number
    assert own
    assert teams

    def press(number: int, following: Following, email: str) -> Answer:
        pressed = AskRequest(workspace_id=1, text="", asker_email=email, as_of=LARKSPUR_DAY)
        return asking.questions.again(pressed, number, following)

    assert press(own, Following.SAME, ana).status is Status.ANSWERED
    assert press(own, Following.SAME, bo).status is Status.DENIED
    trend = press(teams, Following.TREND, bo)
    assert (len(trend.rows), list(trend.rows[0].labels)) == (12, ["week"])
    compared = press(teams, Following.COMPARE, bo)
    assert compared.previous
    assert compared.previous.start.isoformat() == "2026-09-01"
    assert compared.number
    assert press(compared.number, Following.WHY, bo).columns[0].name == "contribution"
    assert "usual range" in press(teams, Following.NORMAL, bo).text
    with pytest.raises(UserError, match="not kept"):
        press(10**6, Following.SAME, bo)

    assert press(teams, Following.WATCH, bo).text.startswith("I will tell you when this happens")
    with asking.reading.connect() as connection:
        (watch,) = active(connection, 1)
    assert (watch.email, watch.title) == (bo, "tokens, whole organisation, leaves its usual range")


def test_a_question_that_failed_names_the_word_that_may_be_why_unless_it_is_beyond_this(asking: Asking) -> None:
    asked = ("tokens by pod last month", "write me a haiku about our token bill", "tokens last month")

    assert [asking.ask(text).unknown for text in asked] == ["pod", "", ""]


def test_somebody_who_is_not_on_the_roster_is_refused(asking: Asking) -> None:
    answer = asking.ask("tokens last month", "nobody@elsewhere.example")

    assert answer.status is Status.DENIED
    assert "roster" in answer.text


def test_the_audit_log_says_who_asked_what_where_and_holds_no_figures(asking: Asking) -> None:
    engineer = asking.of("Checkout")["email"]
    answer = asking.ask("tokens last month", engineer, thread="C1:1")

    with asking.reading.connect() as connection:
        (row,) = connection.execute(select(Question)).all()
        (thread,) = connection.scalars(select(ThreadState.context)).all()
    assert (row.asker, row.place, row.text, row.status) == (engineer, "test", "tokens last month", "answered")
    figure = str(answer.rows[0].values["tokens"])
    assert figure not in str(row.query)
    assert figure not in str(thread)


# Everybody of Onboarding but its lead is an onboarding specialist.
TEAM, TITLE = "tokens of Onboarding in October", "tokens of title Onboarding Specialist in October"


def test_a_figure_that_would_tell_one_beside_an_earlier_answer_is_not_given(asking: Asking) -> None:
    engineer, other = asking.of("Checkout")["email"], asking.of("Booking")["email"]
    assert asking.ask(TITLE, other).status is Status.ANSWERED
    assert asking.ask(TEAM, engineer).status is Status.ANSWERED

    refused = asking.ask(TITLE, engineer)
    asking.restart()

    assert refused.status is Status.DENIED
    assert refused.text.startswith("Beside answers that were given here before")
    assert asking.ask(TITLE, engineer).status is Status.DENIED, "also after a restart"
    assert asking.ask(TEAM, engineer).status is Status.ANSWERED, "what they have they may have again"
    assert asking.ask(TITLE, other).status is Status.ANSWERED
    assert asking.ask(TITLE).status is asking.ask(TEAM).status is Status.ANSWERED, "the operator sees all"


def test_what_a_channel_has_read_counts_for_whoever_asks_in_it(asking: Asking) -> None:
    engineer, other = asking.of("Checkout")["email"], asking.of("Booking")["email"]
    channel = {"audience": Audience.MEMBERS, "channel": "C1"}
    assert asking.ask(TEAM, engineer, **channel).status is Status.ANSWERED

    assert asking.ask(TITLE, other, **channel).status is Status.DENIED
    assert asking.ask(TITLE, other, audience=Audience.MEMBERS, channel="C2").status is Status.ANSWERED
    assert asking.ask(TITLE, engineer, audience=Audience.MEMBERS, channel="C3").status is Status.DENIED


def test_after_ninety_days_an_answer_counts_no_more(asking: Asking) -> None:
    engineer = asking.of("Checkout")["email"]
    asking.ask(TEAM, engineer)
    for days, status in ((89, Status.DENIED), (91, Status.ANSWERED)):
        asking.restart()
        later = NOW + timedelta(days=days)
        asking.questions.now = lambda later=later: later  # type: ignore[misc]
        assert asking.ask(TITLE, engineer).status is status


def test_two_questions_in_one_message_are_both_kept(asking: Asking) -> None:
    engineer = asking.of("Checkout")["email"]
    both = asking.ask("tokens in October? And cost by team in September?", engineer)
    with asking.reading.connect() as connection:
        (kept,) = connection.scalars(select(Question.shown)).all()
    assert len(both.answers) == len(kept or ()) == 2


def test_an_answer_is_given_where_the_audit_log_cannot_be_written(asking: Asking) -> None:
    asking.writing = asking.reading
    asking.restart()

    assert asking.ask("tokens last month").status is Status.ANSWERED


@pytest.fixture
def of_october(larkspur_files: Path) -> Callable[[str], list[dict[str, str]]]:
    """The rows of an import file; of those with a day, October's."""

    def rows(name: str) -> list[dict[str, str]]:
        with (larkspur_files / name).open(newline="") as lines:
            return [row for row in csv.DictReader(lines) if row.get("date", "2026-10").startswith("2026-10")]

    return rows


def test_cost_per_item_is_the_cost_booked_to_workflows_by_their_items(
    asking: Asking, of_october: Callable[[str], list[dict[str, str]]]
) -> None:
    catalogue = {row["workflow"] for row in of_october("workflows.csv")}
    cost, items = dict.fromkeys(catalogue, 0.0), dict.fromkeys(catalogue, 0)
    for row in of_october("usage.csv"):
        if row["workflow"] in catalogue:
            cost[row["workflow"]] += float(row["cost_usd"] or 0)
    for row in of_october("work.csv"):
        items[row["workflow"]] += int(row["items"])
    name = max(catalogue, key=lambda item: items[item])

    whole = asking.ask("cost per item in October")
    one = asking.ask(f"what did a {name} cost us in October")

    assert whole.rows[0].values["cost/items"] == pytest.approx(sum(cost.values()) / sum(items.values()))
    assert one.rows[0].values["cost/items"] == pytest.approx(cost[name] / items[name])
    assert name in one.title


def test_cost_per_accepted_suggestion_sets_the_workforces_cost_against_its_suggestions(
    asking: Asking, of_october: Callable[[str], list[dict[str, str]]]
) -> None:
    rows = [row for row in of_october("usage.csv") if row["ledger"] != "product"]
    cost = sum(float(row["cost_usd"] or 0) for row in rows)
    accepted = sum(int(row["accepted"] or 0) for row in rows)

    answer = asking.ask("cost per accepted suggestion in October")

    assert answer.rows[0].values["cost/accepted"] == pytest.approx(cost / accepted)


def test_where_no_usage_is_booked_to_the_work_there_is_no_figure_and_that_is_said(
    asking: Asking, of_october: Callable[[str], list[dict[str, str]]]
) -> None:
    used = {(row["date"], row["workflow"]) for row in of_october("usage.csv")}
    done = {(row["date"], row["workflow"]) for row in of_october("work.csv") if int(row["items"])}
    day, name = sorted(done - used)[0]

    answer = asking.ask(f"tokens per {name} on {day}")

    assert answer.status is Status.ANSWERED
    assert answer.rows[0].values == {"tokens/items": None}
    assert "no usage is booked" in answer.text
    assert "No usage of the period is booked to the workflows meant." in answer.caveats
