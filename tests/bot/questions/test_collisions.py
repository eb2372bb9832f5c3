"""Teams named like words of the language: the name is meant wherever it stands like one, however it is written."""

from __future__ import annotations

import pytest

from bot.questions.reading import Understood, World
from bot.questions.rules import read
from storage.names import Directory, PersonName, TeamName
from tests.bot.questions.organisations import AS_OF

NAMES = (
    "Growth",
    "Search",
    "Care",
    "Core",
    "Labs",
    "Data",
    "Crew",
    "Learning",
    "Drawing",
    "Records",
    "Products",
    "Line",
)
PLACES = (
    "tokens in {} last month",
    "{}'s tokens in October",
    "how much did {} spend in October",
    "{} tokens last month",
    "tokens per head for {} in Q3",
    "{}: cost by tool in October",
    "adoption in {} last week",
    "{} vs Zorbwell, tokens in October",
    "how many tokens did {} use last week",
)


def organisation(name: str) -> Directory:
    teams = (TeamName(1, name, "", ()), TeamName(2, "Zorbwell", "", ()))
    return Directory(
        workspace_id=1,
        revision=1,
        teams=teams,
        people=(PersonName(1, "ana@x.example", "Ana Berg", "employee", ("Zorbwell",), ""),),
        workflows=(),
        values={"tool": ("cursor",), "kind": ("agent", "contractor", "employee"), "mode": ("agent", "chat")},
        usage=(AS_OF.replace(month=1), AS_OF),
        work=None,
    )


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", NAMES)
def test_a_team_named_like_a_word_is_never_lost(name: str, place: str) -> None:
    world = World(directory=organisation(name), as_of=AS_OF, asker=None)

    for written in (name, name.lower()):
        (got,) = read(place.format(written), world)
        if isinstance(got, Understood):
            named = got.query.filter_on("team")
            assert name in ((named.values if named else ()) + got.query.scopes), (place.format(written), got.query)
