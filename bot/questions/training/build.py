"""Builds what is trained on: `python -m bot.questions.training.build PARAPHRASES OUT [--without SETS]`."""

from __future__ import annotations

import argparse
import logging
import pickle
from collections import Counter
from pathlib import Path

from bot.questions.training.labels import Example
from bot.questions.training.sets import examples_of, sets_in
from bot.questions.training.wordings import Wordings

log = logging.getLogger(__name__)
WORDINGS = Path(__file__).with_name("wordings.txt")
SEED = 11
OFTEN = ("strangers", "written")  # sets that are closest to what people write count twice


def main() -> None:
    """Reads the arguments and builds."""
    ap = argparse.ArgumentParser()
    ap.add_argument("paraphrases", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--each", type=int, default=5)
    ap.add_argument("--without", nargs="*", default=[], help="sets that are kept out")
    a = ap.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    examples = built(a.paraphrases, a.each, a.without)
    with a.out.open("wb") as file:
        pickle.dump(examples, file)


def built(folder: Path, each: int, without: list[str]) -> list[Example]:
    """The examples of all sets but those kept out, and of the wordings."""
    sets = [
        paraphrase_set for paraphrase_set in sets_in(folder) if paraphrase_set.name.rpartition("/")[2] not in without
    ]
    labelled = [made for paraphrase_set in sets for made in examples_of(paraphrase_set)]
    gaps = Counter(gap.split("=")[0].split()[0] for example in labelled for gap in example.gaps)
    usable = [example for example in labelled if not example.gaps]
    bases = [
        (paraphrase_set.directory, line.gold)
        for paraphrase_set in sets
        for line in paraphrase_set.lines
        if line.gold.answered
    ]
    organisations = list(
        {paraphrase_set.directory.people[0].email: paraphrase_set.directory for paraphrase_set in sets}.values()
    )
    more = list(Wordings(WORDINGS, SEED, bases).examples(organisations, each))
    often = [example for example in usable if example.source.startswith(OFTEN)]
    follow = sum(example.before is not None for example in [*usable, *more])
    log.info("%d labelled, %d out of reach %s, %d from wordings; %d follow-ups",
             len(labelled), len(labelled) - len(usable), dict(gaps), len(more), follow)  # fmt: skip
    return [*usable, *often, *more]


if __name__ == "__main__":
    main()
