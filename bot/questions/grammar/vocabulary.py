"""Words that carry no figure of their own: what may stand in a question without changing its meaning."""

from __future__ import annotations

from bot.questions.grammar.wordlists import words

# What people write short; one token may become several words.
SHORT = {
    "w/": "with", "w": "with", "w/o": "without", "wo": "without", "u": "you", "ur": "your",
    "r": "are", "ppl": "people", "peeps": "people",
    "pls": "please", "plz": "please", "plse": "please", "thx": "thanks", "ty": "thanks", "tks": "thanks",
    "thru": "through", "avg": "average", "av": "average", "hc": "headcount", "vs": "versus", "vs.": "versus",
    "v": "versus", "v.": "versus", "&": "and", "n": "and", "whats": "what", "what's": "what", "hows": "how",
    "wheres": "where", "whos": "who", "who's": "who", "pct": "percent", "%": "percent", "percentage": "percent",
    "percents": "percent", "percentages": "percent", "pctg": "percent", "perc": "percent", "ex": "excluding",
    "excl": "excluding", "excl.": "excluding", "incl": "including", "incl.": "including", "inc": "including",
    "approx": "roughly", "nr": "number", "num": "number", "no.": "number", "nb": "number", "#": "number",
    "req": "requests", "reqs": "requests", "tok": "tokens", "toks": "tokens", "tkns": "tokens", "tks.": "tokens",
    "dept": "team", "depts": "teams", "mins": "minutes", "min.": "minutes", "hrs": "hours",
    "hr.": "hours", "emp": "employee", "emps": "employees", "empl": "employee", "acc": "acceptance",
    "gimme": "give", "lemme": "let", "wanna": "want", "gonna": "will", "gotta": "must", "dont": "not",
    "didnt": "not", "doesnt": "not", "havent": "not", "hasnt": "not", "isnt": "not", "arent": "not", "wasnt": "not",
    "don't": "not", "didn't": "not", "doesn't": "not", "haven't": "not", "hasn't": "not", "isn't": "not",
    "aren't": "not", "wasn't": "not", "weren't": "not", "hadn't": "not", "won't": "not", "can't": "not",
    "ain't": "not", "n't": "not", "'t": "not", "cant": "not", "wont": "not", "werent": "not",
    "i'm": "i", "i'd": "i", "i've": "i", "i'll": "i", "im": "i", "ive": "i", "id": "i", "we're": "we", "we've": "we",
    "we'd": "we", "it's": "it", "that's": "that", "there's": "there", "here's": "here", "let's": "let", "'d": "would",
    "'ve": "have", "'re": "are", "'m": "am", "'ll": "shall", "organization": "organisation", "org": "organisation",
    "utilization": "utilisation", "euros": "euro", "ea": "each", "tho": "though", "btw": "also", "coz": "because",
    "wat": "what", "wht": "what", "wot": "what", "hw": "how", "abt": "about", "b/w": "between", "diff": "difference",
    "cuz": "because", "bc": "because", "cos": "because", "mgr": "manager", "llms": "models", "m/m": "mom",
}  # fmt: skip

# Days and periods as people type them in a chat; a name of the organisation comes first.
CHAT_TIMES = {
    "yday": "yesterday", "yd": "yesterday", "ystrday": "yesterday", "ystday": "yesterday", "yest": "yesterday",
    "yesty": "yesterday", "2day": "today", "tday": "today", "2moro": "tomorrow", "2morrow": "tomorrow",
    "tmrw": "tomorrow", "tmr": "tomorrow", "lw": "last week", "tw": "this week", "lm": "last month",
    "tm": "this month", "lq": "last quarter", "tq": "this quarter", "octo": "october", "septem": "september",
}  # fmt: skip

