"""Who may change a stage, and what a grant holds: scope, expiry, and the owner's word on what no outcome shows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.advice.ladder import CONFIRMED, GRANT_DAYS, PROPOSE
from bot.advice.page import decided, renewable
from bot.advice.survey import Survey
from bot.errors import UserError
from bot.questions.periods.labels import day_label
from storage.keep.advice import StageMove, members_on, save_move

LONGEST = 2_000  # characters of a text that an owner puts in
PROOF_DAYS = 90  # a try is as old as a grant at most
TRIED = {
    "execute": "the way back was tried on {on}: what it does can be rolled back",
    "audit": "an escalation to a person {how} on {on}, and worked",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What an owner says with an approval: the scope ("" is the workflow itself), for how many days, whether what the
    stage asks for beside evidence was done, on which day, and whether that was a drill."""

    scope: str = ""
    days: int = GRANT_DAYS
    confirmed: bool = False
    on: date | None = None
    drilled: bool = False


def is_owner(survey: Survey, name: str, by: str, admins: Collection[str]) -> bool:
    """Whether this person decides about the stage: the owner; where none is named an admin."""
    owner = survey.records[name].owner_email
    return bool(by) and (by == owner if owner else by in admins)


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do with a workflow: `act` on a suggestion and put values in, `decide` about its stage."""

    act: bool = True
    decide: bool = True


def rights(connection: Connection, survey: Survey, name: str, by: str, admins: Collection[str]) -> Rights:
    """What this person may do with a workflow."""
    team = survey.records[name].team
    decide = is_owner(survey, name, by, admins)
    member = team in members_on(connection, survey.directory.workspace_id, by, survey.as_of)
    return Rights(act=decide or by in admins or member, decide=decide)


def owner_words(survey: Survey, name: str) -> str:
    """Who decides about a workflow, by name; an admin where the catalogue names no owner."""
    email = survey.records[name].owner_email
    if not email:
        return "an admin, because no owner is named in the catalogue"
    person = survey.directory.person.get(email)
    return f"its owner ({person.name if person else email})"


def check_actor(
    connection: Connection, survey: Survey, name: str, by: str, admins: Collection[str], owner: bool
) -> None:
    """Raise UserError unless this person may act: who decides about the stage; for lesser things the team and admins
    too."""
    record, known = survey.records[name], rights(connection, survey, name, by, admins)
    if known.decide or (known.act and not owner):
        return
    who = owner_words(survey, name)
    if owner:
        raise UserError(f"The stage of {name} can be changed by {who} alone.")
    raise UserError(f"That is for {who} and for the people of {record.team or 'its team'} to decide.")


def proof_fault(to: str, on: date | None, today: date) -> str:
    """What is wrong with the day on which it was tried; "" for a stage that asks for nothing."""
    if to not in CONFIRMED:
        return ""
    if on is None:
        return "Say on which day."
    if on > today:
        return "That day is still to come."
    return f"That is more than {PROOF_DAYS} days ago: try it again." if (today - on).days > PROOF_DAYS else ""


def approve(connection: Connection, survey: Survey, name: str, to: str, by: str, at: datetime, granted: Granted) -> str:
    """Promote, or renew what is granted, where the evidence still says so and what no outcome shows is confirmed."""
    decision, _ = decided(survey, name)
    renewed = to == survey.stage(name) and renewable(survey, name, decision) is not None
    if not renewed and (decision.decision != PROPOSE or decision.to != to):
        raise UserError(f"This proposal no longer stands: {decision.why}.")
    if to in CONFIRMED and not granted.confirmed:
        raise UserError(f"{to.capitalize()} needs your word that {CONFIRMED[to]}.")
    if fault := proof_fault(to, granted.on, survey.as_of):
        raise UserError(f"{to.capitalize()} needs your word that {CONFIRMED[to]}. {fault}")
    if not 1 <= granted.days <= GRANT_DAYS:
        raise UserError(f"A grant holds for 1 to {GRANT_DAYS} days.")
    expires = survey.as_of + timedelta(days=granted.days)
    evidence, record = survey.evidence(name), survey.records[name]
    bounds = granted.scope.strip()[:LONGEST] or f"only {name}" + (f" of {record.team}" if record.team else "")
    since = f"renewed: {evidence.accepted:g} of {evidence.verified:g} verified runs succeeded at {to} so far"
    how = "was drilled" if granted.drilled else "happened"
    words = [
        since if renewed else decision.why,
        TRIED.get(to, "").format(on=granted.on and day_label(granted.on), how=how),
    ]
    why = "; ".join(filter(None, words))
    move(connection, survey, name, to, by, "granted", why, at, scope=bounds, expires=expires, rate=evidence.rate)
    return f"{name} is at {to} {'still' if renewed else 'now'}, until {day_label(expires)}. Scope: {bounds}."


def remark(connection: Connection, survey: Survey, name: str, cause: str, why: str, by: str, at: datetime) -> str:
    """A line in the history that moves nothing."""
    stage = survey.stage(name)
    move(connection, survey, name, stage, by, cause, why.strip()[:LONGEST], at)
    return f"{name} stays at {stage}; that is in its history."


def move(
    connection: Connection,
    survey: Survey,
    name: str,
    to: str,
    by: str,
    cause: str,
    why: str,
    at: datetime,
    scope: str = "",
    expires: date | None = None,
    rate: float | None = None,
) -> None:
    """A line in the history; where it leads to another stage, that is the workflow's from now on."""
    made = StageMove(
        workflow=name,
        day=survey.as_of,
        at=at,
        from_stage=survey.stage(name),
        to_stage=to,
        by=by,
        cause=cause,
        why=why,
        scope=scope,
        expires=expires,
        rate=rate,
    )
    save_move(connection, survey.directory.workspace_id, made)
