"""Who is answered what and where, under each policy: asked of the real pipeline over the sample organisation.

`python -m tests.bot.permissions` writes the tables of SECURITY.md anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from sqlalchemy import select

from bot.cli.commands import Asking
from bot.cli.demo import import_sample
from bot.errors import UserError
from bot.mcp_server.desk import AgentDesk, Principal
from bot.questions.answers.answer import Answer, Audience, Status
from bot.questions.answers.csv_file import csv_text
from bot.questions.answers.following import Following
from bot.questions.request import AskRequest
from bot.settings import PeoplePolicy, Settings
from bot.slack.saved.clock import SavedClock
from storage.keep import saved
from storage.keep.saved import Scheduled
from storage.names import PersonName, read_directory
from storage.tables import OutboxMessage
from tests.shared import ROOT

DAY = date(2026, 11, 18)
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
PAPER = ROOT / ".github/SECURITY.md"
HELD = r"(?<=<!-- held: {} -->\n).*?(?=\n<!-- end -->)"
PLACES_OF_CELLS, WAYS_OF_CELLS = "permissions", "permissions by way"
WHAT = {
    "a figure of the organisation": "tokens last month",
    "one's own figure": "my tokens last month",
    "somebody else's figure": "tokens of {person} last month",
    "people, ranked": "top 3 people by tokens last month",
}
ROLES = ("an admin", "their manager", "a colleague", "somebody not on the roster")
PLACES = {"private": Audience.PRIVATE, "channel": Audience.MEMBERS, "guests": Audience.OPEN}
WAYS = ("by an agent", "as a file", "pressed under their own answer", "saved, for a channel of members")
SAVED = len(WAYS) - 1
Cell = tuple[str, str, PeoplePolicy]  # what or which way, role, policy


def cells() -> list[Cell]:
    """Every cell of the table of what is asked where."""
    return list(product(WHAT, ROLES, get_args(PeoplePolicy)))


def ways() -> list[Cell]:
    """Every cell of the table of the other ways to somebody else's figure."""
    return list(product(WAYS, ROLES, get_args(PeoplePolicy)))


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
            self.own = next(person.email for person in people if person.name == self.person)
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
        request = self._request(WHAT[what].format(person=self.person), self.emails[role], policy, audience)
        return _outcome(self._asking[policy].questions.ask(request))

    def told_by(self, cell: Cell) -> str:
        """What comes of wanting somebody else's figure in a way that is no plain question."""
        way, role, policy = cell
        asking, email = self._asking[policy], self.emails[role]
        text = WHAT["somebody else's figure"].format(person=self.person)
        request = self._request(text, email, policy, Audience.PRIVATE)
        number = WAYS.index(way)
        if number == SAVED:
            return self._posted(request, policy)
        if number == 0:
            desk = AgentDesk(asking.questions, DAY, lambda: NOON)
            rows = desk.ask(Principal(asking.workspace_id, email), text, "")["rows"]
            return "yes" if any(any(row["values"].values()) for row in rows) else "no"
        if number == 1:
            try:
                return "yes" if csv_text(asking.questions.ask(request)) else "no"
            except UserError:
                return "no"
        own = asking.questions.ask(self._request(WHAT["one's own figure"], self.own, policy, Audience.PRIVATE))
        assert _shows(own)
        assert own.number
        return _outcome(asking.questions.again(request, own.number, Following.SAME)).replace("alone", "yes")

    def _posted(self, request: AskRequest, policy: PeoplePolicy) -> str:
        """Whether a saved question posts it in its channel; else its owner is told why not, without a figure."""
        asking = self._asking[policy]
        since = NOON - timedelta(days=1)
        wanted = Scheduled(
            workspace_id=request.workspace_id,
            email=request.asker_email or "",
            text=request.text,
            slack_team="T1",
            owner="U1",
            channel="C1",
            weekday=NOON.isoweekday(),
            minute=0,
            zone="UTC",
            since=since,
        )
        with asking.writing.begin() as connection:
            id_ = saved.save(connection, wanted)
        SavedClock(
            lambda asked: asking.questions.ask(replace(asked, as_of=DAY)),
            lambda *_: Audience.MEMBERS,
            asking.writing,
            lambda: NOON,
        ).tick()
        with asking.writing.begin() as connection:
            saved.end(connection, request.workspace_id, id_)
            posted = select(OutboxMessage.channel).where(OutboxMessage.key == f"saved:{id_}:{NOON:%Y-%m-%d}")
            return "yes" if connection.scalar(posted) == "C1" else "no"

    def _request(self, text: str, email: str, policy: PeoplePolicy, audience: Audience) -> AskRequest:
        workspace_id = self._asking[policy].workspace_id
        return AskRequest(workspace_id=workspace_id, text=text, asker_email=email, audience=audience, as_of=DAY)


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


def tables(company: Company) -> dict[str, str]:
    """Both tables, in Markdown, by the name they are held by."""
    return {
        PLACES_OF_CELLS: "\n".join(_lines("what is asked", WHAT, company.told)),
        WAYS_OF_CELLS: "\n".join(_lines("which way", WAYS, company.told_by)),
    }


def _lines(first: str, rows: Iterable[str], told: Callable[[Cell], str]) -> Iterator[str]:
    policies = get_args(PeoplePolicy)
    yield f"| {first} | by | {' | '.join(f'`{policy}`' for policy in policies)} |"
    yield f"| --- | --- |{' --- |' * len(policies)}"
    for row, role in product(rows, ROLES):
        yield f"| {row} | {role} | {' | '.join(told((row, role, policy)) for policy in policies)} |"


def read(held: str) -> dict[Cell, str]:
    """A table of the paper, by cell."""
    found = re.search(HELD.format(held), PAPER.read_text("utf-8"), re.DOTALL)
    assert found, f"SECURITY.md has no table of {held}"
    out: dict[Cell, str] = {}
    for line in found[0].splitlines()[2:]:
        what, role, *told = (part.strip() for part in line.strip("|").split("|"))
        out |= {(what, role, policy): said for policy, said in zip(get_args(PeoplePolicy), told, strict=True)}
    return out


def main() -> None:
    """Write the tables anew."""
    with TemporaryDirectory() as folder:
        store = Path(folder) / "fulcrum.db"
        import_sample(Path(folder) / "files", store, DAY)
        with closing(Company(store)) as company:
            text = PAPER.read_text("utf-8")
            for held, written in tables(company).items():
                text = re.sub(HELD.format(held), written.replace("\\", r"\\"), text, flags=re.DOTALL)
            PAPER.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
