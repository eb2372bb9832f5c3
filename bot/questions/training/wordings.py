"""Labelled questions from wordings by meaning: slots filled with the names of an organisation and phrases for times."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.questions.periods import Calendar, previous
from bot.questions.reader.times import as_match
from bot.questions.reader.trained import Thread
from bot.questions.reading import World
from bot.questions.training.labels import Example, example
from bot.questions.training.notation import NAMED_PERIODS, Gold, days, gold_of, notation_of, query_of
from bot.questions.training.phrases import phrases_of
from bot.questions.training.sets import AS_OF
from storage.catalogue import METRICS
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
_USAGE, _PEOPLE = ("tool", "provider", "model"), ("team", "location", "title")
_PER_HEAD = ("tokens_per_employee", "cost_per_employee", "adoption_rate", "headcount", "requests_per_employee",
             "active_people", "inactive_people", "active_days_per_person")  # fmt: skip
_SLOT = re.compile(r"\{([^{}]*)\}")
_OF_KIND = {
    "add": ("tokens", "cost", "requests", "output_tokens", "input_tokens", "cached_input_tokens", "fresh_tokens",
            "effective_tokens", "reasoning_tokens", "cache_write_tokens"),
    "work": ("items", "human_hours", "hours_offloaded", "offloadable_hours", "minutes_per_item", "ai_share",
             "autonomy_share", "success_rate", "rework_rate", "failure_rate"),
    "any": ("tokens", "cost", "requests", "tokens_per_employee", "cost_per_employee", "adoption_rate", "agent_share",
            "cache_share", "output_share", "acceptance_rate", "tokens_per_active_person", "cost_per_million_tokens",
            "requests_per_employee", "effective_tokens", "active_people", "output_tokens", "fresh_tokens",
            "active_days_per_person", "inactive_people"),
}  # fmt: skip
_OFTEN = {"add": ("tokens", "cost"), "any": ("tokens", "cost", "tokens_per_employee", "adoption_rate")}
_SIZES = {"2m": 2e6, "500k": 5e5, "10 million": 1e7, "1,000": 1e3, "25000": 25e3, "750": 750, "1.5m": 1.5e6}
_COUNTS = {"3": 3, "five": 5, "4": 4, "10": 10, "two": 2, "7": 7, "three": 3, "six": 6}
_SINGLE = ("team", "tool", "model", "provider", "location", "title", "person", "workflow")


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
        kind = next((one[2:] for one in _SLOT.findall(header + line) if one.startswith("m.")), "")
        metric = ""
        if kind:
            often = kind in _OFTEN and self.random.random() < 0.4
            metric = pick(_OFTEN[kind] if often else _OF_KIND[kind])
        per_head = "{d.people}" in header or metric in _PER_HEAD
        dimension = pick(_PEOPLE if per_head else (*_USAGE, *_PEOPLE))
        second = pick([one for one in (*_USAGE, "team", "location") if one != dimension])
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
        family = any(one.startswith("p.") for one in slots)
        for slot in sorted(slots, key=lambda one: "." not in one):
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
            firsts = Counter(one.name.split()[0] for one in directory.people)
            return [
                person.name
                for person in directory.people
                if dimension == "person" or firsts[person.name.split()[0]] > 1
            ]
        if dimension != "team":
            return [one for one in directory.values.get(dimension, ()) if one]
        parents = [team.name for team in directory.teams if directory.children.get(team.name)]
        if head == "p":
            child = filling.names.get("n")
            return [directory.team[child[1]].parent or ""] if child and child[1] in directory.team else parents
        if family:
            above = filling.names.get("p")
            return [child for top in ([above[1]] if above else parents) for child in directory.children.get(top, ())]
        return [one.name for one in directory.teams]

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
            if base.status == "figures" and all(_has(base, need) for need in needs) and _pairs(header, base):
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
        "": (*_USAGE, "team", "team", "team", "location"),
        "usage": _USAGE,
        "people": ("team", "team", "location", "title"),
        "other": tuple(one for one in (*_USAGE, "team", "team") if one != dimension),
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
    return wanted.replace("c=prev", f"c={_before(NAMED_PERIODS.get(said, said))}")


def edited(base: Gold, edits: str, former: Gold | None = None) -> Gold | None:
    """The gold after a follow-up's edits; None where they do not go with it. "x" drops one."""
    fields: dict[str, str] = {}
    for said in notation_of(base).split("; "):
        key, _, value = said.partition("=")
        fields[key] = value
    changes = dict(one.strip().partition("=")[::2] for one in edits.split(";") if one.strip())
    if not all(_has(base, need) for need in changes.pop("need", "").split(",") if need):
        return None
    for key, value in changes.items():
        if not _fits(key, value, fields) or not _set(key, value, fields, former):
            return None
    if "by" not in fields and "g" not in fields and {"o", "h", "l"} & fields.keys():
        return None
    return gold_of("; ".join(f"{key}={value}" if value else key for key, value in fields.items()))


