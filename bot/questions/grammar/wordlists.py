"""Word lists as text: words by spaces, and tables of phrases by bars."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


def table(text: str) -> dict[str, tuple[str, ...]]:
    """Lines `key: phrase | phrase`; a line that begins with a bar goes on with the key before."""
    out: dict[str, tuple[str, ...]] = {}
    key = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if not line.startswith("|"):
            key, _, line = line.partition(":")
            out.setdefault(key, ())
        out[key] += tuple(phrase.strip() for phrase in line.split("|") if phrase.strip())
    return out
