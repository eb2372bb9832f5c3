"""What nothing here can know: said plainly, with what can be answered instead."""

from __future__ import annotations

from itertools import pairwise

from bot.questions.answers.answer import Option
from bot.questions.grammar.draft import Draft
from bot.questions.periods.words import WEEKDAYS

_CAN = "I can answer usage, cost, adoption, agent share and work figures by team, tool, model, workflow and period."
_TEAM = Option(label="tokens per employee by team", ask="tokens per employee by team")
_COST = Option(label="cost by tool last month", ask="cost by tool last month")
_ADOPTION = Option(label="adoption rate by team last month", ask="adoption rate by team last month")
_TREND = Option(label="token trend", ask="token trend")
_PER_HEAD = Option(label="tokens per employee", ask="tokens per employee")
_DECILE = Option(label="top-decile share", ask="top-decile share")
_WORK = Option(label="success rate by workflow last month", ask="success rate by workflow last month")

_ACTIONS = (
    r"(?:remove|add|assign) [^?]+ (?:from|to)|cap (?=[^?]+ (?:at|to) )|throttle|delete|erase|wipe|purge|reset|"
    r"update|modify|edit|rename|"
    r"overwrite|insert|upload|import|export|download|e-?mail (?:it|this|the|me|them)|send (?:it|this|the|an|"
    r"a|me|us|them|him|her)|post (?:it|this|a|the)|schedule|remind|subscribe|unsubscribe|cancel|disable|"
    r"enable|revoke|grant|block|ban|approve|assign|invite|create|set (?:up|the|a|our)|increase the|buy|"
    r"purchase|order more|drop table|deactivate|provision|notify|alert|book|call|message (?:him|her|them|the|"
    r"everyone)|stop (?:the|all)|turn (?:off|on)|fix the|correct the|undo|merge|move (?:him|her|the|all)|"
    r"promote (?!ion)|make (?:me|it|him|her|us) (?:an )?admin|give (?:me|him|her|them) (?:admin|access|"
    r"permission)"
)
_COMPOSE = (
    r"(?:write|compose|recite|sing|rhyme)(?: me| us)?(?: a| an| some| another| one)+ (?:(?:short|little|funny|nice) )*"
    r"(?:<E=model|tool|mixed>|verses?|lines? about|lyrics|love letter|joke|toast)"
)
_RULES: tuple[tuple[str, str, tuple[Option, ...]], ...] = (
    (
        r"^(?:(?:please|can|could|would|will|you|pls|hey|hi|morning|any|chance|is|there|it|possible|!|kindly|just|now|go|ahead|and|i|want|to|need|like|"
        rf"let|us|then|,) )*(?:{_ACTIONS})",
        "I only read: I change, send and delete nothing. " + _CAN,
        (_TEAM, _COST),
    ),
    (
        r"^(?:(?:please|can|could|would|will|you|pls|hey|hi|kindly|just|now|i|want|to|need|,) )*(?:draft|write|"
        r"compose|pen|"
        r"craft|invent)(?: me| us)?(?: up)? (?:a|an|some|another) (?!(?:[^ ]+ )?(?:list|table|summary|breakdown|report|"
        r"overview|chart|ranking|comparison))|set (?=[^?]* to (?:zero|nil|\$?[0-9]))",
        "I only read and answer questions about AI usage. " + _CAN,
        (_TEAM, _COST),
    ),
    (
        r"(?:write|compose|draft|make up|sing|tell|generate|give|invent)(?: me| us)?(?: a| an| the| some| "
        r"another)?(?: [^ ]+)? (?:poem|haiku|song|limerick|story|joke|essay|rap|sonnet about|blog|blog post|"
        r"article|email|e-mail|letter|tweet|speech|slogan|summary of the news|code|script|sql|regex|function|ode|"
        r"rhyme|riddle|fairy tale|headline|slogan|caption|tagline|jingle|press release|quote|paragraph|essay|post)|"
        r"haiku|poem|limerick|joke",
        "I answer questions about AI usage and write nothing else. " + _CAN,
        (_TEAM, _COST),
    ),
    (
        r"weather|rain|sunny|temperature outside|lunch|dinner|football|election|president|stock price|share "
        r"price|bitcoin|recipe|movie|song|capital of|translate|news|horoscope|lottery|time is it|birthday|pizza|"
        r"holiday season",
        "That is nothing this system records. " + _CAN,
        (_TEAM, _COST),
    ),
    (
        (
            r"salary|salaries|wage|wages|payroll|compensation|bonus|bonuses|paycheck|remuneration|pay grade|pay rise|"
            r"earnings?|how much (?:does|do|did) [^?]* earn|what (?:does|do|did) [^?]* earn|overtime|pension"
        ),
        ("Salaries and pay are not recorded here; cost is what AI use cost. ") + _CAN,
        (Option(label="AI cost by team", ask="cost by team last month"),),
    ),
    (
        r"revenue|profit|profits|profitability|margin|margins|turnover|ebitda|market share|customers? (?:lost|"
        r"won|churn)|churn|sales figures|deals?(?: closed| won)?|pipeline value|roi|return on investment|payback|"
        r"break even|value for money|worth (?:it|the money|the cost|what)|pay off|paying off|bang for (?:the|"
        r"our) buck|net promoter|nps|csat|customer satisfaction|satisfaction|satisfied|sentiment|happy|happier|"
        r"happiness|morale|enjoy|like using|opinion|(?:do|does|did|would) (?:people|users|they|staff|"
        r"employees|everyone|folks|teams|<E>|we) (?:actually |really )?(?:like|love|hate|prefer|trust|want)",
        "Revenue, return and satisfaction are not recorded here. I know what AI use cost, and the hours offloaded.",
        (Option(label="hours offloaded last month", ask="hours offloaded last month"), _COST),
    ),
    (
        (
            r"(?:fire(?! (?:off|out|up))|sack|firing(?! (?:off|out))|lay off|laid off|layoff|layoffs|let (?:him |"
            r"her |them |people |somebody |someone "
            r")?go|dismiss|terminate|get rid of|replace(?:d)? by ai|redundant|redundancies|make redundant|job cuts|"
            r"(?:is|was|are|were) <E=person>(?: really| actually| still)? (?:a |an |any |"
            r"the )?(?:very |really |so |our )?(?:good|bad|"
            r"great|strong|weak|poor|competent|reliable|hard|solid|decent|lousy|terrible|excellent|"
            r"effective|talented)(?: [^ ]+)*|"
            r"how (?:good|bad|strong|competent|effective|reliable) (?:is|was|are|were) (?:<E=person>|"
            r"our|the|my|<E=title>|<E=team>)|"
            r"^(?:please |can you |could you )*(?:rate|grade|score|judge|evaluate|assess|"
            r"appraise) (?:the |our |my |all |each |every |"
            r"of |work |performance )*(?:people|person|staff|employees?|engineers?|developers?|"
            r"members?|team members|managers?|"
            r"colleagues?|team|teams|<E=person|title|team>)(?: [^ ]+)*|(?:a|any) good (?:employee|"
            r"worker|engineer|developer|"
            r"manager|colleague|hire)|laziest|lazy|slacker|slackers|slacking|slack off|"
            r"worst (?:employee|performer|engineer|developer|person|"
            r"worker)|under ?perform(?:ing|er|ers|s)?|low performers?|best (?:employee|engineer|developer|performer)|"
            r"who (?:is|are|was|'s) (?:the |our |my )*(?:best|worst|laziest|smartest|weakest|strongest|most "
            r"valuable)(?! at| by| on)|top performers?|promoted?|promotion|deserves? (?:a )?(?:raise|bonus|"
            r"promotion)|raise|disciplin(?:e|ed|ary)|pip|not pulling|useless|dead weight|productive (?:person|"
            r"employee|people)|most productive|least productive|unproductive|not working|hardest working|work(?:s|"
            r"ing)? hardest|smartest|dumbest|incompetent|bad at|good at|skilled?|talented)"
        ),
        ("AI use says nothing about who does good work, and I judge nobody. I can show the group's figures."),
        (_TEAM, _ADOPTION),
    ),
    (
        (
            r"(?:best|better|worst|good|bad|clean|cleaner) code|(?:write|writes|wrote|produce|produces|generate|"
            r"generates|make|makes|"
            r"build|builds) (?:[^ ]+ )?(?:better|worse|cleaner|nicer|good|bad)|(?:most|fewest|more|fewer|many|no|any) "
            r"(?:errors|mistakes)|productivity|productive|efficiency gain|more efficient|how efficient|velocity|"
            r"performance review|"
            r"output quality|quality of (?:the )?(?:code|work|output|answers)|code quality|buggy|buggiest|bugs?|"
            r"defects?|lines of code|loc|commits?|pull requests? merged|prs?|story points|deploy(?:ment)?s?|test "
            r"coverage|technical debt|writes? (?:the )?(?:best|worst|most|cleanest|weakest|strongest|finest|"
            r"sloppiest|shortest)|cleanest code|plagiari[sz]e|"
            r"accurate|accuracy|hallucinat(?:e|es|ion|ions)|correctness"
        ),
        (
            "Productivity and the quality of code or answers are not recorded here. For catalogued workflows I know "
            "success, rework and failure rates."
        ),
        (_WORK,),
    ),
    (
        (
            r"smarter|nicer|cleverer|more (?:capable|reliable|accurate|intelligent|helpful|creative)|better "
            r"(?:than [^?]* )?(?:at|for|in)|(?:best|better|right|ideal|recommended|smartest) (?:tool|model|"
            r"llm|ai|choice|option|provider|one) (?:for|to|at)|(?:is|are) <E>(?: [^ ?]+)* better|which (?:[^ ]+ "
            r")?(?:is|are|would be) (?:the )?(?:better|best|smarter|smartest|faster|fastest|more accurate|nicer) "
            r"(?:at|for|to|in|when|than)"
        ),
        (
            "Which tool or model is better at something is not recorded here. I can compare their use, cost and "
            "acceptance rate."
        ),
        (
            Option(label="acceptance rate by tool", ask="acceptance rate by tool last month"),
            Option(label="cost per million tokens by model", ask=("cost per million tokens by model last month")),
        ),
    ),
    (
        r"should(?! like| be able)|shall we|what would (?:it|we|that|they|this) |if (?:everyone|everybody|all of "
        r"us|we all|nobody)|recommend|recommendation|recommendations|advice|advise|suggest (?:a|an|what|which|"
        r"how|some|me)|what (?:to do|would you|do you think|can we do|could we do)|how (?:can|could|do|should) "
        r"(?:we|i) (?:save|reduce|cut|lower|improve|increase|optimi[sz]e|get|make|lower|raise|boost|bring)|ways "
        r"to|tips|how to|worth (?:buying|switching|keeping)|is it worth|good idea|best practice|best practices|"
        r"optimi[sz]e|negotiate|what if(?! (?:you|we|i) (?:rank|sort|go|look|take|use|do|count|split|group|show|"
        r"drop|leave))|would happen if|if we (?:switch|switched|moved|move|replaced|doubled|cut|"
        r"stopped)|switch(?:ing|ed)? (?:from|to)|migrat(?:e|ing|ion)|pros and cons|opinion",
        "I give figures, not advice or what-ifs. " + _CAN,
        (_COST, _TEAM),
    ),
    (
        r"will|going to(?! (?:the |our |each |every |all )*(?:<E>|tools?|teams?|models?|providers?|"
        r"vendors?|workflows?|departments?|locations?|offices?|people|products?|assistants?))|gonna|forecasts?|forecasted|forecasting|predict|predicts|"
        r"predicted|prediction|predictions|projects?(?=ed| to| our)|projected|projection|projections|extrapolate|"
        r"estimate (?:for|of) (?:next|the coming)|expect|expects|expected|expectation|outlook|anticipate|anticipated|"
        r"by the end of (?:the |this )?(?:year|month|quarter)|by year end|at this (?:rate|pace)|run rate|on track|"
        r"(?:how long|when) until|likely to|trend to|budgeted|in the future|coming (?:months?|weeks?|"
        r"years?|quarters?)|end up",
        "I do not predict: there is no forecast here. I can show what was used and spent, and its trend.",
        (Option(label="cost by month", ask="cost by month, last 6 months"), _TREND),
    ),
    (
        (
            r"median|medians|percentiles?|p50|p75|p90|p95|p99|[0-9]+th percentile|quartiles?|standard deviation|"
            r"std(?:dev)?|variance of|deviation|correlat(?:e|es|ed|ion)|regression|significan(?:t|ce)|gini|skew(?:ed|"
            r"ness)?|histogram of|confidence interval|outliers?|mode of the distribution|distribution of (?=<M>(?: "
            r"[^ ]+)* (?:people|persons|employees|users))|causal|cause and effect"
        ),
        (
            "Medians, percentiles and other statistics have no meaning here yet. I can give means per employee, or "
            "the top-decile share."
        ),
        (_PER_HEAD, _DECILE),
    ),
    (
        (
            r"licen[cs]es?|seats?|unused (?:seats?|licen[cs]es?)|subscription|subscriptions|shelfware|licen[cs]e "
            r"waste|contracts? (?:end|expire|renew)|renewal|renewals|discount|discounts|list price|credit card|vat|"
            r"tax|taxes|(?:over|under|within|on|remaining|left in|left of|our|against|exceed(?:ed)?|blow|blown|stay "
            r"in|stick to|stay within) (?:the |our |its |their )?budget|budget(?: [^ ]+){0,3} (?:left|remaining|"
            r"spare|unspent)|(?:left|remaining|left over|unspent) (?:in|of|from) (?:the |our )?(?:ai )?"
            r"budget|budget (?:left|remaining|limit|cap|overrun|"
            r"for next|status|allocation|plan|planned|target)|remaining budget|budget burn"
        ),
        (
            "Licences, seats, contracts and budgets are not recorded here. I know what was used, by whom it was "
            "active, and what it cost."
        ),
        (_COST, Option(label="active people by tool", ask="active people by tool last month")),
    ),
    (
        r"(?:in|to) (?:euros?|eur|gbp|pounds|sterling|yen|francs|other currenc(?:y|ies))|exchange rate|"
        r"carbon|co2|energy|electricity|emissions?|footprint|water use|kwh|sustainab(?:le|ility)|"
        r"environment(?:al)?|latency|uptime|downtime|outages?|response times?|slow|speed|faster|fast is|how fast|"
        r"throttl(?:ed|ing)|rate limit(?:s|ed)?|security|breach|leak(?:s|ed)?|gdpr|compliance|confidential|"
        r"sensitive data|pii|content of|what (?:did|do|does|was|were|are|is) (?!the )(?:[^ ?]+ ){1,4}?(?:asking|"
        r"prompting|typing|chatting about|talking about|ask|prompt|type|write|say|chat about|talk about)(?! "
        r"tokens)|prompts? text|topics?|about what|conversation(?:s)? about|chat logs?|read (?:his|her|their|my) "
        r"(?:chats?|prompts?|messages?)",
        "Neither the content of prompts nor speed, security or energy is recorded here. " + _CAN,
        (_TEAM, _COST),
    ),
    (
        (
            r"how old (?:is|are)(?! (?:the |our )?(?:data|figures|numbers))|attrition|hiring|hires?|new hires?|"
            r"retention|resign(?:ed|ation)?|quit|vacation|sick|absen(?:t|ce)|"
            r"overtime|gender|women|men|age|diversity|tenure|seniority level|hours (?:worked|did [^?]* work)|working "
            r"hours per|burn ?out|remote policy|office attendance|interview|candidates?|recruit(?:ed|ing|ment)?|"
            r"certificat(?:e|ion)|training|trained|skills?|course"
        ),
        (
            "Personnel matters beyond team, title, location and kind are not recorded here. I know headcount and "
            "who of them used AI, as counts."
        ),
        (Option(label="headcount by team", ask="headcount by team"), _ADOPTION),
    ),
    (
        r"new users?|first time users?|newly active|started using|stopped using|retained|returning users?|cohort|"
        r"cohorts|sticky|stickiness|dau/mau|churned users?|first used|first use|since (?:we )?(?:rolled out|"
        r"rollout|launch(?:ed)?|introduced)|after (?:we )?(?:rolled out|the rollout|launch)|right now who|online|"
        r"logged in|session|sessions|streak",
        "First use, return and sessions are no figures here. I can give active people over time.",
        (Option(label="weekly active people", ask="weekly active people"),),
    ),
    (
        r"(?:by|per|each|every|which|what) (?:hour|minute|time|weekday|day) of (?:the )?(?:day|week)|"
        r"(?:by|per|each|every|which|what) (?:hour|minute|weekday)s?(?! of)|hourly|time of day|days? of the week",
        "Days are the finest step recorded here; neither the hour nor the weekday is. I can give days.",
        (Option(label="tokens by day last week", ask="tokens by day last week"),),
    ),
    (
        r"(?:by|per|each|every|which|what) (?:cost cent(?:re|er)|project|repo|repository|codebase|customer|client|"
        r"account|programming language|language|manager|line manager|reporting line|device|browser|"
        r"operating system|use case|prompt type|file type|subscription|plan|business unit code|branch)s?"
        r"(?= |$|[?.,])",
        "That split is not recorded here: I know team, person, title, location, kind, tool, provider, model, mode, "
        "workflow, activity and time.",
        (_TEAM, _COST),
    ),
)


def _weekdays(draft: Draft) -> None:
    """ "each Monday in October", "on Mondays": no split that is recorded."""
    items = draft.sentence.items
    for before, item in pairwise(items):
        day = item.word.removesuffix("s")
        plural = item.word.endswith("days") and day in WEEKDAYS and not item.tag
        if plural or (before.word in ("each", "every") and item.tag == "T" and day in WEEKDAYS):
            raise draft.cannot(
                "Weekdays are no split that is recorded here: I can give days, weeks, months and quarters.",
                Option(label="tokens by day last week", ask="tokens by day last week"),
            )


def refuse(draft: Draft) -> None:
    """Stop where the question asks for something nobody recorded."""
    _weekdays(draft)
    sentence = draft.sentence.worded()
    if sentence.has(_COMPOSE):
        raise draft.cannot("I answer questions about AI usage and write nothing else. " + _CAN, _TEAM, _COST)
    for pattern, text, options in _RULES:
        found = sentence.find(pattern)
        if found is None or all(one.tag for one in found.items()):
            continue
        draft.step("unsupported", f"“{found.said()}”")
        raise draft.cannot(text, *options)
