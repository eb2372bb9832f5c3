"""Everyday turns of phrase for periods, comparisons, people and asking, each with the plainer words for it."""

from __future__ import annotations

from bot.questions.grammar.turns import (
    EVERY,
    UNITS,
    Said,
    both_months,
    concentrated,
    count_of,
    dotted_day,
    of_share,
    one_series,
    rated,
    still,
    using,
)

EVERYDAY_TIMES: tuple[tuple[str, Said], ...] = (
    (r"(?P<p>on|from|to|until|till|since|between|and|before|after|through|of|in|-) "
     r"(?P<d>\d{1,2})\.(?P<m>\d{2})(?P<dot> \.)?"
     r"(?= |$)", dotted_day),
    # Periods and steps.
    (r"most active days (?=per|a |each)", "highest active days "), (r"(?:least|fewest) active days (?=per|a |"
     r"each)", "lowest active days "),
    (r"(?:over|across|throughout|during) (?P<y>20[0-3]\d)(?= ?[?.!,]|$)", lambda m: f"in {m['y']}"),
    (r"(?P<d>team|tool|model|provider|location|workflow|title) after (?P=d)", lambda m: f"by {m['d']}"),
    (r"under (?=each |every )", "for "),
    (r"(?:equivalent|corresponding|same|matching) days (?:at|from) the (?:start|beginning) "
     r"of", "same number of days into"),
    (r"fortnight (?=(?:to|up to|until|ending|ended) )", "14 days "),
    (r"(?P<r>top|bottom) (?P<n>\d+) ?(?=, )", lambda m: f"{m['r']} {m['n']} rows "),
    (r"calendar (?=day|week|month|quarter|year)", ""),
    (r"(?P<w>what|which) single (?=day|week|month|quarter)", lambda m: f"{m['w']} "),
    (r"(?:been |is |are )?trending(?! (?:up|down))", "trend"),
    (r"mean number of", "average number of"),
    (rf"since (?:the |this |our )?(?P<u>{UNITS}|year) (?:began|started|opened|kicked off|commenced)",
     lambda m: f"this {m['u']} so far"),
    (r"same (?:number|count) of days (?:from|at|after|since|counted from) (?:the )?(?:start|beginning|first day) of",
     "same number of days into"),
    (r"(?P<m>tokens|requests|cost|spend|items|dollars) (?:a|each|every) (?P<u>day|week|month)(?= (?:from|between|"
     r"in|over|"
     r"since|during|for|last|this))", lambda m: f"{m['m']} per {m['u']}"),
    (rf"(?:one|a|1) (?:point|figure|value|number|data point|dot|row|line|bar|entry) (?:a|per|each|every|for each|"
     rf"for every) "
     rf"(?P<u>{UNITS})", lambda m: f"by {m['u']}"),
    (r"over in(?= )(?! (?:the )?(?:last|past|previous|q\d|h\d|\d))", "in"),
    (rf"(?P<u>{UNITS}) ?- ?level|(?P<v>{UNITS}) level", lambda m: EVERY[m["u"] or m["v"]]),
    (r"(?:at|on|with|in|using|by) (?:a |an |the )?(?P<a>daily|weekly|monthly|quarterly) (?:grain|granularity|level|"
     r"cadence|resolution|basis|frequency|steps?|intervals?|rhythm|buckets?|increments?|slices?|timescale|chunks)",
     lambda m: m["a"]),
    (r"(?:roll|rolled|boil|boiled|aggregate|aggregated|bucket|bucketed|collapse|collapsed|condense|condensed|turn|"
     r"group|regroup|bundle|sum)(?: (?:it|that|this|them|those|these|the days|the weeks))?(?: up| down)?"
     rf" (?:to|into|by|as|per) (?:the )?(?P<u>{UNITS})(?:s|ly)?", lambda m: f"by {m['u']}"),
    (r"(?:roll|boil|aggregate|collapse|condense|turn)(?: (?:it|that|this|them))?(?: up| down)? (?:to|into) "
     r"(?:the )?(?=average|total|share)", "as the "),
    (r"(?:on|for|in|over) (?:an?|the) (?:average|typical|mean|normal) (?P<u>day|week|month)(?! of)",
     lambda m: f"per {m['u']} on average"),
    (r"mean (?=daily|weekly|monthly|quarterly)", "average "),
    (r"(?P<n>\d+) (?P<u>days|weeks|months|quarters) (?P<l>vs|versus|against|compared to|compared with|next to|over|on) "
     r"(?:the )?(?P<w>prior|previous|preceding) (?P=n)(?! \S*(?:day|week|month|quarter))",
     lambda m: f"{m['n']} {m['u']} {m['l']} the {m['w']} {m['n']} {m['u']}"),
    (r"(?P<w>this|last) (?P<u>week|month|quarter|year) than (?:in |the |during |it was )*(?:last|previous|prior|"
     r"the one "
     r"before|former) one", lambda m: f"{m['w']} {m['u']} than the previous {m['u']}"),
    (r",? ?(?:both )?(?:days|dates|ends|end points|endpoints|first and last day)(?: are| both)? (?:included|inclusive)",
     ""),
    (r"same (?:month|week|quarter|period|time ?frame|dates|days|range|window|span|time)(?= ?[?.!,]*$)", "same"),
    (rf"(?:(?:name|tell me|give me|show me|find|identify|pick out) )?(?:the|our) (?P<u>{UNITS}) (?:in which|on which|"
     r"during which|when|where|in what|that)(?= (?:the |our |we |most |had |saw ))", lambda m: f"which {m['u']}"),
    (r"based (?:up)?on(?= (?:the )?(?:last|past|previous|data|figures|q\d))", "over"),
    (r"since the (?=jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", "since "),
    (r"(?P<u>day|week|month) (?:per|for) (?P=u)", lambda m: EVERY[m["u"]]),
    (r"(?:in|by|into|as) (?P<u>day|week|month|quarter)s(?: (?:rather|instead|please|then|"
     r"now))+", lambda m: f"by {m['u']}"),
    (r"(?P<v>vs|versus|against|compared to|compared with|to|with|than)(?: the)? (?P<n>\d+) (?P<u>days|weeks|months) "
     r"(?:before|prior|earlier|preceding)(?: (?:that|those|it|them|this))?",
     lambda m: f"{m['v']} the previous {m['n']} {m['u']}"),
    (r"(?P<a>(?:last|this|the last|past) (?:week|month|quarter)) over (?=(?:the )?(?:week|month|quarter|one) before|"
     r"(?:the )?(?:previous|prior|last))", lambda m: f"{m['a']} compared to "),
    (r"(?:at|by|on) (?:the |this |that )?same (?:point|stage|moment)(?: (?:in|of) (?:the )?(?:month|week|quarter|"
     r"year|time))?",
     ""),
    (r"(?:over|across|throughout) (?P<a>[a-z]+) and (?P<b>[a-z]+)(?= |$)", both_months),
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
    (r"(?:percent|percentage|%) (?:move|movement|shift|swing)", "percentage change"),
    (r"(?:climbing|rising|growing|increasing) or (?:slipping|falling|sinking|dropping|shrinking|"
     r"declining)", "up or down"),
    (r"(?:above|below|ahead of|behind) (?=(?:january|february|march|april|may|june|july|august|september|october|"
     r"november|"
     r"december|q[1-4]) 's)", "compared to "),
    (r"(?:is|was|are|were) (?:the )?(?:furthest|farthest) ahead", "leads"),
    (r"fares?(?= (?:best|worst))", "has the"),
    (r"^(?:now |then |ok |and )*do (?P<x>(?!you |we |they |i |not )(?:\S+ ){0,4}\S+) next(?= "
     r"?[?.!]*$)", lambda m: f"and {m['x']}"),
    (r"how far apart(?: in [a-z]+)? (?:is|are|was|were)", "difference in"),
    (r"(?:were |was |are |is )?how (?:many|much) (?:percent|percentage|%) (?:above|below|over|under|higher than|"
     r"lower than|"
     r"more than|less than|up on|down on)(?= )", "compared to"),
    (r"(?:percent|percentage|%)(?: -)? points? (?P<x>movement|change|shift|move|difference|swing|gap)",
     lambda m: f"{m['x']} in percentage points"),
    (r"(?:the )?first (?P<n>two|three|four|five|six|seven|eight|nine|ten|\d+) only", lambda m: f"top {m['n']}"),
    (r"(?P<n>unusual|odd|strange|abnormal|weird|out of the ordinary|exceptional|normal|usual|typical) or (?:about |"
     r"pretty |"
     r"quite |rather |just |more or less )?(?:normal|average|typical|standard|as expected|par for the course|"
     r"unusual|odd|"
     r"strange|abnormal|weird)", lambda m: m["n"]),
    (r"(?:above|below|past|beyond|under) (?=the (?:whole|full|entire) (?:of )?[a-z])", "compared to "),
    (r"(?:stands?|stood|fares?|fared|shapes? up|holds? up|looks?|looked|comes? out)(?= (?:against|versus|next to|"
     r"compared|relative|beside) )", ""),
    (r"(?:running|tracking|trending|coming in|going) (?:ahead of|behind|above|below|over|under)(?= )", "compared to"),
    (r"how far (?P<b>is|are|was|were) (?P<x>(?:\S+ ){1,7}?)(?:ahead of|above|behind|below) ",
     lambda m: f"difference in {m['x']}compared to "),
    (r"(?:right |directly )?(?:next to|alongside|beside|side by side with|up against) (?:the )?(?:figures?|"
     r"numbers?|ones?|"
     r"same|values?|that|those) (?:for|of|in|at)", "versus"),
    (r"(?:right |directly )?(?:next to|alongside|side by side with|(?<!stack )(?<!stacks )(?<!stacked )(?<!measure )"
     r"(?<!measures )(?<!hold )up against)(?= (?!each|one |it |that |them |this |those |the other))", "versus"),
    (r"^(?P<l>(?:please |could you |can you |would you |, )*)(?:kindly )?(?:set|put|place|line|stack|pit)(?: "
     r"up)?(?= .* "
     r"(?:against|versus|compared to|side by side)(?: |$))", lambda m: f"{m['l']}compare"),
    (r",? ?meaning (?:the )?(?=highest |lowest |most |least )", ""),
    (r",? ?or (?:just |simply |only |merely )?(?:business as usual|the usual|as usual|as always|the norm)", ""),
    (r",? ?(?:it is |is it |that is )?(?:growing|rising|going up|climbing|increasing) or (?:no|not)(?= "
     r"?[?.!]*$)", "change"),
    (r"(?:ahead of or behind|behind or ahead of|above or below|below or above|better or worse than|over or under|"
     r"more or less than|up or down on|higher or lower than)(?= )", "compared to"),
    (r"(?:set|stacked|stacks|stack|measured|measures|measure|weighed|held|hold|holds|pitted|placed|put)(?: up)? "
     r"(?:against|beside|next to|alongside)(?= (?!each|one))(?!.*(?:compan|peers|competitor|industry|market|other "
     r"firms|"
     r"others|organi[sz]ations))", "compared to"),
    (r"(?:in relation to|as compared (?:to|with)|by comparison with|in contrast (?:to|with)|contrasted with|"
     r"as measured against|when compared (?:to|with)|relative to)", "compared to"),
    (r"(?:one (?:next to|beside|against|alongside) (?:the |an)other|next to (?:each other|one another)|"
     r"alongside each other|one beside the other|shoulder to shoulder|neck and neck)", "side by side"),
    (r"(?:differ|differed|differs|deviate|deviated) from", "change compared to"),
    (r"(?:falls?|fell|fallen|goes|went|comes|came|(?:is|was|were|are|be) (?:down|due|owed|attributable|thanks)) "
     r"(?:on|to|under|down to|within)", of_share),
    (r"(?:sits?|sat|lies?|lay|rests?|rested|lands?|landed) (?:with(?:in)?|on|at)", of_share),
    (r"(?P<n>(?:(?!:)\S+ ){1,8}?)(?:together |combined |jointly )?(?:: |, |- )(?:their|its|his|her) "
     r"(?P<s>share|slice|part|portion|percentage|proportion)(?: of| in)", lambda m: f"{m['n']}'s {m['s']} of"),
    (r"(?:the )?(?:city|town|county|municipality|borough) 's(?= (?:\S+ )?(?:tokens|spend|cost|bill|usage|requests|"
     r"adoption|ai|total))", "our"),
    (r"(?:per cents?|per centage|per cent of)", "percent"),
    (r"(?:how |is |so |was )*top heavy(?: is| was| are)?(?: (?:it|this|that|our|the|usage|use))*", concentrated),
    (r"cumulative(?:ly)?|running (?:total|sum)(?: "
     r"of)?", one_series), (r"blended|all told|all in all|in the aggregate", ""),
    (r",? ?(?:in |as )?(?:absolute|raw|actual|plain|real) (?:figures|numbers|values|amounts|terms)", still),
    (r",? ?(?:as |in )?(?:amounts?|numbers|figures|values|absolutes?|counts?|totals?|dollars|sums?)(?: please)?,? "
     r"?,? (?:not|no|rather than|instead of|"
     r"and not) (?:the |in |as )?(?:percentages?|percents?|%|shares?)", still),
    # People and what they did.
    (r"(?:the )?(?:10 ?%|10 percent|ten percent|tenth|top 10 ?%|decile) of (?:the |our |all )?(?:people|users|"
     r"employees|"
     r"staff|workforce|colleagues) (?:with|who use|using|who consume|consuming|having|that use|who burn)"
     r" (?:the )?most(?: of)?(?: (?:the )?tokens)?", "the top 10 % of people"),
    (r"(?:share|part|portion|proportion|percentage|percent|%|fraction) of (?:the |its |their |all )?items "
     r"(?:that |which |were |was )?(?:the )?(?:agents?|bots?|ai) (?:did|do|does|handled|handle|made|completed|"
     r"processed|"
     r"closed|finished|ran|resolved)(?: (?:alone|on their own|by themselves|autonomously|unaided|solo|all alone))",
     "autonomy share"),
    (r"(?:works?|working|worked) (?:already |regularly |now |actually |currently )?with (?=(?:ai|it)(?: |$))", "used "),
    (r"(?P<q>which|what) (?P<d>\S+) (?:did|do|does|is|was|are|were) (?:the )?(?P<r>fewest|most|least|smallest "
     r"number of|"
     r"largest number of|biggest number of|lowest number of|highest number of) (?P<h>people|folks|employees|users|"
     r"colleagues|staff) (?:use|uses|using|touch|work with|rely on|turn to|open|opening|reach for)",
     lambda m: f"{m['q']} {m['d']} has the {m['r']} active people"),
    (r"used by (?:the )?(?P<r>fewest|most|least) (?:different )?(?:people|folks|employees|users|colleagues|staff)",
     lambda m: f"with the {m['r']} active people"),
    (r"(?:distinct|unique|different) (?P<h>people|folks|users|employees|staff|contractors|colleagues|persons|"
     r"individuals|freelancers)", count_of),
    (r"(?:made|had|sent|with|who made|that made|making|having|who had|who sent|that sent|with a minimum of) (?:at "
     r"least|minimum|min|"
     r"no less than|no fewer than) (?:one|1|a|a single) (?:ai )?(?:requests?|prompts?|calls?|interactions?|tokens?)",
     using),
    (r"spenders (?:among|amongst|in|of) (?:our|the|all|your) (?:ppl|people|staff|folks|employees|colleagues)",
     "spenders (people)"),
    (r"(?:which |that )?(?:the )?(?P<a>agents|bots) (?:did|do|handled|completed|processed|closed) (?:alone|on "
     r"their own|"
     r"by themselves|autonomously|unaided|unassisted|solo)", lambda m: f"by {m['a']} alone"),
    (r"(?P<c>(?:more|less|fewer) than|over|under|above|below|at least|at most) (?P<n>\S+(?: %| percent)?) of "
     r"(?:the |their |its |all )*(?P<x>tokens|items|suggestions) (?:were |was |are |is |got |being |had been )*"
     r"(?P<v>agentic|from agents|accepted|successful|reworked|redone|failed|failing|done by ai|handled by ai)", rated),
    (r"(?:in |at |on |takes? |took |comes? in |came in )?(?:the )?(?P<n>second|third|fourth|fifth|2nd|3rd|4th|5th) "
     r"(?:place|spot|position)", lambda m: m["n"]),
    (r"(?:took|takes|take|has|had) (?:the )?(?P<r>biggest|largest|smallest) (?:bite|chunk|cut|piece|helping)(?: of "
     r"(?:it|"
     r"that|the pie|the cake|them))?", lambda m: f"is {m['r']}"),
    (r"(?:came|comes|come|coming) out of(?= )", "comes from"),
    (r"(?:charging|billing)(?: us| you)?(?= (?:upwards|more|less|over|under|above|below|at))", "costing us"),
    (r"(?:name by name|person by person|by name|broken down by name)(?= ?[?.!,]|$)", "by person"),
    (r"my (?:colleagues|teammates|team mates|coworkers|co workers|team members)", "the people in my team"),
    (r"(?:based|located|stationed) (?:in|at|out of)(?= )", "in"),
    (r"along with (?=(?:their|its|his|her) )", "with "),
    (r"(?:i |we )?need(?:ed)? (?:it|this|that|them|these) for (?:(?!,)\S+ ){0,4}(?!,)\S+$", ""),
    (r"(?:the )?names of (?:those|the ones|the people|people|everyone|everybody|all those|all) (?=(?:in|of|at|from|"
     r"who|with) )",
     "the people "),
    (r"(?:the )?runner up (?P<d>team|tool|model|provider|workflow|location)", lambda m: f"which {m['d']} came second"),
    (r"with (?:any|some|at least some) (?:ai )?(?:activity|usage|use)", using),
    # Asking.
    (r"remind me(?: of)?(?= )", "tell me"),
    (r"likewise(?: for)?", "same for"),
    (r"(?:i'm|i am|im|we are|we're) missing(?= the| our| a)", "show"),
    (r"^to (?!date|compare)[a-z]+ (?:(?!how |what |which |, )\S+ ){0,8}?[,:] (?=(?:how|what|which|who|could|can|"
     r"please|i|we|give|"
     r"show|list|tell) )", ""),
    (r"while (?:i|we|he|she|they|my \S+) (?:was|were|am|are|is)(?: (?!in )[a-z]+){1,4}(?= ?[?.!,])", ""),
    (r"(?P<v>need|want|require|like|looking) (?:for|to|in) (?:my|our) (?:\S+ ){1,2}?(?=(?:the|a|an|our|all) )",
     lambda m: f"{m['v']} "),
    (r"(?:(?:could|can|would|will) you (?:please )?)?(?:look|check|pull|dig|bring|call|bring) (?:it|that|this|"
     r"them) up", ""),
    (r"how (?:big|large|high|low|small|great) (?=(?:the|our|its|their) )", "what is "),
    (r"(?:from|of|out of) the total of (?:the )?(?P<x>tokens|cost|spend|requests) ,? ?how (?:many|much) "
     r"(?:percent|percentage)(?: is| are| makes?| does| do)?", lambda m: f"what percent of the {m['x']} is"),
    (r"how (?:many|much) (?:percent|percentage)(?: makes?| make up| comes? from)(?= )", "what percent is"),
    (r"(?:may|can|could|might|would like to|want to|wish to|like to) (?:i |we )?request(?= )", "have"),
    (r"^(?:i|we) request(?= (?:the|a|our))", "show"),
    (r"what (?:she|he|they|i|we|you)(?: would| 'd|'d)? (?:like|love|want|wants|need|needs|mean|means|meant)"
     r"(?: to (?:know|see|have|get))? (?:is|was)", ""),
    (r"^good day(?: to you)?", "hello"),
    (r"(?:would|might|may|could|will|should) be (?:\S+ )?(?:fairer|better|nicer|clearer|easier|good|great|helpful|"
     r"useful|"
     r"ideal|lovely|enough|fine|perfect|feasible|possible|doable|handy|interesting|sufficient|nice|wonderful|appreciated|"
     r"more \S+)(?: ,)?(?: i think| i guess| to me| for me| i suppose)?", ""),
    (r"if (?:it is|that is|i am|it's|that's) (?:allowed|permitted|ok|okay|fine|alright)(?: to ask| for me to "
     r"ask)?", ""),
    (r"(?:judged|measured|going|counted|gauged) (?:by|in|on)(?= (?!each))", "by"),
    (r"(?:in|by|as) (?:dollars|usd) terms", "in dollars"),
    (r"revert(?: back)?(?: to (?:me|us))? with", "give"),
    (r"i (?:search|am searching|look for|am looking for|seek|am seeking|am after)(?: for)?(?= (?:the|a|our|"
     r"all))", "show"),
    (r"(?<!a )(?<!needs )(?<!need )(?<!the )(?:redo|rerun|re run|repeat|do over|run again)(?: (?:it|that|this|the "
     r"same|them))?(?: again)?(?= |$)", "same"),
    (r"(?:how (?:large|big|great|small|high) (?:a|an) )(?=(?:share|part|portion|slice|proportion|percentage|"
     r"fraction|chunk|piece))", "what "),
    (r"(?P<x>cost|spend|bill|tokens|requests|adoption|headcount)(?: that)? (?P<b>is|was|are|were) "
     r"(?:largest|greatest|biggest|heaviest)", lambda m: f"{m['x']} {m['b']} highest"),
)  # fmt: skip
