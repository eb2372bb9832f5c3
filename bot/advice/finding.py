"""What a name means to the advice: a catalogued workflow, or a team with those below it."""

from __future__ import annotations

from difflib import get_close_matches

from bot.advice.meanings import teams_by_name
from bot.advice.survey import Survey
from bot.errors import UserError


def find(survey: Survey, name: str) -> str:
    """The workflow that a name means. Raises UserError with the nearest names."""
    wanted = " ".join(name.split()).casefold()
    by_fold = {record.casefold(): record for record in survey.records}
    if wanted in by_fold:
        return by_fold[wanted]
    parts = [name for fold, name in by_fold.items() if wanted and wanted in fold]
    if len(parts) == 1:
        return parts[0]
    near = parts or [by_fold[fold] for fold in get_close_matches(wanted, by_fold, n=3)]
    asked = f" Did you mean {' or '.join(sorted(near)[:5])}?" if near else " “Workflows by stage” lists them."
    raise UserError(f"I know no workflow called {name}.{asked}")


def team_of(survey: Survey, name: str) -> str | None:
    """The team that a name or an alias means; None for an unknown one."""
    return teams_by_name(survey.directory).get(" ".join(name.split()).casefold())


def workflows_of(survey: Survey, team: str | None) -> list[str]:
    """The catalogued workflows of a team and those below it, of all without one. Raises UserError with a near name."""
    if team is None:
        return [*survey.records]
    names, found = teams_by_name(survey.directory), team_of(survey, team)
    if found is None:
        near = get_close_matches(team.casefold(), names, n=3)
        raise UserError(f"I know no team called {team}." + (f" Did you mean {names[near[0]]}?" if near else ""))
    below = set(survey.directory.below(found))
    return [name for name, record in survey.records.items() if record.team in below]
