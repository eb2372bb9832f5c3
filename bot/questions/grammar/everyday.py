"""Everyday turns of phrase for money, use and whom it is about, each with the plainer words it stands for."""

from __future__ import annotations

from bot.questions.grammar.turns import COMPANY, SETS, Said, autonomy, still, used_through

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
    (r"(?:whats|what's|what)(?: (?:does|did|do|is|was))? (?:a|an|one|each|the average|the typical|a single|an "
     r"average|every) "
     r"(?P<e>(?!million |single |average |typical |the )[a-z_-]+ )?(?P<x>request|prompt|interaction)(?: (?:end up|"
     r"ended up|come to|came to))?"
     r" (?:cost|costs|costing|set us back)(?: us)?(?: ,)?(?: on (?:average|avg))?(?: "
     r",)?", lambda m: f"{m['e'] or ''}cost per {m['x']}"),
    (r"ai (?:habits?|appetite|diet|addiction|craving)", "ai usage"),
    (r"(?:dearer|pricier|costlier) than(?= \S*\d)", "more than"),
    (r"(?:prev|prv|prvs) (?P<u>week|month|quarter|year|wk|mo|qtr)", lambda m: f"previous {m['u']}"),
    (r"(?:billed|charged|invoiced)(?: to)? us", "cost us"),
    (r"(?:billed|charged|invoiced)(?: at| for)?(?= (?:under|over|above|below|more|less|at least|at most|"
     r"upwards))", "costing"),
    (r"min(?= (?:per|an|each|a) (?:item|ticket|case|piece|unit))", "minutes"),
    (r"what (?:were|have|are|was) we(?: been)?(?: all)? (?:billed|charged|invoiced)", "what did we spend"),
    (r"(?P<b>is|was|were|are) (?:a|one|1) million(?: of)? tokens (?P<d>dearer|pricier|costlier|more expensive|cheaper|"
     r"less expensive)", lambda m: f"{m['b']} cost per million tokens "
     f"{'lower' if m['d'] in ('cheaper', 'less expensive') else 'higher'}"),
    (r"(?P<o>(?:second|third|fourth|fifth|2nd|3rd|4th|5th) )?(?P<r>most|least) (?:often |frequently )?(?:requested|"
     r"called|queried|prompted|invoked) (?P<d>tools?|models?|"
     r"providers?|assistants?)", lambda m: f"{m['d']} with the {m['o'] or ''}{m['r']} requests"),
    (r"(?:went|gone|goes|going|go) out (?:on|for) (?=ai )", "was spent on "),
    (r"(?:drain|strain|burden|hit|dent|weight) (?:on|in|to) (?:the|our) (?:ai )?(?:budget|purse|wallet|finances|"
     r"coffers)",
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
     r"sailed|cruised|motored) through(?= (?!\$?\d))", used_through),
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
    (r"(?:raw|plain|simple|absolute|straight) (?:counts?|totals?|sums?)", still),
    (r"a (?:fair|good|whole|great|quite) (?:few|bit|lot|deal|bunch|load)(?: of)?(?= tokens| requests| money)", ""),
    (r"(?:pass|passed|passing|flow|flowed|move|moved|pushed|push|came|come) through(?= (?!the (?:door|"
     r"roof)))", "through"),
    (r"(?:dealt|deal|deals|dealing) with", "handled"),
    (r"did (?P<x>(?:\S+ ){1,4}?)clear(?= |$)", lambda m: f"did {m['x']}handle"),
    (r"added (?:together|up)|add(?:ing)? together|taken in total", "together"),
    (r"how autonomous(?:ly)? (?:is|are|was|were|does|do|did)", autonomy),
    (r",? ?(?:sub ?teams?|sub units?) (?:are )?(?:included|counted|too|in)(?= ?[?.!,]|$)", ""),
    (r"put in front of", "offered to"),
    (r"(?:made|make|makes|making) no use of (?:any )?(?:ai|it)", "did not use ai"),
    (r"(?:owning|responsible|owner) (?=teams?)", ""),
    (r"(?P<r>most|least) tokens? (?:- )?(?:hungry|intensive|heavy|greedy|thirsty|consuming) (?P<d>[a-z]+)",
     lambda m: f"{m['d']} with the {m['r']} tokens"),
    (r"^(?:please |can you |could you )*(?:add|sum|tot|tally) up(?: all)?(?: of)?(?: the| our)?(?= )", "total"),
    (r"turn(?:ed|s|ing)? down", "rejected"),
    (r"takes? (?:the )?(?P<l>longest|shortest) per (?:item|case|ticket|piece|unit)", lambda m: "has the "
     f"{'highest' if m['l'] == 'longest' else 'lowest'} minutes per item"),
    (r"grand total", "total"),
    (r"what (?:did|does|do) each (?:of them )?(?:run|come|amount|add up) to", "cost of each"),
    (r"(?:laid|lay|put|got|get|gets) (?:their |its |your )?hands on", "used"),
    (r"left (?:ai|it) (?:\S+ly )?(?:untouched|unused|alone)", "did not use ai"),
    (r"(?:pile|heap|stack|pot|pool|mountain|backlog|wad) of (?=offloadable|hours|tokens|cost|requests|items|"
     r"spend)", ""),
    (r"(?P<m>offloadable hours) (?:left|remaining|still there|to go)", lambda m: m["m"]),
    (r"size of (?=(?:the |our )?(?:product|workforce|bill|spend))", ""),
    (r"lay(?:ing|s)? out (?=more|less|much)", "spending "),
    # Scopes.
    (r"(?:only |just )?(?:the )?(?P<x>\S+) (?:part|portion|bit|side) (?:only|alone)", lambda m: f"only {m['x']}"),
    (r"(?:only|just) the (?P<x>\S+) (?:part|portion|bit|side)(?! of)", lambda m: f"only {m['x']}"),
    (r"the names (?=(?:in|of|from|at) )", "the people "),
    (rf"(?:the )?(?:whole|entire|complete|full) {COMPANY}", "the whole company"),
    (rf"(?:the )?{COMPANY} as a whole", "the whole company"),
    (r"and (?:whatever|everything|all|anyone|anything|those|everyone|all teams|all units)(?: that| who)?(?: sits?| "
     r"is| are|"
     r" comes?| reports?| lives?| hangs?)? (?:beneath|below|under|underneath)(?: (?:it|them))?", ""),
    (r"(?:city|town|county) wide|(?:whole|entire) of the company|group wide|groupwide|firm wide|firmwide|house "
     r"wide|business wide|bank wide", "company wide"),
    (r"(?:anything|everything|what|all|things|stuff|whatever)(?: that)?(?: is| was|'s)? "
     r"(?:supplied|provided|made|built|sold|offered|served|hosted|coming|comes|run|running|billed) (?:by|from|on|via)"
     r"(?= )", ""),
    (r"(?:only )?(?:where|when|whose|for which|with)(?: the)? (?P<d>provider|tool|model|team|mode|location|vendor|"
     r"title|"
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
    (r"(?P<r>top|bottom|leading|best|worst|biggest|lowest|highest|first) (?P<n>trio|duo|pair|quartet|quintet)(?: "
     r"of)?(?= )",
     lambda m: f"{m['r']} {SETS[m['n']]}"),
)  # fmt: skip
