"""What is wanted of the figures, and questions about the system itself: why, normal, peers, help, definitions."""

from __future__ import annotations

from bot.questions.grammar.draft import Draft, Stop
from bot.questions.grammar.sentence import STOPS, Item, Sentence
from bot.questions.grammar.vocabulary import HARMLESS
from bot.questions.reading import Intent, Told

_WHY = (
    r"(?:explain|understand|tell me|tell us|say|know)(?: to me| to us)? why|why|how come|what (?:is|was|'s)? "
    r"?(?:drove|driving|drives|caused|causing|explains|explain|behind|led "
    r"to|happened to|happened with|the (?:reason|cause|driver|drivers)(?: for| of| behind)?)|"
    r"what (?:drove|caused|explains|explained|happened)|(?<!must )(?<!have to )(?<!need to )(?<!able to "
    r")explain(?: me)?(?: the| this| that| our)*(?= "
    r"(?:<gain>|<loss>|<change>|<growth>|<M>|<E>|<T>|change))|reasons? for|drivers? of|root cause(?: of)?|"
    r"where does (?:the|this|that) (?=<gain>|<loss>|<change>|<growth>)"
)
_NORMAL = (
    r"(?:is|was|are|were)(?: [^ ]+){0,8}? (?:normal|unusual|usual|typical|abnormal|out of the ordinary|"
    r"expected|exceptional|an outlier|outlier|strange|weird|surprising|odd|in line|within (?:the )?(?:usual|"
    r"normal) range)(?: range| or not| for)?|"
    r"^(?:and |so |ok |, )*(?:normal|unusual|usual|abnormal)|"
    r"(?:usual|normal|typical) (?:range|level|band)(?: of| for)?|anything (?:unusual|abnormal|strange|"
    r"odd)(?: about| in| with)?"
)
_PEERS = (
    r"(?:ahead of|behind|in front of|against) (?:the |our |other |all |most )*(?:competitors?|competition|"
    r"peers?|industry|market|others|companies|"
    r"organisations)|"
    r"(?:compare|compares|comparing|compared|stack up|benchmark|rank|measure up|stand)(?: (?:us|our|ourselves|we|<M>|"
    r"'s|<T>|on|in|the|of|per|to|with|against|up|<E>))*? (?:to|with|against|versus|relative to)? ?(?:the |"
    r"our |other |an? |all )*(?:industry|market|peers?|others|other (?:companies|organisations|firms|orgs)|"
    r"competitors?|competition|benchmarks?|companies|organisations|average company|rest of the (?:world|"
    r"industry|market)|similar companies|the outside)(?: (?:average|average company|companies|benchmark|of "
    r"our size|in our industry|like us|standard))*|"
    r"(?:industry|market|external|public) (?:average|benchmark|benchmarks|standard|norm|comparison)|"
    r"benchmark(?:s|ed)?(?: us| our)?|versus (?:the )?(?:industry|peers|market|other companies|competitors)|"
    r"(?:better|worse|more|less) than (?:other (?:companies|organisations|firms)|the industry|our peers|"
    r"peers|competitors|most companies)"
)
_FRESH = (
    r"how (?:fresh|recent|current|old|up to date|new|stale) (?:is|are) (?:the |our |your |this |all |my "
    r")*(?:data|figures|numbers|information|it|these|usage data|stats)|"
    r"(?:whether|if) (?:the |our |your |this |all )*(?:data|figures|numbers|information|stats) (?:is|are) (?:still "
    r"|all )?"
    r"(?:fresh|up to date|current|complete|recent|stale|live|outdated|in|there|loaded|updated)|"
    r"(?:is|are) (?:<T> )?(?:'s )?(?:the |our |your |this |all )*(?:data|figures|numbers|it|information|"
    r"stats) (?:fresh|up to date|current|complete|recent|stale|live|real time|ok|fine|outdated|in|there|"
    r"loaded|updated)(?: yet)?|"
    r"when (?:was|were|did)(?: the| our| your| you)* (?:data|figures|numbers|last) (?:last )?(?:updated|"
    r"refreshed|synced|loaded|imported|sync|update|refresh|arrive|come in)|"
    r"(?:data|figures) (?:freshness|recency|up to date|age|coverage|status)|(?:latest|newest|most recent|"
    r"last)(?: recorded)? (?:day|date|data)(?: (?:of|with|you have|recorded|do you have|we have|in|is there|"
    r"there))*|freshness|last (?:update|sync|import|refresh)(?: of the data)?|"
    r"(?:up to|until) (?:which|what) (?:day|date)(?: [^ ]+){0,5}|how far back [^?]*|(?:since|from) when "
    r"(?:do|does|did|is|are|have)[^?]*(?:data|figures|records?|recorded|history)[^?]*|which (?:data )?sources "
    r"(?:are )?(?:connected|there|do you have|feed|in use)[^?]*|what (?:data )?sources [^?]*"
)
_HELP = (
    r"^(?:please |hi |hello |hey |so |ok |and )*(?:help|help me|what can (?:i|you|we|one) (?:ask|do|answer|"
    r"tell|query|know)[^?]*|what do you (?:know|do|answer)[^?]*|how do(?:es)? (?:this|it|you|i) (?:work|"
    r"use)[^?]*|what are you(?: able to do)?|who are you|what questions[^?]*|which questions[^?]*|what (?:kind|"
    r"sort|type)s? "
    r"of (?:questions|things|stuff)[^?]*|examples?|show examples|give (?:me )?(?:some )?examples[^?]*|menu|"
    r"commands|what "
    r"(?:metrics|figures|numbers) (?:do you|can you|are there|can i|have)[^?]*|which (?:metrics|"
    r"figures)[^?]*|what (?:is|are) (?:the )?(?:available )?metrics[^?]*|get started|start|hi|hello|hey|good "
    r"(?:morning|afternoon|evening)|thanks?(?: you)?(?: so much| a lot)?|thx|cheers|ok|okay|great|nice|cool|"
    r"perfect)(?: there| again| please| fulcrum| !| \.| \?|,)*$"
)


