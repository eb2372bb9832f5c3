"""`/leverage words`: an organisation's own words, taught and undone."""
