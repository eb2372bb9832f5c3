"""Words in the letters that the font of drawn pictures has, and as lines of one width."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PIL import ImageFont

SPELLED = {"–": "-", "—": "-", "−": "-", "×": "x", "÷": "/", "ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "ł": "l"}
QUOTES = str.maketrans("“”’‘", "\"\"''")
DRAWN = "…·"  # what the font that comes with Pillow has beside ASCII

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def drawable(words: str) -> str:
    """In letters that the font has; the words beside the picture keep a name as it is written."""
    return "".join(word if word.isascii() or word in DRAWN else _nearest(word) for word in words.translate(QUOTES))


def wrapped(words: str, room: float, length: Callable[[str], float]) -> list[str]:
    """The words in lines of at most `room`, broken between words; a longer word stands alone."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and length(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _nearest(letter: str) -> str:
    near = unicodedata.normalize("NFKD", SPELLED.get(letter, letter))
    return "".join(letter for letter in near if letter.isascii()) or ("" if unicodedata.combining(letter) else "?")
