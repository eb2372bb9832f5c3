"""Follow-ups that change the scope: back to the whole organisation, or another name beside the one before."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.grammar.draft import Draft
from bot.questions.grammar.sentence import Sentence

# What a phrase for the whole organisation sets free.
SCOPE = frozenset(("team", "person", "title", "location", "kind"))

_COMPANY = r"(?:company|organisation|firm|business|enterprise|corporation|group|lot of us)"
_LEAD = (
    r"(?:and|or|but|what|how|about|now|then|so|ok|okay|same|the same|also|again|for|in|of|at|over|across|is|it|with|"
    r"thanks|,|!|\.|-|please|show|me|instead)"
)
_PHRASES = (
    rf"(?:(?:for|in|of|at|over|across|by) )?(?:the |our |all of the )?(?:whole|entire|total|complete|full|overall) "
    rf"{_COMPANY}(?: total)?|{_COMPANY} (?:wide|total|overall|as a whole)|company-wide|companywide|"
    r"organisation-wide|org-wide|"
    rf"(?:for|in|of|at|over|across) (?:the |our |all of the ){_COMPANY}(?= ?[,.?!]| <T>|$)|"
    r"(?:for |across |in |over )?(?:all|all of|every) (?:the |our )?<D=team> (?:together|combined|in total|summed)|"
    r"(?:across|over) (?:all|all of|every) (?:the |our )?<D=team>|(?:across|over) the board|"
    r"(?:for |of |with )?(?:all of us|us all|the lot of us)",
    rf"^(?:{_LEAD} )*(?P<w><H=everyone>|overall|in total|total|everywhere|altogether)"
    r"(?: (?:together|combined|instead|please))*"
    r"(?= ?[?.!,]*$| ?,? (?:in |for |over )?<T>[?.! ]*$)",
)  # fmt: skip
_EVERY = r"(?:by|across|for|over|per) all (?:the |our |of the |of our )?<D:d>"
_BESIDE = (
    r"(?:(?:also|now|please|and) )*(?:(?:put|place|set|show|include) )?(?P<side><E>(?: please| too| as well)?,? "
    r"?(?:, )?(?:side by side|next to (?:it|that|them|this|those)|alongside(?: it| that| them)?|"
    r"beside (?:it|that|them)))"
)
_AGAINST = (
    r"^(?:and |now |ok |so |please |, )*(?:put |show |set |place |compare |compared )*(?:it |that |this )*"
    r"(?P<link>side by side with|next to|alongside|beside|besides|versus|against|compared with|compared to|"
    r"in comparison with|in comparison to)(?: <M>)?(?= (?:the |our |that of )*<E>)"
)
_WORDS = r"side by side|next to (?:it|that|them|this|those)|alongside(?: it| that| them)?|beside (?:it|that|them)"


def read_wider(draft: Draft) -> None:
    """Note what a follow-up says of the scope, and take its words out."""
    if draft.before is None:
        return
    sentence = draft.sentence
    if not any(one.tag == "E" and one.name in (*SCOPE, "mixed") for one in sentence.items):
        for pattern in _PHRASES:
            found = sentence.find(pattern)
            if found is not None:
                draft.widened |= SCOPE
                draft.step("thread", f"“{found.said('w') if 'w' in found.match.re.groupindex else found.said()}” "
                           "is the whole organisation")  # fmt: skip
                sentence.put(found, "O", "whole", used=True)
                break
    every = sentence.find(_EVERY)
    item = every.item("d") if every is not None else None
    if item is not None and item.name not in ("team",):
        draft.widened |= {item.name}
    _beside(draft)


def _beside(draft: Draft) -> None:
    sentence = draft.sentence
    _added(sentence)
    if any(one.tag in ("T", "M") for one in sentence.items) or len(sentence.tags("E")) != 1:
        return
    found = sentence.find(_BESIDE)
    if found is not None:
        draft.beside_before = True
        for words in list(sentence.any(_WORDS))[::-1]:
            sentence.drop(words.first, words.last)
        verb = sentence.find(r"(?:(?:also|and|now) )*(?:also|put|place|set|show|include)")
        if verb is not None:
            sentence.drop(verb.first, verb.last)
        return
    found = sentence.find(_AGAINST)
    if found is not None:
        draft.beside_before = True
        sentence.drop(found.first, found.last)


def _added(sentence: Sentence) -> None:
    """ "add Care" joins a name to the one before; nothing has risen."""
    found = sentence.find(r"^(?:(?:and|also|now|please|ok|then|,) )*(?P<add>add|include) (?:in |the |our )*(?:<E>)")
    item = found.item("add") if found is not None else None
    if item is not None:
        sentence.swap(item, replace(item, word="also"))
