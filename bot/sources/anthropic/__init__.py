"""Anthropic: the Admin API's usage, cost and Claude Code reports, and the Analytics API of Claude Enterprise.

Wire format: `/v1/organizations/usage_report/messages`, `/usage_report/claude_code`, `/cost_report`, `/users`,
`/workspaces`, `/analytics/usage`, `/analytics/cost`; amounts are cents, as texts.

Tokens  are disjoint. No report but the analytics counts requests: who has tokens on a day is active on it.
Claude  Code on API keys is told twice: by person (claude_code) and by key (messages). The persons' tokens are taken
Code    out of the messages of their day and model, so that both together are what the messages report says, and each
        token is told once, of the person where that is known. On seats it is in no messages report: there it counts by
        itself, or by the analytics where the key may read them.
Money   the cost report is the bill, by workspace, model and class of tokens; it carries no tokens here, and requests 0.
        Usage carries its list price alone and is billed apart: a sum of cost is the bill. The analytics' cost is of
        seats, and is a bill of its own.
Left    sessions, lines of code, commits and pull requests of Claude Code: no figure of the catalogue is made of them;
out     that somebody was active the row itself says already.
Who     an account or a service account, else the key; who made a key says nothing of who uses it.
"""

from __future__ import annotations

from bot.sources.anthropic.source import ANTHROPIC

__all__ = ["ANTHROPIC"]
