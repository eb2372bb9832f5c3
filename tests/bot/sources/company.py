"""One small company at every vendor: what each vendor has of it, in several pages, behind a server of its format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bot.sources.anthropic import ANTHROPIC
from bot.sources.base import VendorSource
from bot.sources.chatgpt import CHATGPT
from bot.sources.cursor import CURSOR
from bot.sources.github import GITHUB
from bot.sources.jira import JIRA
from bot.sources.litellm.source import LITELLM
from bot.sources.openai import OPENAI
from bot.sources.pagerduty import PAGERDUTY
from bot.sources.scim import SCIM
from bot.sources.slack_roster import SLACK
from bot.sources.zendesk import TIME_FIELDS, ZENDESK
from tests.bot.sources import test_cursor_pulls as cursor
from tests.bot.sources import test_github_pulls as pulls
from tests.bot.sources import test_pagerduty as pagerduty
from tests.bot.sources import test_zendesk as zendesk
from tests.bot.sources.anthropic import rows as anthropic
from tests.bot.sources.anthropic_wire import ADMIN, AnthropicVendor
from tests.bot.sources.chatgpt_wire import WORKSPACE, ChatGPTVendor
from tests.bot.sources.github_api import ORG, GitHub, lines
from tests.bot.sources.jira_site import EMAIL, JiraSite, issue, log
from tests.bot.sources.litellm import test_api as litellm
from tests.bot.sources.openai_wire import OpenAIVendor
from tests.bot.sources.server import Route, Vendor, VendorServer, unix
from tests.bot.sources.test_scim import Directory
from tests.bot.sources.test_slack_roster import Workspace

FIRST, LAST = date(2026, 11, 5), date(2026, 11, 8)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
PEOPLE = ("ada", "bo", "cy")
USERS = [{"id": f"user-{name}", "email": f"{name}@acme.example"} for name in PEOPLE]
RULES = (
    "github,pull request,,,Changes,",
    "github,review,,,Reviews,",
    "jira,,project,PAY,Payments,",
    "pagerduty,,service,pay-*,Incident response,",
    "zendesk,,tag,refund,Refunds,",
)


@dataclass(frozen=True, slots=True)
class AtVendor:
    """The company at one vendor: its source, what the vendor has, and settings besides the key and the address."""

    source: VendorSource
    vendor: Vendor
    settings: Mapping[str, str] = field(default_factory=dict)

    def server(self) -> VendorServer:
        """A server of it that gives two rows a page."""
        made = VendorServer(self.vendor)
        made.most = 2
        if isinstance(self.vendor, GitHubWithPulls):
            self.vendor.url = made.url
            self.vendor.organisation.address = lambda: made.url
        return made


@dataclass
class GitHubWithPulls(GitHub):
    """Copilot and the pull requests of one organisation."""

    organisation: pulls.Organisation = field(default_factory=pulls.Organisation)

    def routes(self) -> Mapping[str, Route]:
        return {**super().routes(), **self.organisation.routes()}


def _openai() -> AtVendor:
    def rows(number: int) -> list[dict[str, Any]]:
        return [
            {
                "input_tokens": 1000 * number + place,
                "input_cached_tokens": 400,
                "output_tokens": 30 + place,
                "num_model_requests": 2,
                "model": "gpt-5.5",
                "user_id": user["id"],
                "project_id": "proj_a",
            }
            for place, user in enumerate(USERS)
        ]

    usage = {day.isoformat(): rows(number) for number, day in enumerate(DAYS, start=1)}
    costs = {
        day.isoformat(): [
            {"amount": {"value": "0.75", "currency": "usd"}, "line_item": "gpt-5.5, input", "project_id": "proj_a"}
        ]
        for day in DAYS
    }
    projects = [{"id": "proj_a", "name": "Search"}]
    return AtVendor(OPENAI, OpenAIVendor({"completions": usage}, costs, USERS, projects))


def _chatgpt() -> AtVendor:
    rows = [
        {
            "object": "workspace.usage.result",
            "start_time": unix(day),
            "end_time": unix(day) + 86_400,
            "user_id": user["id"],
            "actor": {"type": "ACCOUNT_USER", "user_id": user["id"], "email": user["email"]},
            "totals": {
                "threads": 1,
                "turns": 3 + number,
                "credits": 1.5,
                "uncached_text_input_tokens": 110 * number,
                "cached_text_input_tokens": 20,
                "text_output_tokens": 55,
            },
            "clients": [],
            "models": [{"model": "gpt-5.5", "credits": 1.5}],
        }
        for number, day in enumerate(DAYS, start=1)
        for user in USERS
    ]
    return AtVendor(CHATGPT, ChatGPTVendor(rows, USERS), {"FULCRUM_CHATGPT_WORKSPACE": WORKSPACE})


def _anthropic() -> AtVendor:
    days = [day.isoformat() for day in DAYS]
    messages = {
        day: [anthropic.message(500 + place, 2000, 50, 10, 80, api_key_id=f"key_{place}") for place in range(3)]
        for day in days
    }
    code = {
        day: [anthropic.person(f"{name}@acme.example", 100, 400, 20, 15, date=f"{day}T00:00:00Z") for name in PEOPLE]
        for day in days
    }
    cost = {day: [anthropic.line("123.5"), anthropic.line("20", token_type="uncached_input_tokens")] for day in days}
    spaces = [{"id": "wrkspc_1", "name": "Search"}]
    return AtVendor(ANTHROPIC, AnthropicVendor(messages, code, cost, users=USERS, workspaces=spaces, reads=(ADMIN,)))


def _github() -> AtVendor:
    def row(day: date, place: int) -> dict[str, Any]:
        return {
            "day": day.isoformat(),
            "user_id": 1000 + place,
            "user_login": f"{PEOPLE[place]}-gh",
            "user_initiated_interaction_count": 5,
            "code_generation_activity_count": 20,
            "code_acceptance_activity_count": 8,
            "ai_credits_used": 2.5,
            "totals_by_feature": [
                {
                    "feature": "code_completion",
                    "user_initiated_interaction_count": 0,
                    "code_generation_activity_count": 15,
                    "code_acceptance_activity_count": 6,
                },
                {
                    "feature": "chat_panel_ask_mode",
                    "user_initiated_interaction_count": 5,
                    "code_generation_activity_count": 5,
                    "code_acceptance_activity_count": 2,
                },
            ],
            "totals_by_cli": {
                "session_count": 1,
                "request_count": 4 + place,
                "prompt_count": 2,
                "token_usage": {"prompt_tokens_sum": 900, "output_tokens_sum": 40, "avg_tokens_per_request": 235.0},
            },
        }

    def whole(day: date) -> dict[str, Any]:
        return {"day": day.isoformat(), "daily_active_users": 3, "user_initiated_interaction_count": 20}

    vendor = GitHubWithPulls(
        users={day.isoformat(): [lines(row(day, 0), row(day, 1)), lines(row(day, 2))] for day in DAYS},
        organizations={day.isoformat(): [lines(whole(day))] for day in DAYS},
        seats=[
            {
                "created_at": "2026-10-01T09:00:00+03:00",
                "pending_cancellation_date": None,
                "plan_type": "business",
                "assignee": {"login": f"{name}-gh", "id": 1000 + place},
            }
            for place, name in enumerate(PEOPLE)
        ],
        bills={(FIRST.isoformat(), "ada-gh"): 1.25, (LAST.isoformat(), "bo-gh"): 0.5},
        unowned={FIRST.isoformat(): 0.25},
        people=[
            {"user": {"login": f"{name}-gh"}, "scimIdentity": {"username": f"{name}@acme.example", "emails": []}}
            for name in PEOPLE
        ],
        organisation=pulls.Organisation(
            pulls={
                "pay": [
                    pulls.pull(number, f"{day}T10:00:00Z", updated_at=f"{day}T10:00:00Z")
                    for number, day in enumerate(reversed(DAYS), start=1)
                ]
            },
            reviews={1: [pulls.review(11, at=f"{LAST}T09:00:00Z")], 3: [pulls.review(12, at=f"{FIRST}T09:00:00Z")]},
        ),
    )
    return AtVendor(GITHUB, vendor, {"FULCRUM_GITHUB_ORG": ORG})


def _cursor() -> AtVendor:
    vendor = cursor.CursorVendor(
        events=[
            cursor.event(1440 * (number - 1) + 7 * place, userEmail=f"{name}@acme.example")
            for number in range(len(DAYS))
            for place, name in enumerate(PEOPLE)
        ],
        days=[
            {
                "userId": place,
                "email": f"{name}@acme.example",
                "day": day.isoformat(),
                "isActive": True,
                "totalTabsShown": 10,
                "totalTabsAccepted": 4,
            }
            for day in DAYS
            for place, name in enumerate(PEOPLE)
        ],
        members=[{"id": place, "email": f"{name}@acme.example", "role": "member"} for place, name in enumerate(PEOPLE)],
    )
    return AtVendor(CURSOR, vendor)


def _litellm() -> AtVendor:
    vendor = litellm.LiteLlm(
        calls=[
            litellm.call(10 * number + place, day, user=name)
            for number, day in enumerate(DAYS[:2])
            for place, name in enumerate(PEOPLE)
        ],
        days=[
            litellm.sums(3, key=key, day=day)
            for day in DAYS
            for key in (("k1",) if day in DAYS[:2] else ("k1", "k2", "k3"))
        ],
        users=[{"user_id": name, "user_email": f"{name}@acme.example"} for name in PEOPLE],
        keys=[
            {"token": f"k{place}", "key_alias": f"k{place}-alias", "user_id": name} for place, name in enumerate(PEOPLE)
        ],
    )
    return AtVendor(LITELLM, vendor)


def _slack() -> AtVendor:
    return AtVendor(SLACK, Workspace())


def _scim() -> AtVendor:
    return AtVendor(SCIM, Directory())


def _jira() -> AtVendor:
    site = JiraSite(
        issues=[issue(number, f"{day}T10:00:00.000+0000") for number, day in enumerate(DAYS, start=1)],
        logs={"1": [log(1800)], "3": [log(600), log(900)]},
    )
    return AtVendor(JIRA, site, {"JIRA_EMAIL": EMAIL})


def _pagerduty() -> AtVendor:
    account = pagerduty.Account(
        incidents=[
            pagerduty.incident(f"Q{number}", f"{day}T10:00:00Z", created_at=f"{day}T08:00:00Z")
            for number, day in enumerate(DAYS)
        ],
        analytics=[
            pagerduty.measured(
                f"Q{number}",
                created_at=f"{day}T08:00:00+00:00",
                updated_at=f"{day}T10:00:00+00:00",
                resolved_at=f"{day}T10:00:00+00:00",
            )
            for number, day in enumerate(DAYS)
        ],
    )
    return AtVendor(PAGERDUTY, account)


def _zendesk() -> AtVendor:
    desk = zendesk.Desk(
        tickets=[
            zendesk.ticket(number, updated=f"{day}T12:00:00Z", **zendesk.timed(120))
            for number, day in enumerate(DAYS, start=1)
        ],
        metrics=[zendesk.metric(number, f"{day}T12:00:00Z") for number, day in enumerate(DAYS, start=1)],
    )
    return AtVendor(ZENDESK, desk, {"ZENDESK_EMAIL": zendesk.EMAIL, TIME_FIELDS: "360001"})


COMPANY: Mapping[str, Callable[[], AtVendor]] = {
    "slack": _slack,
    "scim": _scim,
    "openai": _openai,
    "chatgpt": _chatgpt,
    "anthropic": _anthropic,
    "github": _github,
    "cursor": _cursor,
    "litellm": _litellm,
    "jira": _jira,
    "pagerduty": _pagerduty,
    "zendesk": _zendesk,
}

__all__ = ["COMPANY", "FIRST", "LAST", "RULES", "AtVendor"]
