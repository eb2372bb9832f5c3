"""The settings of one organisation: what its admins set in Slack, and the environment's where they set nothing.

They are read from the store each time, so that every process goes by a change at once.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from bot.errors import UserError
from bot.settings import FIELDS, Settings, declaration, values
from storage.keep.settings import LoggedChange, change_settings, read_settings

log = logging.getLogger(__name__)

# What may be set in Slack, with what the form calls it. Secrets, addresses and the store stay the environment's.
IN_SLACK: Mapping[str, str] = {
    "FULCRUM_ZONE": "Time zone",
    "FULCRUM_PEOPLE": "Who sees other people's figures",
    "FULCRUM_MIN_GROUP": "Smallest group whose figures are shown",
    "FULCRUM_FISCAL_YEAR_START": "First month of the fiscal year",
    "FULCRUM_COUNTRY": "Country of the public holidays",
    "FULCRUM_RETENTION_DAYS": "Days after which use is nobody's any more",
    "FULCRUM_ADMINS": "Admins",
}
ADMINS = "FULCRUM_ADMINS"
CHANGING = "change the settings"
MOST_NAMED = 3


def admins_alone(doing: str, admins: Collection[str]) -> UserError:
    """The refusal of somebody who is no admin: what admins alone do, and whom to ask."""
    whom = " or ".join(sorted(admins)[:MOST_NAMED])
    asked = f"ask {whom}" if whom else f"none is named yet; whoever runs me names them in {ADMINS}"
    return UserError(f"Only an admin may {doing}: {asked}.")


class WrongSettings(UserError):
    """Values that cannot be meant, each with what is wrong with it, by the setting's name."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(" ".join(f"{IN_SLACK[name]}: {why}." for name, why in wrong.items()))
        self.wrong = wrong


def settings_in(connection: Connection, workspace_id: int, settings: Settings) -> Settings:
    """The settings of a workspace; a value that a newer release does not take any more is left out, with a line in
    the log."""
    found: dict[str, Any] = {}
    for name, raw in read_settings(connection, workspace_id).items():
        if name not in IN_SLACK:
            continue
        try:
            found[FIELDS[name].name] = declaration(FIELDS[name]).parse(raw)
        except ValueError as error:
            log.warning("%s, as set in Slack, is not used: %s", name, error)
    return replace(settings, **found) if found else settings


def settings_of(engine: Engine, workspace_id: int, settings: Settings) -> Settings:
    """The same, on a connection of its own."""
    with engine.connect() as connection:
        return settings_in(connection, workspace_id, settings)


def change(
    connection: Connection, workspace_id: int, settings: Settings, given: Mapping[str, str], by: str, at: datetime
) -> list[LoggedChange]:
    """An admin sets what is `given`, by name; an empty text clears it, so that the environment's counts again.

    Raises UserError for somebody who is no admin, WrongSettings with all that cannot be meant.
    """
    admins = settings_in(connection, workspace_id, settings).admins
    if by not in admins:
        raise admins_alone(CHANGING, admins)
    if wrong := faults(given, by, settings):
        raise WrongSettings(wrong)
    wanted = {name: raw.strip() or None for name, raw in given.items()}
    return change_settings(connection, workspace_id, wanted, by, at)


def faults(given: Mapping[str, str], by: str, settings: Settings) -> dict[str, str]:
    """What is wrong with values, by the setting's name."""
    wrong: dict[str, str] = {}
    for name, raw in given.items():
        try:
            value = declaration(FIELDS[name]).parse(raw.strip()) if raw.strip() else None
        except ValueError as error:
            wrong[name] = str(error)
            continue
        if name == ADMINS and by not in (settings.admins if value is None else values.emails(raw)):
            wrong[name] = "must name you too, so that nobody is locked out"
    return wrong


def shown(settings: Settings, name: str) -> str:
    """A setting's value as somebody would write it; "" where it is unset."""
    value = getattr(settings, FIELDS[name].name)
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    return "" if value is None else str(value)
