"""The words of a name as they are compared: without case, accents, apostrophes and joints."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

Words = tuple[str, ...]
_WORD = re.compile(r"[^\W\d_]+|\d+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "'": "", "’": ""})


def folded(text: str) -> Words:
    """The words of a name: "Claude_Code" and "claude code" are one."""
    if text.isascii():
        return tuple(_WORD.findall(text.lower().replace("'", "")))
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return tuple(_WORD.findall("".join(char for char in plain if not unicodedata.combining(char))))


fold = lru_cache(maxsize=8192)(folded)  # for what is asked again; names of a whole roster would only push that out
