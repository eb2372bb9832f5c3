"""Brings what vendors report into the store: which days are due, one pull after the other, and how it went."""
