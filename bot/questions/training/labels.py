"""From a labelled line to what each head, each mention and each word should say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.questions.finders.marks import Marked, Mention
from bot.questions.periods import default_grain
from bot.questions.reader.decode import heads_of
from bot.questions.reader.schema import (
    AVERAGES,
    COLUMNS,
    COMPOSITES,
    GRAINS,
    KEEP,
    KEPT,
    NO_NAMES,
    ORDERS,
    SKIPS,
    TIME,
    ZEROS,
)
from bot.questions.reader.times import Scene, run
from bot.questions.reader.trained import ALONE, Thread, marked_in
from bot.questions.reading import World
from bot.questions.training.notation import Gold, Threshold, composite, days, whole_of
from storage.query import Query

_UNIT_WORDS = re.compile(r"\b(?:day|days|daily|date|week|weeks|weekly|wk|month|months|monthly|mth|quarter\w*|qtr)\b")
Heads = dict[str, str | None]
NO_CONDITION = "no condition"  # tag of a word that may be of the question or of an aside
SUSPECT = "suspect"  # tag of the words of a message that is refused for some of them


class Word(str):
    """A word of a message whose tag is known."""

    tag: str

    def __new__(cls, text: str, tag: str) -> Word:
        """A word with its tag."""
        word = super().__new__(cls, text)
        word.tag = tag
        return word


@dataclass(slots=True, eq=False)
class MentionTarget:
    """What a mention is for; None: not said. `column` is that of a threshold."""

    role: str | None = None
    column: str | None = None


@dataclass(slots=True)
class Example:
    """A message as the network sees it, with what it should decide (None: not known).

    gaps  what no decision of the network can reach; an example with one is not trained on
    """

    parts: list[str | Mention]
    heads: Heads
    targets: list[MentionTarget]
    world: World
    gold: Gold
    marked: Marked
    before: Query | None = None
    source: str = ""
    gaps: list[str] = field(default_factory=list)

    @property
    def mentions(self) -> Iterator[tuple[Mention, MentionTarget]]:
        """The mentions with their targets."""
        return zip((part for part in self.parts if isinstance(part, Mention)), self.targets, strict=True)


@dataclass(slots=True)
class DrawnExample:
    """One drawn wording of an example. `plain` is the tag of words that have none of their own."""

    parts: list[str | Mention]
    heads: Heads
    targets: list[MentionTarget]
    plain: str | None = None


def example(text: str, gold: Gold, world: World, thread: Thread = ALONE, source: str = "") -> Example:
    """The targets of a message."""
    before = thread.before
    marked = marked_in(text, world, thread)
    out = Example(marked.parts, {}, [MentionTarget() for _ in marked.mentions], world, gold, marked, before, source)
    if not gold.answered:
        out.heads = {"status": gold.status}
        if gold.topic or gold.status == "told":
            out.heads["topic"] = gold.topic or "none"
        return out
    out.heads = {"status": gold.status, "topic": "none", **_plain(gold, out)}
    _names(gold, out)
    _numbers(gold, out)
    _times(gold, out)
    _grain(gold, text, out)
    if before is not None:
        _keep(out.heads, before)
    return out


def _keep(heads: Heads, before: Query) -> None:
    """What is as in the query before is kept, not said anew."""
    old = heads_of(before)
    for name in KEPT:
        if heads.get(name) is not None and heads[name] == old[name]:
            heads[name] = KEEP


def _plain(gold: Gold, out: Example) -> Heads:
    groups = [*gold.groups, "none", "none"]
    metric, _, per = gold.metrics[0].partition("/")
    plain = gold.plain
    personal = out.world.asker in gold.filters.get("person", ()) if out.world.asker else False
    heads: Heads = {
        "metric": metric,
        "per": per or "none",
        "second": gold.metrics[1] if len(gold.metrics) > 1 else "none",
        "group": groups[0],
        "group2": groups[1],
        "average": plain.get("avg", "none"),
        "order": plain.get("o", "none"),
        "skip": plain.get("skip", "0"),
        "share": "yes" if "share" in plain else "no",
        "everyone": "yes" if "everyone" in plain else "no",
        "personal": "yes" if personal else "no",
    }
    if len(gold.metrics) > 2 or "/" in (heads["second"] or ""):
        out.gaps.append("metrics")
    for name, allowed in (("average", AVERAGES), ("skip", SKIPS), ("order", ORDERS)):
        if heads[name] not in allowed:
            out.gaps.append(name)
    whole = whole_of(gold)
    for name, values in COMPOSITES.items():
        heads[f"of_{name}"] = composite(gold, name)
        if heads[f"of_{name}"] not in values:
            out.gaps.append(f"{name}={heads[f'of_{name}']}")
    named = {key.lstrip("!<") for key in gold.filters} & set(COMPOSITES)
    heads["part"] = "yes" if whole is not None and named - {key.lstrip("!<") for key in whole} else "no"
    return heads


def _names(gold: Gold, out: Example) -> None:
    """The role of each name."""
    whole = whole_of(gold)
    over = None if whole is None else {(key, value) for key, values in whole.items() for value in values}
    scopes = set(gold.plain.get("scopes", "").split("|")) - {""}
    reached: set[tuple[str, str]] = set()
    for mention, target in out.mentions:
        if mention.kind in NO_NAMES:
            continue
        target.role = _role(mention, gold.filters, scopes, over)
        if target.role != "ignore":
            reached |= {(mention.kind, str(value)) for value in mention.values}
    wanted = {(key.lstrip("!<"), value) for key, values in gold.filters.items() for value in values}
    wanted |= {("team", scope) for scope in scopes}
    own = ("person", out.world.asker or "")
    for key, value in wanted - reached:
        if key not in COMPOSITES and not ((key, value) == own and out.heads["personal"] == "yes"):
            out.gaps.append(f"name {key}={value}")


def _role(
    mention: Mention, filters: dict[str, tuple[str, ...]], scopes: set[str], over: set[tuple[str, str]] | None
) -> str:
    said, kind = set(mention.values), mention.kind
    if not said:
        return "ignore"
    if kind == "team" and said <= scopes:
        return "scope"
    within = over is None or all((kind, value) in over for value in said)
    if said <= set(filters.get(kind, ())):
        return "in" if within else "part"
    if said <= set(filters.get(f"!{kind}", ())):
        return "not_in"
    if said <= set(filters.get(f"<{kind}", ())):
        return "below"
    return "over" if over and within else "ignore"


def _numbers(gold: Gold, out: Example) -> None:
    """The role of each number, and the threshold that needs none."""
    limit = float(gold.plain["l"]) if "l" in gold.plain else None
    open_ = list(gold.thresholds)
    if any(threshold.metric or threshold.column not in COLUMNS for threshold in open_):
        out.gaps.append("threshold")
    for mention, target in out.mentions:
        if mention.kind != "number":
            continue
        value = mention.values[0]
        near = next((threshold for threshold in open_ if _equal(threshold, value)), None)
        target.role = "ignore"
        if near is not None:
            target.role, target.column = near.compare, near.column
            open_.remove(near)
        elif limit is not None and value == limit:
            target.role = "limit"
    told = any(target.role == "limit" for mention, target in out.mentions if not mention.context)
    out.heads["first"] = "yes" if limit == 1 and not told and not _kept_limit(out) else "no"
    if limit is not None and limit != 1 and not any(target.role == "limit" for target in out.targets):
        out.gaps.append("limit")
    zero = next((threshold for threshold in open_ if threshold.value == 0), None)
    out.heads["zero"] = f"{zero.compare}:0" if zero else "none"
    out.heads["zero_column"] = zero.column if zero else None
    if out.heads["zero"] not in ZEROS or any(threshold.value != 0 for threshold in open_):
        out.gaps.append("threshold value")


def _kept_limit(out: Example) -> bool:
    """Whether the query before had the same limit of one row, or this one passes rows over."""
    return (out.before is not None and out.before.limit == 1) or out.heads.get("skip") not in ("0", None)


def _equal(threshold: Threshold, value: float) -> bool:
    return any(abs(abs(threshold.value) - near) < 1e-9 for near in (abs(value), abs(value) / 100))


def _times(gold: Gold, out: Example) -> None:
    """The programme that gives the period wanted, and the role of each period in it."""
    wanted, compared = gold.plain.get("p"), gold.plain.get("c")
    out.heads["time"] = None
    if wanted is None or compared in ("any", "none"):
        return
    found = _programme(out, gold, wanted, compared)
    if found is None:
        out.gaps.append(f"time {wanted} {compared}")
        return
    out.heads["time"], main, others = found
    for mention, target in out.mentions:
        if mention.kind == "period":
            alike = main is not None and mention.values == main.values and mention.context == main.context
            free = out.heads["time"] == "found"
            target.role = "main" if alike else "other" if mention in others else None if free else "ignore"


def _programme(
    out: Example, gold: Gold, wanted: str, compared: str | None
) -> tuple[str, Mention | None, list[Mention]] | None:
    """The first programme that gives these days."""
    periods = [mention for mention, _ in out.mentions if mention.kind == "period"]
    here = [period for period in periods if not period.context]
    mains: list[Mention | None] = [*here, *(period for period in periods if period.context), None]
    names: tuple[str, ...] = ("one", "union")
    if compared is not None:
        two = len(here) > 1 or (len(periods) - len(here) > 1 and not here)  # named here, or in two turns before
        names = ("found", "pair", *TIME[3:-1]) if two else TIME[2:]
    for name in names:
        for main in mains:
            for others in _others(name, main, here, periods):
                if _gives(Scene(out.marked, out.world, main, others, out.before), name, gold, wanted, compared):
                    return name, main, others
    return None


def _others(name: str, main: Mention | None, here: list[Mention], periods: list[Mention]) -> list[list[Mention]]:
    """The other periods that a programme may take beside its main one."""
    if name == "pair":
        return [[period] for period in periods if period is not main]
    if name == "union":
        rest = [mention for mention in here if mention is not main]
        return [rest] if len(here) > 2 else [[mention] for mention in rest]
    return [[]]


def _gives(scene: Scene, name: str, gold: Gold, wanted: str, compared: str | None) -> bool:
    scene.trend = str(gold.plain.get("g", ""))
    scene.headcount = set(gold.metrics) <= {"headcount"} and not scene.trend and compared is None
    got = run(name, scene)
    if got is None or f"{got.period.start}..{got.period.end}" != wanted:
        return False
    return (f"{got.previous.start}..{got.previous.end}" if got.previous else None) == compared


def _grain(gold: Gold, text: str, out: Example) -> None:
    grain = gold.plain.get("g", "none")
    out.heads["grain"] = grain
    if grain not in GRAINS:
        out.gaps.append("grain")
    if grain == "none" or "p" not in gold.plain or (out.before is not None and out.before.grain is not None):
        return
    words = " ".join(part for part in out.parts if isinstance(part, str))
    if not _UNIT_WORDS.search(words) and default_grain(days(gold.plain["p"])) == grain:
        out.heads["grain"] = "auto"
