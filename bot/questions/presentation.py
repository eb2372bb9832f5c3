"""How somebody wants to see an answer ("as a pie"), taken off the question before it is read; and what comes of it."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.questions.answers.answer import Answer, Draw, Shape, Status
from bot.questions.lexicon.patterns import LatePattern

NOUN = r"(?:charts?|graphs?|plots?|diagrams?)"
KIND = rf"(?:(?P<kind>bar|line|pie|column|cake)s?(?: ?{NOUN})?|(?P<noun>{NOUN}|table|tabular form|csv(?: file)?))"
BEHIND = LatePattern(
    rf"[\s,;:-]+(?:as|(?:in|into|on|with|using)(?=\s+(?:(?:an?|the)\s+)?(?:\w+\s)?(?:{NOUN}|table|tabular|csv)))"
    rf"\s+(?:(?:an?|the)\s+)?{KIND}(?:\s+(?:please|pls|thanks))?\s*[.!?]*$",
    re.I,
)
BEFORE = LatePattern(
    r"^(?:(?:please|can you|could you)\s+)*(?:(?:show|give|draw|make|send|get)\s+(?:me\s+|us\s+)?)?(?:an?\s+|the\s+)?"
    rf"{KIND}\s+(?:of|for|with|showing)\s+",
    re.I,
)
EXPORT = LatePattern(
    r"^(?:(?:please|can you|could you|i want to|i need to)\s+)*(?:export|download|save)\s+(?:me\s+|us\s+)?"
    r"(?:(?:an?\s+|the\s+)?(?P<noun>csv)(?:\s+file)?\s+(?:of|with)\s+)?(?:to\s+(?:excel|csv|a\s+file)[\s:,]+)?"
    r"(?!this\b|that\b|it\b)(?=\w+\s+\w)",
    re.I,
)
TO_FILE = LatePattern(
    r"\s+(?:as|to|into|in)\s+(?:an?\s+|the\s+)?(?:csv|excel|spreadsheet|file)(?:\s+file)?\s*[.!?]*$", re.I
)
VERB = LatePattern(r"^(?:(?:please|can you|could you)\s+)*(?P<noun>plot|chart|graph)\s+(?!of\b)", re.I)
ALONE = LatePattern(rf"^(?:(?:and|now|same|that|it|show|me)\s+)*(?:as\s+)?(?:an?\s+)?{KIND}\s*(?:please)?[.!?]*$", re.I)
KINDS = {"bar": Draw.BAR, "column": Draw.BAR, "line": Draw.LINE, "pie": Draw.PIE, "cake": Draw.PIE}
FILE = (
    "As a CSV file: press *Export CSV* under the answer in Slack, or run `fulcrum ask --csv` with the same question; "
    "definition, period and what is hidden stand above the rows."
)
FEWEST_POINTS = 3  # two make no line


def wish(text: str) -> tuple[str, Draw | None]:
    """The question without how it is to be shown, and that. The question is empty where nothing else was said."""
    if found := ALONE.match(text.strip()):
        return "", _draw(found)
    if found := EXPORT.match(text.strip()):
        return TO_FILE.sub("", text.strip()[found.end() :]), Draw.FILE
    for rule in (BEHIND, BEFORE, VERB):
        if found := rule.search(text):
            rest = f"{text[: found.start()]} {text[found.end() :]}".strip()
            if rest:
                return rest, _draw(found)
    return text, None


def shown_as(answer: Answer, draw: Draw | None) -> Answer:
    """The answer with how it is drawn; where that cannot be done, a caveat says what is there instead."""
    if draw is None or answer.status is not Status.ANSWERED:
        return answer
    if answer.answers:
        return replace(answer, answers=tuple(shown_as(part, draw) for part in answer.answers))
    said, instead = _instead(answer, draw)
    return replace(answer, draw=instead, caveats=(*answer.caveats, said) if said else answer.caveats)


def _instead(answer: Answer, draw: Draw) -> tuple[str, Draw | None]:
    if draw is Draw.FILE:
        return FILE, None
    if draw is Draw.TABLE:
        return "", draw
    if answer.shape not in (Shape.LIST, Shape.SERIES):
        return "One figure makes no chart.", None
    if answer.shape is Shape.SERIES:
        grain = next(iter(answer.rows[0].labels), "") if answer.rows else ""
        if len({row.labels.get(grain) for row in answer.rows}) < FEWEST_POINTS:
            return f"It takes {FEWEST_POINTS} points to draw a line; the table has them all.", None
        return ("A pie cannot show time: these are lines.", Draw.LINE) if draw is Draw.PIE else ("", draw)
    if draw is Draw.PIE and not _is_whole(answer):
        return "These figures are no parts of a whole, so they are bars and no pie.", Draw.BAR
    return ("There is no time in it, so these are bars and no lines.", Draw.BAR) if draw is Draw.LINE else ("", draw)


def _is_whole(answer: Answer) -> bool:
    """Whether the rows are parts of one total that can be drawn as slices."""
    column = answer.columns[0] if answer.columns else None
    values = [row.values.get(column.name) or 0 for row in answer.rows] if column else []
    return bool(column and column.adds and any(values) and all(value >= 0 for value in values))


def _draw(found: re.Match[str]) -> Draw:
    groups = found.groupdict()
    if kind := groups.get("kind"):
        return KINDS[kind.lower()]
    noun = (groups.get("noun") or "").lower()
    return Draw.TABLE if noun.startswith("tab") else Draw.FILE if noun.startswith("csv") else Draw.CHART
