"""Everyday and colloquial turns of phrase, each with the plainer words it stands for: data of the rewriting rules."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.questions.periods.words import MONTHS

Said = str | Callable[["re.Match[str]"], str]

_COMPANY = (
    r"(?:group|operator|studio|bank|hospital|carrier|airline|university|school|agency|institute|outfit|corporation|"
    r"concern|retailer|insurer|house|shop|place|show|plant|factory|city|town|county|municipality|borough|network|charity|council|ministry|clinic|chain|"
    r"enterprise|organisation|organization|firm|business)"
)
_MOVED = re.compile(
    r"(?:^| )(?:chang\w+|growth|grow|grew|compare[ds]?|versus|vs|against|difference|delta|increase\w*|decrease\w*|"
    r"rise|rose|fell|drop\w*|up|down|than)(?: |$)"
)
_SHARED = re.compile(r"(?:^| )(?:share|percent|percentage|%|part|portion|proportion|fraction|slice|how much)(?: |$)")
_UNITS = r"(?:day|week|month|quarter)"
_EVERY = {"day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly"}


def _still(match: re.Match[str]) -> str:
    """ "in absolute figures": of a change it says which column, of anything else nothing."""
    return match[0] if _MOVED.search(match.string) else ""


def _of_share(match: re.Match[str]) -> str:
    """ "what percentage falls on X": no fall, a part."""
    return "is of" if _SHARED.search(match.string[: match.start()]) else match[0]


def _used_through(match: re.Match[str]) -> str:
    """ "how many tokens did Web go through": used; "how much of it ran through Cursor" stays."""
    return match[0] if _SHARED.search(match.string) else "used "


def _concentrated(match: re.Match[str]) -> str:
    """ "how top-heavy is our usage": how concentrated, where no figure of it is named."""
    named = re.search(r"top (?:10|ten|decile|tenth)|tenth", match.string)
    return "" if named else "concentration of usage"


_SETS = {"trio": 3, "duo": 2, "pair": 2, "quartet": 4, "quintet": 5}
_RATES = {
    "agentic": "agent share", "from agents": "agent share", "accepted": "acceptance rate", "successful": "success rate",
    "reworked": "rework rate", "redone": "rework rate", "failed": "failure rate", "failing": "failure rate",
    "done by ai": "ai share", "handled by ai": "ai share",
}  # fmt: skip


def _autonomy(match: re.Match[str]) -> str:
    """ "how autonomous is each workflow": the share of that name, where it is not named beside it."""
    return "" if "autonomy" in match.string else "autonomy share of"


def _rated(match: re.Match[str]) -> str:
    """ "more than 60% of tokens were agentic": a threshold on the share of that name."""
    if (match["x"] == "items" and match["v"] == "accepted") or ("%" not in match["n"] and "percent" not in match["n"]):
        return match[0]
    return f"{_RATES[match['v']]} {match['c']} {match['n']}"


def _both_months(match: re.Match[str]) -> str:
    """ "over August and September": from the one to the other."""
    months = match["a"] in MONTHS and match["b"] in MONTHS
    return f"from {match['a']} to {match['b']}" if months else match[0]


def _one_series(match: re.Match[str]) -> str:
    """ "cumulative cost": the total, unless a running sum over a series is meant."""
    series = re.search(rf"(?:daily|weekly|monthly|quarterly|(?:by|per|each|every) {_UNITS})(?: |$)", match.string)
    open_span = re.search(r"(?:^| )(?:since|to date|so far|until|till|ytd|qtd|mtd|through)(?: |$)", match.string)
    return "total" if open_span and not series else match[0]


def _count_of(match: re.Match[str]) -> str:
    """ "distinct folks using X" counts them."""
    said = re.search(r"(?:how many|number of|count of|by|per|each)(?: \S+){0,2} ?$", match.string[: match.start()])
    return match[0] if said else f"number of {match['h']}"


def _using(match: re.Match[str]) -> str:
    """ "contractors with at least one request", counted: those who used AI."""
    counted = re.search(r"(?:how many|number of|count of|distinct|unique)(?: |$)", match.string[: match.start()])
    return "using ai" if counted else match[0]


EVERYDAY: tuple[tuple[str, Said], ...] = (
    # Writing and spelling.
    (r"w/", "with"),
    (r"wkly", "weekly"), (r"mthly|mnthly", "monthly"), (r"qtrly|qrtly", "quarterly"), (r"dly", "daily"),
    (r"(?P<a>\d{1,3}) (?P<b>\d{3})(?P<c>(?: \d{3})*)(?= (?!days|weeks|months|quarters)[a-z]|$)",
     lambda m: m["a"] + m["b"] + m["c"].replace(" ", "") if m["b"] == "000" or m["c"] else m[0]),
    (r"splitted", "split"), (r"payed", "paid"), (r"costed", "cost"), (r"informations", "information"),
    (r"per (?:mil|mill|mn|mln)(?= (?:tok|tokens|toks|token)|$)", "per million"),
    # What things cost.
    (r"(?:the |our )?(?:damage|tab|damages|price tag|charges|outlays?|expenditures?|expenses|outgoings)"
     r"(?! (?:to|control)(?: |$))", "cost"),
    (r"(?:run|runs|ran|running|costing|knock|knocked|rush|rushed) (?:us|you|them)(?: back)?(?! through)", "cost us"),
    (r"(?:dollars|money|cash|bucks) (?:out|going out|went out|gone out|flowing out)(?: of)? the door", "cost"),
    (r"(?:cough|coughed|coughing|splash|splashed|splashing|lay|laid|stump|stumped|dish|dished) (?:up|out)"
     r"(?= (?:for|on)(?: |$))", "spend"),
    (r"(?:rate|price|charge|fee)(?: paid| we pay| charged)? per (?=(?:1 ?m|one m|a m|m)(?:illion)?(?: |$)|million)",
     "cost per "),
    (r"what costs? (?:us |you )?(?:one|a|an|each|every|the average|a single|an average) (?P<x>request|item|prompt)",
     lambda m: f"cost per {m['x']}"),
    (r"what (?:does|did|do|is|was)? ?(?:a|an|one|each|the average|the typical|a single|an average|every) "
     r"(?P<x>request|prompt|interaction)(?: (?:end up|ended up|come to|came to))?"
     r" (?:cost|costs|costing|set us back)(?: us)?(?: ,)?(?: on average)?(?: ,)?", lambda m: f"cost per {m['x']}"),
    (r"ai (?:habits?|appetite|diet|addiction|craving)", "ai usage"),
    (r"(?:dearer|pricier|costlier) than(?= \S*\d)", "more than"),
    (r"(?:prev|prv|prvs) (?P<u>week|month|quarter|year|wk|mo|qtr)", lambda m: f"previous {m['u']}"),
    (r"(?:billed|charged|invoiced)(?: to)? us", "cost us"),
    (r"what (?:were|have|are|was) we(?: been)?(?: all)? (?:billed|charged|invoiced)", "what did we spend"),
    (r"(?P<b>is|was|were|are) (?:a|one|1) million(?: of)? tokens (?P<d>dearer|pricier|costlier|more expensive|cheaper|"
     r"less expensive)", lambda m: f"{m['b']} cost per million tokens "
     f"{'lower' if m['d'] in ('cheaper', 'less expensive') else 'higher'}"),
    (r"(?P<o>(?:second|third|fourth|fifth|2nd|3rd|4th|5th) )?(?P<r>most|least) (?:often |frequently )?(?:requested|called|queried|prompted|invoked) (?P<d>tools?|models?|"
     r"providers?|assistants?)", lambda m: f"{m['d']} with the {m['o'] or ''}{m['r']} requests"),
    (r"(?:went|gone|goes|going|go) out (?:on|for) (?=ai )", "was spent on "),
    (r"(?:drain|strain|burden|hit|dent|weight) (?:on|in|to) (?:the|our) (?:ai )?(?:budget|purse|wallet|finances|coffers)",
     "cost"),
    # What is used, made and handled.
    (r"(?:sunk|sank|poured|plowed|ploughed|pumped|channelled|channeled|funnelled|funneled|invested|put|sink|sinking|"
     r"poured in|shovelled) into", "went into"),
    (r"(?:spat|spit|spewed|cranked|pumped|pushed|knocked|turned|churned|put|kicked|reeled|rattled|fired|sent|firing|"
     r"fire|crank|pump|churn|spit|belted) (?:out|off)(?= (?!of))", "produced"),
    (r"fir(?:e|ed|ing|es) (?:off|out)", "made"),
    (r"(?:hammer|hammered|hammerd|hammering|thrash|thrashed|lean on|leans on|leaned on|leaning on|leant on|hit up|"
     r"milk|milked|max out|maxed out|smash|smashed|slam|slammed|caned|rinsed)(?= )", "used"),
    (r"(?:gone|go|goes|went|going|got|get|getting|ran|run|running|burned|burnt|burn|burning|chewed|chew|chewing|"
     r"ploughed|plowed|plow|tore|torn|ripped|rip|ripping|blasted|blast|blazed|raced|powered|worked|churned|munched|"
     r"sailed|cruised|motored) through(?= (?!\$?\d))", _used_through),
    (r"(?P<v>used|consumed|produced|made|sent|generated|burned|burnt|spent)(?P<x>(?: (?!who |which )\S+){0,4}) "
     r"(?:the )?hardest", lambda m: f"{m['v']}{m['x']} most"),
    (r"add(?:s|ed|ing)? up to|amount(?:s|ed|ing)? to|sum(?:s|med)? to|total(?:s|led|ed|ling) up to|come to a total of",
     "total"),
    (r"(?:on|off) (?:its|their|our|the|your) (?:books|payroll|rolls?|staff list|own books)|on staff", ""),
    (r"without (?:a single|even one|even a single|one single|so much as a|any single)", "with no"),
    (r"code (?=suggestions?)", ""),
    (r"over (?=at )", ""),
    (r"any (?:idea|ideas|clue|thoughts|chance|guess)(?= ?[?.!,])", ""),
    (r"(?:flip|reverse|invert|turn)(?: (?:it|that|this|them|the (?:order|list|ranking|table)))?(?: around| round| over|"
     r" upside down)?(?= ?,|$| and | please)|the other way (?:a)?round|in reverse(?: order)?", "reversed order"),
    (r"(?:raw|plain|simple|absolute|straight) (?:counts?|totals?|sums?)", _still),
    (r"a (?:fair|good|whole|great|quite) (?:few|bit|lot|deal|bunch|load)(?: of)?(?= tokens| requests| money)", ""),
    (r"(?:pass|passed|passing|flow|flowed|move|moved|pushed|push|came|come) through(?= (?!the (?:door|roof)))", "through"),
    (r"(?:dealt|deal|deals|dealing) with", "handled"),
    (r"did (?P<x>(?:\S+ ){1,4}?)clear(?= |$)", lambda m: f"did {m['x']}handle"),
    (r"added (?:together|up)|add(?:ing)? together|taken in total", "together"),
    (r"how autonomous(?:ly)? (?:is|are|was|were|does|do|did)", _autonomy),
    # Scopes.
    (r"(?:only |just )?(?:the )?(?P<x>\S+) (?:part|portion|bit|side) (?:only|alone)", lambda m: f"only {m['x']}"),
    (r"(?:only|just) the (?P<x>\S+) (?:part|portion|bit|side)(?! of)", lambda m: f"only {m['x']}"),
    (r"the names (?=(?:in|of|from|at) )", "the people "),
    (rf"(?:the )?(?:whole|entire|complete|full) {_COMPANY}", "the whole company"),
    (rf"(?:the )?{_COMPANY} as a whole", "the whole company"),
    (r"and (?:whatever|everything|all|anyone|anything|those|everyone|all teams|all units)(?: that| who)?(?: sits?| is| are|"
     r" comes?| reports?| lives?| hangs?)? (?:beneath|below|under|underneath)(?: (?:it|them))?", ""),
    (r"(?:city|town|county) wide|(?:whole|entire) of the company|group wide|groupwide|firm wide|firmwide|house wide|business wide|bank wide", "company wide"),
    (r"(?:anything|everything|what|all|things|stuff|whatever)(?: that)?(?: is| was|'s)? "
     r"(?:supplied|provided|made|built|sold|offered|served|hosted|coming|comes|run|running|billed) (?:by|from|on|via)"
     r"(?= )", ""),
    (r"(?:only )?(?:where|when|whose|for which|with)(?: the)? (?P<d>provider|tool|model|team|mode|location|vendor|title|"
     r"workflow|activity) (?:is|was|equals|=|being|are) ", lambda m: f"for {m['d']} "),
    (r", (?P<x>[a-z0-9_.-]+) the (?P<d>provider|tool|model|team|vendor) only", lambda m: f"for {m['d']} {m['x']} only"),
    (r"only (?=(?:the |our )?(?:sub ?teams|sub units))", ""),
    (r"(?:limit|restrict|confine|narrow|narrowed|filter|reduce|scope|cut|pare|trim|boil|whittle)(?: (?:it|this|that|"
     r"them|those|the list|things))?(?: down)? (?:to|on)(?= (?!\$?\d)(?:just |only |the )*[a-z])", "only"),
    (r"(?:strip|stripping|stripped|weed|weeding|knock|knocking|kick|kicking|cut|cutting|chuck|throw|throwing|toss|"
     r"carve|carving|back|backing|net|netting|screen|screening|sift)(?: (?:the|any|all))? out(?! (?:the|of) (?:door))",
     "excluding"),
    (r"(?:disregard|disregarding|discounting|discard|discarding|exclusive of|net of|shorn of|taking away|take away|"
     r"setting aside|set aside|leaving aside|save for|saving|minus out|forgetting|forget|never mind|ditch|ditching|"
     r"lose|scrap)(?= (?:the |all |any )?(?:bots?|agents?|contractors?|employees|cursor|copilot))", "excluding"),
    (r"(?:fall|fell|falls|divide|divides|divided|break|breaks|broke|carve|carved|shake|shook|split)(?: up| down| out)? "
     r"(?:between|among|amongst)(?= )", "split between"),
    (r"(?:divide|divides|divided)(?: up| out)?(?= by )", "split"),
    (r"(?:the )?(?:pair|two|both) of (?:them|those|these)", "both of them"),
    (r"(?P<r>top|bottom|leading|best|worst|biggest|lowest|highest|first) (?P<n>trio|duo|pair|quartet|quintet)(?: of)?(?= )",
     lambda m: f"{m['r']} {_SETS[m['n']]}"),
    # Periods and steps.
    (rf"since (?:the |this |our )?(?P<u>{_UNITS}|year) (?:began|started|opened|kicked off|commenced)",
     lambda m: f"this {m['u']} so far"),
    (r"same (?:number|count) of days (?:from|after|since|counted from) (?:the )?(?:start|beginning|first day) of",
     "same number of days into"),
    (r"(?P<m>tokens|requests|cost|spend|items|dollars) (?:a|each|every) (?P<u>day|week|month)(?= (?:from|between|in|over|"
     r"since|during|for|last|this))", lambda m: f"{m['m']} per {m['u']}"),
    (rf"(?:one|a|1) (?:point|figure|value|number|data point|dot|row|line|bar|entry) (?:a|per|each|every|for each|for every) "
     rf"(?P<u>{_UNITS})", lambda m: f"by {m['u']}"),
    (r"over in(?= )(?! (?:the )?(?:last|past|previous|q\d|h\d|\d))", "in"),
    (rf"(?P<u>{_UNITS}) ?- ?level|(?P<v>{_UNITS}) level", lambda m: _EVERY[m["u"] or m["v"]]),
    (r"(?:at|on|with|in|using|by) (?:a |an |the )?(?P<a>daily|weekly|monthly|quarterly) (?:grain|granularity|level|"
     r"cadence|resolution|basis|frequency|steps?|intervals?|rhythm|buckets?|increments?|slices?|timescale|chunks)",
     lambda m: m["a"]),
    (r"(?:roll|rolled|boil|boiled|aggregate|aggregated|bucket|bucketed|collapse|collapsed|condense|condensed|turn|"
     r"group|regroup|bundle|sum)(?: (?:it|that|this|them|those|these|the days|the weeks))?(?: up| down)?"
     rf" (?:to|into|by|as|per) (?:the )?(?P<u>{_UNITS})(?:s|ly)?", lambda m: f"by {m['u']}"),
    (r"(?:roll|boil|aggregate|collapse|condense|turn)(?: (?:it|that|this|them))?(?: up| down)? (?:to|into) "
     r"(?:the )?(?=average|total|share)", "as the "),
    (r"(?:on|for|in|over) (?:an?|the) (?:average|typical|mean|normal) (?P<u>day|week|month)(?! of)",
     lambda m: f"per {m['u']} on average"),
    (r"mean (?=daily|weekly|monthly|quarterly)", "average "),
    (r"(?P<n>\d+) (?P<u>days|weeks|months|quarters) (?P<l>vs|versus|against|compared to|compared with|next to|over|on) "
     r"(?:the )?(?P<w>prior|previous|preceding) (?P=n)(?! \S*(?:day|week|month|quarter))",
     lambda m: f"{m['n']} {m['u']} {m['l']} the {m['w']} {m['n']} {m['u']}"),
    (r"(?P<w>this|last) (?P<u>week|month|quarter|year) than (?:in |the |during |it was )*(?:last|previous|prior|the one "
     r"before|former) one", lambda m: f"{m['w']} {m['u']} than the previous {m['u']}"),
    (r",? ?(?:both )?(?:days|dates|ends|end points|endpoints|first and last day)(?: are| both)? (?:included|inclusive)",
     ""),
    (r"same (?:month|week|quarter|period|time ?frame|dates|days|range|window|span|time)(?= ?[?.!,]*$)", "same"),
    (rf"(?:(?:name|tell me|give me|show me|find|identify|pick out) )?(?:the|our) (?P<u>{_UNITS}) (?:in which|on which|"
     r"during which|when|where|in what|that)(?= (?:the |our |we |most |had |saw ))", lambda m: f"which {m['u']}"),
    (r"based (?:up)?on(?= (?:the )?(?:last|past|previous|data|figures|q\d))", "over"),
    (r"since the (?=jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", "since "),
    (rf"(?P<u>day|week|month) (?:per|for) (?P=u)", lambda m: _EVERY[m["u"]]),
    (r"(?:in|by|into|as) (?P<u>day|week|month|quarter)s(?: (?:rather|instead|please|then|now))+", lambda m: f"by {m['u']}"),
    (r"(?P<v>vs|versus|against|compared to|compared with|to|with|than)(?: the)? (?P<n>\d+) (?P<u>days|weeks|months) "
     r"(?:before|prior|earlier|preceding)(?: (?:that|those|it|them|this))?",
     lambda m: f"{m['v']} the previous {m['n']} {m['u']}"),
    (r"(?P<a>(?:last|this|the last|past) (?:week|month|quarter)) over (?=(?:the )?(?:week|month|quarter|one) before|"
     r"(?:the )?(?:previous|prior|last))", lambda m: f"{m['a']} compared to "),
    (r"(?:at|by|on) (?:the |this |that )?same (?:point|stage|moment)(?: (?:in|of) (?:the )?(?:month|week|quarter|year|time))?",
     ""),
    (r"(?:over|across|throughout) (?P<a>[a-z]+) and (?P<b>[a-z]+)(?= |$)", _both_months),
    (r"up to (?:and including )?(?:the )?(?=end of)", "until the "),
    (r"(?P<t>\S+) (?:is|will be|would be|should be) (?:fine|ok|okay|enough|good|perfect|great|sufficient)(?= ?[.!?]*$)",
     lambda m: m["t"]),
    (r"(?:figures |numbers |data )?will do(?= ?[.!?,]*$)", ""),
    (r"take (?P<t>\S+) as (?:the |a |our )?(?:basis|period|reference|month|base)", lambda m: f"in {m['t']}"),
    (r"as (?:it|things|matters) (?:stands?|stand|looks?)(?: right)?(?: now)?(?= |$)", ""),
    (r"(?P<n>first|second|third|fourth) quarter (?P<v>vs|versus|against|compared to|compared with|over) (?:the )?"
     r"(?P<m>first|second|third|fourth)(?! (?:quarter|half|week|month))",
     lambda m: f"{m['n']} quarter {m['v']} the {m['m']} quarter"),
    # Comparison and direction.
    (r"(?P<n>unusual|odd|strange|abnormal|weird|out of the ordinary|exceptional|normal|usual|typical) or (?:about |pretty |"
     r"quite |rather |just |more or less )?(?:normal|average|typical|standard|as expected|par for the course|unusual|odd|"
     r"strange|abnormal|weird)", lambda m: m["n"]),
    (r"(?:above|below|past|beyond|under) (?=the (?:whole|full|entire) (?:of )?[a-z])", "compared to "),
    (r"(?:stands?|stood|fares?|fared|shapes? up|holds? up|looks?|looked|comes? out)(?= (?:against|versus|next to|"
     r"compared|relative|beside) )", ""),
    (r"(?:running|tracking|trending|coming in|going) (?:ahead of|behind|above|below|over|under)(?= )", "compared to"),
    (r"how far (?P<b>is|are|was|were) (?P<x>(?:\S+ ){1,7}?)(?:ahead of|above|behind|below) ",
     lambda m: f"difference in {m['x']}compared to "),
    (r"(?:right |directly )?(?:next to|alongside|beside|side by side with|up against) (?:the )?(?:figures?|numbers?|ones?|"
     r"same|values?|that|those) (?:for|of|in|at)", "versus"),
    (r"(?:right |directly )?(?:next to|alongside|side by side with|(?<!stack )(?<!stacks )(?<!stacked )(?<!measure )"
     r"(?<!measures )(?<!hold )up against)(?= (?!each|one |it |that |them |this |those |the other))", "versus"),
    (r"^(?P<l>(?:please |could you |can you |would you |, )*)(?:kindly )?(?:set|put|place|line|stack|pit)(?: up)?(?= .* "
     r"(?:against|versus|compared to|side by side)(?: |$))", lambda m: f"{m['l']}compare"),
    (r",? ?meaning (?:the )?(?=highest |lowest |most |least )", ""),
    (r",? ?or (?:just |simply |only |merely )?(?:business as usual|the usual|as usual|as always|the norm)", ""),
    (r",? ?(?:it is |is it |that is )?(?:growing|rising|going up|climbing|increasing) or (?:no|not)(?= ?[?.!]*$)", "change"),
    (r"(?:ahead of or behind|behind or ahead of|above or below|below or above|better or worse than|over or under|"
     r"more or less than|up or down on|higher or lower than)(?= )", "compared to"),
    (r"(?:set|stacked|stacks|stack|measured|measures|measure|weighed|held|hold|holds|pitted|placed|put)(?: up)? "
     r"(?:against|beside|next to|alongside)(?= (?!each|one))(?!.*(?:compan|peers|competitor|industry|market|other firms|"
     r"others|organi[sz]ations))", "compared to"),
    (r"(?:in relation to|as compared (?:to|with)|by comparison with|in contrast (?:to|with)|contrasted with|"
     r"as measured against|when compared (?:to|with)|relative to)", "compared to"),
    (r"(?:one (?:next to|beside|against|alongside) (?:the |an)other|next to (?:each other|one another)|"
     r"alongside each other|one beside the other|shoulder to shoulder|neck and neck)", "side by side"),
    (r"(?:differ|differed|differs|deviate|deviated) from", "change compared to"),
    (r"(?:falls?|fell|fallen|goes|went|comes|came|(?:is|was|were|are|be) (?:down|due|owed|attributable|thanks)) "
     r"(?:on|to|under|down to|within)", _of_share),
    (r"(?:sits?|sat|lies?|lay|rests?|rested|lands?|landed) with(?:in)?", _of_share),
    (r"(?P<n>(?:(?!:)\S+ ){1,8}?)(?:together |combined |jointly )?(?:: |, |- )(?:their|its|his|her) "
     r"(?P<s>share|slice|part|portion|percentage|proportion)(?: of| in)", lambda m: f"{m['n']}'s {m['s']} of"),
    (r"(?:the )?(?:city|town|county|municipality|borough) 's(?= (?:\S+ )?(?:tokens|spend|cost|bill|usage|requests|"
     r"adoption|ai|total))", "our"),
    (r"(?:per cents?|per centage|per cent of)", "percent"),
    (r"(?:how |is |so |was )*top heavy(?: is| was| are)?(?: (?:it|this|that|our|the|usage|use))*", _concentrated),
    (r"cumulative(?:ly)?|running (?:total|sum)(?: of)?", _one_series), (r"blended|all told|all in all|in the aggregate", ""),
    (r",? ?(?:in |as )?(?:absolute|raw|actual|plain|real) (?:figures|numbers|values|amounts|terms)", _still),
    (r",? ?(?:as |in )?(?:amounts?|numbers|figures|values|absolutes?|counts?|totals?|dollars|sums?)(?: please)?,? ?,? (?:not|no|rather than|instead of|"
     r"and not) (?:the |in |as )?(?:percentages?|percents?|%|shares?)", _still),
    # People and what they did.
    (r"(?:the )?(?:10 ?%|10 percent|ten percent|tenth|top 10 ?%|decile) of (?:the |our |all )?(?:people|users|employees|"
     r"staff|workforce|colleagues) (?:with|who use|using|who consume|consuming|having|that use|who burn)"
     r" (?:the )?most(?: of)?(?: (?:the )?tokens)?", "the top 10 % of people"),
    (r"(?:share|part|portion|proportion|percentage|percent|%|fraction) of (?:the |its |their |all )?items "
     r"(?:that |which |were |was )?(?:the )?(?:agents?|bots?|ai) (?:did|do|does|handled|handle|made|completed|processed|"
     r"closed|finished|ran|resolved)(?: (?:alone|on their own|by themselves|autonomously|unaided|solo|all alone))",
     "autonomy share"),
    (r"(?:works?|working|worked) (?:already |regularly |now |actually |currently )?with (?=(?:ai|it)(?: |$))", "used "),
    (r"(?P<q>which|what) (?P<d>\S+) (?:did|do|does|is|was|are|were) (?:the )?(?P<r>fewest|most|least|smallest number of|"
     r"largest number of|biggest number of|lowest number of|highest number of) (?P<h>people|folks|employees|users|"
     r"colleagues|staff) (?:use|uses|using|touch|work with|rely on|turn to|open|opening|reach for)",
     lambda m: f"{m['q']} {m['d']} has the {m['r']} active people"),
    (r"used by (?:the )?(?P<r>fewest|most|least) (?:different )?(?:people|folks|employees|users|colleagues|staff)",
     lambda m: f"with the {m['r']} active people"),
    (r"(?:distinct|unique|different) (?P<h>people|folks|users|employees|staff|contractors|colleagues|persons|"
     r"individuals|freelancers)", _count_of),
    (r"(?:with|who made|that made|making|having|who had|who sent|that sent|with a minimum of) (?:at least|minimum|min|"
     r"no less than|no fewer than) (?:one|1|a|a single) (?:ai )?(?:requests?|prompts?|calls?|interactions?|tokens?)",
     _using),
    (r"spenders (?:among|amongst|in|of) (?:our|the|all|your) (?:ppl|people|staff|folks|employees|colleagues)",
     "spenders (people)"),
    (r"(?:which|that) (?:the )?(?P<a>agents|bots) (?:did|do|handled|completed|processed|closed) (?:alone|on their own|"
     r"by themselves|autonomously)", lambda m: f"by {m['a']} alone"),
    (r"(?P<c>(?:more|less|fewer) than|over|under|above|below|at least|at most) (?P<n>\S+(?: %| percent)?) of "
     r"(?:the |their |its |all )*(?P<x>tokens|items|suggestions) (?:were |was |are |is |got |being |had been )*"
     r"(?P<v>agentic|from agents|accepted|successful|reworked|redone|failed|failing|done by ai|handled by ai)", _rated),
    (r"(?:in |at |on |takes? |took |comes? in |came in )?(?:the )?(?P<n>second|third|fourth|fifth|2nd|3rd|4th|5th) "
     r"(?:place|spot|position)", lambda m: m["n"]),
    (r"(?:took|takes|take|has|had) (?:the )?(?P<r>biggest|largest|smallest) (?:bite|chunk|cut|piece|helping)(?: of (?:it|"
     r"that|the pie|the cake|them))?", lambda m: f"is {m['r']}"),
    (r"(?:came|comes|come|coming) out of(?= )", "comes from"),
    (r"(?:charging|billing)(?: us| you)?(?= (?:upwards|more|less|over|under|above|below|at))", "costing us"),
    # Asking.
    (r"remind me(?: of)?(?= )", "tell me"),
    (r"likewise(?: for)?", "same for"),
    (r"(?:i'm|i am|im|we are|we're) missing(?= the| our| a)", "show"),
    (r"^to (?!date|compare)[a-z]+ (?:(?!how |what |which |, )\S+ ){0,8}?, (?=(?:how|what|which|who|could|can|please|i|we|give|"
     r"show|list|tell) )", ""),
    (r"while (?:i|we|he|she|they|my \S+) (?:was|were|am|are|is)(?: (?!in )[a-z]+){1,4}(?= ?[?.!,])", ""),
    (r"(?P<v>need|want|require|like|looking) (?:for|to|in) (?:my|our) (?:\S+ ){1,2}?(?=(?:the|a|an|our|all) )",
     lambda m: f"{m['v']} "),
    (r"(?:(?:could|can|would|will) you (?:please )?)?(?:look|check|pull|dig|bring|call|bring) (?:it|that|this|them) up", ""),
    (r"how (?:big|large|high|low|small|great) (?=(?:the|our|its|their) )", "what is "),
    (r"(?:from|of|out of) the total of (?:the )?(?P<x>tokens|cost|spend|requests) ,? ?how (?:many|much) "
     r"(?:percent|percentage)(?: is| are| makes?| does| do)?", lambda m: f"what percent of the {m['x']} is"),
    (r"how (?:many|much) (?:percent|percentage)(?: makes?| make up| comes? from)(?= )", "what percent is"),
    (r"(?:may|can|could|might|would like to|want to|wish to|like to) (?:i |we )?request(?= )", "have"),
    (r"^(?:i|we) request(?= (?:the|a|our))", "show"),
    (r"what (?:she|he|they|i|we|you)(?: would| 'd|'d)? (?:like|love|want|wants|need|needs|mean|means|meant)"
     r"(?: to (?:know|see|have|get))? (?:is|was)", ""),
    (r"^good day(?: to you)?", "hello"),
    (r"(?:would|might|may|could|will|should) be (?:\S+ )?(?:fairer|better|nicer|clearer|easier|good|great|helpful|useful|"
     r"ideal|lovely|enough|fine|perfect|feasible|possible|doable|handy|interesting|sufficient|nice|wonderful|appreciated|"
     r"more \S+)(?: ,)?(?: i think| i guess| to me| for me| i suppose)?", ""),
    (r"if (?:it is|that is|i am|it's|that's) (?:allowed|permitted|ok|okay|fine|alright)(?: to ask| for me to ask)?", ""),
    (r"(?:judged|measured|going|counted|gauged) (?:by|in|on)(?= (?!each))", "by"),
    (r"(?:in|by|as) (?:dollars|usd) terms", "in dollars"),
    (r"revert(?: back)?(?: to (?:me|us))? with", "give"),
    (r"i (?:search|am searching|look for|am looking for|seek|am seeking|am after)(?: for)?(?= (?:the|a|our|all))", "show"),
    (r"(?:redo|rerun|re run|repeat|do over|run again)(?: (?:it|that|this|the same|them))?(?: again)?(?= |$)", "same"),
    (r"(?:how (?:large|big|great|small|high) (?:a|an) )(?=(?:share|part|portion|slice|proportion|percentage|"
     r"fraction|chunk|piece))", "what "),
    (r"(?P<x>cost|spend|bill|tokens|requests|adoption|headcount)(?: that)? (?P<b>is|was|are|were) "
     r"(?:largest|greatest|biggest|heaviest)", lambda m: f"{m['x']} {m['b']} highest"),
)  # fmt: skip
