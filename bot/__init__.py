"""Everything that talks: Slack, vendors, models, the terminal."""
