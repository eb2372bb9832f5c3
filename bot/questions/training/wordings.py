"""Labelled questions from wordings by meaning: slots filled with the names of an organisation and phrases for times."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.questions.reader.trained import Thread
from bot.questions.reading import World
from bot.questions.training.edits import METRICS_OF_KIND, OF_USAGE, before, edited, has
from bot.questions.training.labels import Example, example
from bot.questions.training.notation import NAMED_PERIODS, Gold, gold_of, query_of
from bot.questions.training.phrases import phrases_of
from bot.questions.training.sets import AS_OF
from storage.names import Directory

TIMES = (
    ("last month", "lm"), ("in october", "oct"), ("in september", "sep"), ("last week", "lw"), ("q3", "q3"),
    ("in q3", "q3"),
    ("this month", "tm"), ("this week", "tw"), ("yesterday", "yest"), ("this year", "ytd"), ("in august", "aug"),
    ("last quarter", "q3"), ("in july", "jul"), ("so far this quarter", "qtd"), ("", "28"), ("", "28"),
    ("over the last 28 days", "28"), ("since august", "2026-08-01..2026-11-18"), ("today", "today"),
    ("in the past two weeks", "2026-11-02..2026-11-15"), ("during june", "jun"), ("the week before last", "wbl"),
    ("from 1 to 15 october", "2026-10-01..2026-10-15"), ("in week 44", "2026-10-26..2026-11-01"),
    ("last 7 days", "2026-11-11..2026-11-17"), ("for the month of september", "sep"), ("ytd", "ytd"),
    ("on 3 november", "2026-11-03..2026-11-03"), ("between july and september", "q3"),
)  # fmt: skip
LONG = (
    ("over the last 8 weeks", "2026-09-21..2026-11-15"), ("since july", "2026-07-01..2026-11-18"), ("in q3", "q3"),
    ("this year", "ytd"), ("since august", "2026-08-01..2026-11-18"), ("from july to september", "q3"), ("", "tr"),
    ("from may through october", "2026-05-01..2026-10-31"), ("last six weeks", "2026-10-05..2026-11-15"),
)  # fmt: skip
PAIRS = (
    ("in october compared with september", "oct", "sep"), ("last month vs the month before", "oct", "sep"),
    ("october versus september", "oct", "sep"), ("last week compared to the week before", "lw", "wbl"),
    ("in q3 against q2", "q3", "q2"), ("from september to october", "oct", "sep"), ("q3 vs q2", "q3", "q2"),
    ("between august and october", "oct", "aug"), ("october against august", "oct", "aug"),
    ("october on september", "oct", "sep"), ("q3 on q2", "q3", "q2"), ("in october next to september", "oct", "sep"),
    ("october minus september", "oct", "sep"), ("last month on the month before", "oct", "sep"),
    ("last week on the week before", "lw", "wbl"), ("september over august", "sep", "aug"),
    ("in october, set beside september", "oct", "sep"), ("in october relative to june", "oct", "jun"),
    ("last quarter versus the quarter before", "q3", "q2"), ("september compared to august", "sep", "aug"),
)  # fmt: skip
_TURNED = ("team", "tool", "location", "model", "person", "provider")
BASES = 80  # how many golds are looked at for one that fits
TRIES = 6  # how often a line is drawn, at most, for each example of it
_PEOPLE = ("team", "location", "title")
_PER_HEAD = ("tokens_per_employee", "cost_per_employee", "adoption_rate", "headcount", "requests_per_employee",
             "active_people", "inactive_people", "active_days_per_person")  # fmt: skip
_SLOT = re.compile(r"\{([^{}]*)\}")
_OFTEN = {"add": ("tokens", "cost"), "any": ("tokens", "cost", "tokens_per_employee", "adoption_rate")}
_SIZES = {"2m": 2e6, "500k": 5e5, "10 million": 1e7, "1,000": 1e3, "25000": 25e3, "750": 750, "1.5m": 1.5e6}
_COUNTS = {"3": 3, "five": 5, "4": 4, "10": 10, "two": 2, "7": 7, "three": 3, "six": 6}


@dataclass(slots=True)
class Filling:
    """What one drawn line's slots hold: what is said, and what it means."""

    directory: Directory
    metric: str
    dimension: str
    second: str
    asker: str
    own_team: str
    said: dict[str, str] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)


