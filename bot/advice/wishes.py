"""The usual wordings of questions for advice: where to offload more, is it worth it, what holds it back, leverage."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

SIGNS = (
    *("automat", "offload", "hand", "delegat", "back", "leverage"),
    *("stage", "matur", "ladder", "workflows", "tasks", "do next"),
)  # each question in one of these wordings has one of these
# Patterns are compiled when the first question has a sign: most have none, and a command answers one question.
ACT = r"(?:automat\w*|offload\w*|hand(?:ing)? (?:over|off)|delegat\w*)"
US = {
    "we",
    "us",
    "i",
    "you",
    "one",
    "anybody",
    "anyone",
    "the company",
    "the organisation",
    "the organization",
    "be",
    "next",
}
WHERE = (
    (
        rf"^(?:where|what|which (?:work|workflow|task)s?)(?: else| more)? (?:could|can|should|would|might|do|to) "
        rf"(?P<team>.*?) ?{ACT}(?: (?:more|next|first|to ai|work|our work|now|in (?P<within>.+)))*$"
    ),
    r"^what (?:should|could|can) (?P<team>.+?) do next(?: with ai)?$",
    (rf"^what(?: is|'s) the (?:best|next) (?:thing|workflow|work|task) (?:to|for (?P<team>.+?) to) {ACT}(?: next)?$"),
)
WORTH = (
    rf"^(?:is|are) (?P<name>.+?) (?:worth|ready for|good for) (?:\w+ )?{ACT}$",
    rf"^(?:should|could|can) we {ACT} (?P<name>.+?)(?: to ai)?$",
)
BACK = (
    r"^what(?: is|'s|s)? (?:holding|keeping) (?P<name>.+?) back$",
    r"^what(?: is|'s|s)? (?:holding|keeping) back (?P<name>.+?)$",
    r"^what (?:holds|keeps) (?P<name>.+?) back$",
)
FLOWS = r"(?:our |the |all )?(?:workflows?|tasks?)"
STAGES = (
    rf"^(?:(?:show|list|give)(?: me)? )?{FLOWS} (?:by|and|with|per)(?: their| its)? stages?$",
    rf"^(?:what|which)(?: of)? {FLOWS} (?:is|are) (?:the )?(?:most|least|furthest|more) (?:mature|along|trusted)$",
    r"^(?:what|which)(?: are the| are our)? (?:most )?mature workflows?$",
    rf"^(?:at )?(?:what|which) stages? (?:are|do|have)(?: of)? {FLOWS}(?: at| in| have| reached)?$",
    r"^how (?:mature|far along) (?:is|are) (?:our (?:use of ai|ai use|use|workflows?|ai)|we)(?: with ai)?$",
    rf"^how far (?:are|have) (?:we|{FLOWS})(?: come| got)?(?: (?:on|up) the ladder)?$",
)
AT_STAGE = (
    rf"^(?:what|which)(?: of)? {FLOWS} (?:is|are)(?: now| already| still)? (?:at|in|on)(?: the)?(?: stage)?"
    r" (?P<name>[a-z]+)(?: stage)?$",
)
STAGE = (
    r"^(?:at |in )?(?:what|which) stage (?:is|has) (?P<name>.+?)(?: at| in| on| now| reached)*$",
    r"^(?:what(?: is|'s) the )?(?:current )?stage of (?P<name>.+)$",
    r"^how mature is (?P<name>.+)$",
)
LEVERAGE = (
    (
        r"^(?:what(?: is|'s|s| was)|how (?:high|big|good|large) (?:is|was)|show(?: me)?|give me|tell me|how is) ?"
        r"(?:our|the|my)? ?"
        r"(?P<name>.*?)(?: team)?(?:'s|s')? ?leverage(?: ratio)?(?: (?:of|in|for|at|on) (?:the )?(?P<within>.+?))?$"
    ),
    (
        r"^how much leverage (?:do|does|are|is|did|has|have) (?P<name>.+?) (?:get|have|getting|gets|has|got|gain|see)"
        r"(?: (?:from|with|out of) (?:ai|it|tokens))?$"
    ),
    r"^leverage(?: ratio)?(?: (?:of|in|for|at) (?:the )?(?P<name>.+?))?$",
    r"^(?P<name>.+?)(?:'s|s')? leverage ratio$",
)
MEANING = (
    r"^(?:what does (?:the )?leverage ratio mean|what(?: is|'s) (?:a|the) leverage ratio|"
    r"define (?:the )?leverage ratio|meaning of (?:the )?leverage ratio|"
    r"how is (?:the )?leverage ratio (?:defined|computed|calculated|measured))$"
)
WHEN = (
    r" (?:(?:in|over|for|during) )?(?P<period>(?:the )?(?:last|this|past|previous) (?:\d+ )?"
    r"(?:week|month|quarter|year|day)s?)$"
)
NOT_A_SCOPE = r"\b(?:mean|means|meaning|by|last|this|week|month|quarter|year|since|between)\b"
POLITE = (
    r"^(?:(?:hi|hey|hello|ok|so|please|and|well|quick question|question)[ ,:!-]+)*"
    r"(?:(?:can|could|would) you (?:please )?(?:tell|show) me[ ,:]*)?"
)

KINDS = (("worth", WORTH), ("back", BACK), ("stages", STAGES), ("stages", AT_STAGE), ("stage", STAGE))


@dataclass(frozen=True, slots=True)
class AdviceQuestion:
    """What is asked: `where`, `ready`, `trouble` or `keep` (with a team or ""), `worth`, `about`, `stays`, `back` or
    `stage` (with a workflow), `unknown` (the trust in a workflow that no catalogue may have), `stages` (with a stage
    or ""), `leverage` (with a team, a workflow or ""), `ratio` (what that word means). `period` is one that was named
    for the ratio, which knows only its own."""

    kind: str
    name: str = ""
    period: str = ""


def plain_words(text: str) -> str:
    """The question in lower case without what is polite."""
    plain = _pattern(POLITE).sub("", " ".join(text.casefold().replace("’", "'").split()).strip(" ?!."))
    return re.sub(r"[ ,]+(?:please|thanks|thank you|pls)$", "", plain)


def strict_wish(text: str) -> AdviceQuestion | None:
    """The wish of a question in one of the usual wordings, whatever it names; None where it asks for something else."""
    if not any(sign in text.casefold() for sign in SIGNS):
        return None
    plain = plain_words(text)
    for rule in WHERE:
        if found := _pattern(rule).fullmatch(plain):
            groups = found.groupdict()
            team = groups.get("within") or groups.get("team") or ""
            return AdviceQuestion("where", "" if team in US else team)
    for kind, rules in KINDS:
        for rule in rules:
            if found := _pattern(rule).fullmatch(plain):
                return AdviceQuestion(kind, found.groupdict().get("name", "").removeprefix("the "))
    return _wish_for_leverage(plain)


def _wish_for_leverage(plain: str) -> AdviceQuestion | None:
    if _pattern(MEANING).fullmatch(plain):
        return AdviceQuestion("ratio")
    if "leverage ratio" in plain and (period := _pattern(WHEN).search(plain)):
        wish = strict_wish(plain[: period.start()])
        return replace(wish, period=period["period"]) if wish and wish.kind == "leverage" else None
    for rule in LEVERAGE:
        found = _pattern(rule).fullmatch(plain)
        if found and plain not in ("what is leverage", "leverage") and not _pattern(NOT_A_SCOPE).search(plain):
            groups = found.groupdict()
            name = (groups.get("within") or groups.get("name") or "").strip()
            return AdviceQuestion(
                "leverage", "" if name in US or name in ("our", "ai", "ai's") else name.removeprefix("the ")
            )
    return None


@cache
def _pattern(rule: str) -> re.Pattern[str]:
    return re.compile(rule)
