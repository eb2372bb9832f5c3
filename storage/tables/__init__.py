"""The schema; read this first. Every row belongs to a workspace; days are local days of that workspace."""

from __future__ import annotations

from storage.tables.advice import Experiment, Outcome, OwnerInput, StageChange, Suggestion
from storage.tables.base import EPOCH, MS_PER_MINUTE, NANO, OPEN_END, Base, BigId, Day, Owned
from storage.tables.digest import DigestIssue, Feedback, OutboxMessage, Subscription
from storage.tables.feeds import Load, Source, SyncDay
from storage.tables.installation import SlackInstallation
from storage.tables.organisation import Identity, Person, Spell, Team, TeamAlias, Workspace
from storage.tables.talk import Claim, Question, Thread
from storage.tables.usage import Counts, Stream, UsageDaily, UsageFact
from storage.tables.work import WorkCounts, WorkDaily, WorkFact, Workflow

__all__ = [
    "EPOCH",
    "MS_PER_MINUTE",
    "NANO",
    "OPEN_END",
    "Base",
    "BigId",
    "Claim",
    "Counts",
    "Day",
    "DigestIssue",
    "Experiment",
    "Feedback",
    "Identity",
    "Load",
    "OutboxMessage",
    "Outcome",
    "Owned",
    "OwnerInput",
    "Person",
    "Question",
    "SlackInstallation",
    "Source",
    "Spell",
    "StageChange",
    "Stream",
    "Subscription",
    "Suggestion",
    "SyncDay",
    "Team",
    "TeamAlias",
    "Thread",
    "UsageDaily",
    "UsageFact",
    "WorkCounts",
    "WorkDaily",
    "WorkFact",
    "Workflow",
    "Workspace",
]
