"""The rates of the European Central Bank, in each form in which it gives them, over real HTTP on loopback."""

from __future__ import annotations

import pytest

from bot.sources.base import Asked, SourceChanged, SourceDown
from bot.sources.catalogue import read_settings
from bot.sources.ecb import ECB, RATES, URL, rates, rates_of
from bot.sources.http.client import open_http
from bot.sources.http.refusals import refusal
from storage.records import Period, RateRecord
from tests.bot.sources.ecb_wire import DAY, SERIES, TOLD, WIDE, Bank, zipped
from tests.bot.sources.server import VendorServer, patient


def read(bank: Bank, path: str = "") -> list[RateRecord]:
    with VendorServer(bank) as server, open_http(ECB, settings := {URL: server.url + path}, patient()) as http:
        return [*rates(Asked(http=http, period=Period(DAY, DAY), settings=settings))]


@pytest.mark.parametrize("body", [zipped(WIDE), WIDE.encode("utf-8-sig"), SERIES.encode()], ids=["zip", "csv", "sdmx"])
def test_a_unit_of_each_currency_is_worth_the_dollars_of_a_euro_by_what_a_euro_buys_of_it(body: bytes) -> None:
    assert read(Bank(body)) == TOLD


def test_an_address_of_ones_own_may_be_that_of_the_file() -> None:
    assert read(Bank(), "/own/rates.csv") == TOLD


def test_what_holds_no_rates_is_said() -> None:
    for text in ("", "Date,JPY\n2026-11-10,200\n", "Date,USD\n", "a,b\n1,2\n"):
        with pytest.raises(SourceChanged, match="gives no rates"):
            [*rates_of(text)]
    with pytest.raises(SourceDown, match="breaks off"):
        read(Bank(zipped(WIDE)[:-40]))


def test_where_a_proxy_refuses_nobody_is_told_of_a_key() -> None:
    assert str(refusal(ECB, 403, b"no", ())) == (
        f"the European Central Bank refuses the request (403); check {URL}, and any proxy on the way"
    )


def test_no_other_bank_can_be_chosen() -> None:
    assert read_settings({RATES: "ECB"}) == ({RATES: "ECB"}, [])
    assert read_settings({RATES: "fed"})[1] == ["FULCRUM_RATES: must be ecb, not 'fed'"]
