"""What happened at Larkspur in the recorded weeks: the things worth asking about, and on which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.demo.company import HISTORY_WEEKS

ADOPTING_TEAM, ADOPTED_TOOL = "Checkout", "claude_code"
JUMPING_TEAM, JUMP = "Insights", 2.3
OLD_MODEL, NEW_MODEL = "claude-opus-4-1", "claude-sonnet-4-5"
PREVIEW_MODEL = "gpt-5-codex-preview"
REST_SHARE = 0.12
WEEKLY_GROWTH = 1.012


@dataclass(frozen=True, slots=True)
class Stories:
    """The days on which things change, all counted from the day of asking.

    adoption: Checkout starts with an agent tool, a few people a day, in the last complete month
    switch:   Claude Code moves from the old model to the new, cheaper one on a Monday
    jump:     Insights uses over twice as much from a Monday on
    rest:     the company rests for a week
    preview:  a model without a price appears
    """

    first_day: date
    as_of: date
    adoption: date
    switch: date
    jump: date
    rest: date
    preview: date

    @classmethod
    def before(cls, as_of: date) -> Stories:
        """The stories of the weeks that end on `as_of`."""
        monday = as_of - timedelta(days=as_of.weekday())
        last_of_month = as_of.replace(day=1) - timedelta(days=1)
        return cls(
            first_day=monday - timedelta(weeks=HISTORY_WEEKS - 1),
            as_of=as_of,
            adoption=last_of_month.replace(day=1),
            switch=monday - timedelta(weeks=9),
            jump=monday - timedelta(weeks=2),
            rest=monday - timedelta(weeks=13),
            preview=monday - timedelta(weeks=3),
        )

    def pace(self, day: date) -> float:
        """How much of a usual day's work and use there is: weekday, rest week, steady growth."""
        if day.weekday() >= 5:
            return 0.03
        rest = REST_SHARE if self.rest <= day < self.rest + timedelta(weeks=1) else 1.0
        return rest * (0.82 if day.weekday() == 4 else 1.0)

    def growth(self, day: date) -> float:
        """How much stronger use is than on the first day."""
        return float(WEEKLY_GROWTH ** ((day - self.first_day).days / 7))

    def jumped(self, team: str, day: date) -> float:
        """The factor of the team whose use jumped."""
        return JUMP if team == JUMPING_TEAM and day >= self.jump else 1.0

    def model(self, tool: str, model: str, day: date, chance: float) -> str:
        """The model in use on `day`, where the usual one was not yet there or a preview took its place."""
        if tool == "claude_code" and model == NEW_MODEL and day < self.switch:
            return OLD_MODEL
        if tool == "codex" and day >= self.preview and chance < 0.25:
            return PREVIEW_MODEL
        return model