class Wordings:
    """Draws labelled questions from a file of wordings; follow-ups follow some of the golds given."""

    def __init__(self, file: Path, seed: int, bases: Sequence[tuple[Directory, Gold]]) -> None:
        self.random = random.Random(seed)
        self.lines: list[tuple[str, str]] = []
        self.bases = bases
        header = ""
        for line in file.read_text("utf-8").splitlines():
            if line.startswith(("= ", "+ ", "++ ")):
                mark, _, rest = line.partition(" ")
                header = mark + rest
            elif line and not line.startswith("#"):
                self.lines.append((header, line))

    def examples(self, directories: Sequence[Directory], each: int) -> Iterator[Example]:
        """Some of every line."""
        for header, line in self.lines:
            for _ in range(each):
                made = (
                    self._follow(header[1:], line) if header[0] == "+" else self._plain(header[1:], line, directories)
                )
                if made is not None and not made.gaps:
                    yield made

    def _plain(self, header: str, line: str, directories: Sequence[Directory]) -> Example | None:
        filled = self._fill(header, line, self.random.choice(directories))
        if filled is None:
            return None
        filling, text, wanted = filled
        wanted = _compared(wanted)
        asker = filling.asker if re.search(r"\b(?:my|i|me|mine)\b", line) else None
        world = World(directory=filling.directory, as_of=AS_OF, asker=asker)
        asked, _, reply = text.rpartition(" // ")
        return example(reply, gold_of(wanted), world, Thread(open=asked), "wordings")

    def _fill(self, header: str, line: str, directory: Directory, old: str = "") -> tuple[Filling, str, str] | None:
        """The line and its labels; `old` is the name that the turn before was about."""
        filling = self._filling(header, line, directory)
        filling.said["old"] = old
        if "{old}" in line and not old:
            return None
        if not self._names(header + " " + line, filling):
            return None
        text = _SLOT.sub(lambda slot: self._say(slot[1], filling), line)
        return filling, " ".join(text.split()), _SLOT.sub(lambda slot: _mean(slot, filling), header)

    def _filling(self, header: str, line: str, directory: Directory) -> Filling:
        pick = self.random.choice
        me = pick([person for person in directory.people if person.kind != "agent"])
        kind = next((slot[2:] for slot in _SLOT.findall(header + line) if slot.startswith("m.")), "")
        metric = ""
        if kind:
            often = kind in _OFTEN and self.random.random() < 0.4
            metric = pick(_OFTEN[kind] if often else METRICS_OF_KIND[kind])
        per_head = "{d.people}" in header or metric in _PER_HEAD
        dimension = pick(_PEOPLE if per_head else (*OF_USAGE, *_PEOPLE))
        second = pick([name for name in (*OF_USAGE, "team", "location") if name != dimension])
        out = Filling(directory, metric, dimension, second, me.email, me.teams[-1])
        for slots, (said, *meant) in ((("t",), pick(TIMES)), (("tt",), pick(LONG)), (("c1", "c2"), pick(PAIRS))):
            out.said["cc" if slots[0] == "c1" else slots[0]] = said
            out.meant |= dict(zip(slots, meant, strict=True))
        count, size, percent = pick(list(_COUNTS)), pick(list(_SIZES)), pick(["20", "40", "60", "75", "15", "30"])
        out.said |= {"k": count, "kk": size, "pp": percent, "d": dimension, "ds": f"{dimension}s", "d2": second}
        out.meant |= {"k": str(_COUNTS[count]), "kk": f"{_SIZES[size]:g}", "pp": percent, "d": dimension, "d2": second,
                      "me": me.email, "myteam": me.teams[-1], "m": metric}  # fmt: skip
        return out

    def _say(self, slot: str, filling: Filling) -> str:
        if "|" in slot:
            return self.random.choice(slot.split("|"))
        head = slot.partition(".")[0]
        if head == "m":
            return " ".join(self.random.choice(phrases_of("metrics")[filling.metric]))
        if head in filling.names:
            return self._cased(filling.names[head][1])
        if head in ("kind", "first"):
            kind, name = filling.names["n"]
            return kind if head == "kind" else name.split()[0]
        return filling.said[head]

    def _cased(self, name: str) -> str:
        return name.lower() if self.random.random() < 0.3 else name

    def _names(self, text: str, filling: Filling) -> bool:
        """Names for the slots n, n2 and p; False where the organisation has none that fit."""
        slots = [slot for slot in dict.fromkeys(_SLOT.findall(text)) if re.fullmatch(r"(?:n2?|p)(?:\.\w+)?", slot)]
        family = any(slot.startswith("p.") for slot in slots)
        for slot in sorted(slots, key=lambda name: "." not in name):
            head, _, kind = slot.partition(".")
            if head in filling.names:
                continue
            dimension = self.random.choice(_kinds_of(kind, filling.dimension))
            names = self._names_of(dimension, head, filling, family)
            if not names:
                return False
            filling.names[head] = ("person" if dimension == "twin" else dimension, self.random.choice(names))
        return len({name for _, name in filling.names.values()}) == len(filling.names)

    def _names_of(self, dimension: str, head: str, filling: Filling, family: bool) -> list[str]:
        directory = filling.directory
        if dimension == "workflow":
            return [workflow.name for workflow in directory.workflows]
        if dimension in ("person", "twin"):
            firsts = Counter(person.name.split()[0] for person in directory.people)
            return [
                person.name
                for person in directory.people
                if dimension == "person" or firsts[person.name.split()[0]] > 1
            ]
        if dimension != "team":
            return [value for value in directory.values.get(dimension, ()) if value]
        parents = [team.name for team in directory.teams if directory.children.get(team.name)]
        if head == "p":
            child = filling.names.get("n")
            return [directory.team[child[1]].parent or ""] if child and child[1] in directory.team else parents
        if family:
            above = filling.names.get("p")
            return [child for top in ([above[1]] if above else parents) for child in directory.children.get(top, ())]
        return [team.name for team in directory.teams]

    def _follow(self, header: str, line: str) -> Example | None:
        """A follow-up of one of the golds."""
        directory, found = self._base(header)
        base: Gold | None = found
        former: Gold | None = None
        if header.startswith("+") or self.random.random() < 0.3:  # after another follow-up
            former, base = found, self._turned(found, directory, header)
        if base is None or base.status != "figures" or (before := query_of(base)) is None:
            return None
        filled = self._fill(header.lstrip("+"), line, directory, _old(base))
        if filled is None:
            return None
        thread = Thread(before, query_of(former) if former is not None else None)
        _, text, edits = filled
        world = World(directory=directory, as_of=AS_OF)
        if edits.startswith(("unsupported", "clarify", "no_data", "told")):
            return example(text, gold_of(edits), world, thread, "wordings")
        wanted = edited(base, edits, former)
        if wanted is None or wanted == base:
            return None
        return example(text, wanted, world, thread, "wordings")

    def _base(self, header: str) -> tuple[Directory, Gold]:
        """A gold that has what the edits of a header need, if one is soon found."""
        needs = [need for said in re.findall(r"need=([^;]+)", header) for need in said.strip().split(",")]
        for _ in range(BASES):
            directory, base = self.random.choice(self.bases)
            if base.status == "figures" and all(has(base, need) for need in needs) and _pairs(header, base):
                break
        return directory, base

    def _turned(self, base: Gold, directory: Directory, header: str) -> Gold | None:
        """A gold after a first follow-up: another period, or another value of what is filtered."""
        kinds = [
            key
            for key in ("team", "tool", "location", "model", "person", "provider")
            if len(base.filters.get(key, ())) == 1
        ]
        if "both" in header and kinds:
            kind = self.random.choice(kinds)
            names = list(directory.team) if kind == "team" else list(directory.values.get(kind) or directory.person)
            return edited(base, f"{kind}={self.random.choice(names)}; need=single,noc")
        if "both" in header:
            return None
        return edited(base, f"p={self.random.choice(TIMES)[1]}; need=noc")


