"""A workflow that somebody enters by hand: what is wrong with it, and how it comes into the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from sqlalchemy import Connection

from bot.advice.finding import team_of
from bot.advice.granting import is_owner, owner_words
from bot.advice.meanings import teams_by_name
from bot.advice.survey import Survey
from storage.keep.advice import save_owner_values, save_workflow
from storage.records import WorkflowRecord


def wrong_entry(survey: Survey, record: WorkflowRecord, by: str, admins: Collection[str]) -> dict[str, str]:
    """What the catalogue has against it, by field: an unknown team, or a name under which somebody else owns work."""
    wrong = {}
    if team_of(survey, record.team) is None:
        names = teams_by_name(survey.directory)
        near = get_close_matches(record.team.casefold(), names, n=1)
        wrong["team"] = f"I know no team called {record.team}." + (
            f" Did you mean {names[near[0]]}?" if near else " Write it as the roster does."
        )
    same = _namesake(survey, record.name)
    if same and not is_owner(survey, same, by, admins):
        wrong["name"] = f"{same} is in the catalogue already, and for {owner_words(survey, same)} to change."
    return wrong


def enter(
    connection: Connection, survey: Survey, record: WorkflowRecord, values: Mapping[str, str], by: str, at: datetime
) -> str:
    """Keep a sound entry with what was said of its numbers; gives the name it has."""
    name = _namesake(survey, record.name) or " ".join(record.name.split())
    team = team_of(survey, record.team) or record.team
    save_workflow(connection, survey.directory.workspace_id, replace(record, name=name, team=team))
    save_owner_values(connection, survey.directory.workspace_id, name, values, by, at)
    return name


def _namesake(survey: Survey, name: str) -> str:
    """The catalogued workflow of that name, however it is spaced and cased; "" where there is none."""
    wanted = " ".join(name.split()).casefold()
    return next((known for known in survey.records if known.casefold() == wanted), "")
