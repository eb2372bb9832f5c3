"""Growth that passes a bound: "doubled", "fell by half or more", "at least 30% more requests than in May"."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.questions.reading import Read, Reading, Unclear, Understood, World
from storage.query import By, Compare, Query

NOT_FOUND = "I could not tell what has to grow or fall so much, or against which period. Say it with both periods."
_I = re.IGNORECASE
_BY_FACTOR = {"doubl": ("grew", 100), "tripl": ("grew", 200), "trebl": ("grew", 200), "quadrupl": ("grew", 300),
              "halv": ("fell", 50)}  # fmt: skip
_FIGURE = (
    r"(?:(?:their|its|his|her|our|the)\s+)?(?:\w+\s+)?"
    r"(?:tokens?|usage|use|costs?|spend(?:ing)?|bill|requests|adoption|consumption|headcount|items|rate|hours)(?:\s+per\s+\w+)?"
)
_FACTOR = re.compile(
    r"(?P<than>\b(?:more\s+than|over|at\s+least|better\s+than)\s+)?"
    r"(?<=\s)(?P<stem>doubl|tripl|trebl|quadrupl|halv)(?:e|ed|es|ing)\b"
    rf"(?:\s+(?:in\s+)?(?P<what>{_FIGURE}))?",
    _I,
)
# Who may pass the bound: rows of a list, not one figure that is asked about.
_ROWS = re.compile(
    r"\b(?:who|whose|which|what|any(?:one|body)|every(?:one|body)|some(?:one|body)|teams|people|persons|users|employees|"
    r"engineers|tools|models|workflows|providers|vendors|titles|locations|contractors)\b",
    _I,
)
_SOMEBODY = re.compile(r"\b(?:has|have|did)\s+(?:any|some)(?:one|body)(?:\s+else)?\b", _I)
_AMOUNT = r"(?P<n>\d+(?:\.\d+)?\s?(?:%|percent|per\s+cent)|half|a\s+(?:third|quarter|fifth|tenth))"
_MOVED = (
    r"gr(?:ow|ew|own|ows|owing)|r(?:ise|ises|ose|isen|ising)|f[ae]ll(?:s|en|ing)?|increased?|decreased?|shr[aiu]nk|"
    r"dropp?(?:ed|s)?|climb(?:ed|s)?|declined?|jump(?:ed|s)?|up|down|cut|reduced?|lost|gained"
)
_WITHIN = r"(?P<moved>\b(?:" + _MOVED + r")\b(?:\s+(?!by\b|at\b|\d)[\w']+){0,4}?)\s+(?:by\s+)?"
_AT_LEAST = re.compile(
    rf"{_WITHIN}(?:at\s+least\s+{_AMOUNT}|{_AMOUNT.replace('?P<n>', '?P<m>')}(?:\s+or\s+more\b|\s?\+))", _I
)
_MORE = re.compile(
    rf"(?<!over )(?<!than )\b(?:at\s+least\s+)?{_AMOUNT}(?:\s+or)?\s+(?P<side>more|fewer|less|higher|lower)\s+"
    r"(?P<what>[\w ]{2,40}?)(?=\s+(?:in|this|last|during|since|than)\b)",
    _I,
)
_BETWEEN = re.compile(r"\bbetween\s+(?P<from>[\w ]{3,20}?)\s+and\s+(?P<to>[\w ]{3,20}?)(?=\s*(?:[?.!,]|$))", _I)


def with_growth(read: Read) -> Read:
    """The same reading, where rows are kept by how much they grew; what is read is "by more than n%"."""

    def reading(text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        said, bounded = in_percent(text)
        if said == text:
            return read(text, world, before)
        found = read(said, world, before)
        return tuple(_bounded(meant, inclusive=bounded == ">=") if bounded else meant for meant in found)

    return reading


def in_percent(text: str) -> tuple[str, str]:
    """The text with its growth as "by more than n%", and the bound that is meant: ">=", ">" or "" for none."""
    rows = bool(_ROWS.search(text))
    bounds: list[str] = []

    def factor(hit: re.Match[str]) -> str:
        verb, percent = _BY_FACTOR[hit["stem"].casefold()]
        what = f" {hit['what']}" if hit["what"] else ""
        if not rows:
            return f"{verb}{what}"
        bounds.append(">" if re.match(r"more|over|better", hit["than"] or "", _I) else ">=")
        return f"{verb}{what} by more than {percent}%"

    def at_least(hit: re.Match[str]) -> str:
        bounds.append(">=")
        return f"{hit['moved']} by more than {hit['n'] or hit['m']}"

    def more(hit: re.Match[str]) -> str:
        bounds.append(">=")
        return f"over {hit['n']} {hit['side']} {hit['what']}"

    said = _FACTOR.sub(factor, text)
    if rows:
        said = _AT_LEAST.sub(at_least, said)
        said = said if bounds else _MORE.sub(more, said)
    if said == text:
        return text, ""
    said = _SOMEBODY.sub("who has", said) if bounds else said
    return _BETWEEN.sub(r"from \g<from> to \g<to>", said), bounds[0] if bounds else ""


def _bounded(reading: Reading, *, inclusive: bool) -> Reading:
    """The reading with the bound that was said; asked back where no growth was read."""
    if not isinstance(reading, Understood):
        return reading
    grown = [bound for bound in reading.query.having if bound.by is By.CHANGE_PCT]
    if not grown:
        return Unclear(text=NOT_FOUND, steps=("growth: no bound was read",))
    return replace(reading, query=_inclusive(reading.query)) if inclusive else reading


def _inclusive(query: Query) -> Query:
    passing = {Compare.GT: Compare.GE, Compare.LT: Compare.LE}
    return query.with_(
        having=tuple(
            replace(bound, compare=passing.get(bound.compare, bound.compare)) if bound.by is By.CHANGE_PCT else bound
            for bound in query.having
        )
    )
