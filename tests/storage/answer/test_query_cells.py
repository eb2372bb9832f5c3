"""The cells behind a query tell apart what it asks and what its reader was told, over the days it is about."""

from __future__ import annotations

from storage.answer.conditions import Condition
from storage.answer.presence import places
from storage.answer.privacy import Viewer
from storage.answer.query_cells import cells_behind
from storage.answer.shown import Shown
from storage.query import Query
from tests.storage.answer.office import FOUR_WEEKS, TOKENS, compiler
from tests.storage.worlds import World


def sources(world: World, query: Query, *known: Shown) -> set[str]:
    """The sources that the streams behind a query are told apart by; "" where they are not."""
    found = cells_behind(world.connection, compiler(world, query), Viewer(email="l0@x.example", known=known))
    return {found.presence.streams[place].source for place in places(found.presence.everything)}


def test_they_are_told_apart_by_what_is_asked_or_was_told_before(office: World) -> None:
    told = Shown(
        conditions=(Condition("source", ("test",)),),
        group_by=(),
        direct=True,
        windows=(FOUR_WEEKS,),
        series=False,
        rows=((0, ()),),
        kinds=frozenset({"tokens"}),
    )

    assert sources(office, TOKENS) == {""}
    assert sources(office, TOKENS.with_(group_by=("source",))) == sources(office, TOKENS, told) != {""}


def test_what_people_use_leaves_product_inference_out(office: World) -> None:
    adoption = Query(metrics=("adoption_rate",), period=FOUR_WEEKS, group_by=("tool",))
    found = cells_behind(office.connection, compiler(office, adoption), Viewer(email="l0@x.example"))

    assert Condition("ledger", ("workforce",)) in found.always
