"""The labelled sets and the organisations that they are asked of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.questions.reader.schema import REFUSALS
from bot.questions.reader.trained import Thread
from bot.questions.reading import World
from bot.questions.training.labels import Example, example
from bot.questions.training.notation import Gold, Line, lines_of, query_of
from storage.names import Directory, PersonName, TeamName, WorkflowName
from storage.query import Query

AS_OF = date(2026, 11, 18)
FIRST_DAY = date(2026, 2, 2)
DEVELOPMENT = ("b2", "d1")  # strangers' sets on which thresholds are set; in the training of the final weights
LENT = {  # sets about another's organisation
    "widened": "harbourline",
    "second_holdout": "holdout",
    "hurried": "holdout",
    "written/chips": "strangers/c1",
    "written/games": "strangers/a2",
    "written/campus": "strangers/c2",
    "written/ward": "strangers/a1",
    "written/rails": "strangers/b1",
    "written/pay": "strangers/d2",
}
_LISTED = ("tool", "provider", "model", "title", "location")


@dataclass(frozen=True)
class Set:
    """Lines with their organisation; `contexts` hold what the earlier turns of its threads mean."""

    name: str
    directory: Directory
    lines: tuple[Line, ...]
    contexts: dict[tuple[str, ...], Gold]

    def before(self, turns: tuple[str, ...]) -> Query | None:
        """The query of the turns before, where it is known; refused turns are passed over."""
        while turns:
            gold = self.contexts.get(turns)
            if gold is not None and gold.answered:
                return query_of(gold)
            turns = turns[:-1] if gold is not None else ()
        return None

    def example(self, turns: tuple[str, ...], gold: Gold, asker: str | None) -> Example | None:
        """The example of a thread's last turn; None where it is not known what it follows."""
        known = [self.contexts.get(turns[:end]) for end in range(1, len(turns))]
        if None in known:
            return None
        before = self.before(turns[:-1])
        thread = Thread(before, self.before(turns[:-2]) if before is not None else None)
        if known and known[-1] is not None and known[-1].status in REFUSALS:
            thread = replace(thread, open=turns[-2])
        return example(turns[-1], gold, World(self.directory, AS_OF, asker), thread, self.name)


def organisation(file: Path) -> Directory:
    """An invented organisation as JSON: teams, people, workflows and the values of the other dimensions."""
    data = json.loads(file.read_text("utf-8"))
    teams = (
        TeamName(number, name, parent, tuple(filter(None, aliases.split("|"))))
        for number, (name, parent, aliases) in enumerate(data["teams"], 1)
    )
    people = (
        PersonName(number, email(name, data["domain"]), name, kind, (team,), "")
        for number, (name, team, kind) in enumerate(data["people"], 1)
    )
    first = date.fromisoformat(data.get("first", FIRST_DAY.isoformat()))
    return Directory(
        workspace_id=1,
        revision=1,
        teams=tuple(teams),
        people=tuple(people),
        workflows=tuple(WorkflowName(*workflow) for workflow in data["workflows"]),
        values={name: tuple(sorted(data[name].split("|"))) for name in _LISTED}
        | {"mode": ("agent", "chat", "completion"), "kind": ("agent", "contractor", "employee")}
        | {"activity": tuple(sorted({workflow[2] for workflow in data["workflows"]}))},
        usage=(first, AS_OF),
        work=(first, AS_OF),
    )


def email(name: str, domain: str) -> str:
    """The address of somebody invented."""
    local = "".join(char for char in name.casefold().replace(" ", ".") if char.isascii() and char not in "'’()")
    return f"{local}@{domain}"


def sets_in(folder: Path) -> Iterator[Set]:
    """All sets of a folder: NAME.txt with its organisation's JSON, and the contexts of contexts/NAME.txt."""
    for text in sorted(folder.rglob("*.txt")):
        if text.parent.name == "contexts":
            continue
        name = str(text.relative_to(folder).with_suffix(""))
        contexts = folder / "contexts" / f"{name.replace('/', '-')}.txt"
        held = {line.turns: line.gold for line in lines_of(contexts)} if contexts.exists() else {}
        file = folder / f"{LENT.get(name, name)}.json"
        yield Set(name, organisation(file), tuple(lines_of(text)), held)


def examples_of(paraphrase_set: Set) -> Iterator[Example]:
    """The examples of a set: its lines, and the earlier turns of its threads."""
    askers = {line.turns[:end]: line.asker for line in paraphrase_set.lines for end in range(len(line.turns))}
    turns = [(line.turns, line.gold, line.asker) for line in paraphrase_set.lines]
    turns += [(said, gold, askers.get(said)) for said, gold in paraphrase_set.contexts.items()]
    for said, gold, asker in turns:
        made = paraphrase_set.example(said, gold, asker)
        if made is not None:
            yield made
