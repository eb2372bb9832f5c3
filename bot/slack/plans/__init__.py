"""Watches and budgets in Slack: `/leverage watches`, `/leverage budgets`, and the clock of the watches."""
