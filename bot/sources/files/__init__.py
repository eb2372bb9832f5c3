"""The open import files: one module a kind of file, each turning its rows into what the store takes.

A row that cannot be right is rejected with its line and a reason; a file that cannot be trusted is refused whole.
"""
