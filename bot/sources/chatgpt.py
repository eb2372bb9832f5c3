"""ChatGPT Enterprise and Edu: the workspace's daily usage analytics, by person.

Wire format: `/v1/analytics/workspaces/{workspace}/usage`, and `/v1/manage/workspaces/{workspace}/users`.

Tokens   are disjoint here; fields that are missing are not reported, which is not 0. The totals of a person and day
         count; they can be more than their parts by client or model, so that nothing is added up from parts. Where a
         client tells all its tokens, as Codex does, they are taken out of the rest under the name of that tool.
Requests a turn, which is one request of a person, however many calls it took.
Money    a workspace is billed in credits or in dollars. Credits are no money and stay credits; `estimated_cost_usd` is
         neither, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.sources.base import Asked, Params, Report, VendorSource
from bot.sources.paging import last_id, paged
from bot.sources.values import amount, count, inner, listed, seconds, text
from storage.records import CostKind, IdentityRecord, Restate, UsageRecord

TOOL, CODEX, PROVIDER = "chatgpt", "codex", "openai"
ROWS, PEOPLE = 1000, 100
TOKENS = ("uncached_text_input_tokens", "cached_text_input_tokens", "text_output_tokens")


def _pages(asked: Asked) -> Iterator[Any]:
    end = asked.period.end + timedelta(days=1)
    params: Params = {"start_time": _unix(asked.period.start), "end_time": _unix(end), "limit": ROWS}
    return paged(asked.http, f"/v1/analytics/workspaces/{_workspace(asked)}/usage", params)


def _usage(page: Any) -> Iterator[UsageRecord]:
    for row in listed(page, "data", needed=True):
        yield from _of_person(row)


def _of_person(row: Mapping[str, Any]) -> Iterator[UsageRecord]:
    day = seconds(row, "start_time").date()
    totals, actor = inner(row, "totals", needed=True), inner(row, "actor")
    user = text(row, "user_id") or text(actor, "user_id")
    subject = text(actor, "email") or text(row, "email") or user
    rest, models = _Part.of(totals), [text(model, "model") for model in listed(row, "models")]
    for client in listed(row, "clients"):
        own = _Part.of(client)
        if text(client, "client_id").upper().startswith("CODEX") and own.is_part_of(rest):
            rest = rest.without(own)
            key = f"{day}|{user or subject}|{client['client_id']}"
            yield own.record(natural_key=key, day=day, subject=subject, tool=CODEX)
    model = models[0] if len(models) == 1 else ""
    yield rest.record(natural_key=f"{day}|{user or subject}", day=day, subject=subject, tool=TOOL, model=model)


@dataclass(frozen=True, slots=True)
class _Part:
    """Tokens, turns, dollars and credits of a person and day, or of one client in it; None is not reported."""

    tokens: tuple[int | None, ...]
    turns: int | None
    dollars: Decimal | None
    credits: Decimal | None

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> _Part:
        tokens = tuple(count(said, name) for name in TOKENS)
        dollars, credits_ = (amount(said, name) for name in ("cost_usd", "credits"))
        return cls(tokens, count(said, "turns"), dollars, credits_)

    def is_part_of(self, whole: _Part) -> bool:
        """Whether it tells all its tokens, and no more than are there."""
        return all(
            own is not None and there is not None and own <= there
            for own, there in zip(self.tokens, whole.tokens, strict=True)
        )

    def without(self, part: _Part) -> _Part:
        return _Part(
            tuple((there or 0) - (own or 0) for there, own in zip(self.tokens, part.tokens, strict=True)),
            None if self.turns is None else max(0, self.turns - (part.turns or 0)),
            None if self.dollars is None else self.dollars - (part.dollars or 0),
            None if self.credits is None else self.credits - (part.credits or 0),
        )

    def record(self, **what: Any) -> UsageRecord:
        fresh, cached, output = self.tokens
        return UsageRecord(
            provider=PROVIDER,
            input_tokens=fresh,
            cached_input_tokens=cached,
            output_tokens=output,
            requests=self.turns,
            cost=self.dollars,
            cost_kind=None if self.dollars is None else CostKind.BILLED,
            credits=self.credits,
            **what,
        )


def _identities(asked: Asked) -> Iterator[IdentityRecord]:
    path, params = f"/v1/manage/workspaces/{_workspace(asked)}/users", {"limit": PEOPLE}
    # A key for analytics need not be able to read who people are: their rows mostly carry the e-mail.
    for page in paged(asked.http, path, params, send="after", next_of=last_id, allowed=(403, 404)):
        for user in listed(page, "data", needed=True):
            if text(user, "email"):
                yield IdentityRecord(outside_id=text(user, "id", needed=True), email=text(user, "email"))


def _workspace(asked: Asked) -> str:
    return asked.settings["FULCRUM_CHATGPT_WORKSPACE"]


def _unix(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


CHATGPT = VendorSource(
    name="chatgpt",
    label="ChatGPT",
    base_url="https://api.chatgpt.com",
    needs=("CHATGPT_ADMIN_KEY", "FULCRUM_CHATGPT_WORKSPACE"),
    meanings={
        "CHATGPT_ADMIN_KEY": "reads the analytics of your ChatGPT workspace: its own Admin key, no key of the platform",
        "FULCRUM_CHATGPT_WORKSPACE": "the id of that workspace",
    },
    key_is="a ChatGPT Admin key of the workspace with enterprise.analytics.usage.read",
    headers=lambda settings: {"Authorization": f"Bearer {settings['CHATGPT_ADMIN_KEY']}"},
    identities=_identities,
    every_minutes=360,
    reports=(
        Report(
            name="usage",
            rule=Restate.WHOLE_DAYS,
            pages=_pages,
            translate=_usage,
            step_days=31,
            revised_days=7,
            feed=lambda settings: settings.get("FULCRUM_CHATGPT_WORKSPACE", ""),
            overlaps=("codex",),
            precedence=10,
        ),
    ),
)
