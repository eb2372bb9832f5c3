"""The roster is the whole truth of its file; facts follow the spells that hold their days, and only those."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from sqlalchemy import Engine, func, insert, select, update

from storage.load.organisation import Replaced, save_teams, save_workflows
from storage.load.roster import save_roster
from storage.load.writes import LoadOf, save_usage
from storage.records import Kind, SpellRecord, TeamRecord, UsageRecord, WorkflowRecord
from storage.tables import Person, Spell, Subject, Team, TeamAlias, UsageDaily, UsageFact, Workflow
from storage.workspaces import read_revision

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
ANA, BO, CY = "ana@acme.example", "bo@acme.example", "cy@acme.example"


def spell(email: str, team: str = "Platform", start: date = JUNE, end: date | None = None, **more: str) -> SpellRecord:
    """A plausible row of the roster."""
    return SpellRecord(email=email, name=more.get("name", email), team=team, start=start, end=end)


class Store(NamedTuple):
    """An organisation of two teams, and what tests ask of it."""

    engine: Engine
    workspace_id: int

    def roster(self, *spells: SpellRecord) -> Replaced:
        with self.engine.begin() as connection:
            return save_roster(connection, self.workspace_id, spells)

    def teams(self, *teams: TeamRecord) -> Replaced:
        with self.engine.begin() as connection:
            return save_teams(connection, self.workspace_id, teams)

    def use(self, *uses: tuple[str, date]) -> None:
        load = LoadOf(workspace_id=self.workspace_id, source="cursor", what="a pass", now=NOW)
        records = [
            UsageRecord(natural_key=f"{email} {day}", day=day, subject=email, tool="cursor", input_tokens=1)
            for email, day in uses
        ]
        save_usage(self.engine, load, records)

    def rollup(self) -> list[tuple[date, str | None, str | None]]:
        """Whose and which team's each day's row is."""
        rows = (
            select(UsageDaily.day, Person.email, Team.name)
            .select_from(UsageDaily)
            .outerjoin(Spell, Spell.id == UsageDaily.spell_id)
            .outerjoin(Person, Person.id == Spell.person_id)
            .outerjoin(Team, Team.id == Spell.team_id)
            .order_by(UsageDaily.day, Person.email)
        )
        with self.engine.connect() as connection:
            return [(day, email, team) for day, email, team in connection.execute(rows)]

    def spells(self) -> dict[tuple[str, date], int]:
        """The id of each spell."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(Person.email, Spell.start_day, Spell.id).join(Person, Person.id == Spell.person_id)
            )
            return {(email, start): id_ for email, start, id_ in rows}

    def daily_ids(self) -> dict[date, list[int]]:
        """The ids of the rollup rows of each day, which are others where the day was rolled up again."""
        found: dict[date, list[int]] = {}
        with self.engine.connect() as connection:
            for day, id_ in connection.execute(select(UsageDaily.day, UsageDaily.id).order_by(UsageDaily.id)):
                found.setdefault(day, []).append(id_)
        return found

    def revision(self) -> int:
        with self.engine.connect() as connection:
            return read_revision(connection, self.workspace_id)


@pytest.fixture
def store(engine: Engine, workspace_id: int) -> Store:
    made = Store(engine, workspace_id)
    made.teams(TeamRecord(name="Engineering"), TeamRecord(name="Platform", parent="Engineering"))
    return made


def test_the_same_roster_again_changes_nothing(store: Store) -> None:
    rows = (spell(ANA, end=JULY), spell(ANA, "Engineering", start=AUGUST), spell(BO))
    assert store.roster(*rows).new == 3
    before = (store.spells(), store.revision())

    again = store.roster(*reversed(rows))

    assert (again.new, again.changed, again.unchanged, again.removed) == (0, 0, 3, 0)
    assert (store.spells(), store.revision()) == before


def test_a_changed_attribute_keeps_the_spell_and_touches_no_fact(store: Store) -> None:
    store.roster(spell(ANA))
    store.use((ANA, JUNE))
    spells, days, revision = store.spells(), store.daily_ids(), store.revision()

    result = store.roster(spell(ANA, "Engineering"))

    assert result.changed == 1
    assert (store.spells(), store.daily_ids()) == (spells, days)
    assert store.rollup() == [(JUNE, ANA, "Engineering")]
    assert store.revision() == revision + 1


def test_a_move_changes_only_the_days_from_the_move_on(store: Store) -> None:
    store.roster(spell(ANA), spell(BO))
    store.use((ANA, JUNE), (ANA, AUGUST), (BO, JUNE), (BO, AUGUST))
    spells, days = store.spells(), store.daily_ids()

    store.roster(spell(ANA, end=JULY), spell(ANA, "Engineering", start=date(2026, 7, 2)), spell(BO))

    assert store.rollup() == [
        (JUNE, ANA, "Platform"),
        (JUNE, BO, "Platform"),
        (AUGUST, ANA, "Engineering"),
        (AUGUST, BO, "Platform"),
    ]
    assert store.daily_ids()[JUNE] == days[JUNE]
    assert store.spells()[ANA, JUNE] == spells[ANA, JUNE]


