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
    sets = [one for one in sets_in(folder) if one.name.rpartition("/")[2] not in without]
    labelled = [made for one in sets for made in examples_of(one)]
    gaps = Counter(gap.split("=")[0].split()[0] for one in labelled for gap in one.gaps)
    usable = [one for one in labelled if not one.gaps]
    bases = [(one.directory, line.gold) for one in sets for line in one.lines if line.gold.answered]
    organisations = list({one.directory.people[0].email: one.directory for one in sets}.values())
    more = list(Wordings(WORDINGS, SEED, bases).examples(organisations, each))
    often = [one for one in usable if one.source.startswith(OFTEN)]
    follow = sum(one.before is not None for one in [*usable, *more])
    log.info("%d labelled, %d out of reach %s, %d from wordings; %d follow-ups",
             len(labelled), len(labelled) - len(usable), dict(gaps), len(more), follow)  # fmt: skip
    return [*usable, *often, *more]


if __name__ == "__main__":
    main()
