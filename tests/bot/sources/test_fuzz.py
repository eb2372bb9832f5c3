"""Whatever an import file or a session log holds, it is read, refused in a sentence, or its lines are counted as bad.

A sample here, thousands in a trial. Telemetry: tests/bot/sources/otlp/test_fuzz.py.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from bot.sources.files.load import import_folder
from storage.engine import writing_engine
from storage.workspaces import default_workspace
from tests.bot.sources.files.shop import ROSTER, TEAMS, USAGE, WORK, WORKFLOWS, clock
from tests.bot.sources.logs.machine import Machine, claude, codex_count, codex_head, codex_turn, joined
from tests.databases import fresh_store
from tests.sampling import sampled, size

ODD = (
    *(
        b"",
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b'"',
        b'""',
        b"'",
        b",",
        b";;",
        b"\t",
        b"\r",
        b"\n\n",
    ),
    *(b"-1", b"1e400", b"NaN", b"0x10", b"9" * 40, b"2026-02-30", b"9999-12-31", b"0001-01-01", b"null", b"{}", b"[[["),
    *(b"=1+1", b"@x", b"a" * 3_000, "é🙂".encode(), b"\\u0000", b"true", b"1,5", b"$7", b"--"),
)
FILES = {
    "teams.csv": TEAMS,
    "roster.csv": ROSTER,
    "workflows.csv": WORKFLOWS,
    "usage.csv": USAGE,
    "work.csv": WORK,
    "invoices.csv": "month,provider,amount\n2026-05,openai,7.5\n",
    "budgets.csv": "scope,name,month,amount\norganisation,,2026-05,70\n",
    "usage.jsonl": json.dumps({"date": "2026-05-04", "email": "ana@acme.example", "tool": "cursor", "requests": 1})
    + "\n",
}
LOGS = {
    "claude/a.jsonl": joined([claude(), claude()]),
    "sessions/2026/11/03/rollout-2026-11-03T10-00-00-p-1.jsonl": joined(
        [codex_head(), codex_turn(), codex_count((1_000, 200, 100, 40), (1_000, 200, 100, 40))]
    ),
}


def harmed(content: bytes, chance: Random) -> bytes:
    """A file with up to three places changed, cut out, repeated or filled with something else."""
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(content) + 1)
        until = place + chance.randint(0, 12)
        between = chance.choice((chance.choice(ODD), chance.choice(ODD), content[place : place + 60], b""))
        content = content[:place] + between + content[until:]
    return content


@sampled
def test_whatever_import_files_hold_each_is_loaded_or_refused_in_a_sentence(tmp_path: Path) -> None:
    chance, loaded, refused = Random(15), 0, 0
    folder = tmp_path / "files"
    folder.mkdir()
    with fresh_store("sqlite", tmp_path) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            workspace_id = default_workspace(connection)
        for _ in range(size(5, 2_000)):
            for name in chance.sample([*FILES], 3):
                (folder / name).write_bytes(harmed(FILES[name].encode(), chance))
            report = import_folder(folder, engine, workspace_id, clock=clock)
            loaded += sum(not file.error for file in report.files)
            refused += sum(bool(file.error) for file in report.files)
            for file in folder.iterdir():
                file.unlink()
        engine.dispose()

    assert loaded > 0
    assert refused > 0


@sampled
def test_whatever_session_logs_hold_they_are_read_as_far_as_they_make_sense(tmp_path: Path) -> None:
    chance, counted = Random(15), 0
    for number in range(size(20, 10_000)):
        machine = Machine(tmp_path, f"machine-{number}")
        for name, content in LOGS.items():
            machine.path(name).write_bytes(harmed(content, chance))
        found = machine.read()
        counted += bool(found.rows)
        assert all(row.requests >= 0 and row.input_tokens >= 0 for row in found.rows)

    assert counted
