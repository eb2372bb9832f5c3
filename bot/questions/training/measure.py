"""Right, wrong and missed on labelled sets: `python -m bot.questions.training.measure WEIGHTS PARAPHRASES SET …`."""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from bot.questions.finders.marks import Marked
from bot.questions.read import read_one
from bot.questions.reader.choices import Choices
from bot.questions.reader.trained import ALONE, Read, Thread, TrainedReader
from bot.questions.reading import Reading, Told, Understood, World
from bot.questions.training.notation import Gold, Line, gold_of_query, notation_of, same
from bot.questions.training.sets import AS_OF, Set, sets_in
from storage.query import Query

log = logging.getLogger(__name__)
LEVELS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
CONDITIONED = ("condition", "refusal")


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line with what was made of it."""

    line: Line
    of: str
    verdict: str
    why: str
    sure: float
    got: Read

    @property
    def understood(self) -> bool:
        """Whether figures were given."""
        return isinstance(self.got.reading, Understood)

    def at(self, level: float) -> str:
        """The verdict where readings less sure than this are asked back."""
        if not self.understood or self.sure >= level:
            return self.verdict
        return "missed" if self.line.gold.answered else "right"


def judge(gold: Gold, reading: Reading) -> tuple[str, str]:
    """right, wrong or missed, and why. A refusal of whatever kind is as good as another."""
    if not isinstance(reading, Understood):
        return ("missed", type(reading).__name__) if gold.answered else ("right", "")
    if not gold.answered:
        return "wrong", f"answered: {notation_of(gold_of_query(reading.query, reading.intent.value))}"
    why = same(gold, gold_of_query(reading.query, reading.intent.value))
    return ("wrong", why) if why else ("right", "")


def thread(reader: TrainedReader, turns: Sequence[str], world: World) -> Read:
    """The last turn of a thread, each read against those before."""
    before = ALONE
    for turn in turns:
        got = reader.read(turn, world, before)
        before = followed(before, turn, got.reading)
    return got


def followed(thread: Thread, turn: str, reading: Reading) -> Thread:
    """What the next turn follows."""
    if isinstance(reading, Understood):
        return Thread(reading.query, thread.before)
    return thread if isinstance(reading, Told) else replace(thread, open=turn)


class Certain(Choices):
    """Choices that are answered with whatever confidence: the curve cuts afterwards."""

    @property
    def confidence(self) -> float:
        """As sure as can be."""
        return 1.0


def guarded(reader: TrainedReader, turns: Sequence[str], world: World) -> Read:
    """The last turn of a thread as the app reads it, whatever the confidence."""
    before: Understood | None = None
    seen: list[tuple[Marked, Choices]] = []

    def choose(marked: Marked, held: Query | None) -> Choices:
        chosen = reader.choose(marked, held)
        seen.append((marked, chosen))
        return Certain(**{field.name: getattr(chosen, field.name) for field in fields(chosen)})

    for turn in turns:
        got = read_one(turn, world, before, choose)
        if isinstance(got, Understood):
            before, world = replace(got, former=before.query if before else None), replace(world, open="")
        elif not isinstance(got, Told):
            world = replace(world, open=turn)
    marked, chosen = seen[-1] if seen else (Marked(), Choices({"status": "told", "topic": "none"}, {"status": 1.0}))
    return Read(got, chosen.confidence, marked, chosen)


def judged(reader: TrainedReader, sets: Iterable[Set], guards: bool = False) -> list[JudgedLine]:
    """All lines of some sets, by the network alone or with the guards."""
    out = []
    for paraphrase_set in sets:
        for line in paraphrase_set.lines:
            read = guarded if guards else thread
            got = read(reader, line.turns, World(paraphrase_set.directory, AS_OF, line.asker))
            verdict, why = judge(line.gold, got.reading)
            out.append(JudgedLine(line, paraphrase_set.name, verdict, why, got.confidence, got))
    return out


def show(name: str, verdicts: Sequence[str]) -> None:
    """One line of figures."""
    found, n = Counter(verdicts), max(1, len(verdicts))
    figures = "  ".join(f"{verdict} {found[verdict] / n:6.1%}" for verdict in ("right", "wrong", "missed"))
    log.info("%-28s %4d  %s", name, len(verdicts), figures)


def report(rows: Sequence[JudgedLine], level: float) -> None:
    """The curve over the confidence, and at one level the figures by set, voice and family."""
    for at in LEVELS:
        show(f"sure >= {at:.2f}", [row.at(at) for row in rows])
    for title, key in (("set", "of"), ("voice", "voice"), ("family", "family")):
        groups: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            groups[row.of if key == "of" else getattr(row.line, key)].append(row.at(level))
        for name, verdicts in sorted(groups.items()):
            show(f"  {title} {name}", verdicts)
    refused = [row for row in rows if not row.line.gold.answered and row.line.gold.status != "told"]
    answered = sum(row.at(level) == "wrong" for row in refused)
    log.info("refusals answered: %d of %d = %.1f%%", answered, len(refused), 100 * answered / max(1, len(refused)))


def main() -> None:
    """Reads the arguments and measures."""
    ap = argparse.ArgumentParser()
    ap.add_argument("weights", type=Path)
    ap.add_argument("paraphrases", type=Path)
    ap.add_argument("sets", nargs="*", help="names of sets; all where none is named")
    ap.add_argument("--level", type=float, default=0.0)
    ap.add_argument("--guards", action="store_true", help="as the app reads, with the guards")
    ap.add_argument("--misses", type=Path, help="where to write what was not right")
    a = ap.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    reader = TrainedReader(a.weights)
    sets = [
        paraphrase_set
        for paraphrase_set in sets_in(a.paraphrases)
        if not a.sets or paraphrase_set.name.rpartition("/")[2] in a.sets
    ]
    began = time.process_time()
    rows = judged(reader, sets, a.guards)
    turns = sum(len(row.line.turns) for row in rows)
    report(rows, a.level)
    log.info("%.1f ms CPU a turn", 1000 * (time.process_time() - began) / max(1, turns))
    if a.misses:
        a.misses.write_text("".join(missed(row) for row in rows if row.verdict != "right"), "utf-8")


def missed(row: JudgedLine) -> str:
    """A line for those who look at what went wrong."""
    held = {"of": row.of, "sure": round(row.sure, 3), "verdict": row.verdict, "turns": row.line.turns,
            "wanted": notation_of(row.line.gold), "why": row.why, "condition": round(row.got.chosen.condition, 3),
            "status": row.got.chosen.heads["status"], "topic": row.got.chosen.heads["topic"]}  # fmt: skip
    return json.dumps(held, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
