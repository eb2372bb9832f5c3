"""Where installations are kept, in memory."""

from __future__ import annotations

from bot.slack.install.installations import InstalledBot


class MemoryVault:
    """A vault in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], InstalledBot] = {}
        self.spent: set[str] = set()

    def put(self, bot: InstalledBot) -> None:
        self.kept[bot.enterprise_id, bot.team_id] = bot

    def get(self, enterprise_id: str, team_id: str) -> InstalledBot | None:
        return self.kept.get((enterprise_id, team_id))

    def drop(self, enterprise_id: str, team_id: str) -> None:
        self.kept.pop((enterprise_id, team_id), None)

    def spend(self, state: str) -> bool:
        first = state not in self.spent
        self.spent.add(state)
        return first
