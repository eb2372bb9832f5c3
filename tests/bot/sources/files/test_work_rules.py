"""Rules of work: each row says which items of a source are of which workflow, in which mode, or of a mode alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.sources.files.problems import BadRow
from bot.sources.files.work_rules import COLUMNS, read, record
from storage.load.work_rules import read_work_rules
from storage.records import WorkRuleRecord
from tests.bot.sources.files.papers import opened, reasons
from tests.bot.sources.files.shop import TEAMS, WORKFLOWS, Shop
from tests.shared import ROOT


def test_a_sound_row_is_a_rule_and_the_rules_keep_their_order(tmp_path: Path) -> None:
    text = (
        "source,item,field,pattern,workflow,mode\n"
        "GitHub,review,repository,acme/pay*,Code review,\n"
        "github,,,*,Delivery,\n"
        "jira,,Issue Type,Bug,Upkeep,assisted\n"
        "zendesk,,tag,ai_resolved,,agent\n"
    )
    file = opened(tmp_path, COLUMNS, text)

    assert read(file) == [
        (
            2,
            WorkRuleRecord(
                source="github", item="review", field="repository", pattern="acme/pay*", workflow="Code review"
            ),
        ),
        (3, WorkRuleRecord(source="github", pattern="*", workflow="Delivery")),
        (4, WorkRuleRecord(source="jira", field="type", pattern="Bug", workflow="Upkeep", mode="assisted")),
        (5, WorkRuleRecord(source="zendesk", field="tag", pattern="ai_resolved", mode="agent")),
    ]


def test_item_and_mode_may_be_left_out(tmp_path: Path) -> None:
    file = opened(tmp_path, COLUMNS, "source,field,value,workflow\npagerduty,service,pay-api,Incident response\n")

    expected = WorkRuleRecord(source="pagerduty", field="service", pattern="pay-api", workflow="Incident response")
    assert read(file) == [(2, expected)]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (["", "", "label", "x", "W", ""], "source is empty; it is one of github, jira, pagerduty, zendesk"),
        (["trello", "", "label", "x", "W", ""], "source is 'trello', not one of github, jira"),
        (["jira", "review", "label", "x", "W", ""], "item is 'review', not one of issue"),
        (["jira", "", "repository", "x", "W", ""], "field is 'repository', not one of project, type"),
        (["jira", "", "label", " ", "W", ""], r"pattern is empty; \* fits every label"),
        (["jira", "", "", "PAY-*", "W", ""], "field is empty; for jira it is one of project"),
        (["jira", "", "label", "x", "", ""], "workflow and mode are both empty"),
        (["jira", "", "label", "x", "W", "robot"], "mode is 'robot', not one of human, assisted, agent"),
        (["jira", "", "label", "x" * 201, "W", ""], "pattern is longer than 200 characters"),
    ],
)
def test_what_cannot_be_a_rule_is_refused_with_the_reason(fields: list[str], reason: str) -> None:
    with pytest.raises(BadRow, match=reason):
        record(*fields)


def test_a_file_of_rules_is_loaded_and_names_workflows_that_nobody_catalogued(shop: Shop) -> None:
    rules = "source,field,pattern,workflow\njira,project,PAY,Review\njira,project,*,Upkeep\n"

    report = shop.load(teams=TEAMS, workflows=WORKFLOWS, work_rules=rules)

    assert report.ok
    assert any("in no catalogue: Upkeep" in words for words in report.files[-1].warnings)
    assert [rule.pattern for rule in _stored(shop.engine, shop.workspace_id)] == ["PAY", "*"]


def test_the_rules_that_the_paper_shows_are_sound(tmp_path: Path) -> None:
    paper = (ROOT / "bot" / "README.md").read_text(encoding="utf-8")
    block = paper[paper.index("source,item,field,pattern") :].partition("```")[0]
    file = opened(tmp_path, COLUMNS, block)

    assert len(read(file)) == block.count("\n") - 1 > 5
    assert reasons(file) == []


def _stored(engine: Engine, workspace_id: int) -> tuple[WorkRuleRecord, ...]:
    with engine.connect() as connection:
        return read_work_rules(connection, workspace_id)
