"""The sample organisation as a workspace: four people worth being, three channels, what to ask first."""

from __future__ import annotations

import csv
from pathlib import Path

from bot.demo.company import TEAMS
from bot.preview.seen import Channel, Member, PreviewScene

ORGANISATION = "Larkspur"
LEADERS, LINE = "Product Engineering", "Checkout"
ADMINS = "Insights"
GUEST, PARTNER = "UGUEST", "Halden Rail"


def scene(files: Path) -> PreviewScene:
    """Who and where, out of the roster in `files`."""
    with (files / "roster.csv").open(newline="", encoding="utf-8") as lines:
        people = [row for row in csv.DictReader(lines) if row["kind"] == "employee" and not row["end_date"]]
    cast = (
        _person(
            "UCTO",
            _lead(people, LEADERS),
            "CTO",
            "Leads the organisation: sees every team's figures, and no person's but their own.",
        ),
        _person(
            "ULEAD", _lead(people, LINE), "Team lead", f"Leads {LINE}: sees its figures, and no person's but their own."
        ),
        _person("UENG", _member(people, LINE), "Engineer", f"Works in {LINE}: sees teams, and nobody else's figures."),
        _person("UADMIN", _lead(people, ADMINS), "Admin", "Configures the app, and sees no more for it."),
    )
    everyone = tuple(person.id for person in cast)
    rooms = (
        Channel(id="C1", name="ai-leverage", topic="How much leverage we get from AI", members=everyone),
        Channel(id="C2", name=LINE.lower(), topic=f"The {LINE} team", members=everyone[:3]),
        Channel(
            id="C3",
            name="halden-launch",
            topic=f"The launch with {PARTNER}",
            members=(*everyone, GUEST),
            shared_with=PARTNER,
        ),
    )
    return PreviewScene(
        organisation=ORGANISATION,
        people=cast,
        rooms=rooms,
        guests={GUEST: "Signe Dahl"},
        opening=(
            ("UCTO", "C1", "@Fulcrum tokens per employee by team last month"),
            ("ULEAD", "C1", f"@Fulcrum weekly tokens per employee of {LINE}, last 12 weeks"),
        ),
        suggestions=suggestions(cast[2].name),
    )


def suggestions(colleague: str) -> dict[str, tuple[str, ...]]:
    """What the page offers to press, by where it is pressed; one asks for somebody's own figures."""
    return {
        "channel": (
            "which team's tokens grew most last month?",
            "cost by tool last month",
            "adoption rate by team last month",
            "how much of the budgets is used?",
            "which seats are idle, by tool?",
            "is that normal?",
            f"tokens of {colleague} last month",
        ),
        "thread": ("and for Reliability?", "what about cost?", "only claude_code", "and the month before?"),
        "direct": (
            "tokens per employee of my team last month",
            "my tokens last month by tool",
            "which workflows could be offloaded?",
            f"tokens of {colleague} last month",
        ),
        "command": ("/leverage top", "/leverage me", "/leverage trend", "/leverage privacy"),
    }


def _lead(people: list[dict[str, str]], team: str) -> dict[str, str]:
    title = next(other.lead for other in TEAMS if other.name == team)
    return next(row for row in people if row["team"] == team and row["title"] == title)


def _member(people: list[dict[str, str]], team: str) -> dict[str, str]:
    lead = _lead(people, team)["email"]
    settled = sorted(people, key=lambda row: row["start_date"])
    return next(row for row in settled if row["team"] == team and row["manager_email"] == lead)


def _person(user: str, row: dict[str, str], role: str, about: str) -> Member:
    return Member(id=user, name=row["name"], email=row["email"], title=row["title"], role=role, about=about)
