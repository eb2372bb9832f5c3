"""Questions in plain words, read as typed queries and answered by the store."""
