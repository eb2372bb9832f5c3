"""From items of work, as a source tells of them, to work facts: whose workflow an item is and who did it.

Rules decide that by what a source says of an item, the first one that fits. A rule's own mode comes first, then that of
a rule without a workflow, then what the source declares (a bot did it), else people did it. Minutes are what people
logged, None where nobody did.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from fnmatch import translate
from functools import lru_cache
from typing import Any

from bot.sources.base import Asked, Context, Unmapped
from bot.sources.values import required, unexpected
from storage.records import Period, WorkMode, WorkRecord, WorkRuleRecord

# The kinds of item of each source, its own first, and the fields that rules can go by.
ITEMS: Mapping[str, tuple[str, ...]] = {
    "github": ("pull request", "review"),
    "jira": ("issue",),
    "pagerduty": ("incident",),
    "zendesk": ("ticket",),
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    "github": ("repository", "label", "bot"),
    "jira": ("project", "type", "label", "component", "bot"),
    "pagerduty": ("service", "team", "type", "urgency", "priority"),
    "zendesk": ("form", "tag", "type", "group", "brand", "channel"),
}
REREAD_DAYS = 14  # people log their time late, and items are opened again


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """An item that is done, at the moment it was; `fields` are what rules may go by."""

    source: str
    kind: str
    key: str
    done_at: datetime
    fields: Mapping[str, Sequence[str]]
    minutes: Decimal | None = None
    accepted: bool = True
    reworked: bool = False
    by_bot: bool = False


@dataclass(frozen=True, slots=True)
class NoItem:
    """The key of what is no item of work (any more): open, deleted, a duplicate."""

    key: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A page of a vendor's JSON, and what decides about it."""

    body: Any
    period: Period
    context: Context

    @classmethod
    def of(cls, asked: Asked, body: Any) -> WorkPage:
        """A page of what was asked."""
        return cls(body, asked.period, asked.context)

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in the days that were asked for."""
        return self.period.start <= at.astimezone(self.context.zone).date() <= self.period.end


def facts(page: WorkPage, found: Iterable[WorkItem | NoItem]) -> Iterator[WorkRecord | Unmapped]:
    """The work facts of a page; one that lies before the days asked for only restates what is there."""
    for item in found:
        if isinstance(item, NoItem):
            yield _none(item.key, page.period)
            continue
        day = item.done_at.astimezone(page.context.zone).date()
        if day > page.period.end:
            continue
        workflow = workflow_of(item, page.context.rules)
        if workflow:
            yield WorkRecord(
                natural_key=item.key,
                day=day,
                workflow=workflow,
                mode=mode_of(item, page.context.rules),
                items=1,
                human_minutes=item.minutes,
                accepted=int(item.accepted),
                reworked=int(item.reworked),
            )
        else:
            yield _none(item.key, page.period)
            if day >= page.period.start:
                yield Unmapped(item=item.kind, fields=item.fields)


def workflow_of(item: WorkItem, rules: Iterable[WorkRuleRecord]) -> str:
    """The workflow of the first rule with one that fits, "" where none does."""
    return next((rule.workflow for rule in rules if rule.workflow and applies(rule, item)), "")


def mode_of(item: WorkItem, rules: Iterable[WorkRuleRecord]) -> WorkMode:
    """Who did it: as the rule of its workflow says, else one without a workflow, else its source."""
    fitting = [rule for rule in rules if applies(rule, item)]
    own = next((rule.mode for rule in fitting if rule.workflow), "")
    alone = next((rule.mode for rule in fitting if not rule.workflow), "")
    return WorkMode(own or alone or (WorkMode.AGENT if item.by_bot else WorkMode.HUMAN))


def applies(rule: WorkRuleRecord, item: WorkItem) -> bool:
    """Whether a rule is about this item; without a field it is about all of its kind."""
    if rule.source != item.source or (rule.item or ITEMS[rule.source][0]) != item.kind:
        return False
    return not rule.field or any(fits(rule.pattern, value) for value in item.fields.get(rule.field, ()))


def fits(pattern: str, name: str) -> bool:
    """Whether all of a name fits, whatever its case: `*` stands for any characters, `?` for one."""
    return _compiled(pattern.casefold()).match(name.casefold()) is not None


def instants(period: Period, context: Context) -> tuple[datetime, datetime]:
    """When its first day begins and the day after its last one, in the workspace's zone."""
    begin = datetime.combine(period.start, time(), context.zone)
    return begin, datetime.combine(period.end + timedelta(days=1), time(), context.zone)


def moment(row: Any, name: str) -> datetime:
    """A time of a vendor's with its offset (`Z`, `+08:00` or `+0800`); raises SourceChanged."""
    value = required(row, name)
    with suppress(TypeError, ValueError):
        found = datetime.fromisoformat(value)
        if found.tzinfo is not None:
            return found
    raise unexpected(value, name, "a time with its offset")


def minutes_of(row: Any, name: str) -> Decimal:
    """Seconds, as a number or its text, in minutes; raises SourceChanged."""
    value = required(row, name)
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{0,9})?", str(value)):
        raise unexpected(value, name, "a number of seconds")
    return Decimal(str(value)) / 60


def words(*values: Any) -> tuple[str, ...]:
    """Those of the values that are there, as texts."""
    return tuple(str(value) for value in values if value not in (None, ""))


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(translate(pattern.replace("[", "[[]")))  # a bracket is one: logins of bots end in [bot]


def _none(key: str, period: Period) -> WorkRecord:
    return WorkRecord(natural_key=key, day=period.start, workflow="", mode=WorkMode.HUMAN, items=0, human_minutes=None)
