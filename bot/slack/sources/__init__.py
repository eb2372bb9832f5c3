"""`/leverage sources` in Slack."""
