"""An invented vendor and its source: usage by person and day, a bill by day, and who is who."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sources.base import Asked, Params, Report, SourceWithheld, VendorSource
from bot.sources.paging import last_id, paged
from bot.sources.values import count, listed, money, text, utc_day
from storage.records import CostKind, IdentityRecord, Restate, UsageRecord
from tests.bot.sources.server import Call, Route, Vendor, after, page_of

BO_ID = "u-bo"


def usage_pages(asked: Asked) -> Iterator[Any]:
    days: Params = {"since": str(asked.period.start), "until": str(asked.period.end), "limit": 2}
    return paged(asked.http, "/v1/usage", days)


def usage(page: Any) -> Iterator[UsageRecord]:
    for row in listed(page, "data", needed=True):
        yield UsageRecord(
            natural_key="|".join((text(row, "day", needed=True), text(row, "user", needed=True))),
            day=utc_day(row, "day"),
            subject=text(row, "user"),
            tool="acme",
            model="a-1",
            input_tokens=count(row, "tokens", needed=True),
            output_tokens=0,
            requests=count(row, "requests"),
        )


def bill_pages(asked: Asked) -> Iterator[Any]:
    reply = asked.http.get("/v1/bill", {"since": str(asked.period.start)}, allowed=(403,))
    if reply.status == 403:
        raise SourceWithheld("the key may not read the bill")
    yield reply.body


def bill(page: Any) -> Iterator[UsageRecord]:
    for row in listed(page, "data", needed=True):
        yield UsageRecord(
            natural_key=text(row, "day"),
            day=utc_day(row, "day"),
            tool="acme",
            cost=money(row, "usd"),
            cost_kind=CostKind.BILLED,
        )


def people(asked: Asked) -> Iterator[IdentityRecord]:
    for page in paged(asked.http, "/v1/people", {"limit": 1}, send="after", next_of=last_id):
        for row in listed(page, "data", needed=True):
            yield IdentityRecord(outside_id=text(row, "id"), email=text(row, "email"))


ACME = VendorSource(
    name="acme",
    label="Acme Code",
    base_url="https://api.acme.example",
    needs=("ACME_API_KEY",),
    meanings={"ACME_API_KEY": "an Admin key of Acme Code"},
    key_is="an Admin key, which an owner makes",
    headers=lambda settings: {"Authorization": f"Bearer {settings['ACME_API_KEY']}"},
    identities=people,
    reports=(
        Report(name="usage", rule=Restate.WHOLE_DAYS, pages=usage_pages, translate=usage, step_days=4, history_days=10),
        Report(name="bill", rule=Restate.WHOLE_DAYS, pages=bill_pages, translate=bill, history_days=10),
    ),
)


@dataclass
class AcmeVendor(Vendor):
    """What Acme has: rows of (day, user, tokens), and dollars by day."""

    rows: list[tuple[str, str, int]] = field(default_factory=list)
    dollars: dict[str, str] = field(default_factory=dict)
    answer: Any = None  # what its usage is, whatever is asked
    users: Mapping[str, str] = field(default_factory=lambda: {BO_ID: "bo@acme.example", "u-ana": "ana@acme.example"})

    def routes(self) -> Mapping[str, Route]:
        return {"/v1/usage": self.usage, "/v1/bill": self.bill, "/v1/people": self.people}

    def usage(self, call: Call) -> Any:
        if self.answer is not None:
            return self.answer
        since, until = call.first("since"), call.first("until")
        found: Sequence[Any] = [
            {"day": day, "user": user, "tokens": tokens, "requests": 1}
            for day, user, tokens in sorted(self.rows)
            if since <= day <= until
        ]
        return page_of(found, call)

    def bill(self, call: Call) -> Any:
        return {"data": [{"day": day, "usd": usd} for day, usd in self.dollars.items() if day >= call.first("since")]}

    def people(self, call: Call) -> Any:
        return after([{"id": id_, "email": email} for id_, email in self.users.items()], call)
