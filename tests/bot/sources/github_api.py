"""GitHub as its APIs are: reports behind signed links, bills by day and user, seats by Link header, single sign-on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sources.github import GITHUB
from tests.bot.sources.server import Answer, Call, Route, Vendor, VendorServer

ORG = "acme"
REPORTS = f"/orgs/{ORG}/copilot/metrics/reports"


@dataclass
class GitHub(Vendor):
    """An organisation. `users` and `organizations` are files by day, each a list of parts; a day without one is a 204.

    `bills` are dollars by (day, user), all of them the organisation's, and `unowned` what nobody has of it.
    """

    key = "ghp_0123456789abcdef"
    users: dict[str, list[str]] = field(default_factory=dict)
    organizations: dict[str, list[str]] = field(default_factory=dict)
    seats: list[dict[str, Any]] = field(default_factory=list)
    bills: dict[tuple[str, str], float] = field(default_factory=dict)
    unowned: dict[str, float] = field(default_factory=dict)
    people: list[dict[str, Any]] | None = None
    url: str = ""
    keys_at_files: list[str] = field(default_factory=list)

    def routes(self) -> Mapping[str, Route]:
        return {
            f"{REPORTS}/users-1-day": lambda call: self.report("users", call),
            f"{REPORTS}/organization-1-day": lambda call: self.report("organizations", call),
            "/files/{kind}/{day}/{part}": self.file,
            f"/orgs/{ORG}/copilot/billing/seats": self.seat_pages,
            f"/organizations/{ORG}/settings/billing/{{unit}}/usage": self.bill,
            "POST /graphql": self.graphql,
        }

    def is_let_in(self, call: Call) -> bool:
        if call.path.startswith("/files/"):
            self.keys_at_files += [value for value in call.headers.values() if self.key in value]
            return call.first("signature") == "ok"
        return call.headers.get("authorization") == f"Bearer {self.key}"

    def report(self, kind: str, call: Call) -> Any:
        day = call.first("day")
        parts = getattr(self, kind).get(day)
        if parts is None:
            return Answer(b"", 204)
        links = [f"{self.url}/files/{kind}/{day}/{part}?signature=ok" for part in range(len(parts))]
        return {"download_links": links, "report_day": day}

    def file(self, call: Call) -> Any:
        return Answer(getattr(self, call.parts["kind"])[call.parts["day"]][int(call.parts["part"])].encode())

    def seat_pages(self, call: Call) -> Any:
        page, size = call.number("page", 1), 2
        body = {"total_seats": len(self.seats), "seats": self.seats[(page - 1) * size : page * size]}
        more = f'<{self.url}{call.path}?per_page=100&page={page + 1}>; rel="next"'
        return Answer(body, headers={"Link": more} if page * size < len(self.seats) else {})

    def bill(self, call: Call) -> Any:
        day = f"{call.number('year', 0)}-{call.number('month', 0):02d}-{call.number('day', 0):02d}"
        user = call.first("user")
        owned = sum(usd for (on, whose), usd in self.bills.items() if on == day and user in ("", whose))
        net = owned + (0 if user else self.unowned.get(day, 0))
        item = {
            "product": "Copilot",
            "sku": "Copilot AI Credit",
            "model": "GPT-5.5",
            "unitType": "ai-credits",
            "pricePerUnit": 0.01,
            "grossAmount": net + 1,
            "discountAmount": 1,
            "netAmount": net,
        }
        return {"timePeriod": {}, "organization": ORG, "usageItems": [item]}

    def graphql(self, call: Call) -> Any:
        if self.people is None:
            return {"data": {"organization": {"samlIdentityProvider": None}}}
        start = int(call.body["variables"]["after"] or 0)
        more = start + 1 < len(self.people)
        found = {
            "pageInfo": {"hasNextPage": more, "endCursor": str(start + 1) if more else None},
            "nodes": self.people[start : start + 1],
        }
        return {"data": {"organization": {"samlIdentityProvider": {"externalIdentities": found}}}}


def lines(*rows: dict[str, Any]) -> str:
    """JSON lines."""
    return "\n".join(json.dumps(row) for row in rows)


def served(github: GitHub) -> VendorServer:
    """A server that its links point to."""
    server = VendorServer(github)
    github.url = server.url
    return server


__all__ = ["GITHUB", "ORG", "GitHub", "lines", "served"]
