"""The source itself: key, headers, who is who, and its reports."""

from __future__ import annotations

from collections.abc import Iterator

from bot.sources.anthropic import asking
from bot.sources.anthropic.analytics import ANALYTICS_COST, ANALYTICS_USAGE, may_read
from bot.sources.anthropic.cost import COST
from bot.sources.anthropic.usage import USAGE
from bot.sources.base import Asked, Params, VendorSource
from bot.sources.paging import last_id, paged
from bot.sources.values import listed, text
from storage.records import IdentityRecord

USERS = "/v1/organizations/users"


def _identities(asked: Asked) -> Iterator[IdentityRecord]:
    """Users by their ids. A key that reads nothing at all is refused here, in the vendor's words."""
    params: Params = {"limit": asking.PEOPLE}
    reads = asking.may_read_admin(asked) or may_read(asked)
    allowed = asking.NOT_ALLOWED if reads else ()
    for page in paged(asked.http, USERS, params, send="after_id", next_of=last_id, allowed=allowed):
        for user in listed(page, "data", needed=True):
            if text(user, "email"):
                yield IdentityRecord(outside_id=text(user, "id", needed=True), email=text(user, "email"))


ANTHROPIC = VendorSource(
    name="anthropic",
    label="Anthropic",
    base_url="https://api.anthropic.com",
    needs=("ANTHROPIC_ADMIN_KEY",),
    meanings={
        "ANTHROPIC_ADMIN_KEY": "reads usage and cost of your Anthropic organisation: an Admin key (`sk-ant-admin…`), "
        "or for the analytics of Claude Enterprise a key with `read:analytics`"
    },
    key_is="an Admin key (sk-ant-admin…), which an admin of the organisation makes, or one with read:analytics",
    headers=lambda settings: {
        "x-api-key": settings["ANTHROPIC_ADMIN_KEY"],
        "anthropic-version": "2023-06-01",
        "anthropic-beta": "analytics-usage-cost-2026-08-24",
    },
    identities=_identities,
    every_minutes=60,
    reports=(USAGE, COST, ANALYTICS_USAGE, ANALYTICS_COST),
)
