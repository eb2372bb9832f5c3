"""What the same tokens would have cost on another model: its list prices of those days, and no forecast of quality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from bot.figures import short
from bot.questions.answers.answer import Answer, Column, Fact, Row, Status
from bot.questions.answers.caveats import in_order, sentence
from bot.questions.answers.describe import title
from bot.questions.answers.figures import receipt_of
from bot.questions.answers.naming import names
from bot.questions.answers.wording import shape_of
from bot.questions.looks.models import list_prices
from bot.questions.reading import Understood
from bot.settings import Settings
from storage.answer.at_prices import AtPrices, ListPrice, at_prices
from storage.answer.money import USD
from storage.answer.privacy import Viewer
from storage.names import Directory

WHAT_IF = "cost_at_list_price"
MEANING = (
    "The same tokens at list price, in dollars. Another model may need more or fewer of them, and nothing here says "
    "how good its answers would be."
)
LISTED = 5


def answer(
    connection: Connection,
    directory: Directory,
    reading: Understood,
    viewer: Viewer,
    settings: Settings,
    as_of: date | None = None,
) -> Answer:
    """The rows of the query at the list prices of the model that the reading is about. Raises what `run` raises."""
    model, query = reading.about, reading.query
    prices = list_prices(model, query.period)
    found = at_prices(connection, directory, query, viewer, prices, as_of)
    result = replace(found.result, query=query)
    rows = tuple(
        Row(
            labels=row.labels,
            values={WHAT_IF: dollars, "cost": row.values["cost"]},
            suppressed=row.suppressed,
            rounded=row.rounded,
            partial=row.partial,
            days=row.days,
            names=names(result, directory)(row),
        )
        for row, dollars in zip(found.result.rows, found.dollars, strict=True)
    )
    about = f"{title(query, directory)}, at the list price of {model}"
    said = sorted(prices, key=lambda price: (price.over, price.last))
    return Answer(
        status=Status.ANSWERED,
        text=_text(about, rows, model),
        shape=shape_of(query),
        title=about,
        query=query.to_json(),
        period=result.period,
        columns=(
            Column(name=WHAT_IF, label=f"at the list price of {model}", unit=USD, adds=True),
            Column(name="cost", label="cost as it was", unit=USD, adds=True),
        ),
        rows=rows,
        facts=tuple(_prices(said)),
        caveats=(*reading.echoes, MEANING, *_sizes(said), *_of_use(found)),
        receipt=replace(
            receipt_of(result, directory, settings),
            definition=(
                f"Each class of tokens times the list price of {model} on its day, for a million: "
                f"{', '.join(f'{fact.label} ${fact.value:g}' for fact in _prices(said))}."
            ),
        ),
        shown=found.result.shown,
    )


def _text(about: str, rows: tuple[Row, ...], model: str) -> str:
    head = f"{about[0].upper()}{about[1:]}"
    told = [row for row in rows if row.values[WHAT_IF] is not None]
    if not told:
        return f"{head}: the tokens are not known."
    if len(rows) == 1 and not rows[0].labels:
        value, cost = rows[0].values[WHAT_IF], rows[0].values["cost"]
        rough = "about " if rows[0].rounded else ""
        beside = "" if cost is None else f"; the cost was {rough}{short(cost, USD)}"
        return f"{head}: {rough}{short(value, USD)}{beside}."
    parts = []
    for row in told[:LISTED]:
        cost = row.values["cost"]
        beside = "" if cost is None else f" (was {short(cost, USD)})"
        parts.append(f"{' '.join(row.name(label) for label in row.labels)} {short(row.values[WHAT_IF], USD)}{beside}")
    more = f" and {len(told) - LISTED} more" if len(told) > LISTED else ""
    return f"{head}: {'; '.join(parts)}{more}."


def _prices(prices: list[ListPrice]) -> Iterator[Fact]:
    """The prices that were used last, for a million tokens."""
    lowest = [price for price in prices if price.over == min(other.over for other in prices)]
    labels = ("fresh input", "cache reads", "cache writes", "output")
    for label, pico in zip(labels, lowest[-1].prices, strict=True):
        yield Fact(label=label, value=pico / 1_000_000, unit=USD, said=True)


def _sizes(prices: list[ListPrice]) -> Iterator[str]:
    steps = sorted({price.over for price in prices if price.over >= 0})
    if steps:
        yield (
            f"Its price is higher for requests with more than {steps[0]:,} tokens of input: that is applied where "
            "requests are recorded one by one; others count at the lower price."
        )


def _of_use(found: AtPrices) -> Iterator[str]:
    return (sentence(note) for note in in_order(found.result.notes))
