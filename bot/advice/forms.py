"""From the fields of a form to a row of the catalogue, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.advice.decisions import faults
from bot.advice.granting import Granted, proof_fault
from bot.advice.inputs import triangle_of
from bot.advice.ladder import GRANT_DAYS
from bot.advice.seed import SEEDS
from storage.records import WorkflowRecord

LONGEST_NAME = 200


def wrong_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, by field; for forms with true values."""
    return {name: found[0] for name, value in fields.items() if (found := faults({name: value}))}


def wrong_workflow(fields: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a new workflow, by field."""
    wrong = wrong_fields({name: value for name, value in fields.items() if name in ("minutes", "volume")})
    if not fields.get("name") and not fields.get("seed"):
        wrong["name"] = "Give it a name, or start from one of the list."
    if len(fields.get("name", "")) > LONGEST_NAME:
        wrong["name"] = f"At most {LONGEST_NAME} characters."
    return wrong


def numbers_of(fields: Mapping[str, str]) -> dict[str, str]:
    """What was said of a new workflow that its row does not hold: how often it comes."""
    return {name: fields[name] for name in ("volume",) if fields.get(name)}


def wrong_approval(fields: Mapping[str, str], to: str, today: date) -> dict[str, str]:
    """What is wrong with an approval, by field."""
    fault = proof_fault(to, day_of(fields.get("on", "")), today)
    return {"on": fault} if fault else {}


def granted_of(fields: Mapping[str, str]) -> Granted:
    """The grant that sound fields stand for."""
    days = fields.get("days", "")
    return Granted(
        scope=fields.get("scope", ""),
        days=int(days) if days.isdecimal() else GRANT_DAYS,
        confirmed="confirmed" in fields,
        on=day_of(fields.get("on", "")),
        drilled="drill" in fields.get("how", ""),
    )


def day_of(text: str) -> date | None:
    """A day as YYYY-MM-DD; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def workflow_of(fields: Mapping[str, str], owner: str) -> WorkflowRecord:
    """The row that sound fields stand for: the seed's values where there is one, and over them what was filled in."""
    seed = next((seed for seed in SEEDS if seed.name == fields.get("seed")), None)
    team = fields.get("team", "")
    start = seed.record(team) if seed else WorkflowRecord(name=fields["name"], team=team)
    plain = ("name", "activity", "description", "reversible", "verifiable", "data_ready", "exposure")
    said: dict[str, Any] = {name: fields[name] for name in plain if fields.get(name)}
    if fields.get("error_class"):
        said["error_class"] = int(fields["error_class"])
    if fields.get("minutes"):
        minutes = triangle_of(fields["minutes"])
        said |= {"minutes_low": minutes.low, "minutes_mode": minutes.mode, "minutes_high": minutes.high}
    return replace(start, owner_email=owner, **said)