def _pairs(header: str, base: Gold) -> bool:
    """Whether two turns about such a gold can be told together: periods compared, or names side by side."""
    if not header.startswith("+"):
        return True
    plain = {"g", "c", "share", "scopes", "avg"} & base.plain.keys()
    if plain or base.groups or base.thresholds:
        return False
    return "pair" in header or any(len(base.filters.get(key, ())) == 1 for key in _TURNED)


def _old(base: Gold) -> str:
    """The one team or tool that a gold is about."""
    named = [base.filters[key][0] for key in ("team", "tool") if len(base.filters.get(key, ())) == 1]
    return named[0] if len(named) == 1 else ""


def _kinds_of(kind: str, dimension: str) -> tuple[str, ...]:
    return {
        "": (*OF_USAGE, "team", "team", "team", "location"),
        "usage": OF_USAGE,
        "people": ("team", "team", "location", "title"),
        "other": tuple(name for name in (*OF_USAGE, "team", "team") if name != dimension),
        "same": (dimension,),
    }.get(kind, (kind,))


def _mean(slot: re.Match[str], filling: Filling) -> str:
    head = slot[1].partition(".")[0]
    if head in filling.names:
        before = slot.string[max(0, slot.start() - 12) : slot.start()]
        dimension, name = filling.names[head]
        if dimension == "person":
            name = next(person.email for person in filling.directory.people if person.name == name)
        return name if re.search(r"(?:[a-z+]=|\||:)$", before) else f"{dimension}={name}"
    return filling.meant[head]


def _compared(wanted: str) -> str:
    """The days just before in the place of "prev"."""
    period = re.search(r"p=([^;]+)", wanted)
    if "c=prev" not in wanted or period is None:
        return wanted
    said = period[1].strip()
    return wanted.replace("c=prev", f"c={before(NAMED_PERIODS.get(said, said))}")
