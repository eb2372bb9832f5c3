"""The organisation's settings in Slack."""
