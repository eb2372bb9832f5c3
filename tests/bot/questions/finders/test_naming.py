"""Names in a message: the longest at each place, and how surely each is one."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.finders.marking import mark
from bot.questions.finders.names import gazetteer
from bot.questions.finders.naming import names_in, own_reports, own_team, teams_of
from bot.questions.reading import World
from bot.questions.tokens import Token, tokenise
from tests.bot.questions.finders.bureau import world

MAY = "may.lind@bureau.example"


def tokens(text: str) -> tuple[Token, ...]:
    return tokenise(text).tokens


def names(text: str) -> list[tuple[str, tuple[str, ...]]]:
    found = names_in(tokens(text), gazetteer(world().directory))
    return [(mention.kind, mention.values) for _, _, mentions in found for mention in mentions]


def test_the_longest_name_at_a_place_is_taken() -> None:
    assert names("tokens of Cost Control") == [("team", ("Cost Control",))]
    assert names("cost of May Lind") == [("person", (MAY,))]


def test_an_alias_and_a_lost_apostrophe_name_the_same() -> None:
    assert names("RevOps tokens") == [("team", ("Growth",))]
    assert names("may linds tokens") == [("person", (MAY,))]


def test_no_name_reaches_over_a_mark() -> None:
    found = names_in(tokens("the cost, control it"), gazetteer(world().directory))

    assert all(mention.part for _, _, mentions in found for mention in mentions)


def test_my_team_is_the_askers_and_without_one_nobodys() -> None:
    asked = [*own_team(tokens("tokens of my team"), world(MAY))]
    nobody = [*own_team(tokens("tokens of my team"), world())]

    assert [mention.values for _, _, (mention,) in asked] == [("Web",)]
    assert [mention.values for _, _, (mention,) in nobody] == [()]
    assert [*own_team(tokens("our teams"), world(MAY))] == []


def test_my_reports_are_all_who_report_to_the_asker() -> None:
    known = world(MAY)
    people = tuple(
        replace(person, manager=MAY if person.name != "May Lind" else "") for person in known.directory.people
    )
    managed = World(replace(known.directory, people=people), known.as_of, MAY)
    ((start, end, (mention,)),) = own_reports(tokens("tokens of my direct reports"), managed)

    assert (start, end, mention.together) == (2, 5, True)
    assert MAY not in mention.values
    assert len(mention.values) == len(people) - 1
    assert [*own_reports(tokens("my reports"), world())] == []


def test_somebodys_team_is_the_team_that_they_are_in() -> None:
    said = tokens("tokens of May Lind's team")
    laid = {start: (end, found) for start, end, found in names_in(said, gazetteer(world().directory))}
    ((_, end, (team,)),) = teams_of(laid, said, world())

    assert (team.kind, team.values, end) == ("team", ("Web",), len(said))


def test_an_everyday_word_behind_a_figure_is_a_name_and_behind_a_list_word_none() -> None:
    found = names_in(tokens("Tokens in analysis since May"), gazetteer(world().directory))
    assert [(mention.kind, mention.doubtful) for _, _, (mention,) in found][:1] == [("activity", False)]
    support = names_in(tokens("the cost of support since May"), gazetteer(world().directory))
    assert [(mention.kind, mention.doubtful) for _, _, (mention,) in support][:1] == [("team", False)]
    assert names("tokens by function") == []


def test_models_of_one_family_are_all_meant_by_the_plural_and_one_of_them_without() -> None:
    family = {**world().directory.values, "model": ("claude-opus-4-5", "claude-sonnet-4-5")}
    known = replace(world(), directory=replace(world().directory, values=family))

    (several,) = (mention for mention in mark("cost of Claude models", known).mentions if mention.kind == "model")
    (which,) = (mention for mention in mark("cost of Claude", known).mentions if mention.kind == "model")

    assert (several.values, several.several, which.several) == (family["model"], False, True)


def test_of_somebodys_whole_name_the_network_sees_no_word_that_could_be_a_figure() -> None:
    price = replace(world().directory.people[0], name="Max Price", email="max.price@bureau.example")
    known = replace(world(), directory=replace(world().directory, people=(price,)))

    for text in ("what did Max Price use in October", "tokens of Max Price"):
        (person,) = (mention for mention in mark(text, known).mentions if mention.kind == "person")
        assert (person.values, person.words) == ((price.email,), ()), text
