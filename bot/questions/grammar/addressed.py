"""People who ask, are greeted or will read the answer: their names are context, never a filter."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.answers.answer import Option
from bot.questions.grammar.draft import Draft
from bot.questions.grammar.options import replaced
from bot.questions.grammar.patterns import compiled
from bot.questions.grammar.sentence import Found, Item, Sentence
from bot.questions.grammar.wordlists import words

_P = r"(?:@ )?<E=person|mixed:p>"
_MORE = r"(?:(?: and| &| ,| or) (?:@ )?<E=person|mixed>)*(?! 's)(?! <M>)"
_PLACE = r"(?: (?:from|of|in|at|over in) (?:the |our )?(?P<at><E>)(?: <D>)?)?"
_WANTS = (
    r"(?:(?:also|just|only|really|again|now|still|here|would|does|did|is|was|keeps|has|had|will|may|might|,) )*"
    r"(?:wants?|wanted|needs?|needed|asks?|asked|asking|like|love|requested|requires?|required|wonders?|wondered|"
    r"wondering|curious|says|said|insists|insisted|suggested|mentioned|told|tells|thinks|claims|interested|"
    r"looking|after|waiting)"
    r"(?: (?:me|us|you|for|to|know|see|have|get|find|look|show|give|about|again|if|whether|that|it|"
    r"in|on|out|pull|check|at|all|a|an|understand|hear|compare))*"
)
_WHO = r"(?:(?:my|our) (?:<H>|boss|manager|lead|team lead|director|head|vp|ceo|cfo|cto) )?"
_DECK = (
    r"(?:deck|slides?|report|meeting|presentation|review|board|memo|email|newsletter|update|call|talk|sheet|notes|"
    r"spreadsheet|dashboard|doc|document|summary|pitch|request|question|1:1|one on one|briefing|folder|paper|team call)"
)
_ADDRESSED = (
    r"^(?:ok |okay |so |and |, |! |\. )*(?:good )?(?:hi|hello|hey|dear|morning|afternoon|evening|yo|howdy|greetings)"
    rf"(?: there)?(?: ,)? {_P}{_MORE}",
    rf"(?:thanks|thank you|cheers|ta|thx|great|perfect|lovely|sorry|please)(?: (?:a lot|so much|very much|again|,))* "
    rf"{_P}{_MORE}(?= [,!.:;-]|$| and | now | can | could )",
    rf"(?:this is|it is|it 's|i am|i 'm|my name is|i|here is) {_P}(?! <use>| 's){_PLACE}(?: here)?(?= [,.!:;-]|$)",
    rf"(?:^|(?<=, )|(?<=! )|(?<=\. )){_P} here{_PLACE}(?= [,.!:;-]|$)",
    rf"^{_P}{_PLACE} here(?= [,.!:;-]|$)",
    rf"(?:could|can|may|would|might) {_P} (?:get|have|see|please get|please have|know)(?= the| a| our| how| what)",
    rf"(?:per|as per|following|after|on) {_P} 's (?:<w> )?(?:<M=requests>|request|question|ask|email|note|message)",
    rf"^{_P} 's (?:question|<M=requests>|request|ask|query)(?= [,.:;-])",
    rf"^{_P} 's (?:<w> ){{0,2}}?{_DECK} (?:also )?(?:needs?|wants?|requires?|is missing|lacks?)",
    rf"(?:on behalf of|behalf of|(?:as |we )*(?:discussed|agreed|talked|spoke|promised|chatting|meeting|met)"
    rf"(?: it| this)? (?:with|to)|cc|as promised to|at the request of|requested by|asked by) {_P}{_MORE}",
    rf"(?:for|in|on|to) {_P} 's (?:<w> ){{0,3}}?{_DECK}",
    rf"for {_P} (?:to|so) (?:<w> )?(?:present|review|see|check|show|read|look at|discuss|decide|use|have)(?= [,.!?]|$)",
    rf"(?:for|from|to|re) {_P} (?=:|-)",
    rf"(?<=, |- )(?:and )?(?:it is|it 's|this is|that is|it was|asking|i ask|i need it|needed|wanted|a request) "
    rf"(?:for|from|by) {_P}(?= ?[,.?!]?$)",
    rf"(?:as |like |what )?{_WHO}(?<!did )(?<!does )(?:<E=person> (?:and|or|,) )*{_P}{_PLACE} {_WANTS}",
    rf"(?:tell|show|send|give|remind|inform|update|let) {_P} (?=the|a|our|how|what|which|who|know|about)",
    rf"^@ {_P}{_MORE}(?= |$)",
)  # fmt: skip
_LINKS = words(
    """
    of by for from did does do has have had is was were are without except excluding besides and or versus than only
    just about with to both between compare at as include including add also plus then not on in how instead person
    use used using , " ( / per against who like say
    """
)
_ASKING = words("please can could would you me us i we how what which who show give tell need want thanks")
_DOES = (
    r"<use>|<do>|<be>|<rise>|<fall>|<grow>|<change>|<gain>|spend|spent|burn|burned|make|made|accept|accepted|alone|"
    r"only|too|get|got|run|ran|cost|go|went|used|versus|and|or|'s|stand"
)


def drop_addressed(draft: Draft) -> None:
    """Take out greeted, asking and reading people."""
    sentence = draft.sentence
    if not _people(sentence):
        return
    for pattern in _ADDRESSED:
        while (found := next((one for one in sentence.all(pattern) if _of_person(one)), None)) is not None:
            _forget(draft, found)


def _people(sentence: Sentence) -> list[Item]:
    return [one for one in sentence.tags("E") if _is_person(one)]


def _is_person(item: Item) -> bool:
    return (
        item.name in ("person", "mixed")
        and any(one.dimension == "person" for one in item.value)
        and not item.word.startswith(("person", '"'))
        and "@" not in item.word
    )


def _of_person(found: Found) -> bool:
    item = found.item("p")
    counted = any(one.tag == "M" and one.word.endswith("s") for one in found.items())  # "Ana's requests: …"
    return item is not None and _is_person(item) and not counted


def _take_their_own(draft: Draft, found: Found) -> bool:
    """ "my colleague Ana asked me to check her tokens": whoever asks, it is her figures that are meant."""
    sentence = draft.sentence
    person = found.item("p")
    own = sentence.find(r"(?P<who>her|his)(?: own)? (?=<M>|ai|<T>|<E=tool>)")
    who = own.item("who") if own is not None else None
    if person is None or who is None or own is None or own.first < found.first:
        return False
    at = next(at for at, one in enumerate(sentence.items) if one.start == who.start)
    sentence.items[at] = replace(person, start=who.start, end=who.end)
    sentence.refresh()
    draft.step("asides", f"“{who.raw}” is {person.raw}")
    sentence.drop(found.first, min(found.last, at))
    return True


def _forget(draft: Draft, found: Found) -> None:
    sentence = draft.sentence
    if _take_their_own(draft, found):
        return
    place = found.item("at")
    draft.step("asides", f"“{' '.join(one.raw for one in found.items())}” names who speaks or reads")
    sentence.drop(found.first, found.last)
    own = sentence.find(r"(?:our|my) (?:own )?<D=team:d>") if place is not None else None
    if own is not None and place is not None and not (own.items()[-1].word.endswith("s")):
        first = own.items()[0]
        sentence.items[own.first : own.last] = [replace(place, start=first.start, end=own.items()[-1].end)]
        sentence.refresh()


def ask_whose(draft: Draft) -> None:
    """A name that no word ties to the figure may be who asks: asked back, never a filter unsaid."""
    items = draft.sentence.items
    if not any(one.tag in ("M", "G") for one in items):
        return
    for at, item in enumerate(items):
        if not _is_person(item) or _tied(items, at):
            continue
        label = " ".join(one.label for one in item.value[:1]) if len(item.value) == 1 else item.raw
        raise draft.ask(
            f"Is “{item.raw}” whose figures are meant, or only who asks or reads?",
            Option(label=f"Figures of {label}", ask=replaced(draft, item.start, item.end, f'person "{item.raw}"')),
            Option(label="Only who asks", ask=replaced(draft, item.start, item.end, "").strip(" ,:;-!")),
            about="person",
        )


def _scoped(items: list[Item]) -> bool:
    """Whether the figures are already those of a team or a place: "the cost of Web for Klaus"."""
    return any(one.tag == "E" and one.name in ("team", "location", "title") for one in items)


def _tied(items: list[Item], at: int) -> bool:
    before = items[at - 1] if at else None
    after = items[at + 1] if at + 1 < len(items) else None
    if before is not None and before.word in ("for", "from", "with") and _scoped(items):
        return after is not None and after.word == "'s"
    if after is not None and (after.tag in ("M", "T", "G", "D", "E") or compiled(_DOES).fullmatch(after.text)):
        return True
    if before is None and after is not None and after.word == "," and not _scoped(items):
        rest = items[at + 2 :]
        if any(one.word in ("he", "she", "they", "his", "her", "their") for one in rest):
            return True  # "Ana Sousa, has she used more …"
        if rest and rest[0].tag in ("M", "T") and not any(one.word in _ASKING for one in rest):
            return True  # "Ana Sousa, tokens, October"
    if before is None:
        if after is not None and after.word == "-":
            return any(one.tag in ("M", "G") for one in items[at + 2 : at + 4])
        return after is None or after.word == ":" or after.word not in (",", "-", "!", ";")
    if before.word == "," and (after is None or after.word in (",", "?", ".", "!")):
        return any(one.tag == "E" and one.name == "person" for one in items[:at]) or not any(
            one.tag == "E" and one.name != "person" for one in items
        )
    return before.word in _LINKS or before.tag != "" or (after is not None and before.word not in ("!", ".", ";"))
