"""The schema; read this first. Every row belongs to a workspace; days are local days of that workspace."""

from __future__ import annotations

from storage.tables.access import AgentToken
from storage.tables.advice import Experiment, Outcome, OwnerInput, StageChange, Suggestion
from storage.tables.base import EPOCH, MS_PER_MINUTE, NANO, OPEN_END, Base, BigId, Day, Owned
from storage.tables.digest import DigestIssue, Feedback, OutboxMessage, Subscription
from storage.tables.feeds import Feed, InvoiceLine, Load, Rate, Source, SourceState, SyncDay, Truth, feed_label
from storage.tables.installation import SlackInstallation
from storage.tables.organisation import Alias, Identity, Person, ProposedAlias, Spell, Team, TeamAlias, Workspace
from storage.tables.plans import Budget, DatedEvent, MetricTarget, SavedQuestion, Watch
from storage.tables.policy import Anonymity, Erased, Setting, SettingChange
from storage.tables.roster import RosterEntry, Seat, Snapshot
from storage.tables.talk import Claim, OpenTurn, Question, ThreadState
from storage.tables.telemetry import TelemetryInbox, TelemetrySeries, TelemetrySignal
from storage.tables.usage import (
    BLOCK,
    KEY_BYTES,
    ActiveDays,
    Allocation,
    Counts,
    Pricing,
    Stream,
    Subject,
    UsageBefore,
    UsageByRole,
    UsageByStream,
    UsageByTeam,
    UsageDaily,
    UsageFact,
)
from storage.tables.work import WorkBefore, WorkCounts, WorkDaily, WorkFact, Workflow

__all__ = [
    "BLOCK",
    "EPOCH",
    "KEY_BYTES",
    "MS_PER_MINUTE",
    "NANO",
    "OPEN_END",
    "ActiveDays",
    "AgentToken",
    "Alias",
    "Allocation",
    "Anonymity",
    "Base",
    "BigId",
    "Budget",
    "Claim",
    "Counts",
    "DatedEvent",
    "Day",
    "DigestIssue",
    "Erased",
    "Experiment",
    "Feed",
    "Feedback",
    "Identity",
    "InvoiceLine",
    "Load",
    "MetricTarget",
    "OpenTurn",
    "OutboxMessage",
    "Outcome",
    "Owned",
    "OwnerInput",
    "Person",
    "Pricing",
    "ProposedAlias",
    "Question",
    "Rate",
    "RosterEntry",
    "SavedQuestion",
    "Seat",
    "Setting",
    "SettingChange",
    "SlackInstallation",
    "Snapshot",
    "Source",
    "SourceState",
    "Spell",
    "StageChange",
    "Stream",
    "Subject",
    "Subscription",
    "Suggestion",
    "SyncDay",
    "Team",
    "TeamAlias",
    "TelemetryInbox",
    "TelemetrySeries",
    "TelemetrySignal",
    "ThreadState",
    "Truth",
    "UsageBefore",
    "UsageByRole",
    "UsageByStream",
    "UsageByTeam",
    "UsageDaily",
    "UsageFact",
    "Watch",
    "WorkBefore",
    "WorkCounts",
    "WorkDaily",
    "WorkFact",
    "Workflow",
    "Workspace",
    "feed_label",
]
