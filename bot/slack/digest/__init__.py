"""Digests in Slack: their form, their messages, and the clock that makes them."""