# Articles, pronouns, helpers, manners: they only hold a sentence together.
HARMLESS = words(
    """
    anywhere communicate compile confirm everywhere extract forward furnish indicate inform keep keeps kept outline
    provide provided remain remained retrieve somewhere specify stay stayed stays supply
    $ a able about account accounted accounts achieve achieved across actual actually advance afternoon again
    aggregate aggregated ah ai all already also altogether always am among amongst amount amounts an and answer
    answered any anybody anyone anything appreciate appreciated approximately are around artificial as ask asked
    asking at ate available away back basically be because been being belong belonged belongs bit both bring
    brought business but by called came can case cause caused check cheers chew chewed churn churned close
    closed colleague colleagues column columns come comes coming company company's company-wide companywide
    complete completed concerning consume consumes consuming cool corporation correct could count counted counts
    course curious current currently data date dates days' dear deliver delivered detail details devour devoured
    did different display distinct do does dollar doing dollars done down drive driven driving during e.g e.g. each
    eat eaten eating eats eg either else employee employees enterprise entire er especially etc etcetera even
    evening ever every everybody everyone everyone's everything exact exactly example examples exist exists far
    favor favour fetch figure figures find finish finished finishes fired firm firm's folk folks for form format
    friend from fulcrum full gen-ai genai generate generated get gets getting give go gobble gobbled goes going
    gone good got grateful great greetings guys had handle handled happen happened happening happens has have
    having he headcounts hello help helpful her here hereby hey hi his historically hit hits hmm hope hoping how
    i i.e. ie if in incur incurred individual individually individuals info information inside instance
    intelligence interested into is issued it it's its itself just kind kindly know known kpi latest let level
    levels like line lines list llm logged look looking love lovely made make makes making many mate may maybe
    me mean means measure measured member members metric metrics might mind morning much must name namely names
    need needed needs nice now number numbers of off offered oh ok okay on one ones onto or order org-wide
    organisation organisation's organisation-wide organisations organization orgwide our ours out overall
    overview own particular particularly people people's per perform performed perhaps period person persons
    placed please please? possible possibly precisely pretty print process processed produce produced produces
    pull put quantity question quick quickly quite rack racked racking ran range reach read really receive
    received recently recorded regarding regards registered relate related relating report resolved respect
    respectively result results right roughly row rows run running said same say says see seen send sends
    sending sent separate separately shall she ship shipped should show shown side simply since so solve solved
    some somebody someone sorry sort span specifically spend spent staff stat statistics stats still stuff
    submit submitted such sum summary summed sure swallow swallowed swallowing table tabular take taken takes
    team's tech technology tell term terms than thank thankful thanks that the their theirs them themselves then
    there these they thing things this those through throughout time timeframe to today too took tooling total
    totals touch touched try trying type uh um unique up up-to-date us us$ usd use used user users uses using
    value values various very via view volume want wanted wanting wants was way we well went were what when
    where whether which while who whole whom whose wide window wise wish with within wonder wondering work
    worked worker workers workforce working works would would've written wrote yeah yep yes yet yo you you're
    your yours
    """
)

# Never harmless: each changes what is asked, so a rule has to consume it.
MEANINGFUL = words(
    """
    above average below besides between bottom change double exceed exceeds except excluding exclusively expect
    fewer first forecast grew growth half highest last least less lowest max maximum mean median min minimum
    minus more most never new next no nobody none noone not nothing old only other others over peak percent
    percentile predict range rate ratio second share solely than third till top trend triple twice typical under
    weekday weekdays weekend weekends workday workdays unless until unused versus will without
    """
)

# Nouns and verbs of the reasons people give for asking; a clause of nothing else is context.
CONTEXT = words(
    """
    all-hands allhands arguing asked asking asks audit auditor believe bet board boss budget ceo cfo colleague
    committee coo cto curious debating deck discussed discussing doing email exec executive executives finishing
    hear heard investor investors leadership management manager meet meeting memo met needed needs newsletter
    noticed offsite planning prep prepare preparing presentation qbr report retro review said saw says slide
    slides standup steering think thought told townhall update vp wanted wants wonder working writing
    """
)

QUESTION_LEADS = words(
    """
    are bottom break can chart compare could did display do does give had has have how is list plot pull rank
    show split tell top was were what when where which who whose why
    """
)
