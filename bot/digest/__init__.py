"""The weekly digest: which week, what changed in it, in words and data, and its way to each subscriber exactly once."""
