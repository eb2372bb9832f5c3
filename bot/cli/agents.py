"""`fulcrum mcp`: the server for agents, and the tokens that they come with."""

from __future__ import annotations

import argparse
from contextlib import closing
from importlib.util import find_spec

from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection

from bot.cli.commands import Asking
from bot.errors import UserError
from bot.processes.store import clock, open_for_writing
from bot.settings import Settings
from bot.settings.workspace import settings_in
from storage import workspaces
from storage.keep import agent_tokens
from storage.names import read_directory

MISSING = (
    "`fulcrum mcp` needs the package mcp, which is not installed. Install it with: pip install 'fulcrum-bot[mcp]' "
    "(in a checkout: pip install -e '.[mcp]')"
)


def run(settings: Settings, parsed: argparse.Namespace) -> int:
    """Serve agents, or make, list or revoke a token."""
    if parsed.action is None:
        return _serve(settings, parsed)
    with open_for_writing(settings).begin() as connection:
        workspace_id = workspaces.chosen(connection, settings.workspace)
        if parsed.action == "token":
            _make(connection, workspace_id, parsed.email)
        elif parsed.action == "tokens":
            _list(connection, workspace_id, _own(connection, workspace_id, settings, parsed.person))
        else:
            _revoke(connection, workspace_id, parsed.id, _own(connection, workspace_id, settings, parsed.person))
    return 0


def _serve(settings: Settings, parsed: argparse.Namespace) -> int:
    if find_spec("mcp") is None:
        raise UserError(MISSING)
    # The package takes a second to import; the commands for tokens do without it.
    from bot.mcp_server.desk import AgentDesk, Principal
    from bot.mcp_server.server import build

    with closing(Asking(settings, as_of=parsed.as_of)) as asking:
        desk = AgentDesk(asking.questions, parsed.as_of, clock)
        if not parsed.http:
            email = _known(asking, parsed.as_email) if parsed.as_email else None
            build(desk, lambda _: Principal(asking.workspace_id, email)).run("stdio")
            return 0
        if parsed.as_email:
            raise UserError("Over HTTP each agent asks as the person of its token; leave --as out.")
        import uvicorn

        from bot.mcp_server.http import app, principal_of

        def find(token: str) -> Principal | None:
            with asking.reading.connect() as connection:
                found = agent_tokens.bearer_of(connection, token)
            return Principal(found.workspace_id, found.email) if found else None

        served = app(build(desk, principal_of), find, parsed.host, parsed.port, parsed.known_as)
        uvicorn.run(served, host=parsed.host, port=parsed.port, log_level="warning")
    return 0


def _known(asking: Asking, email: str) -> str:
    with asking.reading.connect() as connection:
        return _on_roster(connection, asking.workspace_id, email)


def _on_roster(connection: Connection, workspace_id: int, email: str) -> str:
    email = email.strip().lower()
    if email not in read_directory(connection, workspace_id, None).person:
        raise UserError(f"Nobody with the e-mail {email} is in the roster.")
    return email


def _own(connection: Connection, workspace_id: int, settings: Settings, person: str | None) -> str:
    """Whose tokens somebody may see and revoke: their own; "" is everybody's, for the operator and for admins."""
    if person is None:
        return ""
    email = _on_roster(connection, workspace_id, person)
    return "" if email in settings_in(connection, workspace_id, settings).admins else email


def _make(connection: Connection, workspace_id: int, email: str) -> None:
    email = _on_roster(connection, workspace_id, email)
    token = agent_tokens.make(connection, workspace_id, email, clock())
    print(token)
    Console(stderr=True).print(
        f"An agent with this token asks as {email}. It is shown this once; `fulcrum mcp tokens` lists it without it.",
        highlight=False,
        markup=False,
    )


def _list(connection: Connection, workspace_id: int, email: str) -> None:
    found = agent_tokens.active(connection, workspace_id, email)
    if not found:
        print("There is no token. Make one with: fulcrum mcp token EMAIL")
        return
    table = Table("id", "person", "made", box=None, pad_edge=False)
    for token in found:
        table.add_row(str(token.id), token.email, f"{token.made_at:%Y-%m-%d}")
    Console().print(table)


def _revoke(connection: Connection, workspace_id: int, token_id: int, email: str) -> None:
    if not agent_tokens.revoke(connection, workspace_id, token_id, clock(), email):
        raise UserError(f"There is no token {token_id} that you may revoke; list them with: fulcrum mcp tokens")
    print(f"Token {token_id} is revoked: it is refused from now on.")
