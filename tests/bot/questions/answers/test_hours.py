"""Which answers are hours that were counted, of everybody or of one team."""

from __future__ import annotations

from typing import Any

from bot.questions.answers.answer import Answer, Status
from bot.questions.answers.hours import whose_hours

HOURS: dict[str, Any] = {"metrics": ["hours_offloaded"], "period": {}}
SUPPORT = {"dimension": "team", "op": "in", "values": ["Support"]}


def whose(status: Status = Status.ANSWERED, **query: Any) -> str | None:
    return whose_hours(Answer(status=status, text="", query=HOURS | query))


def test_one_figure_of_everybody_or_of_one_team_is_whose_it_is() -> None:
    assert whose() == ""
    assert whose(filters=[SUPPORT]) == "Support"


def test_lists_series_other_figures_and_parts_of_teams_are_none() -> None:
    assert whose(group_by=["workflow"]) is None
    assert whose(metrics=["tokens"]) is None
    assert whose(filters=[SUPPORT | {"op": "not in"}]) is None
    assert whose(filters=[SUPPORT, {"dimension": "mode", "op": "in", "values": ["agent"]}]) is None
    assert whose(Status.DENIED) is None
