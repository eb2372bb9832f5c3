"""Exports of HR systems as a roster: Workday's worker report, BambooHR's employees and their job history.

Each row says how somebody is employed from a day on, so that they give the past as it was. The days between somebody's
first one and the first that a row tells the team of are spent in no team.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.sources.files import values
from bot.sources.files.problems import BadRow
from bot.sources.files.reading import Columns, CsvFile
from bot.sources.files.sniffing import column
from bot.sources.worker_types import kind_of
from storage.load.teams import NO_TEAM
from storage.roster_records import SpellRecord

ORDER = (
    *("record", "number", "email", "name", "team", "title", "kind", "location", "manager"),
    *("start_date", "end_date", "from"),
)
WORKDAY = Columns(
    known=("number", "email", "team", "start_date", "from"),
    needed=("number", "email", "team", "start_date", "from"),
    optional=ORDER,
    aliases={
        "employee_id": "number",
        "email_work": "email",
        "worker": "name",
        "supervisory_organization": "team",
        "job_profile": "title",
        "worker_type": "kind",
        "manager_id": "manager",
        "hire_date": "start_date",
        "termination_date": "end_date",
        "effective_date": "from",
    },
)
BAMBOO = Columns(
    known=("record", "email", "start_date"),
    needed=("record", "email", "start_date"),
    optional=ORDER,
    aliases={
        "id": "record",
        "employeenumber": "number",
        "workemail": "email",
        "displayname": "name",
        "department": "team",
        "jobtitle": "title",
        "supervisoreid": "manager",
        "hiredate": "start_date",
        "terminationdate": "end_date",
    },
)
BAMBOO_JOBS = Columns(
    known=("record", "from", "team"),
    needed=("record", "from", "team"),
    optional=ORDER,
    aliases={"employeeid": "record", "date": "from", "department": "team", "jobtitle": "title"},
)
# What tells each from other files.
NEEDS: Mapping[str, tuple[Columns, frozenset[str]]] = {
    "workday": (WORKDAY, frozenset({"employee_id", "supervisory_organization", "hire_date", "effective_date"})),
    "bamboohr": (BAMBOO, frozenset({"workemail", "hiredate"})),
    "bamboohr jobs": (BAMBOO_JOBS, frozenset({"employeeid", "jobtitle", "reportsto", "date"})),
}
KINDS: Mapping[str, Columns] = {kind: columns for kind, (columns, _) in NEEDS.items()}
HEADINGS = frozenset().union(*(needs for _, needs in NEEDS.values()))
EMPTY_DAY = "0000-00-00"
IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")  # Workday puts a team's manager behind its name
DAY = timedelta(days=1)

Told = tuple[CsvFile, int, SpellRecord]


@dataclass(frozen=True, slots=True)
class JobState:
    """How somebody is employed from a day on, and the row that says so."""

    file: CsvFile
    line: int
    start: date
    team: str
    title: str
    location: str


@dataclass(slots=True)
class Worker:
    """Somebody of an export; `states` are those that the export has of them."""

    file: CsvFile
    line: int
    email: str
    name: str
    kind: str
    manager: str
    start: date
    end: date | None
    states: list[JobState] = field(default_factory=list)


@dataclass(slots=True)
class Staff:
    """Everybody of the HR exports of one import; `awaited` of its files are still to come."""

    awaited: int = 0
    workers: dict[tuple[str, str], Worker] = field(default_factory=dict)
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)  # an employee's number to the address
    jobs: dict[str, list[JobState]] = field(default_factory=lambda: defaultdict(list))

    def read(self, kind: str, file: CsvFile) -> None:
        """Take one file; its bad rows are rejected."""
        take: Callable[[CsvFile, int, dict[str, str]], None] = {
            "workday": self._workday,
            "bamboohr": self._bamboo,
            "bamboohr jobs": self._job,
        }[kind]
        for line, fields in file.rows(ORDER):
            try:
                take(file, line, dict(zip(ORDER, fields, strict=True)))
            except BadRow as bad:
                file.problems.reject(line, str(bad))
        self.awaited -= 1

    def spells(self) -> list[Told]:
        """Everybody's spells, each with its row. Of somebody in two exports the one with more history counts."""
        for record, states in self.jobs.items():
            worker = self.workers.get(("bamboohr", record))
            if worker is not None:
                worker.states = states
            else:
                for state in states:
                    state.file.problems.reject(state.line, f"no employee of the files has the id {record}")
        by_email: dict[str, tuple[str, Worker]] = {}
        for (system, _), worker in self.workers.items():
            other = by_email.get(worker.email)
            if other is None or len(other[1].states) < len(worker.states):
                by_email[worker.email] = system, worker
        return [told for system, worker in by_email.values() for told in self._of(system, worker)]

    def _of(self, system: str, worker: Worker) -> Iterator[Told]:
        manager = self.numbers.get((system, worker.manager), worker.manager if "@" in worker.manager else "")
        states = sorted(worker.states, key=lambda state: state.start)
        if worker.start < states[0].start:
            yield worker.file, worker.line, _spell(worker, manager, NO_TEAM, worker.start, states[0].start - DAY)
        for place, state in enumerate(states):
            ends = [worker.end] if worker.end else []
            ends += [states[place + 1].start - DAY] if place + 1 < len(states) else []
            start, end = max(state.start, worker.start), min(ends, default=None)
            if end is None or start <= end:
                spell = _spell(worker, manager, state.team, start, end, state.title, state.location)
                yield state.file, state.line, spell

    def _workday(self, file: CsvFile, line: int, row: dict[str, str]) -> None:
        number = values.name(row["number"], "Employee_ID", needed=True)
        worker = self.workers.setdefault(("workday", number), self._worker("workday", file, line, row))
        worker.states.append(_state(file, line, row, _day(row["from"], "Effective_Date", file) or worker.start))

    def _bamboo(self, file: CsvFile, line: int, row: dict[str, str]) -> None:
        record = values.name(row["record"], "id", needed=True)
        worker = self._worker("bamboohr", file, line, row)
        worker.states.append(_state(file, line, row, worker.start))
        self.workers["bamboohr", record] = worker

    def _job(self, file: CsvFile, line: int, row: dict[str, str]) -> None:
        start = _day(row["from"], "date", file)
        if start is None:
            raise BadRow("date is empty")
        self.jobs[values.name(row["record"], "employeeId", needed=True)].append(_state(file, line, row, start))

    def _worker(self, system: str, file: CsvFile, line: int, row: dict[str, str]) -> Worker:
        email = values.email(row["email"], "e-mail", needed=True)
        start, end = _day(row["start_date"], "hire date", file), _day(row["end_date"], "termination date", file)
        if start is None:
            raise BadRow("the hire date is empty")
        if end and end < start:
            raise BadRow(f"the termination date {end} is before the hire date {start}")
        if number := row["number"].strip():
            self.numbers[system, number] = email
        name = values.name(row["name"], "name")
        return Worker(file, line, email, name or email, row["kind"], row["manager"].strip(), start, end)


def recognise(header: Sequence[str]) -> str:
    """Which HR export's headings these are, "" where none's."""
    names = {column(name) for name in header}
    return next((kind for kind, (_, needs) in NEEDS.items() if names >= needs), "")


def _state(file: CsvFile, line: int, row: dict[str, str], start: date) -> JobState:
    team = IN_BRACKETS.sub("", values.name(row["team"], "team"))
    return JobState(
        file, line, start, team or NO_TEAM, values.name(row["title"], "title"), values.name(row["location"], "location")
    )


def _spell(
    worker: Worker, manager: str, team: str, start: date, end: date | None, title: str = "", location: str = ""
) -> SpellRecord:
    return SpellRecord(
        email=worker.email,
        name=worker.name,
        team=team,
        title=title,
        manager_email=manager.lower(),
        kind=kind_of(worker.kind),
        location=location,
        start=start,
        end=end,
        makes_team=True,
    )


def _day(text: str, what: str, file: CsvFile) -> date | None:
    text = text.strip()
    return None if not text or text == EMPTY_DAY else values.day(text, what, file.order)
