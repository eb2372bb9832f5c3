"""Questions in Slack: mentions, messages, /leverage and presses, answered where they were asked."""
