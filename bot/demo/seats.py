"""The seats of Larkspur: most are used, one team's never were, and those who left still hold theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from bot.demo.people import RosterLine

SEAT_COLUMNS = ("email", "tool", "plan", "start_date", "end_date", "monthly_price", "currency")
# What a seat costs a month, in dollars, and which team was given one for everybody and never began.
PLANS = {
    "github_copilot": ("Business", 19, ""),
    "m365_copilot": ("Business", 30, "Workplace"),
}
SPARE = 3  # seats of each tool that people of other tools hold and never used


def seats(
    people: Sequence[RosterLine], users: Mapping[str, Iterable[str]], first_day: date
) -> Iterator[Sequence[object]]:
    """The rows of seats.csv: `users` are the e-mails of each tool's users. Nobody's seat was ever taken back."""
    since = {spell.email: spell.start for spell in reversed(people)}
    staff = [spell.email for spell in people if spell.kind != "agent"]
    for tool, (plan, price, team) in PLANS.items():
        used = set(users.get(tool, ()))
        given = {spell.email for spell in people if spell.team == team and spell.kind != "agent"}
        spare = [email for email in dict.fromkeys(staff) if email not in used | given][:SPARE]
        for email in sorted((used | given | {*spare}) & {*staff}):
            start = max(since[email], first_day - timedelta(days=60))
            yield email, tool, plan, start.isoformat(), "", price, "USD"
