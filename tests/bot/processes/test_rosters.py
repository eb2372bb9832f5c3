"""Where many workspaces installed the app, each has the roster that its own bot's token reads."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from slack_sdk.oauth.installation_store import Bot
from sqlalchemy import select

from bot.processes.rosters import InstalledRosters
from bot.processes.syncs import source_overviews
from bot.settings import Settings
from bot.slack.install.installations import Installations
from bot.slack.install.vault import StoreVault, box
from bot.sources.syncing.overview import OFF, WELL
from storage.engine import writing_engine
from storage.tables import Person
from storage.workspaces import default_workspace, for_slack_team
from tests.bot.sources.server import Call, Route, Vendor, VendorServer, opener
from tests.databases import fresh_store

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


class TwoSlacks(Vendor):
    """Each token sees the one member of its own workspace."""

    def is_let_in(self, call: Call) -> bool:
        return call.headers.get("authorization", "").startswith("Bearer xoxb-T")

    def routes(self) -> dict[str, Route]:
        def member(call: Call) -> object:
            team = call.headers["authorization"][-2:]
            profile = {"real_name": team, "email": f"{team}@x.example"}
            return {"ok": True, "members": [{"id": "U1", "team_id": team, "name": team, "profile": profile}]}

        return {
            "/auth.test": lambda call: {"ok": True, "team_id": call.headers["authorization"][-2:]},
            "/users.list": member,
            "/usergroups.list": lambda _call: {"ok": True, "usergroups": []},
        }


def test_each_workspace_has_the_roster_of_its_own_token(tmp_path: Path) -> None:
    with VendorServer(TwoSlacks()) as server, fresh_store("sqlite", tmp_path) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            default_workspace(connection)
        installed = Installations(StoreVault(engine, box("secret"), lambda: NOON), lambda: 0.0)
        for team in ("T1", "T2"):
            bot = Bot(team_id=team, bot_token=f"xoxb-{team}", bot_id="B", bot_user_id="U", installed_at=0.0)
            installed.save_bot(bot)
        settings = Settings(sources={"SLACK_API_URL": server.url})
        rosters = InstalledRosters(
            settings=settings, engine=engine, installed=installed, now=lambda: NOON, open_http=opener()
        )

        rosters.sync()

        with engine.connect() as connection:
            for team in ("T1", "T2"):
                workspace_id = for_slack_team(connection, team)
                assert workspace_id is not None
                people = select(Person.email).where(Person.workspace_id == workspace_id)
                assert [*connection.scalars(people)] == [f"{team.lower()}@x.example"]
        look = source_overviews(settings, engine, lambda: NOON)
        slack, *_ = look(workspace_id or 0)
        assert (slack.name, slack.state) == ("slack", WELL)
        assert look(0)[0].state == OFF
        engine.dispose()
