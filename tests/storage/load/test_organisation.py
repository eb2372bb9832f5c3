"""The team tree and the catalogue of workflows: each file is the whole truth of what files brought."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from storage.load.organisation import Replaced, save_workflows
from storage.records import WorkflowRecord
from storage.roster_records import TeamRecord
from storage.tables import Team, TeamAlias, Workflow
from tests.storage.load.stores import ANA, BO, Store, spell


def test_a_team_that_is_gone_leaves_as_soon_as_nobody_was_in_it(store: Store) -> None:
    store.roster(spell(ANA))

    assert store.teams(TeamRecord(name="Engineering"), TeamRecord(name="Core", parent="Engineering")).removed == 1
    assert store.roster(spell(ANA), spell(BO, "Core")).rejected == [(0, "no team is called 'Platform'")]

    with store.engine.connect() as connection:
        assert set(connection.scalars(select(Team.name))) == {"Engineering", "Core"}


def test_a_team_that_comes_back_is_the_same_team(store: Store) -> None:
    store.roster(spell(ANA))
    store.teams(TeamRecord(name="Engineering"))

    store.teams(TeamRecord(name="Engineering"), TeamRecord(name="platform", parent="engineering"))

    assert store.roster(spell(ANA, "PLATFORM")).unchanged == 1


def test_the_same_teams_again_change_nothing(store: Store) -> None:
    teams = [TeamRecord(name="A", aliases=("one", "two"), channel="#a"), TeamRecord(name="B", parent="A")]
    store.teams(*teams)
    before = store.revision()

    assert store.teams(*teams).unchanged == 2
    assert store.revision() == before
    assert store.teams(TeamRecord(name="A", aliases=("two", "three"), channel="#a"), teams[1]).changed == 1
    with store.engine.connect() as connection:
        assert set(connection.scalars(select(TeamAlias.alias))) == {"two", "three"}


def test_aliases_and_teams_entered_in_slack_stay(store: Store) -> None:
    with store.engine.begin() as connection:
        team = connection.scalar(select(Team.id).where(Team.name == "Platform"))
        values = {"workspace_id": store.workspace_id, "origin": "slack"}
        connection.execute(insert(TeamAlias).values(team_id=team, alias="plat", **values))
        connection.execute(insert(Team).values(name="Guild", **values))

    store.teams(TeamRecord(name="Platform", aliases=("infra",)), TeamRecord(name="Guild", parent="Platform"))

    with store.engine.connect() as connection:
        assert set(connection.scalars(select(TeamAlias.alias))) == {"plat", "infra"}
        assert connection.execute(select(Team.parent_id).where(Team.name == "Guild")).scalar_one() is None


def test_teams_in_a_circle_are_rejected_with_all_that_hangs_below(store: Store) -> None:
    result = store.teams(
        TeamRecord(name="A", parent="C"),
        TeamRecord(name="B", parent="A"),
        TeamRecord(name="C", parent="B"),
        TeamRecord(name="D", parent="C"),
        TeamRecord(name="E", parent="E"),
        TeamRecord(name="F"),
        TeamRecord(name="G", parent="nowhere"),
        TeamRecord(name="H", parent="G"),
        TeamRecord(name="f"),
    )

    assert [place for place, _ in result.rejected] == [0, 1, 2, 3, 4, 6, 7, 8]
    reasons = dict(result.rejected)
    assert "circle" in reasons[0]
    assert "circle" in reasons[3]
    assert "circle" in reasons[4]
    assert reasons[6] == "no team is called 'nowhere'"
    assert "nowhere" in reasons[7]
    assert "twice" in reasons[8]
    with store.engine.connect() as connection:
        assert connection.scalars(select(Team.name)).all() == ["F"]


def test_the_catalogue_of_workflows_is_replaced(store: Store) -> None:
    review = WorkflowRecord(name="review", team="Platform", stage="assist", minutes_mode=3.5)
    triage = WorkflowRecord(name="triage", team="")

    def save(*workflows: WorkflowRecord) -> Replaced:
        with store.engine.begin() as connection:
            return save_workflows(connection, store.workspace_id, workflows)

    assert save(review, triage).new == 2
    assert save(review, triage).unchanged == 2
    with store.engine.begin() as connection:
        connection.execute(update(Workflow).where(Workflow.name == "triage").values(stage="draft", origin="slack"))
    last = save(WorkflowRecord(name="review", team="Nobody"), WorkflowRecord(name="new", team="platform"))

    assert last.rejected == [(0, "no team is called 'Nobody'")]
    assert (last.new, last.removed) == (1, 1)
    with store.engine.connect() as connection:
        rows = connection.execute(select(Workflow.name, Workflow.stage).order_by(Workflow.name))
        assert [tuple(row) for row in rows] == [("new", "manual"), ("triage", "draft")]
