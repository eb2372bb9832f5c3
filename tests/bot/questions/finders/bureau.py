"""An invented bureau whose names are words, months and parts of one another."""

from __future__ import annotations

from bot.questions.finders.marking import Mention, mark
from bot.questions.reading import World
from storage.names import Directory, PersonName, TeamName, WorkflowName
from tests.bot.questions.organisations import AS_OF

FIRST = AS_OF.replace(month=2, day=2)
_PEOPLE = (
    ("May Lind", "Web", "employee"),
    ("April Jones", "Web", "employee"),
    ("June Park", "Data", "employee"),
    ("Will Moss", "Growth", "employee"),
    ("Clip Bot", "Web", "agent"),
)


def world(asker: str | None = None) -> World:
    """The bureau on the day asked."""
    names = ("Web", "Data", "Growth", "Cost Control", "Support")
    directory = Directory(
        workspace_id=1,
        revision=1,
        teams=tuple(
            TeamName(number, name, "", ("RevOps",) if name == "Growth" else ()) for number, name in enumerate(names, 1)
        ),
        people=tuple(
            PersonName(number, f"{name.lower().replace(' ', '.')}@bureau.example", name, kind, (team,), "")
            for number, (name, team, kind) in enumerate(_PEOPLE, 1)
        ),
        workflows=(
            WorkflowName("price review", "Web", "analysis"),
            WorkflowName("contract review", "Data", "analysis"),
            WorkflowName("weekly report", "Growth", "summary"),
        ),
        values={
            "tool": ("chatgpt", "cursor"),
            "provider": ("openai",),
            "model": ("claude-opus-4-5", "gpt-5.1"),
            "title": ("Chief of Staff", "Executive Assistant"),
            "location": ("Bath", "Remote"),
            "mode": ("agent", "chat", "completion"),
            "kind": ("agent", "contractor", "employee"),
            "activity": ("analysis", "summary"),
        },
        usage=(FIRST, AS_OF),
        work=(FIRST, AS_OF),
    )
    return World(directory, AS_OF, asker)


def mentions(text: str, asker: str | None = None) -> list[Mention]:
    """The mentions of a message."""
    return mark(text, world(asker)).mentions


def found(text: str, kind: str) -> list[tuple[str, ...]]:
    """The values of the mentions of a kind that are surely meant."""
    return [mention.values for mention in mentions(text) if mention.kind == kind and not mention.doubtful]


def doubted(text: str, kind: str) -> list[tuple[str, ...]]:
    """The values of the mentions of a kind that may be only words."""
    return [mention.values for mention in mentions(text) if mention.kind == kind and mention.doubtful]
