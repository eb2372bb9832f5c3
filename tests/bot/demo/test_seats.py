"""Seats of the sample organisation: used ones, ones never used, and those that somebody who left still holds."""

from __future__ import annotations

from bot.demo.seats import PLANS, SPARE
from tests.bot.demo.larkspur import Files


def test_each_tool_has_used_seats_spare_ones_and_those_of_leavers(files: Files) -> None:
    for tool, (_, price, team) in PLANS.items():
        used = {row["email"] for row in files["usage"] if row["tool"] == tool}
        held = [row["email"] for row in files["seats"] if row["tool"] == tool]
        given = {row["email"] for row in files["roster"] if row["team"] == team}
        left = {row["email"] for row in files["roster"] if row["end_date"] and row["end_date"] < "2026-11-01"}

        assert len(held) == len(set(held))
        assert used <= set(held)
        assert given <= set(held)
        assert len(set(held) - used - given) == SPARE
        assert left & set(held)
        assert {row["monthly_price"] for row in files["seats"] if row["tool"] == tool} == {str(price)}


def test_nobody_holds_a_seat_before_they_are_employed(files: Files) -> None:
    began: dict[str, str] = {}
    for row in files["roster"]:
        began.setdefault(row["email"], row["start_date"])

    assert all(row["start_date"] >= began[row["email"]] for row in files["seats"])
