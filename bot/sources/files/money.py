"""Money as files write it: an amount, and the currency that its sign, its letters or a column beside it tell."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.sources.files import values
from bot.sources.files.dates import DecimalMark
from bot.sources.files.problems import BadRow

DOLLARS = "USD"
SIGNS = {"US$": DOLLARS, "$": DOLLARS, "€": "EUR", "£": "GBP"}
OF_TWO = "¥"  # yen or yuan
LETTERS = re.compile(r"(?<![A-Za-z])(?:[A-Z]{3}|(?i:usd|eur|gbp))(?![A-Za-z])")


def amount(
    text: str, column: str, stated: str, largest: int, mark: DecimalMark = DecimalMark.POINT, *, negative: bool = False
) -> tuple[Decimal, str]:
    """The amount and its currency, "" where neither it nor what is `stated` beside it tells one.

    Raises BadRow where the two are at odds, or where a sign is that of two currencies.
    """
    letters = LETTERS.findall(text)
    bare = LETTERS.sub("", text) if len(letters) == 1 else text
    told = letters[0].upper() if len(letters) == 1 else next((SIGNS[sign] for sign in SIGNS if sign in text), "")
    found = values.decimal(bare, column, largest, mark, negative=negative)
    if stated.strip():
        beside = values.currency(stated)
        if told and told != beside and not _is_any_dollar(text, letters):
            raise BadRow(f"{column} is {values.short(text)}, but currency is {beside}")
        return found, beside
    if OF_TWO in text and not told:
        raise BadRow(f"{column} is {values.short(text)}, which can be JPY or CNY: write it into the column currency")
    return found, told


def _is_any_dollar(text: str, letters: list[str]) -> bool:
    """Whether only the sign is there that many dollars share."""
    return "$" in text and "US$" not in text and not letters
