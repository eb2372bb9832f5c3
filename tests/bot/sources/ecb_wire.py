"""The European Central Bank as its files come over the wire, and what they tell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.sources.ecb import HISTORY
from storage.records import RateRecord
from tests.bot.sources.server import Answer, Call, Route, Vendor

WIDE = (
    "Date,USD,JPY,BGN,HRK,\n"
    "2026-11-10,1.2500,200.00,N/A,N/A,\n"
    "2026-11-09,1.2000,,1.9558,N/A,\n"
    "2026-11-08,N/A,190.00,N/A,N/A,\n"
    "1999-01-04,1.1789,133.73,N/A,N/A,\n"
)
SERIES = (
    "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,TITLE\r\n"
    'EXR.D.JPY.EUR.SP00.A,D,JPY,EUR,SP00,A,2026-11-10,200.00,A,"Japanese yen, euro"\r\n'
    'EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-11-09,1.2,A,"US dollar, euro"\r\n'
    'EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-11-10,1.25,A,"US dollar, euro"\r\n'
    "EXR.M.USD.EUR.SP00.A,M,USD,EUR,SP00,A,2026-11,1.23,A,\r\n"
    "EXR.D.BGN.EUR.SP00.A,D,BGN,EUR,SP00,A,2026-11-09,1.9558,A,\r\n"
    "EXR.D.JPY.EUR.SP00.A,D,JPY,EUR,SP00,A,2026-11-09,NaN,H,\r\n"
)
DAY, BEFORE = date(2026, 11, 10), date(2026, 11, 9)
TOLD = [
    RateRecord(day=BEFORE, currency="EUR", usd=Decimal("1.2")),
    RateRecord(day=BEFORE, currency="BGN", usd=Decimal("1.2") / Decimal("1.9558")),
    RateRecord(day=DAY, currency="EUR", usd=Decimal("1.25")),
    RateRecord(day=DAY, currency="JPY", usd=Decimal("0.00625")),
]


def zipped(text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("eurofxref-hist.csv", text)
    return file.getvalue()


@dataclass
class Bank(Vendor):
    """Gives one file, whatever is asked of it."""

    body: bytes = field(default_factory=lambda: zipped(WIDE))

    def routes(self) -> Mapping[str, Route]:
        return {path: self.history for path in (HISTORY, "/own/rates.csv")}

    def is_let_in(self, call: Call) -> bool:
        return True

    def history(self, call: Call) -> Answer:
        return Answer(self.body, 200, {"Content-Type": "application/zip"})
