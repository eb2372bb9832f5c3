"""What App Home shows somebody, by their role: gathered without Slack."""
