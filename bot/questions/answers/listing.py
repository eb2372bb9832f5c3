"""A list in a sentence: who leads and by how much, or the few rows themselves."""

from __future__ import annotations

from collections.abc import Sequence

from bot.figures import times
from bot.questions.answers.answer import Fact
from bot.questions.answers.standing import Lead, known_rows, lead, moved
from bot.questions.answers.writing import NAMED, Writer, joined
from storage.answer.result import NoteKind, ResultColumn, ResultRow
from storage.catalogue import NONE, Unit
from storage.query import By

COUNTS_OF_PEOPLE = ("active_people", "inactive_people")  # 1 of each person that is listed
FEW = 3  # so many rows are said one by one
Said = tuple[str, tuple[Fact, ...]]


def listed(writer: Writer) -> Said:
    """The rows in words, and the figures of the words that are no row's."""
    if not writer.rows:
        return "nothing may be shown", ()
    if writer.query.previous:
        return _changes(writer), ()
    query, column = writer.query, writer.main
    limited = query.limit is not None and query.limit <= NAMED
    if query.having and column.name in COUNTS_OF_PEOPLE and query.group_by == ("person",):
        return writer.named(writer.rows), ()
    if query.having:
        return passing(writer, writer.rows, column)
    if limited or query.share or len(writer.rows) <= FEW or (query.order and query.order.by is By.LABEL):
        return writer.listed(writer.rows, column), ()
    return _led(writer, column)


def passing(writer: Writer, rows: Sequence[ResultRow], column: ResultColumn) -> Said:
    """The rows that a threshold lets pass and, where none is hidden or cut off, how many they are: "how many days"."""
    text, query = writer.listed(rows, column), writer.query
    held = [row for row in rows if NONE not in row.labels.values()]
    grain = query.grain
    told = len(held) <= (FEW if query.group_by else 1)  # whoever reads three names has counted them
    if told or query.limit is not None or writer.has(NoteKind.SUPPRESSED):
        return text, ()
    counted = f"{len(held)} {grain.value}s" if grain and not query.group_by else writer.count(len(held))
    return f"{text}; {counted} in all", (Fact(label="in all", value=len(held), unit=Unit.KINDS.value, said=True),)


def _led(writer: Writer, column: ResultColumn) -> Said:
    order = writer.query.order
    lowest = order is not None and not order.descending
    # Rates are set beside each other as they are: "2.5 times 8%" is read as a change of it.
    found = lead(writer.rows, column.name, lowest=lowest, compares=not writer.is_rate)
    if found is None:
        return writer.listed(writer.rows, column), ()
    text, facts = stood(writer, found, column, lowest=lowest)
    for row in writer.rows:
        if NONE in row.labels.values() and (row.values[column.name] or 0) != 0:
            text += f"; {writer.name(row)} {writer.figure(row, column)}"
    unknown = len(writer.rows) - len(known_rows(writer.rows, column.name))
    return f"{text}; {unknown} without a figure" if unknown else text, facts


def stood(writer: Writer, found: Lead, column: ResultColumn, *, lowest: bool = False, without: str = "") -> Said:
    """Who leads, the next one, and the other end."""

    def named(row: ResultRow) -> str:
        return writer.name(row, without=without)

    def beside(row: ResultRow) -> str:
        return f"{named(row)} ({writer.figure(row, column)})"

    first = found.top[0]
    facts: tuple[Fact, ...] = ()
    amount = writer.figure(first, column)
    word, other = ("lowest", "highest") if lowest else ("highest", "lowest")
    if len(found.top) > 1:
        shown = [named(row) for row in found.top[: NAMED - 1]]
        rest = len(found.top) - len(shown)
        text = f"{joined([*shown, f'{rest} more'] if rest else shown)} share the {word}, {amount}"
        if found.second is not None:
            text += f", before {beside(found.second)}"
    else:
        text = f"{named(first)} {'is lowest' if lowest else 'leads'} with {amount}"
        if found.second is not None and found.ratio is not None and found.ratio >= 1.1:
            label = f"{named(first)} as a multiple of {named(found.second)}"
            facts = (Fact(label=label, value=found.ratio, unit=Unit.RATIO.value, said=True),)
            text += f", {times(found.ratio)} {beside(found.second)}"
        elif found.second is not None:
            text += f", before {beside(found.second)}"
    if found.last is not None:
        text += f"; {named(found.last)} is {other} with {writer.figure(found.last, column)}"
    return text, facts


def _changes(writer: Writer) -> str:
    """What rose and what fell the most."""
    cells = writer.cells(writer.result.columns[0].metric)
    order = writer.query.order
    # The sentence ranks as the table does; where the table does not rank by change, as the question's headline does.
    ranked = order.by if order is not None and order.by in (By.CHANGE, By.CHANGE_PCT) else writer.headline
    by_growth = ranked is By.CHANGE_PCT and not writer.is_rate
    column = cells["change_pct" if by_growth else "change"]
    rose, fell = moved(writer.rows, column.name)
    if rose is None and fell is None:
        known = known_rows(writer.rows, column.name)
        return f"none of {writer.count(len(known))} changed" if known else "there is nothing to compare with"
    up, down = ("grew", "shrank") if by_growth else ("rose", "fell")
    ends = [(row, word) for row, word in ((rose, up), (fell, down)) if row is not None]
    if order is not None and not order.descending:
        ends.reverse()
    return "; ".join(_moved(writer, row, word, cells) for row, word in ends)


def _moved(writer: Writer, row: ResultRow, word: str, cells: dict[str, ResultColumn]) -> str:
    main = cells["share"] if "share" in cells else cells["value"]
    by = writer.change(row, cells["change"], of_rate=writer.is_rate)
    grown = "" if writer.is_rate or row.values[cells["change_pct"].name] is None else _percent(writer, row, cells)
    a_day = " a recorded day" if row.per_day else ""
    return f"{writer.name(row)} {word} most, by {by}{a_day}{grown} to {writer.figure(row, main)}"


def _percent(writer: Writer, row: ResultRow, cells: dict[str, ResultColumn]) -> str:
    return f" ({writer.change(row, cells['change_pct'], of_rate=False)})"
