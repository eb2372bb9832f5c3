"""A currency that a question names is taken from its words and put into its query; a thread keeps it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.money import in_currency
from bot.questions.reading import Reading, Told, Understood, World
from storage.query import Query
from storage.records import Period
from tests.bot.questions.organisations import AS_OF, harbourline

WORLD = World(directory=harbourline(), as_of=AS_OF)
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def of(metric: str, currency: str = "") -> Understood:
    return Understood(query=Query(metrics=(metric,), period=OCTOBER, currency=currency))


class Reader:
    """Reads every question as the same one, and keeps the words it got."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.words: list[str] = []

    def __call__(self, text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        self.words.append(text)
        return (self.reading,)


def read(text: str, reading: Reading, before: Understood | None = None) -> tuple[str, list[str]]:
    reader = Reader(reading)
    (found,) = in_currency(reader)(text, WORLD, before)
    return found.query.currency if isinstance(found, Understood) else "no query", reader.words


@pytest.mark.parametrize(
    ("text", "words", "currency"),
    [
        ("cost last month in euros", "cost last month", "EUR"),
        ("cost in € by team", "cost by team", "EUR"),
        ("cost as US dollars?", "cost?", "USD"),
        ("spend in the swiss francs, by tool", "spend, by tool", "CHF"),
        ("cost in nok", "cost", "NOK"),
        ("cost per item INTO yen", "cost per item", "JPY"),
    ],
)
def test_a_named_currency_is_read_apart_from_the_question(text: str, words: str, currency: str) -> None:
    assert read(text, of("cost")) == (currency, [words])


@pytest.mark.parametrize("text", ["cost last month", "cost of the Euro team", "cost in Europe", "cost in eurosystem"])
def test_without_one_the_words_stay_whole(text: str) -> None:
    assert read(text, of("cost")) == ("", [text])


def test_what_is_no_money_keeps_all_its_words() -> None:
    assert read("tokens in pounds", of("tokens"))[1][-1] == "tokens in pounds"
    assert read("tokens in pounds", of("tokens"))[0] == ""
    assert read("help in euros", Told(topic="help"))[0] == "no query"


def test_a_thread_keeps_its_currency_until_another_is_named() -> None:
    before = of("cost", "EUR")

    assert read("by team", of("cost"), before)[0] == "EUR"
    assert read("by team in dollars", of("cost"), before)[0] == "USD"
    assert read("and tokens", of("tokens"), before)[0] == "", "tokens have no currency"


@pytest.mark.parametrize("text", ["in euros", "and in euros?", "what about the same in euros, please"])
def test_a_currency_alone_is_the_question_before_in_it(text: str) -> None:
    assert read(text, Told(topic="help"), of("cost")) == ("EUR", [])
