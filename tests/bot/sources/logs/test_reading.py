"""What was read stays counted, whatever happens to the files; nothing counts twice; nothing bad stops it."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.logs import parallel, reading
from bot.sources.logs.scanning import CUT_OFF, Says, Scanned, Stretch, scan
from tests.bot.sources.logs.machine import (
    Line,
    Machine,
    claude,
    codex_count,
    codex_head,
    codex_turn,
    joined,
    only,
    replies,
    sums,
)
from tests.sampling import sampled, size

FILE = "projects/-srv-app/s-1.jsonl"
COPY = "projects/-srv-app/s-2.jsonl"
ROLLOUT = "sessions/2026/11/03/rollout-2026-11-03T10-00-00-p-1.jsonl"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def calls_of_codex(count: int) -> list[Line]:
    lines = [codex_head(), codex_turn()]
    for number in range(1, count + 1):
        total = (1_000 * number, 300 * number, 40 * number, 9 * number)
        at = f"10:{number:02d}:00.000"
        lines += [codex_count(total, None, at), codex_count(total, None, at)]
    return lines


class TestAppends:
    @sampled
    @settings(max_examples=size(8, 30))  # each is several runs over files
    @given(data=st.data())
    def test_any_split_into_appends_comes_to_what_one_pass_does(
        self, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        files = {FILE: joined(replies(4)), COPY: joined(replies(3, start=2)), ROLLOUT: joined(calls_of_codex(4))}
        place = tmp_path_factory.mktemp("appends")
        at_once, piecewise = Machine(place, "once"), Machine(place, "piecewise")
        for name, content in files.items():
            at_once.path(name).write_bytes(content)
        written = dict.fromkeys(files, 0)
        for _ in range(data.draw(st.integers(1, 6))):
            name = data.draw(st.sampled_from(sorted(files)))
            until = data.draw(st.integers(written[name], len(files[name])))
            piecewise.path(name).write_bytes(files[name][:until])
            written[name] = until
            piecewise.read()
        for name, content in files.items():
            piecewise.path(name).write_bytes(content)

        found = piecewise.read()
        assert found.rows == at_once.read().rows
        assert found.skipped == []

    def test_a_second_run_reads_nothing_that_it_has_read(
        self, machine: Machine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        machine.write(FILE, *replies(3))
        before = machine.read()
        read: list[int] = []

        def noted(stretch: Stretch, says: Says) -> Scanned:
            read.append(stretch.start)
            return scan(stretch, says)

        monkeypatch.setattr(parallel, "scan", noted)

        assert machine.read() == before
        assert read == []
        size = machine.path(FILE).stat().st_size
        machine.append(FILE, claude("new"))
        assert sums(machine.read())["requests"] == 4
        assert read == [size]

    def test_a_cut_last_line_is_said_and_read_when_it_is_whole(self, machine: Machine) -> None:
        whole = joined([claude("m1"), claude("m2")])
        path = machine.path(FILE)
        path.write_bytes(whole[:-40])

        found = machine.read()
        assert sums(found)["requests"] == 1
        assert found.skipped == [(FILE, 2, CUT_OFF)]
        assert machine.read().skipped == found.skipped
        path.write_bytes(whole)
        found = machine.read()
        assert sums(found)["requests"] == 2
        assert found.skipped == []

    def test_a_last_line_without_its_end_counts_if_it_is_whole(self, machine: Machine) -> None:
        machine.path(FILE).write_bytes(joined([claude("m1"), claude("m2")]).rstrip(b"\n"))

        assert sums(machine.read())["requests"] == 2
        with machine.path(FILE).open("ab") as file:
            file.write(b"\n" + joined([claude("m3")]))
        found = machine.read()
        assert sums(found)["requests"] == 3
        assert found.skipped == []


class TestChangedFiles:
    def test_a_file_that_is_cut_off_and_written_anew_adds_to_what_was_read(self, machine: Machine) -> None:
        machine.write(FILE, *replies(3))
        machine.read()
        machine.write(FILE, *replies(1, start=7))

        assert sums(machine.read())["requests"] == 4

    def test_a_file_of_the_same_length_with_other_words_is_read_anew(self, machine: Machine) -> None:
        path = machine.write(FILE, claude("m1"))
        machine.read()
        path.write_bytes(path.read_bytes().replace(b"m1", b"m2"))
        os.utime(path, ns=(1, 1))

        assert sums(machine.read())["requests"] == 2

    def test_a_rotated_file_counts_once_and_its_follower_too(self, machine: Machine) -> None:
        path = machine.write(FILE, *replies(3))
        machine.read()
        path.rename(machine.path(COPY))
        machine.write(FILE, *replies(2, start=3))

        assert sums(machine.read())["requests"] == 5

    def test_what_a_deleted_file_told_stays_counted(self, machine: Machine) -> None:
        machine.write(FILE, *replies(3))
        machine.write(COPY, *replies(2, start=3))
        machine.read()
        machine.path(FILE).unlink()

        found = machine.read()
        assert (found.files, sums(found)["requests"]) == (1, 5)

    def test_a_folder_with_none_of_the_known_files_is_another_folder(self, machine: Machine) -> None:
        machine.write(FILE, *replies(3))
        machine.read()
        machine.path(FILE).unlink()
        machine.write(COPY, claude("other"))

        assert sums(machine.read())["requests"] == 1

    def test_a_fuller_telling_that_is_read_later_moves_a_call_to_its_first_day(self, machine: Machine) -> None:
        machine.write(FILE, claude(at="2026-11-02T00:00:01Z", output=400))
        assert only(machine.read()).date == "2026-11-02"
        machine.write(COPY, claude(at="2026-11-01T23:59:59Z", output=2))

        assert (only(machine.read()).date, only(machine.read()).output_tokens) == ("2026-11-01", 400)


class TestCopies:
    @sampled
    @settings(max_examples=size(8, 30))
    @given(seed=st.integers(0, 1_000))
    def test_copied_and_shuffled_files_change_nothing(
        self, seed: int, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        chance = random.Random(seed)
        place = tmp_path_factory.mktemp("copies")
        plain, messed = Machine(place, "plain"), Machine(place, "messed")
        lines = replies(6)
        plain.write(FILE, *lines)
        for number in range(chance.randint(1, 5)):
            chosen = chance.sample(lines, chance.randint(0, len(lines)))
            messed.write(f"projects/p{chance.randint(0, 1)}/c{number}.jsonl", *chosen)
            if chance.random() < 0.5:
                messed.read()
        chance.shuffle(lines)
        messed.write(f"projects/p{chance.randint(0, 1)}/all.jsonl", *lines)

        assert messed.read().rows == plain.read().rows


class TestProcesses:
    def test_several_processes_and_stretches_come_to_what_one_does(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one, many = Machine(tmp_path, "one"), Machine(tmp_path, "many")
        one.write(FILE, *replies(60), "garbage", *replies(20, start=50))
        one.write(ROLLOUT, *calls_of_codex(20))
        alone = one.read()
        shutil.copytree(one.folder, many.folder, dirs_exist_ok=True)
        monkeypatch.setattr(reading, "STRETCH", 777)
        monkeypatch.setattr(parallel, "TASK", 2_000)
        monkeypatch.setattr(parallel, "WORTH_PROCESSES", 0)
        monkeypatch.setattr(os, "cpu_count", lambda: 3)

        assert many.read() == alone
        assert alone.skipped == [(FILE, 121, "it is no JSON object")]
