"""What is on its way to Slack: sent once, with its pictures; and what happens where Slack refuses it."""
