"""Labelled questions from wordings by meaning."""

from __future__ import annotations

from pathlib import Path

from bot.questions.training.labels import Example
from bot.questions.training.notation import Gold, gold_of, notation_of
from bot.questions.training.sets import organisation
from bot.questions.training.wordings import Wordings

DIRECTORY = organisation(Path(__file__).parents[1] / "paraphrases" / "strangers" / "c1.json")
TOKENS = gold_of("m=tokens; team=Yield; p=oct")


def drawn(tmp_path: Path, text: str, each: int = 20, seed: int = 3) -> list[Example]:
    file = tmp_path / "wordings.txt"
    file.write_text(text, "utf-8")
    return [*Wordings(file, seed, [(DIRECTORY, TOKENS)]).examples([DIRECTORY], each)]


def wanted(examples: list[Example]) -> list[Gold]:
    return [made.gold for made in examples]


def test_every_line_below_a_header_has_its_labels(tmp_path: Path) -> None:
    made = drawn(tmp_path, "# a comment\n= m=cost; p={t}\n{what was|were} the cost {t}\ncost {t}\n")

    assert made
    assert {gold.metrics for gold in wanted(made)} == {("cost",)}
    assert len({gold.plain["p"] for gold in wanted(made)}) > 3
    assert all(made.heads["metric"] == "cost" for made in made)


def test_a_name_that_is_drawn_is_the_name_that_is_labelled(tmp_path: Path) -> None:
    made = drawn(tmp_path, "= m={m.add}; {n.team}; p={t}\n{m} of {n.team} {t}\n")

    assert made
    for found in made:
        (team,) = found.gold.filters["team"]
        assert team in DIRECTORY.team
        assert any(team in mention.values for mention, _ in found.mentions)


def test_a_line_that_an_organisation_has_no_names_for_is_left_out(tmp_path: Path) -> None:
    assert drawn(tmp_path, "= m=tokens; {n.flavour}; p={t}\ntokens of {n.flavour} {t}\n") == []


def test_a_follow_up_follows_a_gold_and_changes_what_its_header_says(tmp_path: Path) -> None:
    made = drawn(tmp_path, "+ m=cost\nand the cost?\n")

    assert made
    assert all(found.before is not None for found in made)
    assert {notation_of(gold).replace("p=2026-10-01..2026-10-31", "p=oct") for gold in wanted(made)} >= {
        "m=cost; team=Yield; p=oct"
    }


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    text = "= m={m.any}; {n}; p={t}\n{m} {for|of} {n} {t}\n"

    assert wanted(drawn(tmp_path, text)) == wanted(drawn(tmp_path, text))
    assert wanted(drawn(tmp_path, text)) != wanted(drawn(tmp_path, text, seed=4))
