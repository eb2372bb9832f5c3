"""Which of all spells have use of some streams on some days, found at once for tens of thousands of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Columns = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64]]

WORD = 64  # days in a word


class UseTable:
    """The uses of so many spells: of each its streams (one bit each), with the days of use as bits."""

    def __init__(self, spells: int, uses: Mapping[int, Sequence[tuple[int, int]]]) -> None:
        self._spells, self._uses = spells, uses

    def spells_with_use(self, what: int, days: int) -> int:
        """The spells with use of one of these streams on one of these days; everything in and out is bits."""
        import numpy as np  # not needed by whoever only loads, and by an operator's questions

        spells, streams, words = self._columns
        asked = (days >> WORD * place & (1 << WORD) - 1 for place in range(len(words)))
        has_use = np.zeros(len(spells), np.bool_)
        for own, mask in zip(words, asked, strict=True):
            if mask:
                has_use |= own & np.uint64(mask) != 0
        wanted = np.array([what >> stream & 1 for stream in range(self._streams)], np.bool_)
        found = np.zeros(self._spells, np.uint8)
        found[spells[has_use & wanted[streams]]] = 1
        return int.from_bytes(np.packbits(found, bitorder="little").tobytes(), "little")

    @cached_property
    def _columns(self) -> Columns:
        """Of each use its spell and its stream, by place, and its days, a row for every 64 of them."""
        import numpy as np

        pairs = [(spell, stream, days) for spell, own in self._uses.items() for stream, days in own]
        width = -(-max((days.bit_length() for _, _, days in pairs), default=0) // WORD)
        packed = b"".join(days.to_bytes(width * WORD // 8, "little") for _, _, days in pairs)
        words = np.frombuffer(packed, "<u8").reshape(len(pairs), width).T
        return (
            np.array([spell for spell, _, _ in pairs], np.int64),
            np.array([stream.bit_length() - 1 for _, stream, _ in pairs], np.int64),
            np.ascontiguousarray(words, np.uint64),
        )

    @cached_property
    def _streams(self) -> int:
        """How many streams there are, at least."""
        return int(self._columns[1].max(initial=-1)) + 1
