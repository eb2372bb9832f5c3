"""The asker in a question: "my team", "my reports", "did I use", "my tokens"."""

from __future__ import annotations

from bot.questions.grammar.courtesy import speaks_of_own
from bot.questions.grammar.draft import Draft
from bot.questions.grammar.gazetteer import Name
from bot.questions.grammar.sentence import Found, Sentence
from storage.names import PersonName


def read_own(draft: Draft) -> None:
    """ "my team", "our team", "did I use", "my tokens"."""
    person = draft.world.directory.person.get(draft.world.asker or "")
    _reports(draft, person)
    while _own_team(draft, person):
        continue
    found = _self(draft.sentence)
    if found is None:
        return
    if person is None:
        raise draft.ask("I don't know who “I” is here: ask as somebody on the roster, or name the person.")
    draft.personal = True
    draft.step("names", f"“{found.said()}” is the asker")
    draft.sentence.use_words(found)


def _reports(draft: Draft, person: PersonName | None) -> None:
    """ "my reports": the people whose manager the asker is, or with "all" those further down as well."""
    found = draft.sentence.find(
        r"(?P<list>(?:which|who|any|each|every|all|list|rank|top)(?: of)? )?my (?P<direct>direct )?reports(?P<own> 's)?"
    )
    if found is None:
        return
    if person is None:
        raise draft.ask(
            "I don't know whose reports are meant: ask as somebody on the roster, or name the people.", about="person"
        )
    people = draft.world.directory.people
    below = {one.email for one in people if one.manager == person.email}
    while not found.said("direct") and (more := {one.email for one in people if one.manager in below} - below):
        below |= more
    draft.step("names", f"“{found.said()}” are the {len(below)} people who report to the asker")
    if not below:
        raise draft.ask("Nobody reports to you by the roster. Name a team or a person instead.", about="person")
    if found.said("list") and not draft.groups:
        draft.groups.append("person")
    names = tuple(Name("person", email, email) for email in sorted(below))
    first = found.items()[0]
    draft.sentence.put(found, "E", "person", names)
    draft.reports = first.start


def _own_team(draft: Draft, person: PersonName | None) -> bool:
    for found in draft.sentence.all(r"(?P<who>my|our|my own|our own) (?:own )?<D=team:d>"):
        dimension = found.item("d")
        if dimension is None or dimension.word.endswith("s"):
            continue
        if person is None:
            if found.said("who").startswith("my"):
                raise draft.ask("I don't know whose team is meant: ask as somebody on the roster, or name the team.")
            continue
        team = person.teams[-1]
        draft.step("names", f"“{found.said()}” is the asker's team {team}")
        draft.sentence.put(found, "E", "team", (Name("team", team, team),))
        return True
    return False


_I_DID = (
    r"(?:did|do|have|had|am|was|were) i(?: not| personally| actually| myself| already)? (?:<use>|<M>|ran|go|went|got|"
    r"get through|made|make|rack|accept|active|chew|consume|cost|stand)|"
    r"(?:how (?:much|many)|what|which)(?: [^ ]+){0,4} (?:did|do|have|had|was|were|am) i"
    r"(?= (?!ask|want|need|know|see|tell|find|have|compare|look|read|say|make of|get to)[^ ]+)|"
    r"(?<!could )(?<!can )(?<!may )(?<!might )(?<!should )i (?:have |had |personally |actually |myself |already |"
    r"'ve )*(?:<use>|<M=cost>|made|racked|ran|got through|"
    r"went through|consumed|burned)"
)
_OF_MINE = r"(?:my|mine|myself|my own|my personal)"
_NOT_MINE = (
    r"my (?:boss|manager|ceo|cfo|cto|vp|deck|report|slides?|board|presentation|question|understanding|head|meeting|"
    r"colleagues?|H\.people\.[^ ]+(?= (?:wants?|asks?|needs?|said|says))|lead|director|review|"
    r"favourite|favorite|mistake|bad|god|notes|talk|screen|apologies|best)"
)
_ME = r"(?:by|of|for|from|only|just|about|on|was|is) me|me (?:personally|alone|only|myself)"
_DO_FOR_ME = (
    r"(?:show|list|give|get|pull|send|print|fetch|tell|make|break|split|plot|draw|compute|calculate|find|check|run|do|"
    r"prepare|look|carve|slice|chop|cut|dice|group|sort|rank|order|tabulate|itemi[sz]e|lay|put|set|map)(?: "
    r"[^ ]+){0,40} for me"
)


def _self(sentence: Sentence) -> Found | None:
    """Where the asker speaks of the own use."""
    mine = sentence.find(_OF_MINE)
    me = sentence.find(_ME)
    if me is not None and me.said() == "for me" and (sentence.has(_DO_FOR_ME) or not _measured(sentence, me.first)):
        me = None
    if mine is not None and mine.said() == "my" and not speaks_of_own(sentence, mine.first):
        mine = next((one for one in sentence.all(_OF_MINE) if speaks_of_own(sentence, one.first)), None)
    return sentence.find(_I_DID) or (mine if mine is not None and not sentence.has(_NOT_MINE) else None) or me


def _measured(sentence: Sentence, at: int) -> bool:
    """ "tokens for me", "October cost for me": of the asker; "reconcile for me" is not."""
    before = sentence.items[at - 1] if at else None
    return before is not None and before.tag in ("M", "T", "G", "D")
