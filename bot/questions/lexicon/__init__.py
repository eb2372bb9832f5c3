"""The words of questions as data: each with its meaning and an example, in one home."""
