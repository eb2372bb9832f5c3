"""What stands in a digest's thread: answers, as questions would give them."""

from __future__ import annotations

from decimal import Decimal

from bot.digest.details import PARTS, outcome, sustained
from bot.digest.week import week_of
from bot.settings import Settings
from storage.answer.privacy import Viewer
from storage.load.plans import save_budgets
from storage.load.seats import save_seats
from storage.plan_records import BudgetRecord, PlanScope
from storage.query import Filter, Query
from storage.records import SeatRecord
from tests.bot.digest.company import Company
from tests.bot.digest.conftest import LAST, Store


def test_a_channel_reads_of_the_hidden_team_in_the_data_health(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    channel, operator = store.digest(company, viewer=Viewer()), store.digest(company)

    assert "Law" in channel.details[-1].text
    assert "Nothing is hidden." in operator.details[-1].text


def test_the_thread_has_every_part_as_questions_would_answer_it(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    details = store.digest(company).details

    assert len(details) == len(PARTS)
    table = details[0]
    assert {row.labels["team"] for row in table.rows} == {"Build", "Care", "Law"}
    week = week_of(company.monday(LAST))
    care = next(row for row in table.rows if row.labels["team"] == "Care")
    asked = Query(metrics=("tokens_per_employee",), period=week.period, filters=(Filter("team", ("Care",)),))
    assert care.values["tokens_per_employee"] == store.ask(asked)


def test_a_part_that_nobody_wants_is_left_out_and_a_team_alone_has_no_table(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    assert [answer.title for answer in store.digest(company, parts=("cost",)).details] == [
        "cost, by tool, highest first, 2026-W12"
    ]
    assert all("by team" not in answer.title for answer in store.digest(company, team="Care").details)


def test_where_data_are_missing_the_thread_holds_their_health_alone(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    (health,) = store.digest(company, after=4).details

    assert health.title == "data health, 2026-W12"
    assert not health.rows


def test_ones_own_use_stands_under_a_name_of_its_own(store: Store) -> None:
    company = Company()
    company.save(store.writing)

    own = store.digest(company, email="care0@company.example").details[-1]

    assert own.title == "you yourself, 2026-W12"
    (row,) = own.rows
    assert row.values["tokens"]


def test_trials_that_ended_and_shifts_that_last_are_said_and_nothing_else(store: Store) -> None:
    company = Company()
    company.save(store.writing)
    digest = store.digest(company)

    assert [answer.text for answer in outcome(digest, ["It held.", "It was well predicted."])] == [
        "It held. It was well predicted."
    ]
    assert outcome(digest, []) == ()
    assert sustained(digest) == ()


def test_budget_and_dear_idle_seats_are_told_and_ones_own_seat_to_oneself(store: Store) -> None:
    def rested(team: str, number: int, week: int) -> float:
        return 0.0 if team == "Care" and number < 6 and week > LAST - 6 else 1.0

    company = Company(factor=rested)
    workspace_id = company.save(store.writing)
    held = [email for team in company.teams for email in company.emails(team)]
    price = Decimal(20)
    seats = [SeatRecord(subject=email, tool="coder", start=company.monday(0), monthly_price=price) for email in held]
    with store.writing.begin() as connection:
        save_seats(connection, workspace_id, seats)
        march = company.monday(LAST).replace(day=1)
        save_budgets(
            connection,
            workspace_id,
            [BudgetRecord(scope=PlanScope.ORGANISATION, month=march, amount=Decimal(10_000))],
        )
    mine = company.emails("Care")[0]

    told = {answer.title: answer.text for answer in store.digest(company, email=mine).details}
    dear = [answer.title for answer in store.digest(company, settings=Settings(idle_seat_cost=121)).details]

    assert told["budget, 2026-W12"].startswith("Budget used")
    suggested = "6 seats lay idle for the last 28 days and cost $120 a month."
    assert told["seats to take back, 2026-W12"].startswith(suggested)
    assert "a seat of coder" in told["your own seats, 2026-W12"]
    assert not any("seats" in title for title in dear)
