"""Parts of a message as the encoder's input: word pieces, with one unused word of its vocabulary for each marker."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer

from bot.questions.finders.marks import Mention
from bot.questions.reader.schema import MARKERS

BREAK = "|"  # between the query before and the message
LONGEST = 160
FIRST_UNUSED = 1  # [unused0] stands at 1 in BERT's vocabulary
_CLS, _SEP = 101, 102


class Encoder:
    """Turns parts into ids, and says where each part stands."""

    def __init__(self, tokenizer: str) -> None:
        self.tokenizer = Tokenizer.from_str(tokenizer)
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self._pieces: dict[str, list[int]] = {}

    def __call__(self, parts: Sequence[str | Mention]) -> tuple[list[int], list[int]]:
        """Ids, and for each part in order the index of its first id (-1 where it was cut off)."""
        ids, places = [_CLS], []
        for part in parts:
            places.append(len(ids))
            if isinstance(part, Mention):
                ids.append(marker(part))
                for word in part.words:
                    ids += self.pieces(word)
            else:
                ids += [_SEP] if part == BREAK else self.pieces(part)
        return [*ids[: LONGEST - 1], _SEP], [at if at < LONGEST - 1 else -1 for at in places]

    def pieces(self, word: str) -> list[int]:
        """The word pieces of one word."""
        found = self._pieces.get(word)
        if found is None:
            if len(self._pieces) > 50_000:
                self._pieces.clear()
            found = self._pieces[word] = self.tokenizer.encode(str(word), add_special_tokens=False).ids
        return found


def marker(mention: Mention) -> int:
    """The id of the marker: its kind, and whether it is of the context, of several values, or perhaps no name."""
    tails = (("<", mention.context), ("*", mention.several), ("~", mention.part), ("?", mention.doubtful))
    tail = next((tail for tail, holds in tails if holds), "")
    return FIRST_UNUSED + MARKERS.index(f"{mention.kind}{tail}")
