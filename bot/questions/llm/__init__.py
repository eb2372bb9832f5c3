"""The model engine: a language model reads what the rules do not, and code checks every word of what it read."""
