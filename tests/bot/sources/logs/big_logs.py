"""Session logs of any size, shaped after real ones: long tool results, replies told in several lines, many files."""

from __future__ import annotations

import random
from pathlib import Path

MODELS = ("claude-opus-4-8", "claude-sonnet-4-5-20250929", "claude-haiku-4-5-20251001")
WORDS = (
    "the",
    "file",
    "error",
    "return",
    "def",
    "\\n",
    "import",
    'value\\"s',
    "if",
    "None",
    "self",
    "path",
    "é",
    "0x3f",
)
FILE_SIZES = (100_000, 250_000, 600_000, 1_500_000, 5_000_000)
LONG_FILE, EVERY = 40_000_000, 200  # one file in so many is that long
RESULTS = (300, 2_000, 4_000, 9_000, 20_000)
TEXTS = (200, 400, 800, 1_500, 3_000)


def write(folder: Path, megabytes: float, replies: float = 0.3) -> int:
    """Write logs of Claude Code; `replies` is the share of turns that a model takes. Gives the number of its calls."""
    chance = random.Random(20_261_129)
    text = " ".join(chance.choice(WORDS) for _ in range(100_000))
    left, number, calls, file_number = megabytes * 1e6, 0, 0, 0
    while left > 0:
        project = folder / "projects" / f"-srv-app-{file_number % 40}"
        project.mkdir(parents=True, exist_ok=True)
        size = LONG_FILE if file_number % EVERY == EVERY - 1 else chance.choice(FILE_SIZES)
        written = 0
        with (project / f"s-{file_number:05d}.jsonl").open("wb") as file:
            while written < min(size, left):
                number += 1
                if chance.random() < replies:
                    calls += 1
                    for part in range(chance.choice((1, 2, 2, 3))):
                        written += file.write(_reply(number, part, _cut(text, chance, TEXTS), file_number))
                else:
                    written += file.write(_result(number, _cut(text, chance, RESULTS), file_number))
        left -= written
        file_number += 1
    return calls


def one_more() -> bytes:
    """A line that none of the logs has."""
    return _reply(10**12, 0, "one more", 0)


def _cut(text: str, chance: random.Random, sizes: tuple[int, ...]) -> str:
    size = chance.choice(sizes)
    start = text.index(" ", chance.randrange(len(text) - size - 100))
    return text[start : text.rindex(" ", start, start + size)]


def _head(number: int, session: int) -> str:
    at = f"2026-10-{1 + (number // 900 + session * 7) % 28:02d}T{number // 3600 % 24:02d}:{number // 60 % 60:02d}"
    return (
        f'{{"parentUuid":"u{number}","isSidechain":false,"userType":"external","cwd":"/srv/app",'
        f'"sessionId":"s-{session}",'
        f'"version":"2.1.30","gitBranch":"main","timestamp":"{at}:{number % 60:02d}.000Z"'
    )


def _reply(number: int, part: int, text: str, session: int) -> bytes:
    written = number % 3_000
    return (
        f'{_head(number, session)},"type":"assistant","uuid":"a{number}-{part}","message":{{"id":"msg_{number:024x}",'
        f'"type":"message","role":"assistant","model":"{MODELS[number % 3]}",'
        f'"content":[{{"type":"text","text":"{text}"}}],"stop_reason":null,'
        f'"usage":{{"input_tokens":{number % 50},"cache_creation_input_tokens":{written},'
        f'"cache_read_input_tokens":{number * 37 % 150_000},"cache_creation":{{"ephemeral_5m_input_tokens":{written},'
        f'"ephemeral_1h_input_tokens":0}},"output_tokens":{1 + part * (number % 900)},"service_tier":"standard"}}}},'
        f'"requestId":"req_{number:024x}"}}\n'
    ).encode()


def _result(number: int, text: str, session: int) -> bytes:
    return (
        f'{_head(number, session)},"type":"user","uuid":"b{number}","message":{{"role":"user","content":[{{"type":'
        f'"tool_result","tool_use_id":"t{number}","content":"{text}"}}]}},"toolUseResult":{{"stdout":"{text}"}}}}\n'
    ).encode()
