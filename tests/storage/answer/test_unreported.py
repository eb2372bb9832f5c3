"""What sources do not report: the tools that are active in what was asked and missing in the figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from storage.answer.privacy import Viewer
from storage.answer.result import NoteKind
from tests.storage.answer.office import FOUR_WEEKS, MEMBER, of
from tests.storage.answer.office import TOKENS as OFFICE_TOKENS
from tests.storage.answer.test_notes import ORG, TOKENS, USES, data
from tests.storage.organisation import Stay
from tests.storage.worlds import World, worlds


def test_activity_without_tokens_is_said_by_tool_with_its_people_and_requests(tmp_path: Path) -> None:
    silent = replace(USES[0], tool="copilot", input=None, cached=None, cache_write=None, output=None, requests=20)
    with_copilot = replace(ORG, uses=(*USES, silent, replace(silent, email="ghost@x.example", requests=None)))
    with worlds("sqlite", tmp_path, [with_copilot]) as (found,):
        result = found.check(TOKENS.with_(group_by=("tool",)))
        counted = found.check(TOKENS.with_(metrics=("requests",), group_by=("tool",)))
        adopted = found.check(TOKENS.with_(metrics=("active_people",), group_by=("tool",)))

    by_tool = {row.labels["tool"]: row.values["tokens"] for row in result.rows}
    assert by_tool["copilot"] is None
    assert [row.labels["tool"] for row in result.rows][-1] == "copilot"  # unknown is not least
    tools = [{"tool": "copilot", "people": 1, "requests": 20}]
    assert data(result, NoteKind.NO_TOKENS) == [{"tools": tools}]
    assert data(counted, NoteKind.NO_REQUESTS) == [{"tools": [{"tool": "copilot", "people": 0}]}]
    assert data(adopted, NoteKind.NO_TOKENS) == []


def test_others_than_the_operator_read_no_small_number_of_people_there(tmp_path: Path) -> None:
    silent = replace(USES[0], tool="copilot", input=None, cached=None, cache_write=None, output=None, requests=20)
    stays = tuple(Stay(email=f"{name}@x.example", team="Team") for name in "abcdef")
    with worlds("sqlite", tmp_path, [replace(ORG, stays=stays, uses=(*USES, silent))]) as (found,):
        result = found.ask(TOKENS, Viewer(email="a@x.example"))

    assert data(result, NoteKind.NO_TOKENS) == [{"tools": [{"tool": "copilot"}]}]


def test_a_figure_that_needs_neither_tokens_nor_requests_misses_no_tool(office: World) -> None:
    people = office.ask(OFFICE_TOKENS.with_(metrics=("headcount",)))

    assert data(people, NoteKind.NO_TOKENS) == data(people, NoteKind.NO_REQUESTS) == []


def test_a_tool_that_is_not_in_the_rows_asked_is_not_named(office: World) -> None:
    lab = OFFICE_TOKENS.with_(filters=(of("team", "Lab"),))

    assert data(office.ask(lab), NoteKind.NO_TOKENS) == []
    requests = office.ask(lab.with_(metrics=("requests",), period=FOUR_WEEKS))
    assert data(requests, NoteKind.NO_REQUESTS) == [{"tools": [{"tool": "ide", "people": 10}]}]


def test_a_question_about_some_people_counts_nobody_for_a_member(office: World) -> None:
    requests = OFFICE_TOKENS.with_(metrics=("requests",))
    whole, lab = requests, requests.with_(filters=(of("team", "Lab"),))

    assert data(office.ask(whole, MEMBER), NoteKind.NO_REQUESTS) == [{"tools": [{"tool": "ide", "people": 10}]}]
    assert data(office.ask(lab, MEMBER), NoteKind.NO_REQUESTS) == [{"tools": [{"tool": "ide"}]}]
