"""What can go wrong, named for who acts: the asker, whoever set the bot up, or us (everything else)."""

from __future__ import annotations


class UserError(Exception):
    """What went wrong and what to try next, in one or two plain sentences that a person may read."""


class SettingsError(Exception):
    """Settings that cannot be used; every bad one is named, one a line, and no value of a secret is in it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("These settings need attention:\n" + "\n".join(f"  {problem}" for problem in problems))
        self.problems = tuple(problems)


class NotReady(Exception):
    """The process cannot serve yet; the message says what is missing."""
