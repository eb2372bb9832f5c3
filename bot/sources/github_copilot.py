"""GitHub Copilot's daily usage reports, of users and of the organisation.

Source of the wire format: GitHub's REST API, Copilot metrics reports: a list of signed links to files of JSON lines.
Tokens are told for the CLI alone. The breakdowns of a row are cuts of one activity, so that one of them is read: by
feature. Suggested and accepted are those of code completions: agents write without anybody accepting. Use inside the
quota of a seat costs 0 and its credits are kept beside it; what goes beyond the quota is in the bill.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from bot.sources.base import Asked, Record, Report
from bot.sources.values import amount, count, inner, listed, text, texts, utc_day
from storage.records import CostKind, Restate, UsageRecord

ORG = "FULCRUM_GITHUB_ORG"
TOOL, CLI_TOOL, PROVIDER = "copilot", "copilot_cli", "github"
CREDIT_USD = Decimal("0.01")  # what a credit costs at list price
ROWS = 500  # rows of a file that are translated at a time
CLI, REST = "cli", ""
PARTS = {"code_completion": "completion", "copilot_cli": CLI, "agent_edit": "agent", "chat_panel_agent_mode": "agent"}
PROMPTS, MADE, TAKEN = (
    "user_initiated_interaction_count",
    "code_generation_activity_count",
    "code_acceptance_activity_count",
)


class ActivityCounts(NamedTuple):
    """What a part of a day's activity counts; None is not reported."""

    requests: int | None = None
    suggested: int | None = None
    accepted: int | None = None
    input: int | None = None
    output: int | None = None
    credits: Decimal | None = None


Parts = dict[str, ActivityCounts]  # completions, chats, agents, the CLI, and the rest, which is of no feature


def pages(asked: Asked) -> Iterator[dict[str, Any]]:
    """Day by day the rows of users, some at a time, then the organisation's row beside what the users came to."""
    for day in asked.period.each_day():
        told: Parts = {}
        known: set[str] = set()  # a file may come twice, or a row
        links = _links(asked, "users-1-day", day)
        yield {"day": day, "given": bool(links)}
        rows = _lines(asked, links)
        while some := [(row, parts_of(row)) for row in islice(rows, ROWS)]:
            yield {"day": day, "users": some}
            new = {user: parts for row, parts in some if (user := _user(row)) not in known}
            known |= new.keys()
            told = _sums([told, *new.values()])
        for row in _lines(asked, _links(asked, "organization-1-day", day, allowed=(404,))):
            yield {"day": day, "organization": row, "told": told}


def records(page: Mapping[str, Any]) -> Iterator[Record]:
    """Facts of each user's row and its parts; of the organisation what its users do not come to, as nobody's."""
    for row, parts in page.get("users", ()):
        login = _login(row)
        day = utc_day(row, "day" if "day" in row or "report_day" not in row else "report_day")
        yield from _facts(day, _user(row), login, parts)
    if "organization" in page:
        yield from _facts(page["day"], "", "", _beyond(parts_of(page["organization"]), page["told"]))


def _login(row: Mapping[str, Any]) -> str:
    return text(row, "login") or text(row, "user_login", needed=True)


def _user(row: Mapping[str, Any]) -> str:
    """Whose row it is: the number stays where a login is changed."""
    return text(row, "user_id") or _login(row)


def parts_of(row: Mapping[str, Any]) -> Parts:
    """The activity of a row of a user or of the organisation, in parts that do not overlap."""
    prompts = {"chat": 0, "agent": 0, CLI: 0, REST: 0}
    parts: Parts = {}
    for feature in listed(row, "totals_by_feature"):
        name = text(feature, "feature")
        part = PARTS.get(name, "chat" if name.startswith("chat") else REST)
        if part == "completion":
            parts[part] = ActivityCounts(suggested=count(feature, MADE), accepted=count(feature, TAKEN))
        else:
            prompts[part] += count(feature, PROMPTS) or 0
    rest = (count(row, PROMPTS) or 0) - prompts["chat"] - prompts["agent"] - prompts[CLI]
    parts |= {part: ActivityCounts(requests=prompts[part]) for part in ("chat", "agent")}
    parts[CLI] = _cli(inner(row, "totals_by_cli")) or ActivityCounts(requests=prompts[CLI])
    parts[REST] = ActivityCounts(requests=max(0, rest), credits=amount(row, "ai_credits_used"))
    found = {part: counts for part, counts in parts.items() if any(counts)}
    return found or ({REST: ActivityCounts()} if _is_active(row) else {})


