"""GitHub: one token for an organisation's Copilot and its pull requests, and who its logins are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sources import github_billing, github_copilot, github_pulls
from bot.sources.base import Asked, SourceChanged, VendorSource
from bot.sources.paging import NewPages
from bot.sources.values import flag, inner, listed, text
from storage.records import IdentityRecord

TOKEN, ORG = "GITHUB_TOKEN", "FULCRUM_GITHUB_ORG"
API_VERSION = "2022-11-28"
PEOPLE = """query($org: String!, $after: String) { organization(login: $org) { samlIdentityProvider {
  externalIdentities(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { user { login }
  samlIdentity { nameId emails { value } } scimIdentity { username emails { value } } } } } } }"""


def identities(asked: Asked) -> Iterator[IdentityRecord]:
    """The e-mails that single sign-on knows for logins; none where the organisation has none or keeps them."""
    after, pages = None, NewPages()
    while True:
        asked_for = {"query": PEOPLE, "variables": {"org": asked.settings[ORG], "after": after}}
        reply = asked.http.post("/graphql", asked_for, allowed=(403, 404))
        people: Mapping[str, Any] = (reply.body or {}) if reply.status < 400 else {}
        for name in ("data", "organization", "samlIdentityProvider", "externalIdentities"):
            people = inner(people, name)
        pages.check(people)
        for node in listed(people, "nodes"):
            login, email = text(inner(node, "user"), "login"), _email(node)
            if login and email:
                yield IdentityRecord(outside_id=login, email=email, origin="sync")
        paging = inner(people, "pageInfo")
        if not flag(paging, "hasNextPage"):
            return
        if text(paging, "endCursor") in ("", after):
            raise SourceChanged("GitHub gives the same page of its members again; its format may have changed")
        after = text(paging, "endCursor")


def _email(node: Mapping[str, Any]) -> str:
    """The first word for somebody that is an e-mail."""
    scim, saml = inner(node, "scimIdentity"), inner(node, "samlIdentity")
    words = [text(email, "value") for known in (scim, saml) for email in listed(known, "emails")]
    words += [text(saml, "nameId"), text(scim, "username")]
    return next((word.strip().lower() for word in words if "@" in word), "")


GITHUB = VendorSource(
    name="github",
    label="GitHub",
    base_url="https://api.github.com",
    needs=(TOKEN, ORG),
    headers=lambda settings: {
        "Authorization": f"Bearer {settings[TOKEN]}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": API_VERSION,
    },
    identities=identities,
    seats=github_billing.seats_now,
    reports=(github_copilot.REPORT, github_billing.REPORT, github_pulls.REPORT),
    meanings={
        TOKEN: "reads an organisation's Copilot usage, seats and bill, and its pull requests",
        ORG: "the organisation on GitHub that the token is of",
    },
    key_is="a token of an organisation owner with `manage_billing:copilot` and `read:org`",
    every_minutes=360,
)
