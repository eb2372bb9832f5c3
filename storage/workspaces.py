"""Which organisation a row belongs to, and the number that says when its answers may have changed."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, exists, insert, or_, select, update

from storage.errors import UnknownWorkspace
from storage.tables import Person, Team, UsageFact, WorkFact, Workspace


def default_workspace(connection: Connection) -> int:
    """The workspace of an organisation that is alone here; the first migration made it."""
    found = connection.scalar(select(Workspace.id).order_by(Workspace.id).limit(1))
    return found if found is not None else add_workspace(connection)


def chosen(connection: Connection, said: str) -> int:
    """The workspace that somebody names by its name, its Slack team or its number; "" is the default one.

    Raises UnknownWorkspace.
    """
    if not said:
        return default_workspace(connection)
    rows = connection.execute(
        select(Workspace.id, Workspace.name, Workspace.slack_team_id).order_by(Workspace.id)
    ).all()
    for id_, name, slack_team in rows:
        if said in (str(id_), slack_team) or said.casefold() == name.casefold():
            return int(id_)
    known = ", ".join(name or slack_team or str(id_) for id_, name, slack_team in rows)
    raise UnknownWorkspace(f"there is no workspace {said}; there are: {known}")


def all_workspaces(connection: Connection) -> list[int]:
    """The numbers of all of them."""
    return [*connection.scalars(select(Workspace.id).order_by(Workspace.id))]


def are_bare(connection: Connection) -> bool:
    """Whether no workspace has a team, a person or a fact."""
    tables = (Team, Person, UsageFact, WorkFact)
    return not connection.scalar(select(or_(*(exists(select(table.workspace_id)) for table in tables))))


def for_slack_team(connection: Connection, slack_team_id: str) -> int | None:
    """The workspace of this Slack team, None where it installed nothing."""
    return connection.scalar(select(Workspace.id).where(Workspace.slack_team_id == slack_team_id))


def add_workspace(connection: Connection, slack_team_id: str | None = None, name: str = "") -> int:
    """A new, empty workspace."""
    values = {"slack_team_id": slack_team_id, "name": name}
    return connection.execute(insert(Workspace).values(values).returning(Workspace.id)).scalar_one()


def zone_of(connection: Connection, workspace_id: int) -> str:
    """The time zone that its days are cut in, "" before there is any."""
    return connection.scalar(select(Workspace.zone).where(Workspace.id == workspace_id)) or ""


def in_other_zones(engine: Engine, zone: str) -> list[int]:
    """The workspaces whose days are cut in another time zone."""
    with engine.connect() as connection:
        return [*connection.scalars(select(Workspace.id).where(Workspace.zone != zone).order_by(Workspace.id))]


def read_revision(connection: Connection, workspace_id: int) -> int:
    """The revision as this transaction sees it."""
    return connection.scalar(select(Workspace.revision).where(Workspace.id == workspace_id)) or 0


def bump_revision(connection: Connection, workspace_id: int) -> None:
    """Say that answers may differ from now on; belongs into every transaction that changes what they rest on."""
    connection.execute(update(Workspace).where(Workspace.id == workspace_id).values(revision=Workspace.revision + 1))
