"""An answer as Slack messages: the sentence, a chart or table where it helps, what to pick from, and the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from slack_sdk.models.blocks import Block, InteractiveElement

from bot.figures import figure, short
from bot.questions.answers.answer import Answer, Draw, Fact, Option, Row, Shape
from bot.questions.answers.card import is_scored, question, spoken
from bot.questions.answers.following import LABELS, Following, allows, query_of, steps_from
from bot.questions.answers.grid import grid
from bot.questions.answers.receipts import line
from bot.slack.blocks.chart import chart
from bot.slack.blocks.menu import Choice, menu
from bot.slack.blocks.parts import (
    MAX_BLOCKS,
    MAX_BUTTONS,
    MAX_CHARACTERS,
    MAX_LABEL,
    MAX_TEXT,
    MAX_VALUE,
    Message,
    actions,
    button,
    code,
    context,
    section,
    sections,
    weight,
)
from bot.slack.blocks.table import held, monospaced, native
from bot.slack.questions.thumbs import thumbs
from bot.text import cut, escape, split

MAX_FACTS = 12
MAX_CAVEATS = 8
FALLBACK_ROWS = 20  # rows said in the text that screen readers and notifications use
PART = 2_500  # characters of one paragraph, so that several and the rest of a message fit together
TABLE_ROOM = 9_000
LEAST_TABLE = 1_500  # with less room than this a table starts a message of its own

FURTHER = 2  # blocks below an answer: its math with the steps on from it, and the thumbs
STEPS = 2  # that have a button of their own; the others stand in the menu
IN_MENU = 2  # further steps in the menu, beside what can be done with the answer itself
STEP = "step"  # the action_id of a further step is "step:" and which
EXPORT = "csv"
ROWS = "rows"
SCHEDULE = "saved:schedule"  # the action_id of the button that has an answer posted every week
TEACH = "words:teach"  # the action_id of the button that opens the form for a word that was not understood
MATH = "math"  # the action_id of the button that shows what stands behind an answer
PAGE = "scorecard_page"  # the action_id of the button that brings a scorecard as a page
ASK = "ask"  # the action_id of an option's button is "ask:" and its number


@dataclass
class _Page:
    """A message in the making."""

    rich: list[Block] = field(default_factory=list)
    plain: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    rich_weight: int = 0
    plain_weight: int = 0

    def room(self) -> int:
        return MAX_CHARACTERS - max(self.rich_weight, self.plain_weight)

    def takes(self, blocks: Sequence[Block]) -> bool:
        return self.room() >= weight(blocks) and max(len(self.rich), len(self.plain)) + len(blocks) <= MAX_BLOCKS

    def add(self, rich: Sequence[Block], plain: Sequence[Block] | None = None) -> None:
        self.rich += rich
        self.plain += rich if plain is None else plain
        added = weight(rich)
        self.rich_weight += added
        self.plain_weight += added if plain is None else weight(plain)

    def message(self, fallback: str) -> Message:
        text = "\n".join(self.words).strip() or fallback
        if not self.rich:
            self.add([section(text)])
        return Message(text=cut(text, MAX_TEXT), rich=tuple(self.rich), plain=tuple(self.plain))


def render(answer: Answer, thread: str = "") -> tuple[Message, ...]:
    """The messages that show an answer, in order, at least one. `thread` comes back with a pressed option."""
    if answer.is_card:
        return (_with_thumbs(_card(answer), answer),)
    parts = answer.answers or (answer,)
    messages = [message for part in parts for message in _one(part, thread)]
    return (*messages[:-1], _with_thumbs(messages[-1], answer))


def _card(answer: Answer) -> Message:
    """A scorecard in one message: what is worth knowing, all figures in one table, one receipt, the page of it."""
    page = _Page()
    said = [escape(part) if isinstance(part, str) else _set_off(part) for part in spoken(answer)]
    page.add([section(cut("\n".join(said), PART))])
    page.words += [escape(part.text) for part in answer.answers]
    page.add(native(answer, TABLE_ROOM), code(monospaced(answer, TABLE_ROOM)))
    warnings = [*dict.fromkeys(caveat for part in answer.answers for caveat in part.warnings)][:MAX_CAVEATS]
    if warnings:
        page.add([context("\n".join(f":warning: {escape(caveat)}" for caveat in warnings))])
    receipt = next((part.receipt for part in answer.answers if part.receipt), None)
    if receipt:
        page.add([context(escape(line(receipt)))])
    if is_scored(answer):
        page.add([actions([button("Page to forward", question(answer), PAGE)])])
    return page.message("…")


def _set_off(part: Answer) -> str:
    """The sentence of a figure, with what it is of set off."""
    return f"*{escape(part.text[: part.lead])}*{escape(part.text[part.lead :])}" if part.lead else escape(part.text)


def rest(answer: Answer, offset: int) -> Answer:
    """The same answer from a row on, as a table alone; two rows are the fewest that make one."""
    count = len(answer.rows)
    first = max(min(offset, count - 2), 0)
    said = f"From row {first + 1:,} of {count:,} on."
    return replace(answer, rows=answer.rows[first:], text=said, draw=Draw.TABLE, facts=(), caveats=())


def below(answer: Answer, thread: str = "") -> Message | None:
    """What stands under the words of an answer, for one whose words are already there; None where it is too much for
    one message."""
    if answer.answers:
        return None
    pages = [_Page()]
    _under(pages, answer, thread)
    if len(pages) > 1:
        return None
    message = pages[0].message("…")
    return _with_thumbs(message, answer)


def said(text: str) -> tuple[Message, ...]:
    """Plain words as messages, as many as their length needs."""
    pages = [_Page()]
    _lead(pages, escape(text))
    return tuple(page.message("…") for page in pages)


def _one(answer: Answer, thread: str) -> list[Message]:
    pages = [_Page()]
    if answer.heading:
        _put(pages, [section(f"*{escape(answer.heading)}*")], [])
    _lead(pages, escape(answer.text), len(escape(answer.text[: answer.lead])))
    _under(pages, answer, thread)
    fallback = cut(escape(answer.title), MAX_TEXT) or "An answer"
    return [page.message(fallback) for page in pages]


def _under(pages: list[_Page], answer: Answer, thread: str) -> None:
    if answer.shape in (Shape.LIST, Shape.SERIES) and len(answer.rows) > 1:
        _rows(pages, answer)
    for block in _small_print(answer, thread):
        _put(pages, [block], [])


def _with_thumbs(message: Message, answer: Answer) -> Message:
    """What can be pressed under every answer: its math, where it has any, and the thumbs, which are new blocks."""
    number, room = answer.number, MAX_BLOCKS - max(len(message.rich), len(message.plain))
    if number is None or room < FURTHER:
        return message
    math = [actions([button("Show the math", str(number), MATH), *_further(answer)])] if answer.query else []
    return replace(message, rich=(*message.rich, *math, thumbs(number)), plain=(*message.plain, *math))


def _further(answer: Answer) -> list[InteractiveElement]:
    """What can be asked next by a press, and what can be done with the answer; whoever presses is answered as
    themselves."""
    query = query_of(answer)
    if query is None:
        return []
    number, as_of = str(answer.number), query.period.end
    steps: list[Choice] = [(LABELS[step], f"{STEP}:{step}", number) for step in steps_from(answer, as_of)]
    more = [*steps[STEPS : STEPS + IN_MENU], ("Export CSV", f"{STEP}:{EXPORT}", number)]
    if answer.rows and not answer.private:
        more.append(("Schedule…", SCHEDULE, number))
    if allows(answer, Following.WATCH, as_of):
        more.append(("Watch this", f"{STEP}:{Following.WATCH}", number))
    return [*(button(text, value, action_id) for text, action_id, value in steps[:STEPS]), menu(more)]


def _lead(pages: list[_Page], text: str, bold: int = 0) -> None:
    """The text, as many of its first characters as `bold` says set off."""
    for number, piece in enumerate(split(text, PART)):
        shown = f"*{piece[:bold]}*{piece[bold:]}" if bold and not number else piece
        _put(pages, sections(shown), [piece])


def _put(pages: list[_Page], blocks: Sequence[Block], words: Sequence[str]) -> None:
    """On the last page, or on a new one where that is full."""
    if not pages[-1].takes(blocks) or sum(map(len, pages[-1].words)) + sum(map(len, words)) > MAX_TEXT:
        pages.append(_Page())
    pages[-1].add(blocks)
    pages[-1].words += words


def _rows(pages: list[_Page], answer: Answer) -> None:
    if pages[-1].room() < LEAST_TABLE + TABLE_ROOM // 2:
        pages.append(_Page())
    page = pages[-1]
    picture = chart(answer)
    drawn: list[Block] = [picture] if picture and page.takes([picture]) else []
    room = min(page.room() - weight(drawn) - LEAST_TABLE, TABLE_ROOM)
    table, lines = native(answer, room), monospaced(answer, room)
    page.add([*drawn, *table], code(lines))
    shown = held(table, lines)
    if shown < len(grid(answer).lines) == len(answer.rows) and answer.number and query_of(answer):
        _put(pages, [actions([button("Next rows", f"{answer.number}:{shown}", f"{STEP}:{ROWS}")])], [])
    page.words += _spoken(answer)


def _spoken(answer: Answer) -> list[str]:
    """The rows in words, for who cannot see the table; those of a list that the sentence names are said already."""
    rest = [row for row in answer.rows if answer.shape is not Shape.LIST or not _is_said(row, answer)]
    lines = [escape(_sentence(row, answer)) for row in rest[:FALLBACK_ROWS]]
    left = len(rest) - FALLBACK_ROWS
    return [*lines, f"…and {left} more"] if left > 0 else lines


def _is_said(row: Row, answer: Answer) -> bool:
    """Whether the sentence has the name and the figure of a row already."""
    values = [short(row.values.get(column.name), column.unit) for column in answer.columns[:1]]
    return all(word in answer.text for word in (*map(row.name, row.labels), *values))


def _sentence(row: Row, answer: Answer) -> str:
    name = ", ".join(map(row.name, row.labels))
    if row.suppressed:
        return f"{name}: hidden (small group)"
    values = [f"{figure(row.values.get(column.name), column.unit)} {column.label}" for column in answer.columns]
    return f"{name}: {', '.join(values)}"


def _small_print(answer: Answer, thread: str) -> list[Block]:
    """What stands below: figures beside the one asked for, what to pick from, what to know, the receipt."""
    blocks: list[Block] = []
    facts = [fact for fact in answer.facts if not fact.said][:MAX_FACTS]
    if facts:
        blocks.append(section("\n".join(map(_fact, facts))))
    if answer.options:
        blocks += _options(answer.options, thread)
    if answer.unknown:
        blocks.append(actions([button(f"Teach me “{answer.unknown}”", cut(answer.unknown, MAX_LABEL), TEACH)]))
    if answer.warnings:
        blocks.append(context("\n".join(f":warning: {escape(caveat)}" for caveat in answer.warnings[:MAX_CAVEATS])))
    if answer.receipt and (under := line(answer.receipt)):
        blocks.append(context(escape(under)))
    return blocks


def _fact(fact: Fact) -> str:
    unit = "" if fact.value is None or fact.unit in ("", "fraction") or fact.unit.startswith("USD") else f" {fact.unit}"
    return cut(f"{escape(fact.label)}: *{escape(figure(fact.value, fact.unit))}*{escape(unit)}", 200)


def _options(options: Sequence[Option], thread: str) -> list[Block]:
    """Buttons that ask; a reading too long for a button is written out to be copied."""
    short = [option for option in options if 0 < len(option.ask) <= MAX_VALUE][:MAX_BUTTONS]
    long = [option for option in options if len(option.ask) > MAX_VALUE]
    buttons = [button(option.label, option.ask, f"{ASK}:{number}") for number, option in enumerate(short)]
    written = [section(f"• {cut(escape(option.ask), PART)}") for option in long[:1]]
    return ([actions(buttons, f"{ASK}:{thread}" if thread else "")] if buttons else []) + written
