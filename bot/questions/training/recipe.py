"""Makes the reader from nothing: `python -m bot.questions.training.recipe ENCODER PARAPHRASES WORK OUT`.

Trains without the development sets, sets the temperature and measures on them, then goes on with them in; what comes
out is the file that the app reads, with its figures beside it. Ends with 1 where a bound is not kept.
"""

from __future__ import annotations

import argparse
import json
import logging
import pickle
import subprocess
import sys
from pathlib import Path

from bot.questions.reader.trained import TrainedReader
from bot.questions.training.build import built
from bot.questions.training.calibrate import temperature_of
from bot.questions.training.export import exported, quantised
from bot.questions.training.labels import Example
from bot.questions.training.measure import JudgedLine, judged
from bot.questions.training.sets import DEVELOPMENT, Set, examples_of, sets_in

log = logging.getLogger(__name__)
EACH = 5  # draws of every wording
EPOCHS, MORE = 6.0, 2.0  # without the development sets, and with them
LATER_RATE = 6e-5
LEVEL = 0.5  # below it a reading is asked back, in these figures
BOUNDS = {"right": 0.80, "wrong": 0.05, "refusals answered": 0.05, "agreement": 0.98, "megabytes": 25.0}


def main() -> None:
    """Reads the arguments and makes the reader."""
    ap = argparse.ArgumentParser()
    ap.add_argument("encoder", type=Path)
    ap.add_argument("paraphrases", type=Path)
    ap.add_argument("work", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--seed", type=int, default=7)
    a = ap.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    a.work.mkdir(parents=True, exist_ok=True)
    kept_out = [
        paraphrase_set
        for paraphrase_set in sets_in(a.paraphrases)
        if paraphrase_set.name.rpartition("/")[2] in DEVELOPMENT
    ]

    first = stage(a, "first", built(a.paraphrases, EACH, list(DEVELOPMENT)), EPOCHS)
    full = exported(a.encoder, first)
    quantised(full, a.encoder, first, a.work / "first.onnx", 1.0)
    reader = TrainedReader(a.work / "first.onnx")
    temperature = temperature_of(reader, [made for paraphrase_set in kept_out for made in examples_of(paraphrase_set)])
    reader.temperature = temperature
    figures = measured(reader, kept_out) | {"temperature": temperature}

    last = stage(a, "last", built(a.paraphrases, EACH, []), MORE, ["--start", str(first), "--rate", str(LATER_RATE)])
    full = exported(a.encoder, last)
    quantised(full, a.encoder, last, a.out, temperature)
    figures |= {"agreement": agreement(full, a.out, kept_out), "megabytes": a.out.stat().st_size / 1e6}
    (a.work / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "ascii")
    log.info("%s", json.dumps(figures))
    sys.exit(0 if kept(figures) else 1)


def stage(
    a: argparse.Namespace, name: str, examples: list[Example], epochs: float, more: list[str] | None = None
) -> Path:
    """One training, in a process of its own."""
    out: Path = a.work / name
    with (a.work / f"{name}.pickle").open("wb") as file:
        pickle.dump(examples, file)
    command = [sys.executable, "-m", "bot.questions.training.train", str(a.encoder), str(a.work / f"{name}.pickle")]
    subprocess.run([*command, str(out), "--epochs", str(epochs), "--seed", str(a.seed), *(more or [])], check=True)
    return out


def measured(reader: TrainedReader, sets: list[Set]) -> dict[str, float]:
    """The figures of the development sets at the level."""
    rows = judged(reader, sets)
    verdicts = [row.at(LEVEL) for row in rows]
    refused = [row for row in rows if not row.line.gold.answered and row.line.gold.status != "told"]
    return {
        "right": verdicts.count("right") / len(rows),
        "wrong": verdicts.count("wrong") / len(rows),
        "missed": verdicts.count("missed") / len(rows),
        "refusals answered": sum(row.at(LEVEL) == "wrong" for row in refused) / len(refused),
    }


def agreement(full: Path, small: Path, sets: list[Set]) -> float:
    """How often int8 reads as fp32 does."""
    rows: list[list[JudgedLine]] = [judged(TrainedReader(file), sets) for file in (full, small)]
    alike = sum(judge_alike(one, other) for one, other in zip(*rows, strict=True))
    return alike / len(rows[0])


def judge_alike(one: JudgedLine, other: JudgedLine) -> bool:
    """Whether two readings of a line come to the same."""
    return type(one.got.reading) is type(other.got.reading) and one.why == other.why


def kept(figures: dict[str, float]) -> bool:
    """Whether the figures keep the bounds."""
    least = ("right", "agreement")
    return all(figures[name] >= bound if name in least else figures[name] <= bound for name, bound in BOUNDS.items())


if __name__ == "__main__":
    main()
