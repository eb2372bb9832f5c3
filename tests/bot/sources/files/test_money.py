"""Money is in the currency that its sign, its letters or its column tell, and never in dollars unsaid."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.sources.files.dates import DecimalMark
from bot.sources.files.money import amount
from bot.sources.files.problems import BadRow


@pytest.mark.parametrize(
    ("text", "stated", "found"),
    [
        ("12.50", "", ("12.50", "")),
        ("12.50 EUR", "", ("12.50", "EUR")),
        ("eur 3", "", ("3", "EUR")),
        ("CHF 7.10", "", ("7.10", "CHF")),
        ("-€1,234.50", "", ("-1234.50", "EUR")),
        ("(£1.25)", "", ("-1.25", "GBP")),
        ("US$ 4", "", ("4", "USD")),
        ("$4", "cad", ("4", "CAD")),
        ("¥1,200", "JPY", ("1200", "JPY")),
        ("1200 JPY", "", ("1200", "JPY")),
    ],
)
def test_an_amount_has_its_currency(text: str, stated: str, found: tuple[str, str]) -> None:
    assert amount(text, "cost", stated, 10**7, negative=True) == (Decimal(found[0]), found[1])


@pytest.mark.parametrize(
    ("text", "stated", "reason"),
    [
        ("¥1,200", "", "which can be JPY or CNY"),
        ("€5", "USD", "but currency is USD"),
        ("US$5", "CAD", "but currency is CAD"),
        ("5 EUR CHF", "", "no number"),
        ("kr 5", "", "no number"),
    ],
)
def test_what_no_one_currency_explains_is_rejected(text: str, stated: str, reason: str) -> None:
    with pytest.raises(BadRow, match=reason):
        amount(text, "cost", stated, 10**7)


def test_a_comma_may_be_its_decimal_mark() -> None:
    assert amount("1.234,50 €", "cost", "", 10**7, DecimalMark.COMMA) == (Decimal("1234.50"), "EUR")
