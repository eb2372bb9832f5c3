"""Saved questions in Slack: the press that schedules an answer, `/leverage saved`, and the clock that posts them."""
