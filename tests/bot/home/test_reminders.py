"""What Home reminds somebody of: the budget of the first of their scopes that has one, and their own idle seats."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from bot.home.reminders import HomeReminders
from bot.home.standing import HomePlace, HomeRole
from storage.answer.privacy import Viewer
from storage.engine import writing_engine
from storage.load.plans import save_budgets
from storage.load.seats import save_seats
from storage.names import read_directory
from storage.plan_records import BudgetRecord, PlanScope
from storage.records import SeatRecord
from tests.databases import fresh_store
from tests.storage.organisation import Organisation, Stay, Use, save

TODAY = date(2026, 3, 16)
BEGUN = date(2026, 1, 1)
PLACE = HomePlace(HomeRole.MEMBER, ("Core", "Engineering"))


def test_of_the_nearest_scope_with_a_budget_and_of_ones_own_seats_alone(tmp_path: Path) -> None:
    people = [f"p{number}@x.example" for number in range(20)]
    uses = tuple(
        Use(day=day, email=email, tool="cursor", requests=1, cost=Decimal(2))
        for email in people
        for day in (BEGUN, date(2026, 3, 5))
        if (email, day) != ("p1@x.example", date(2026, 3, 5))
    )
    company = Organisation(
        {"Engineering": "", "Core": "Engineering"},
        tuple(Stay(email=person, team="Core") for person in people),
        uses,
        {},
        (),
    )
    with fresh_store("sqlite", tmp_path) as url:
        writer = writing_engine(url)
        with writer.begin() as connection:
            workspace = save(connection, company)
            save_seats(
                connection, workspace, [SeatRecord(subject=person, tool="cursor", start=BEGUN) for person in people]
            )
            with_budget = HomeReminders(
                connection, read_directory(connection, workspace), Viewer(email=people[1]), TODAY
            )
            assert with_budget.budget(PLACE) == ""
            of_team = BudgetRecord(
                scope=PlanScope.TEAM, name="Engineering", month=TODAY.replace(day=1), amount=Decimal(76)
            )
            save_budgets(connection, workspace, [of_team])

            idle, used = (
                HomeReminders(connection, read_directory(connection, workspace), Viewer(email=email), TODAY)
                for email in (people[1], people[0])
            )

            # 19 people spent $38 of $76; of fewer than 20 with use a month that runs is told in two digits.
            assert idle.budget(PLACE) == (
                "50% of the budget of Engineering for March 2026 is used; 48.4% of its days are over."
            )
            assert (TODAY - timedelta(days=28)) > BEGUN
            assert "a seat of cursor and have not used it for 28 days" in idle.own_seats()
            assert used.own_seats() == ""
        writer.dispose()