def _cli(totals: Mapping[str, Any]) -> ActivityCounts | None:
    """What the CLI counts itself, else None; whether its input holds what was cached is not told."""
    if not totals:
        return None
    tokens = inner(totals, "token_usage")
    return ActivityCounts(
        requests=count(totals, "request_count"),
        input=count(tokens, "prompt_tokens_sum"),
        output=count(tokens, "output_tokens_sum"),
    )


def _is_active(row: Mapping[str, Any]) -> bool:
    """Whether a row says that somebody was active, though nothing that is counted here tells of it."""
    return bool(count(row, MADE) or any(row[name] is True for name in row if name.startswith("used_")))


def _sums(rows: Iterable[Parts]) -> Parts:
    """What rows come to, part by part."""
    found: dict[str, list[ActivityCounts]] = {}
    for parts in rows:
        for part, counts in parts.items():
            found.setdefault(part, []).append(counts)
    return {part: ActivityCounts(*map(_sum, zip(*told, strict=True))) for part, told in found.items()}


def _sum(counts: Iterable[Any]) -> Any:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _beyond(parts: Parts, told: Parts) -> Parts:
    """What is in `parts` and not in `told`."""
    nothing = ActivityCounts()
    left = {part: ActivityCounts(*map(_less, counts, told.get(part, nothing))) for part, counts in parts.items()}
    return {part: counts for part, counts in left.items() if any(counts)}


def _less(one: Any, other: Any) -> Any:
    return None if one is None else max(0, one - (other or 0))


def _facts(day: date, user: str, login: str, parts: Parts) -> Iterator[UsageRecord]:
    for part, counts in parts.items():
        yield UsageRecord(
            natural_key=f"{day}|{user}|{part}",
            day=day,
            subject=login,
            tool=CLI_TOOL if part == CLI else TOOL,
            provider=PROVIDER,
            mode="agent" if part == CLI else part,
            input_tokens=counts.input,
            output_tokens=counts.output,
            requests=counts.requests or None,  # credits and completions tell that somebody was active, not how often
            suggested=counts.suggested,
            accepted=counts.accepted,
            cost=Decimal(0),
            cost_kind=CostKind.COVERED,
            list_cost=None if counts.credits is None else counts.credits * CREDIT_USD,
            credits=counts.credits,
        )


def _links(asked: Asked, name: str, day: date, allowed: tuple[int, ...] = ()) -> Sequence[str]:
    """Where the files of a day's report are; nowhere while GitHub has no report of the day."""
    path = f"/orgs/{asked.settings[ORG]}/copilot/metrics/reports/{name}"
    reply = asked.http.get(path, {"day": day.isoformat()}, allowed=allowed)
    found: Sequence[str] = (
        [] if reply.status >= 400 or reply.body is None else texts(reply.body, "download_links", needed=True)
    )
    return found


def _lines(asked: Asked, links: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """The rows of these files."""
    for link in links:
        for value in asked.http.lines(link):
            yield from _rows(value)


def _rows(value: Any) -> Iterator[Mapping[str, Any]]:
    """The rows of a line, which may itself hold a list of them."""
    if isinstance(value, list):
        for inner in value:
            yield from _rows(inner)
    elif isinstance(value, Mapping):
        inside = value.get("user_totals") or value.get("day_totals")
        if inside is None:
            yield value
        else:
            day = value.get("report_day") or value.get("day")
            yield from ({"day": day, **row} for row in _rows(inside))


REPORT = Report(
    name="copilot",
    rule=Restate.WHOLE_DAYS,
    pages=pages,
    translate=records,
    step_days=1,
    revised_days=4,
    lag_days=1,
    history_days=365,
    feed=lambda settings: settings.get(ORG, ""),
    lists=lambda page: [page["day"]] if page.get("given") else [],
    scope="“View Copilot Metrics”, with the policy “Copilot usage metrics” on",
    overlaps=(CLI_TOOL,),
    precedence=10,
)
