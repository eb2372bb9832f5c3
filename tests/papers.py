"""What the papers take from the code: settings, metrics, bars, answers. `python -m tests.papers` prints it anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill

from bot.advice.defaults import BARS, ERROR_WORDS, SAFE_STAGE
from bot.advice.values import STAGES
from bot.cli import settings
from bot.cli.commands import Asking
from bot.cli.demo import import_sample
from bot.settings import Settings
from storage.catalogue import METRICS
from tests.shared import ROOT

PAPERS = (
    "README.md",
    "CHANGELOG.md",
    "bot/README.md",
    "bot/advice/README.md",
    "storage/README.md",
    ".github/CONTRIBUTING.md",
    ".github/SECURITY.md",
)
ENV_FILE = ".env.example"
DAY = date(2026, 11, 18)  # on which the invented company is asked
WIDTH = 120

PRINTED = re.compile(r"(?<=<!-- printed: )(\w+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
BLOCK = re.compile(r"(?<=^```\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
QUESTION = re.compile(r"> (?P<words>.+?)(?: {2,}\(as (?P<email>[^\s,)]+).*\))?")

Ask = Callable[[str, str | None], str]


def text_of(name: str) -> str:
    """A paper as it stands."""
    return (ROOT / name).read_text(encoding="utf-8")


def anew(text: str, ask: Ask) -> str:
    """A paper with what it takes from the code printed once more."""
    text = PRINTED.sub(lambda part: f"{part[1]}{part[2]}{PRINTERS[part[1]]()}\n", text)
    return BLOCK.sub(lambda block: _answers(block[0], ask) if block[0].startswith("> ") else block[0], text)


def questions(text: str) -> list[re.Match[str]]:
    """The questions that a paper shows."""
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines() if line.startswith("> ")]
    return [found for line in lines if (found := QUESTION.fullmatch(line))]


@contextmanager
def asking(store: Path) -> Iterator[Ask]:
    """Asks the invented company's store: as the operator, or as somebody under the usual policy."""
    with closing(Asking(Settings(database_url=f"sqlite:///{store}"), as_of=DAY)) as company:
        yield lambda words, email: company.ask(words, email).text


def _answers(block: str, ask: Ask) -> str:
    shown = []
    for part in block.strip().split("\n\n"):
        line = part.splitlines()[0]
        found = QUESTION.fullmatch(line)
        assert found, f"{line!r} is no question"
        answer = fill(ask(found["words"], found["email"]), WIDTH, break_on_hyphens=False, break_long_words=False)
        shown.append(f"{line}\n{answer}")
    return "\n\n".join(shown) + "\n"


def _metrics() -> str:
    rows = [f"| {metric.name} | {metric.unit} | {metric.description} |" for metric in METRICS.values()]
    return "\n".join(["| metric | unit | what it is |", "| --- | --- | --- |", *rows])


def _bars() -> str:
    barred = STAGES[STAGES.index("execute") :]
    rows = []
    for number, words in ERROR_WORDS.items():
        bars = [f"{bar:.0%}" for bar in BARS.get(number, ())]
        cells = [str(number), words, *bars, *["never"] * (len(barred) - len(bars)), SAFE_STAGE[number]]
        rows.append(f"| {' | '.join(cells)} |")
    head = f"| class | an error costs | {' | '.join(barred)} | highest stage |"
    return "\n".join([head, f"|{' --- |' * (len(barred) + 3)}", *rows])


PRINTERS: dict[str, Callable[[], str]] = {"settings": settings.markdown, "metrics": _metrics, "bars": _bars}


def main() -> None:
    """Write all papers anew."""
    with TemporaryDirectory() as folder:
        store = Path(folder) / "fulcrum.db"
        import_sample(Path(folder) / "files", store, DAY)
        with asking(store) as ask:
            for name in PAPERS:
                (ROOT / name).write_text(anew(text_of(name), ask), encoding="utf-8")
    (ROOT / ENV_FILE).write_text(f"{settings.env()}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
