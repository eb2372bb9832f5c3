"""What is trained on: all sets but those kept out, and the wordings."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.questions.training import build
from bot.questions.training.build import built

PARAPHRASES = Path(__file__).parents[1] / "paraphrases"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two short sets and two wordings."""
    wordings = tmp_path / "wordings.txt"
    wordings.write_text("= m=cost; p={t}\ncost {t}\n= m=tokens; p={t}\ntokens {t}\n", "utf-8")
    monkeypatch.setattr(build, "WORDINGS", wordings)
    sets = tmp_path / "sets"
    (sets / "strangers").mkdir(parents=True)
    for name in ("strangers/c1", "juniper"):
        shutil.copyfile(PARAPHRASES / f"{name}.json", sets / f"{name}.json")
        text = "tokens in October => m=tokens; p=oct\ncost at night => refuse:hour\n"
        (sets / f"{name}.txt").write_text(text, "utf-8")
    return sets


def sources(folder: Path, *without: str) -> list[str]:
    return [made.source for made in built(folder, 3, [*without])]


def test_sets_that_are_closest_to_what_people_write_count_twice(folder: Path) -> None:
    found = sources(folder)

    assert found.count("strangers/c1") == 2 * found.count("juniper") == 4
    assert found.count("wordings") == 2 * 3


def test_a_set_that_is_kept_out_is_nowhere(folder: Path) -> None:
    assert "strangers/c1" not in sources(folder, "c1")
    assert "juniper" in sources(folder, "c1")


def test_what_the_labels_cannot_say_is_left_out(folder: Path) -> None:
    text = "tokens in October => m=tokens; p=oct\ntokens of nobody => m=tokens; team=Nobody Known; p=oct\n"
    (folder / "juniper.txt").write_text(text, "utf-8")

    assert sources(folder).count("juniper") == 1
    assert all(not made.gaps for made in built(folder, 1, []))


def test_the_same_folder_builds_the_same(folder: Path) -> None:
    one, other = (built(folder, 2, []) for _ in range(2))

    assert [(made.source, made.gold, made.heads) for made in one] == [
        (made.source, made.gold, made.heads) for made in other
    ]
