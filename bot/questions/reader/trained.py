"""The trained reader on onnxruntime: one message in, a reading and how sure it is out."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from bot.questions.finders.marking import mark
from bot.questions.finders.marks import Marked, Mention
from bot.questions.lexicon.tables import phrases
from bot.questions.reader.choices import Choices, choices
from bot.questions.reader.context import words_of
from bot.questions.reader.decode import heads_of, reading
from bot.questions.reader.encode import BREAK, Encoder
from bot.questions.reader.listing import in_plain_lists
from bot.questions.reading import Reading, World
from storage.catalogue import METRICS
from storage.query import Query

WEIGHTS = Path(__file__).with_name("reader.onnx")
RECORDED = Path(__file__).with_name("reader.sha256")


class Unfit(Exception):
    """The weights are not there, or are not the ones recorded; the text says which."""


@dataclass(frozen=True, slots=True)
class Thread:
    """What a message follows: the query of the turn before, the one before that, and a message asked back about."""

    before: Query | None = None
    former: Query | None = None
    open: str = ""


ALONE = Thread()
_MASK = "§"


@dataclass(frozen=True, slots=True)
class Read:
    """A reading with its confidence, and the marks and choices behind it."""

    reading: Reading
    confidence: float
    marked: Marked
    chosen: Choices


class TrainedReader:
    """Reads with the weights of a file, whose heads, tokenizer and temperature lie in its metadata."""

    def __init__(self, weights: Path) -> None:
        # It and numpy take half as much memory as the weights: a process that nobody has asked anything does without.
        # numpy's own threads, a good part of its start, are for matrices far larger than any here.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The file's graph was rewritten when it was made (`training/optimise.py`).
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
        self.session = ort.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
        held = self.session.get_modelmeta().custom_metadata_map
        self.spec = {name: tuple(values) for name, values in json.loads(held["heads"]).items()}
        self.temperature = float(held["temperature"])
        self.encode = Encoder(held["tokenizer"])

    def choose(self, marked: Marked, before: Query | None) -> Choices:
        """The network's choices for a marked message after a query."""
        import numpy as np

        parts = in_plain_lists(_in_known_words(marked.parts, self.spec["metric"]))
        ids, places = self.encode(parts)
        batch = np.array([ids], dtype=np.int64)
        logits, words = self.session.run(None, {"ids": batch, "mask": np.ones_like(batch)})
        held = heads_of(before) if before is not None else None
        return choices(parts, places, self.spec, logits[0], words[0], self.temperature, held)

    def read(self, text: str, world: World, thread: Thread = ALONE) -> Read:
        """One message."""
        marked = marked_in(text, world, thread)
        chosen = self.choose(marked, thread.before)
        return Read(reading(marked, chosen, thread.before, world), chosen.confidence, marked, chosen)


def _in_known_words(parts: Sequence[str | Mention], known: Sequence[str]) -> list[str | Mention]:
    """The parts with a word that the weights know in place of a newer metric's; code binds the metric itself."""
    out = list(parts)
    words = [part if isinstance(part, str) and part else _MASK for part in parts]
    for name, start, end in phrases("metrics").all(words):
        if name not in known:
            out[start:end] = ["requests" if METRICS[name].additive else "adoption", *[""] * (end - start - 1)]
    return out


def marked_in(text: str, world: World, thread: Thread) -> Marked:
    """A message with its mentions, after the words of what it follows."""
    marked = mark(text, world)
    parts = marked.parts
    if thread.open:
        earlier = mark(thread.open, world)
        parts, marked.problem = [*earlier.parts, BREAK, *parts], marked.problem or earlier.problem
    if thread.before is not None:
        assert marked.calendar is not None
        parts = [*words_of(thread.before, marked.calendar, thread.former), *parts]
    marked.parts = parts
    return marked


_LOADING = Lock()


def trained_reader() -> TrainedReader:
    """The reader of this release, loaded once, whoever comes first. Raises Unfit."""
    with _LOADING:
        return _load()


@cache
def _load() -> TrainedReader:
    try:
        with WEIGHTS.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        recorded = RECORDED.read_text("ascii").split()[0]
    except OSError as error:
        raise Unfit(f"The reader's weights are not installed ({WEIGHTS.name}).") from error
    if found != recorded:
        raise Unfit(f"{WEIGHTS.name} is not the file that this release recorded; it is not used.")
    return TrainedReader(WEIGHTS)


def is_loaded() -> bool:
    """Whether a question need not wait for the weights."""
    return _load.cache_info().currsize > 0
