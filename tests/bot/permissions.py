"""Who is answered what and where, under each policy: asked of the real pipeline over the sample organisation.

`python -m tests.bot.permissions` writes the table of SECURITY.md anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from bot.cli.commands import Asking
from bot.cli.demo import import_sample
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.request import AskRequest
from bot.settings import PeoplePolicy, Settings
from storage.names import PersonName, read_directory
from tests.shared import ROOT

DAY = date(2026, 11, 18)
PAPER = ROOT / ".github/SECURITY.md"
HELD = re.compile(r"(?<=<!-- held: permissions -->\n).*?(?=\n<!-- end -->)", re.DOTALL)
WHAT = {
    "a figure of the organisation": "tokens last month",
    "one's own figure": "my tokens last month",
    "somebody else's figure": "tokens of {person} last month",
    "people, ranked": "top 3 people by tokens last month",
}
ROLES = ("an admin", "their manager", "a colleague", "somebody not on the roster")
PLACES = {"private": Audience.PRIVATE, "channel": Audience.MEMBERS, "guests": Audience.OPEN}
Cell = tuple[str, str, PeoplePolicy]  # what, role, policy


def cells() -> list[Cell]:
    """Every cell of the table."""
    return list(product(WHAT, ROLES, get_args(PeoplePolicy)))


class Company:
    """The sample organisation under each policy, with somebody in each role."""

    def __init__(self, store: Path | str) -> None:
        url = f"sqlite:///{store}" if isinstance(store, Path) else store
        with (
            closing(Asking(Settings(database_url=url), as_of=DAY, mode="rules")) as first,
            first.reading.connect() as it,
        ):
            people = read_directory(it, first.workspace_id).people
            theirs, self.emails = _roles(people)
            asked = WHAT["somebody else's figure"]
            self.person = next(name for name in theirs if _shows(first.ask(asked.format(person=name))))
        admins = frozenset({self.emails["an admin"]})
        self._asking: Mapping[PeoplePolicy, Asking] = {
            policy: Asking(Settings(database_url=url, people=policy, admins=admins), as_of=DAY, mode="rules")
            for policy in get_args(PeoplePolicy)
        }

    def close(self) -> None:
        """Let go of the store."""
        for asking in self._asking.values():
            asking.close()

    def told(self, cell: Cell) -> str:
        """What comes of asking it in each place: shown there, to the asker alone, or not at all."""
        return " · ".join(self._told(cell, audience) for audience in PLACES.values())

    def _told(self, cell: Cell, audience: Audience) -> str:
        what, role, policy = cell
        asking = self._asking[policy]
        answer = asking.questions.ask(
            AskRequest(
                workspace_id=asking.workspace_id,
                text=WHAT[what].format(person=self.person),
                asker_email=self.emails[role],
                audience=audience,
                as_of=DAY,
            )
        )
        return _outcome(answer)


def _outcome(answer: Answer) -> str:
    if not _shows(answer):
        return "no"
    return "alone" if answer.private else "yes"


def _shows(answer: Answer) -> bool:
    """Whether it has a figure; nobody is asked about here whose own is 0."""
    return answer.status is Status.ANSWERED and any(value for row in answer.rows for value in row.values.values())


def _roles(people: tuple[PersonName, ...]) -> tuple[list[str], dict[str, str]]:
    """Those of one manager, by name, and who stands how to them."""
    boss, _ = Counter(person.manager for person in people if person.manager).most_common(1)[0]
    theirs = [person for person in people if person.manager == boss]
    teams = {team for person in theirs for team in person.teams}
    others = [
        person.email
        for person in people
        if person.manager not in ("", boss) and person.email != boss and teams.isdisjoint(person.teams)
    ]
    emails = (others[0], boss, others[-1], "nobody@elsewhere.example")
    return [person.name for person in theirs], dict(zip(ROLES, emails, strict=True))


def table(company: Company) -> str:
    """The table, in Markdown."""
    return "\n".join(_lines(company))


def _lines(company: Company) -> Iterator[str]:
    policies = get_args(PeoplePolicy)
    yield f"| what is asked | by | {' | '.join(f'`{policy}`' for policy in policies)} |"
    yield f"| --- | --- |{' --- |' * len(policies)}"
    for what, role in product(WHAT, ROLES):
        yield f"| {what} | {role} | {' | '.join(company.told((what, role, policy)) for policy in policies)} |"


def read() -> dict[Cell, str]:
    """The table of the paper, by cell."""
    found = HELD.search(PAPER.read_text("utf-8"))
    assert found, "SECURITY.md has no table of permissions"
    out: dict[Cell, str] = {}
    for line in found[0].splitlines()[2:]:
        what, role, *told = (part.strip() for part in line.strip("|").split("|"))
        out |= {(what, role, policy): said for policy, said in zip(get_args(PeoplePolicy), told, strict=True)}
    return out


def main() -> None:
    """Write the table anew."""
    with TemporaryDirectory() as folder:
        store = Path(folder) / "fulcrum.db"
        import_sample(Path(folder) / "files", store, DAY)
        with closing(Company(store)) as company:
            PAPER.write_text(HELD.sub(lambda _: table(company), PAPER.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
