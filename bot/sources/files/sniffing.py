"""How a file is dressed: its encoding, and what separates its fields. Exports come with semicolons, tabs and UTF-16."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from io import SEEK_END
from pathlib import Path

DELIMITERS = (",", ";", "\t", "|")  # a sniffer left to itself takes @ or l on a list of addresses
SAMPLE = 1 << 16  # bytes
TITLE_LINES, SURE = 12, 4  # so far down a header may lie, below a title, where so many of its headings are known
SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)  # what Excel writes above the header


@dataclass(frozen=True, slots=True)
class Dress:
    """What `open` and `csv.reader` have to be told; `above` are lines before the header."""

    encoding: str
    delimiter: str
    above: int = 0


def sniff(path: Path, known: Collection[str]) -> Dress:
    """The dress in which the header has most columns that are known; else as clevercsv finds it."""
    with path.open("rb") as raw:
        sample = raw.read(SAMPLE)
    encoding = _encoding(sample)
    text = sample.decode(encoding, errors="replace")
    lines = text.splitlines(keepends=True)
    said = SEP_LINE.fullmatch(lines[0]) if lines else None
    if said:
        return Dress(encoding, said[1], above=1)
    if not lines:
        return Dress(encoding, ",")
    best, known_names = _best(lines[0], known)
    if known_names > 1:
        return Dress(encoding, best)
    for above, line in enumerate(lines[1:TITLE_LINES], start=1):
        mark, names = _best(line, known)
        if names >= SURE:
            return Dress(encoding, mark, above)
    return Dress(encoding, _guess(text, best if known_names else ","))


def _best(line: str, known: Collection[str]) -> tuple[str, int]:
    """What separates most known headings of a line, and how many these are."""
    found = {mark: _recognised(line, mark, known) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: found[mark])
    return best, found[best]


def ends_whole(path: Path) -> bool:
    """Whether the last line of a file has an end."""
    with path.open("rb") as raw:
        raw.seek(-min(4, path.stat().st_size), SEEK_END)
        return raw.read().replace(b"\0", b"")[-1:] in (b"\r", b"\n")  # a character of UTF-16 has a nought


def undecodable_line(path: Path) -> int:
    """The first line of a file that is not UTF-8, 0 where there is none."""
    with path.open("rb") as raw:
        for number, line in enumerate(raw, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 0


def column(name: str) -> str:
    """A heading as it is compared: "User Email", "user-email" and "user_email" are one."""
    return re.sub(r"[\s_\-]+", "_", name.strip().strip("\ufeff").casefold())


def _encoding(sample: bytes) -> str:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    zeros = [sample[start:400:2].count(0) for start in (0, 1)]
    if max(zeros) > len(sample[:400]) // 4:
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return "utf-8-sig"


def _recognised(line: str, delimiter: str, known: Collection[str]) -> int:
    try:
        names = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return 0
    return sum(column(name) in known for name in names)


def _guess(text: str, otherwise: str) -> str:
    import clevercsv  # takes a while to load, and most files are told by their header

    try:
        found = clevercsv.Sniffer().sniff(text[:8192], delimiters="".join(DELIMITERS))
    except clevercsv.Error:
        return otherwise
    return found.delimiter if found and found.delimiter in DELIMITERS else otherwise
