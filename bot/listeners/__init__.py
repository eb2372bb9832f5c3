"""Thin Slack listeners: acknowledge, hand over, done. The work is in `desk`."""
