"""The app with its advice."""

from __future__ import annotations

from tests.bot.slack.advice.benches import bench

__all__ = ["bench"]
