"""How asking the model can fail, named by what follows from it."""

from __future__ import annotations

from enum import StrEnum


class Blame(StrEnum):
    """Who failed, and so what to do."""

    SERVER = "server"  # counts towards a pause
    REPLY = "reply"  # the server works, what it said is of no use
    ACCOUNT = "account"  # asking again soon cannot help: no quota, a refused key
    PAUSED = "paused"  # it was not asked at all


class ModelFailure(Exception):
    """No usable reply; `reason` holds none of the asker's words, none of the model's and no key."""

    def __init__(self, reason: str, blame: Blame = Blame.REPLY) -> None:
        super().__init__(reason)
        self.reason = reason
        self.blame = blame
