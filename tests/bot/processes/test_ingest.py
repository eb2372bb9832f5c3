"""`POST /ingest`: import files over HTTP, with the report of `fulcrum import --json`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.processes import ingest
from bot.sources.files.load import import_folder
from storage.load.exclusive import alone
from tests.bot.processes.front import NOW, Front, front
from tests.bot.sources.files.shop import GOOD, ROSTER, TEAMS, WORK, usage
from tests.databases import BACKENDS, fresh_store

ROW = {
    "date": "2026-05-04",
    "email": "ana@acme.example",
    "tool": "cursor",
    "model": "m",
    "input_tokens": 1,
    "output_tokens": 1,
    "requests": 1,
    "cost_usd": 0.1,
}
JSON_LINES = "application/x-ndjson"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Front]:
    with fresh_store("sqlite", tmp_path) as url, front(url) as made:
        yield made


def lines(*rows: object) -> str:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_file_is_loaded_as_the_command_line_loads_it(backend: str, tmp_path: Path) -> None:
    with fresh_store(backend, tmp_path) as url, front(url) as here:
        for name, text in (("teams", TEAMS), ("roster", ROSTER)):
            assert here.ingest(text, f"?file={name}").status == 200
        answer = here.ingest(usage(GOOD, GOOD.replace("ana@", "nobody@")), "?file=usage.csv")
        (tmp_path / "usage.csv").write_text(usage(GOOD, GOOD.replace("ana@", "nobody@")), "utf-8")
        same = import_folder(tmp_path / "usage.csv", here.held.writing, 1, clock=lambda: NOW).to_json()

        report = answer.json()
        assert answer.status == 200
        assert report["rows"] == same["rows"] | {"new": 2, "unchanged": 0}
        assert report["files"][0]["people_not_matched"] == same["files"][0]["people_not_matched"]
        assert here.held.days() == {date(2026, 5, 4): 2}


@pytest.mark.parametrize(
    ("text", "named", "wanted"),
    [(TEAMS, "", 2), (ROSTER, "", 2), (usage(GOOD), "", 1), (WORK, "", 1), (WORK, "?file=work", 1)],
)
def test_its_header_tells_which_file_it_is(here: Front, text: str, named: str, wanted: int) -> None:
    if text == ROSTER:
        here.ingest(TEAMS)
    answer = here.ingest(text, named)

    assert (answer.status, answer.json()["rows"]["new"]) == (200, wanted)


def test_json_lines_are_the_same(here: Front) -> None:
    here.ingest(usage(GOOD), "?file=usage")
    answer = here.ingest(lines(ROW | {"provider": "a", "mode": "chat"}), "?file=usage", Content_Type=JSON_LINES)

    assert answer.json()["rows"] == {"read": 1, "new": 0, "changed": 1, "unchanged": 0, "removed": 0, "rejected": 0}


def test_a_bad_line_is_named_by_its_own_number(here: Front) -> None:
    answer = here.ingest(
        lines(ROW, "", ROW | {"input_tokens": "many\nmany"}, "no JSON", [1], ROW | {"date": "2026-05-05"}),
        Content_Type=JSON_LINES,
    )

    report = answer.json()
    assert (report["rows"]["new"], report["rows"]["rejected"]) == (2, 3)
    assert [rejection["line"] for rejection in report["files"][0]["rejections"]] == [3, 4, 5]


def test_a_gzip_and_a_feed_are_taken(here: Front) -> None:
    for feed in ("a", "b"):
        answer = here.ingest(gzip.compress(usage(GOOD).encode()), f"?file=usage&feed={feed}", Content_Encoding="gzip")
        assert answer.json()["rows"]["new"] == 1

    assert here.held.days() == {date(2026, 5, 4): 2}


def test_whole_days_replace_what_they_lack(here: Front) -> None:
    here.ingest(usage(GOOD, GOOD.replace("cursor", "copilot")), "?whole_days=1")
    answer = here.ingest(usage(GOOD), "?whole_days=1")

    assert answer.json()["rows"]["removed"] == 1


def test_a_dry_run_writes_nothing_and_a_strict_one_nothing_of_a_file_with_a_bad_row(here: Front) -> None:
    assert here.ingest(usage(GOOD), "?dry_run=1").json()["dry_run"]
    answer = here.ingest(usage(GOOD, GOOD.replace("2026", "20x6")), "?strict=1")

    assert answer.status == 422
    assert "strict" in answer.json()["files"][0]["error"]
    assert here.held.days() == {}


@pytest.mark.parametrize("token", ["", "wrong", "otlp-t0ken"])
def test_without_its_own_token_nothing_is_taken(here: Front, token: str) -> None:
    answer = here.ingest(usage(GOOD), token=token)

    assert (answer.status, answer.json()) == (401, {"error": "The bearer token is missing or wrong."})
    assert here.held.days() == {}


@pytest.mark.parametrize(
    ("body", "query", "headers", "status", "words"),
    [
        ("", "", {}, 400, "import file"),
        ("a,b\n1,2\n", "", {}, 400, "import file"),
        ("a,b\n1,2\n", "?file=usage", {}, 422, "missing"),
        (TEAMS, "?file=salaries", {}, 400, "There is no file salaries"),
        (TEAMS, "?fiel=teams", {}, 400, "There is no option fiel"),
        ("nothing", "", {"Content_Type": JSON_LINES}, 400, "JSON object"),
        (gzip.compress(TEAMS.encode(), mtime=0)[:-5], "?file=teams", {"Content_Encoding": "gzip"}, 400, "cut off"),
        (TEAMS, "", {"Content_Type": "image/png"}, 415, "text/csv"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    here: Front, body: bytes | str, query: str, headers: dict[str, str], status: int, words: str
) -> None:
    answer = here.ingest(body, query, **headers)

    assert answer.status == status
    assert words in answer.body.decode()


def test_a_body_is_bounded_also_where_it_was_packed(here: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "MAX_BODY", 2**20)

    assert here.ingest(bytes(2**20 + 1)).status == 413
    answer = here.ingest(gzip.compress(bytes(5 * 2**20)), Content_Encoding="gzip")

    assert answer.status == 413
    assert "larger than 1 MB" in answer.json()["error"]
    assert "fulcrum import" in answer.json()["error"]


def test_a_newer_roster_is_the_whole_truth_here_too(here: Front) -> None:
    here.ingest(TEAMS)
    here.ingest(ROSTER, "?file=roster")
    answer = here.ingest("".join(ROSTER.splitlines(keepends=True)[:2]), "?file=roster")

    assert answer.json()["rows"]["removed"] == 1


def test_while_another_process_loads_a_file_the_sender_is_asked_to_come_again(here: Front) -> None:
    with alone(here.held.writing, "ingest") as ours:
        assert ours
        answer = here.ingest(TEAMS, "?file=teams")
        assert (answer.status, answer.headers["retry-after"]) == (429, str(ingest.BUSY_SECONDS))

    assert here.ingest(TEAMS, "?file=teams").status == 200
