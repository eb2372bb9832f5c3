"""Money asked for in a currency: "cost last month in euros" is read without these words, and answered in it."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.questions.periods.words import word_set
from bot.questions.reading import Read, Reading, Understood, World
from storage.answer.money import MONEY
from storage.catalogue import metric

CURRENCIES = {
    "euro": "EUR",
    "euros": "EUR",
    "€": "EUR",
    "dollar": "USD",
    "dollars": "USD",
    "us dollars": "USD",
    "$": "USD",
    "pound": "GBP",
    "pounds": "GBP",
    "pounds sterling": "GBP",
    "sterling": "GBP",
    "£": "GBP",
    "swiss francs": "CHF",
    "francs": "CHF",
    "yen": "JPY",
    "rupees": "INR",
    "zloty": "PLN",
    "kronor": "SEK",
}
CODES = word_set("eur usd gbp chf jpy inr pln sek nok dkk czk huf cad aud nzd brl cny hkd sgd krw mxn zar")
_WORDS = "|".join(sorted([re.escape(word) for word in (*CURRENCIES, *CODES)], key=len, reverse=True))
_ASKED = re.compile(rf"[ ,]*\b(?:in|into|as)\s+(?:the\s+)?({_WORDS})(?=$|[\s?.!,;])", re.IGNORECASE)
_ALONE = re.compile(r"(?:and|what about|now|the same|same|that|please|[\s?.!,;])*", re.IGNORECASE)


def in_currency(read: Read) -> Read:
    """The same reading, with the currency that a question of money names; a thread keeps it."""

    def reading(text: str, world: World, before: Understood | None) -> tuple[Reading, ...]:
        found = _ASKED.search(text)
        kept = before.query.currency if before else ""
        if found is None:
            return tuple(_put(reading, kept) for reading in read(text, world, before))
        currency = CURRENCIES.get(found[1].casefold(), found[1].upper())
        plain = text[: found.start()] + text[found.end() :]
        if before is not None and _ALONE.fullmatch(plain) and _of_money(before):
            return (_put(before, currency),)
        readings = read(plain, world, before)
        if all(isinstance(reading, Understood) and _of_money(reading) for reading in readings):
            return tuple(_put(reading, currency) for reading in readings)
        return read(text, world, before)

    return reading


def _of_money(reading: Understood) -> bool:
    return any(MONEY & metric(name).measures for name in reading.query.metrics)


def _put(reading: Reading, currency: str) -> Reading:
    if not currency or not isinstance(reading, Understood) or not _of_money(reading):
        return reading
    return replace(reading, query=reading.query.with_(currency=currency))
