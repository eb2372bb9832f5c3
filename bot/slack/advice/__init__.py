"""The advice in Slack: its cards, forms and presses, and the clock that checks it."""
