"""What stands beside a mean: the figures that it hides, each under its own group rule."""

from __future__ import annotations

from storage.answer.companions import companions
from storage.answer.privacy import OPERATOR, Viewer
from storage.query import Filter, Query
from tests.storage.answer.office import MEMBER, TOKENS, of
from tests.storage.worlds import World

PER_HEAD = TOKENS.with_(metrics=("tokens_per_employee",))


def beside(world: World, query: Query, viewer: Viewer = OPERATOR, rough: bool = False) -> dict[str, float]:
    found = companions(world.connection, world.directory, query, viewer, rough)
    return {companion.label: companion.value for companion in found}


def per_head(*filters: Filter) -> Query:
    return PER_HEAD.with_(filters=filters)


def test_a_mean_per_head_has_its_median_the_idle_the_top_and_the_tools(office: World) -> None:
    found = beside(office, PER_HEAD)

    assert found["median of active people"] == 200  # twelve have less, eight have more
    assert found["people without use"] == 1 - 30 / 35
    assert found["median of tools an active person uses"] == 1
    assert 0 < found["top-decile share of tokens"] < 1


def test_only_a_single_figure_per_head_of_a_group_has_any(office: World) -> None:
    assert beside(office, TOKENS) == {}
    assert beside(office, PER_HEAD.with_(group_by=("team",))) == {}
    assert beside(office, per_head(of("person", "b0@x.example"))) == {}


def test_a_median_names_a_person_in_a_small_group_and_is_left_out(office: World) -> None:
    lab, build = beside(office, per_head(of("team", "Lab"))), beside(office, per_head(of("team", "Build")))

    assert "median of active people" in lab
    assert "median of active people" not in build
    assert "people without use" in build


def test_what_a_reader_may_not_see_is_simply_not_beside_it(office: World) -> None:
    tend = per_head(of("team", "Tend"))

    assert "people without use" in beside(office, tend)
    assert beside(office, tend, MEMBER) == {}


def test_beside_a_rounded_figure_they_are_rounded_too(office: World) -> None:
    exact, rough = beside(office, PER_HEAD), beside(office, PER_HEAD, rough=True)

    assert exact.keys() == rough.keys()
    assert rough["people without use"] == 0.14
    assert all(float(f"{value:.1e}") == value for value in rough.values())
