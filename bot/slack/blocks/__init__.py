"""The small nouns of Block Kit that every feature builds with: parts, tables, charts, pictures."""
