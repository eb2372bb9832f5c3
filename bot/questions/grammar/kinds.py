"""Kinds of people and modes of work: which of them "agents", "humans" and "employees only" mean."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.grammar.draft import Draft, Pick
from bot.questions.grammar.gazetteer import Name
from bot.questions.grammar.options import instead
from bot.questions.grammar.sentence import Item, Sentence
from storage.catalogue import METRICS
from storage.catalogue.measures import Base

PEOPLE = ("employee", "contractor")


def kinds(draft: Draft) -> None:
    """ "employees vs contractors" names kinds; "agents" of work is a mode, "humans" of usage are kinds."""
    sentence = draft.sentence
    work = any(METRICS[name].bases == frozenset({Base.WORK}) for name in draft.known_metrics if name in METRICS)
    for item in sentence.tags("E"):
        value = item.value[0].value
        if item.name == "kind" and value == "agent" and work:
            sentence.swap(item, replace(item, name="mode", value=(Name("mode", "agent", "agent"),)))
        elif item.name == "mode" and value == "human" and not work:
            sentence.swap(item, replace(item, name="kind", value=tuple(Name("kind", one, one) for one in PEOPLE)))
        elif item.name == "mode" and value == "one":
            _one_agent(draft, item, work)
    if len({one.value[0].value for one in sentence.tags("E") if one.name == "kind"}) > 1:
        for item in sentence.tags("D"):
            if (
                item.name == "team"
                and item.word in ("group", "groups")
                and not any(one.name == "team" for one in sentence.tags("E"))
            ):  # "employees, contractors, bots: … each group"
                sentence.swap(item, replace(item, name="kind"))
    _against_people(sentence)
    join = (
        r"(?: ?(?:,|and|or|versus|,? and|&|compared to|compared with|against|than|from|not))? (?:the |our |of |"
        r"for |by )*"
    )
    more = (
        r"(?: [^ ]+){0,6}? (?:more|less|fewer|higher|lower|better|worse|as much|as many)(?: [^ ]+){0,3}? (?:than|as) "
        r"(?:the |our )?"
    )
    for pattern in (
        rf"<H=employee:h>{join}<E=kind>",
        rf"<E=kind>{join}<H=employee:h>",
        r"<E=kind> <M> (?:versus|against|compared to|compared with|and) (?:the |our )?<H=employee:h>",
        rf"<E=kind>{more}<H=employee:h>",
        rf"<H=employee:h>{more}<E=kind>",
    ):
        for found in list(sentence.all(pattern)):
            people = found.item("h")
            if people is not None and not _counted(sentence, people):
                sentence.swap(
                    people, replace(people, tag="E", name="kind", value=(Name("kind", "employee", "employee"),))
                )


def _against_people(sentence: Sentence) -> None:
    """ "agents vs people": people are the other kinds."""
    side = r"(?:versus|against|compared to|compared with|or|next to)(?: the| our| real| actual)*"
    for pattern in (rf"<E=kind> {side} <H=people:h>", rf"<H=people:h> {side} (?:the |our )*<E=kind>"):
        for found in list(sentence.all(pattern)):
            people = found.item("h")
            if people is not None and not _counted(sentence, people):
                names = tuple(Name("kind", one, one) for one in PEOPLE)
                sentence.swap(people, replace(people, tag="E", name="kind", value=names))


def product_ledger(draft: Draft) -> None:
    """ "what part of the tokens is product": the ledger, where a part is asked and nothing is listed by it."""
    sentence = draft.sentence
    if draft.before is not None and draft.before.query.filter_on("ledger") is not None:
        for one in [*sentence.tags("H"), *sentence.tags("D")]:
            if one.word in ("workforce", "product"):  # "and workforce?", beside the other ledger before
                named = (Name("ledger", one.word, one.word),)
                sentence.swap(one, replace(one, tag="E", name="ledger", value=named))
    if not sentence.said(r"<sharenoun>|how much of"):
        return
    after = r"(?=(?: ?[?.!])?$| (?:in|last|<T>))"
    for found in list(
        sentence.all(
            rf"(?:is|are|was|were|for|to|of|into|on) (?:the )?(?P<p><D=tool>){after}|"
            r"(?:^|what 's |what is |the |our )(?P<p2><D=tool>)(?= <sharenoun> (?:of|in))"
        )
    ):
        item = found.item("p") or found.item("p2")
        if item is not None and item.word == "product":
            sentence.swap(item, replace(item, tag="E", name="ledger", value=(Name("ledger", "product", "product"),)))


def _counted(sentence: Sentence, item: Item) -> bool:
    at = next(at for at, one in enumerate(sentence.items) if one.start == item.start)
    return at > 0 and sentence.items[at - 1].word in ("per", "/", "a", "an", "many")


def _one_agent(draft: Draft, item: Item, work: bool) -> None:
    """ "agent" alone: a mode beside other modes and of work; else it could be the mode or the accounts."""
    sentence = draft.sentence
    at = next(at for at, one in enumerate(sentence.items) if one.start == item.start)
    beside = [sentence.items[each] for each in (at - 1, at + 1) if 0 <= each < len(sentence.items)]
    if any(one.tag == "E" and one.name == "person" for one in beside):
        sentence.drop(at, at + 1)  # "the Label Bot agent" is its name
        return
    modes = [one for one in sentence.tags("E") if one.name == "mode" and one.start != item.start]
    kinds = [one for one in sentence.tags("E") if one.name == "kind" and one.start != item.start]
    if work or modes or any(one.name == "mode" for one in sentence.tags("D")):
        sentence.swap(item, replace(item, value=(Name("mode", "agent", "agent"),)))
    elif kinds or any(one.name == "kind" for one in sentence.tags("D")):
        sentence.swap(item, replace(item, name="kind", value=(Name("kind", "agent", "agent"),)))
    else:
        raise draft.ask(
            "“Agent” can be the agent mode of tools or the agent accounts (bots). Which one?",
            instead(draft, item, "agent mode", "agent mode"),
            instead(draft, item, "the agents (bots)", "bots"),
        )


_AI_ANYWAY = {"hours_offloaded", "offloadable_hours", "ai_share", "autonomy_share"}


def done_by_ai(draft: Draft) -> None:
    """ "items done by AI" keeps the AI modes; "AI versus human" lists the modes."""
    sentence = draft.sentence
    known = [name for name in draft.known_metrics if name in METRICS]
    if not known or any(METRICS[name].bases != frozenset({Base.WORK}) or name in _AI_ANYWAY for name in known):
        return
    versus = sentence.find(
        r"ai (?:versus|against|compared to|compared with|or) <E=mode>|<E=mode> (?:versus|against|compared to|"
        r"compared with|or) ai|(?:with|using) (?:the help of )?(?:an )?ai (?:and|or|versus|against|compared to|"
        r"compared with|as opposed to) (?:without|not|when not)(?: (?:it|ai|any|using it))?|without (?:any )?(?:ai )?"
        r"(?:and|or|versus|against|compared to|compared with) with(?: ai| it)?|(?:with|using)(?: (?:an )?ai)? (?:and|"
        r"or|versus|against|compared to|compared with) <E=mode>|<E=mode> (?:and|or|versus|against|compared to|"
        r"compared with) (?:with|using) (?:an )?(?:ai|it)"
    )
    if versus is not None:
        sentence.use(versus)
        draft.groups.append("mode")
        draft.step("group", "AI beside people lists the modes")
        return
    found = sentence.find(
        r"(?:done |handled |processed |made |completed |solved |closed )?(?:by|with|through|using|via) "
        r"(?:the |an )?ai(?: help| alone)?"
        r"|ai (?:handled |done |made |processed |generated |supported )?(?=<M>|items?|work|cases)|for ai"
    )
    if found is None or any(one.name == "mode" for one in sentence.tags("E")):
        return
    sentence.use_words(found)
    draft.picks.append(Pick("mode", ("assisted", "agent"), joint=True, start=found.items()[0].start))
    draft.step("filter", f"“{found.said()}” keeps the AI modes")


def all_of_it(draft: Draft) -> None:
    """ "AI and human together": all there is."""
    sentence = draft.sentence
    for pattern in (
        r"(?:both )?(?:by |with )?ai (?:and|or|plus|\+|as well as|&) (?:<E=mode>|<E=kind>|<H>|by people)(?: "
        r"together| combined| alike| both)?",
        r"(?:both )?(?:<E=mode>|<E=kind>|by people) (?:and|or|plus|\+|as well as|&) (?:by |with )?ai(?! "
        r"\S*assist)(?: together| combined| alike| both)?",
        r"(?:in |across |over |of )?(?:all|any|every|whatever) (?:the )?<D=mode|kind>",
        r"regardless of (?:the )?<D>|whatever the <D>|no matter (?:the |which |what )?<D>",
    ):
        for found in list(sentence.all(pattern)):
            if sentence.has(r"versus") and "E." in found.said():
                continue
            sentence.use(found)


def people_only(draft: Draft) -> None:
    """ "real people only", "only employees", "humans, no bots": a filter on kind."""
    sentence = draft.sentence
    pattern = (
        r"(?:only|just|solely) (?:count(?:ing)? |for |the |by |of |our )*(?:real |actual |human |own "
        r")*<H:h>(?! who| that|,? (?:who|with))|"
        r"(?:real |actual |human )*<H:i> (?:only|alone|exclusively)|(?:real|actual|human) <H:j>"
    )
    found = sentence.find(pattern)
    if found is None:
        return
    people = next(one for one in found.items() if one.tag == "H")
    if people.name in ("user", "everyone", "anyone"):
        return
    values = ("employee",) if people.name == "employee" and "real" not in found.said() else PEOPLE
    sentence.use(found)
    draft.picks.append(Pick("kind", values, joint=True, start=people.start))
    draft.step("filter", f"“{found.said()}” leaves {' and '.join(values)}")