def test_a_spell_that_ends_earlier_lets_go_of_the_days_after_its_end(store: Store) -> None:
    store.roster(spell(ANA))
    store.use((ANA, JUNE), (ANA, AUGUST))

    assert store.roster(spell(ANA, end=JULY)).changed == 1
    assert store.rollup() == [(JUNE, ANA, "Platform"), (AUGUST, None, None)]


def test_a_spell_that_is_gone_leaves_its_use_unattributed(store: Store) -> None:
    store.roster(spell(ANA), spell(BO))
    store.use((ANA, JUNE), (BO, JULY))

    result = store.roster(spell(BO))

    assert result.removed == 1
    assert store.rollup() == [(JUNE, None, None), (JULY, BO, "Platform")]
    with store.engine.connect() as connection:
        assert connection.scalars(select(Person.email)).all() == [BO]
        of_ana = select(func.count()).join_from(UsageFact, Subject).where(Subject.name == ANA)
        assert connection.scalar(of_ana) == 1


def test_use_that_came_before_its_person_is_attributed_when_they_come(store: Store) -> None:
    store.use((ANA, JUNE), (ANA, AUGUST))
    assert store.rollup() == [(JUNE, None, None), (AUGUST, None, None)]

    store.roster(spell(ANA, start=JULY))

    assert store.rollup() == [(JUNE, None, None), (AUGUST, ANA, "Platform")]


def test_both_ends_of_a_spell_belong_to_it(store: Store) -> None:
    store.use((ANA, date(2026, 5, 31)), (ANA, JUNE), (ANA, JULY), (ANA, date(2026, 7, 2)))

    store.roster(spell(ANA, end=JULY))

    assert [email for _, email, _ in store.rollup()] == [None, ANA, ANA, None]


@pytest.mark.parametrize(
    "later",
    [
        spell(ANA, start=JULY),
        spell(ANA, start=date(2026, 5, 1), end=JUNE),
        spell(ANA, start=date(2026, 6, 5), end=date(2026, 6, 6)),
        spell(ANA, start=JUNE, end=JULY),
        spell(ANA, start=date(2020, 1, 1)),
    ],
)
def test_of_two_overlapping_spells_the_later_row_is_rejected(store: Store, later: SpellRecord) -> None:
    result = store.roster(spell(ANA, end=JULY), spell(BO), later)

    assert [place for place, _ in result.rejected] == [2]
    assert "overlaps" in result.rejected[0][1]
    assert set(store.spells()) == {(ANA, JUNE), (BO, JUNE)}


def test_spells_that_meet_without_a_day_in_common_are_both_kept(store: Store) -> None:
    result = store.roster(spell(ANA, start=AUGUST), spell(ANA, end=date(2026, 7, 31)))

    assert (result.new, result.rejected) == (2, [])


def test_a_spell_in_an_unknown_team_is_rejected_by_name(store: Store) -> None:
    result = store.roster(spell(ANA), spell(BO, "Platfrom"))

    assert result.rejected == [(1, "no team is called 'Platfrom'")]


def test_what_was_entered_in_slack_outlives_a_newer_file(store: Store) -> None:
    store.roster(spell(ANA), spell(BO))
    by_hand = store.spells()[ANA, JUNE]
    with store.engine.begin() as connection:
        connection.execute(update(Spell).where(Spell.id == by_hand).values(origin="slack"))

    result = store.roster(spell(ANA, start=JULY), spell(CY))

    assert [place for place, _ in result.rejected] == [0]
    assert set(store.spells()) == {(ANA, JUNE), (CY, JUNE)}


def test_the_newest_spell_gives_a_person_their_name(store: Store) -> None:
    store.roster(spell(ANA, start=JULY, name="Ana New"), spell(ANA, end=JUNE, name="Ana Old"))

    with store.engine.connect() as connection:
        assert connection.scalar(select(Person.name)) == "Ana New"
    assert store.roster(spell(ANA, start=JULY, name="Ana Newer"), spell(ANA, end=JUNE)).changed == 2


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


def test_an_agent_stands_in_the_roster_like_a_person(store: Store) -> None:
    agent = SpellRecord(email="ci@acme.example", name="CI", team="Platform", kind=Kind.AGENT, start=JUNE)

    store.roster(agent)
    store.use(("ci@acme.example", JUNE))

    assert store.rollup() == [(JUNE, "ci@acme.example", "Platform")]