def _set(key: str, value: str, fields: dict[str, str], former: Gold | None) -> bool:
    """One edit; False where it does not go."""
    if value == "x":
        fields.pop(key, None)
    elif value == "prev":
        fields["c"] = _before(fields["p"])
    elif key in ("pair", "both"):
        return former is not None and _joined(key, value, fields, former)
    elif key.endswith("+"):
        if fields.get(key[:-1], "") in ("", value):
            return False
        fields[key[:-1]] += f"|{value}"
    else:
        fields[key] = NAMED_PERIODS.get(value, value) if key in ("p", "c") else value
    return True


def _joined(key: str, value: str, fields: dict[str, str], former: Gold) -> bool:
    """What this turn and the one before it name together: two periods compared, or two names side by side or summed."""
    if key == "pair":
        first, second = sorted((fields["p"], former.plain["p"]))
        if first == second or first.partition("..")[2] > second.partition("..")[2]:
            return False
        fields |= {"p": second, "c": first}
        return True
    kind = next(
        (one for one in ("team", "tool", "location", "model") if former.filters.get(one) and fields.get(one)), ""
    )
    if not kind or former.filters[kind] == (fields[kind],) or "|" in fields[kind]:
        return False
    names = f"{former.filters[kind][0]}|{fields[kind]}"
    if value == "sum":
        fields[kind] = names
    elif kind == "team":
        fields |= {"by": "team", "scopes": names}
        del fields[kind]
    else:
        fields |= {"by": kind, kind: names}
    return True


def _before(text: str) -> str:
    """The period just before one."""
    calendar = Calendar(AS_OF, None, None)
    period = days(text)
    found = previous(as_match(period, calendar), calendar)
    return f"{found.start}..{found.end}" if found else text


def _fits(key: str, value: str, fields: dict[str, str]) -> bool:
    """Whether an edit makes sense after these fields: no name of what is listed, no list by what is filtered."""
    name = key.lstrip("!<")
    if key in ("pair", "both") or key.endswith("+"):
        return "c" not in fields and "by" not in fields and "g" not in fields and "scopes" not in fields
    if name in _SINGLE and value != "x":
        other = f"!{name}" if key == name else name
        listed = name in fields.get("by", "").split(",")
        return (
            not (listed and key == name)
            and other not in fields
            and not (name == "workflow" and name not in fields)
            and "scopes" not in fields
            and "share" not in fields
        )
    if key == "by" and value != "x":
        return all(one not in fields and fields.get("by") != one for one in value.split(",")) and "scopes" not in fields
    if key == "m":
        return fields.get("m") != value and not ({"share", "h", "avg"} & fields.keys()) and _same_rows(fields, value)
    return key != "g" or ("c" not in fields and "avg" not in fields)


def _same_rows(fields: dict[str, str], metric: str) -> bool:
    first = METRICS.get(fields.get("m", "").split(",")[0])
    other = METRICS.get(metric)
    if first is None or other is None:
        return False
    work = {"work" in str(one.bases).lower() for one in (first, other)}
    people = not any(fields.get("by", "").startswith(one) for one in (*_USAGE, "mode")) or other.additive
    return len(work) == 1 and people


def _has(base: Gold, need: str) -> bool:
    """Whether a gold has what an edit needs."""
    return {
        "by": bool(base.groups),
        "noby": not base.groups and "g" not in base.plain,
        "one": len(base.groups) == 1,
        "add": all(name in METRICS and METRICS[name].additive for name in base.metrics),
        "filter": any(key in _SINGLE for key in base.filters),
        **{name: name in base.filters for name in _SINGLE},
        "noteam": "team" not in base.filters and "!team" not in base.filters,
        "noc": "c" not in base.plain,
        "c": "c" in base.plain,
        "noo": "o" not in base.plain and not base.thresholds,
        "o": "o" in base.plain,
        "noshare": "share" not in base.plain,
        "nog": "g" not in base.plain,
        "g": "g" in base.plain,
        "single": not base.groups and "g" not in base.plain and "share" not in base.plain,
        "work": base.metrics[0] in _OF_KIND["work"],
        "byteam": base.groups == ("team",) and "team" not in base.filters and "scopes" not in base.plain,
        "bytool": base.groups == ("tool",) and "tool" not in base.filters,
        "bylocation": base.groups == ("location",) and "location" not in base.filters,
        "bytitle": base.groups == ("title",) and "title" not in base.filters,
        "usage": base.metrics[0] in (*_OF_KIND["any"], *_OF_KIND["add"]),
    }[need]