def read_intent(draft: Draft) -> None:
    """Note what is wanted; stop where it is no figure at all."""
    sentence = draft.sentence
    _told(draft)
    for pattern, intent in ((_PEERS, Intent.PEERS), (_NORMAL, Intent.NORMAL), (_WHY, Intent.WHY)):
        found = sentence.find(pattern)
        if found is None or (intent is Intent.WHY and _is_that_why(sentence)):
            continue
        if "happened to" in found.said() and sentence.said("<T=compare>"):
            sentence.use_words(found)  # what it was then and what it is now
            draft.change = True
            continue
        draft.intent = intent
        draft.step("intent", f"“{found.said()}” asks {intent.value}")
        for item in found.items():
            if not item.tag:
                sentence.use_tags([item])
        draft.change = draft.change or intent is Intent.WHY
        return


def _is_that_why(sentence: Sentence) -> bool:
    return sentence.has(r"(?:that|this|which) is why|that 's why")


def _told(draft: Draft) -> None:
    sentence = draft.sentence
    if (
        not sentence.items
        or all(one.word in STOPS or one.word in ("please", "thanks") for one in sentence.items)
        or sentence.find(_HELP)
        or sentence.worded().find(_HELP)
    ):
        raise Stop(Told(topic="help", steps=("intent: what can be asked",)))
    if sentence.find(_FRESH) and not sentence.tags("M"):
        raise Stop(Told(topic="freshness", steps=("intent: how fresh the data are",)))
    about = _defined(sentence)
    if about:
        raise Stop(Told(topic="definition", about=about, steps=(f"intent: what {about} means",)))


_DEFINE = (
    r"^what (?:exactly )?(?:the |an? )?(?P<term><M>) (?:means|mean|stands for|refers to)(?: exactly| here| "
    r"please)*(?= ?[?.!,]*$)",
    r"^what (?:is|are|'s) (?:a|an) (?P<term><M>)(?: exactly| please| \?)*$",
    r"(?:what|which) (?:do|does|did|is|are)(?: you| we| the| a| an| your)* (?P<term><M>|<D>|<E>|<H>|[^ ]+(?: "
    r"[^ ]+){0,3})(?: [^ ]+)? (?:mean|means|stand for|defined as)(?: exactly| by that| here)?",
    r"(?:what (?:is|are|'s) )?(?:the )?(?:meaning|definition|formula|def) (?:of|for|behind) (?:the |a |an "
    r")*(?P<term><M>|<D>|<E>|[^ ]+(?: [^ ]+){0,3})",
    r"(?:define|explain|describe|tell me|tell us|understand|know|clarify) (?:the |to me |to us |me |us |what |"
    r"exactly )*"
    r"(?:metric |term |word )?(?P<term><M>) (?:means|mean|is|stands for|refers to)(?: exactly| here| please| in "
    r"practice)*(?= ?[?.!,]*$)",
    r"(?:what|which) (?:exactly |precisely |actually )?(?:is|are|'s|was) (?:meant|understood) (?:by|with|under) "
    r"(?:the )?"
    r"(?P<term><M>|<D>|[^ ]+(?: [^ ]+){0,2})",
    r"what (?:exactly |precisely |actually )(?:do|does|is|are) (?:the |an? )?(?P<term><M>)(?: mean| stand for)?",
    r"(?:define|explain|describe) (?:the |to me |me |what )*(?:metric |term |word )?(?P<term><M>)(?: (?:is|"
    r"means|to me|please))*$",
    r"how (?:is|are|do you|does one|was|were)(?: the)? (?P<term><M>)(?: [^ ]+)? (?:calculated|computed|"
    r"defined|measured|worked out|determined|derived|calculate|compute|counted)",
    r"how do(?:es)? (?:you|fulcrum|we|it|one) (?:calculate|compute|define|measure|work out|count|get)(?: "
    r"the)? (?P<term><M>)",
    r"what (?:do|does) (?:you|we|fulcrum|one) mean (?:by|with) (?:the )?(?P<term><M>|<D>|<E>|[^ ]+(?: [^ ]+){0,2})",
    (
        r"^what (?:is|are|'s|counts as|exactly is|exactly are)(?: an?)? (?P<term><M=effective_tokens|"
        r"fresh_tokens|cache_share|agent_share|autonomy_share|top_decile_share|hours_offloaded|offloadable_hours|"
        r"ai_share|output_share|adoption_rate|active_people|cache_write_tokens|cached_input_tokens|"
        r"reasoning_tokens|rework_rate|minutes_per_item|tokens_per_employee|tokens_per_active_person>)(?: "
        r"exactly| please| \?)*$"
    ),
)


def _defined(sentence: Sentence) -> str:
    """The metric or word whose meaning is asked."""
    if sentence.tags("T") or sentence.tags("G"):
        return ""
    for pattern in _DEFINE:
        found = sentence.find(pattern)
        if found is None:
            continue
        item: Item | None = found.item("term")
        if item is None:
            continue
        if item.tag == "M":
            return item.name
        words = [one for one in found.items("term") if one.word not in HARMLESS and not one.used]
        metric = next((one for one in sentence.tags("M")), None)
        if metric is not None:
            return metric.name
        return " ".join(one.raw for one in words) or item.raw
    return ""
