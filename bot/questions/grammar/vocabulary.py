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
    $ a able about account accounted accounts accrue accrued ace achieve achieved achieves achieving across actual
    actually advance afternoon again aggregate aggregated ah aha ai airline all along already alrighty also altogether
    always am amass amassed amassing among amongst amount amounted amounting amounts an and answer answered answering
    answers any anybody anyone anything anywhere appreciate appreciated appreciates appreciating approximately are
    around artificial as ask asked asking asks at ate atm auditors available away awesome back ballpark bank basically
    be because been behalf being belong belonged belonging belongs bit bitte bonjour booked books both bother
    bothering brilliant bring brings brought burning business but by called calling came can carried carrier carries
    carry carrying case cause caused causes causing charity check checked checking checks cheers chew chewed chewing
    chews ciao clinic clock clocked clocking close closed closing colleague colleagues column columns come comes
    coming communicate communicated communicates company company's company-wide companywide compile compiled compiling
    complete completed concerned concerning concerns confirm confirmed confirming consume consumes consuming cool
    cordialement corporation correct could could've council count counted counts course crunch curiosity curious
    current currently danke data date dates days' dear deliver delivered delivering delivers detail detailed details
    devour devoured devouring did different dig display displayed displaying displays distinct do doable does doing
    doings dollar dollars done down draw drawing drawn draws drew drive driven drives driving during e.g e.g. each eat
    eaten eating eats eg either ello else employee employees employing employs enquire enterprise entire er especially
    essentially etc etcetera even evening ever every everybody everyone everyone's everything everywhere exact exactly
    example examples exist exists express expressed expresses extract extracted extracting fab fairer far favor favour
    feasible fed feed feel feels felt fetch fetched fetching figure figured figures figuring find finding finds finish
    finished finishes finishing fired firing firm firm's folk folks for form format forward forwarded forwarding
    frankly friend from fulcrum full furnish furnished g'day gen-ai genai generate generated get gets getting give
    given gives giving glad go gobble gobbled gobbling goes going gone good got gotcha gracias grateful grazie great
    greetings grid guess guessing guys guzzling habit habits had haha hallo handle handled handles handy happen
    happened happening happens happily has have having he he'd he's headcounts headline hear hearing hears heh held
    hello help helped helpful helping helps her here hereby hey heya hi his historically hit hits hitting hiya hm hmm
    hola hold holding holds honestly hope hoped hopes hoping hospital how huh i i'd i.e. ideally ie if in incur
    incurred incurring indicate indicated indicates indicating individual individually individuals info inform
    information informed inquire inside instance insurer intelligence interest interested interesting into is issued
    it it'd it's itemise itemised itemising itemize itemized its itself just keen keep keeping keeps kept kind kindly
    know knowing known knows kpi laid latest lay learn learned learning learns let letting level levels lie lies like
    likes liking line lines list listed listing literally llm logged lol look looked looking looks love lovely loves
    loving lowdown made make makes making many mate matrix may maybe me mean means meantime measure measured member
    members merci metric metrics mhm might mille mind minded mm morning much must name namely names naming neat need
    needed needing needs nice notch notched noted noting now number numbers oblige obliged obrigado observed of off
    offered offering oh ok okay on one ones onto oof ooh operator or order ordering org-wide organisation
    organisation's organisation-wide organisations organization orgwide our ours out outline outlined outlines overall
    overview own particular particularly people people's per perform performed performing performs perhaps period
    person persons piece placed placing please please? pleased plotting possible possibly posted posts precisely prego
    pretty print printed printing process processed produce produced produces producing provide provided provides
    providing pull pulled pulling pulls purpose purposes put puts putting quantity question quick quickly quite rack
    racked racking racks ran range reach reaches read reading readout really recap receive received receives receiving
    recently reckon reckons record recorded recording records regarding regards registered registering registers
    relate related relates relating remain remained remains report reported reporting reports resolved resolves
    resolving respect respective respectively result resulted resulting results retailer retrieve retrieved retrieving
    right righto rn roger roughly roundabout roundup row rows run rundown running runs rustle rustling said sake salut
    same sat saw say says school scoop see seen sees send sending sends sent separate separately series serve served
    serves serving shall sharing she she'd she's ship shipped shipping ships should should've show showing shown shows
    side simply since sit sits sitting snapshot so solve solved solves solving some somebody somehow someone somewhere
    sorry sort span spanning spat specific specifically specify spend spent spun staff stat state stated statistics
    stats stay stayed staying stays still studio stuff submit submits submitted submitting such sum summary summed sup
    super supply suppose sure swallow swallowed swallowing swallows sweet ta table tabular tabulate tabulated take
    taken takes talks tallied tally team's tech technology tell telling tells term terms than thank thankful thanking
    thanks that the their theirs them themselves then there thereby therein these they they'd they'll they're thing
    things think thinks this those through throughout time timeframe timing to today too took tooling total totalled
    totals touch touched tracked tracking treat treated treating treats trouble troubling try trying turn turned type
    typed typing uh um umm understand understanding understands understood unique university up up-to-date us us$ usd
    use used user users uses using value values various very via vielen view viewed viewing volume want wanted wanting
    wants was way we we'd well went were what whatever whatsoever when where wherever whether which whichever while
    who who'd whoever whole whom whose wide window wise wish wished wishes wishing with within wonder wondered
    wondering wonders work worked worker workers workforce working works would would've wow written wrote yeah yep yes
    yet yo you you'd you'll you're your yours
    """
)

# So frequent that a name of this one word has to be written like a name; of the other harmless words it is asked.
FREQUENT = words(
    """
    a able about account across actual actually afternoon ai all almost also am among amounts an and answer answering
    any anything appreciate are as ask asked asking at available back be because been being bit both business but by
    came can check come comes company company's consume could count counts course curious current data date detail
    details did different distinct do does dollar dollars done down during each either enterprise entire er even ever
    every everything everywhere exactly example far figure figures find fired firm for from get gets getting give
    given gives glad go goes going gone good got great had handled happen happened happening has have having he hear
    hello help here hey heya hi his hiya hope how however i if in info information inside into is it it's its just
    keen keep keeps kept kindly know lay let like line list listed lol look looking made make makes many may me mean
    measured might mind morning most much must name names need no now number numbers of off ok on one ones or
    organisation our ours out overall own part per period please processed put question quick quite ran rather read
    really record recorded report reported reports result results right row run running said same sat saw say see seen
    sees send sent shall should show shown side simply since sitting so some sorry sort still such summary sure ta
    table take taken takes team's tech tell terms than thank thanks that the their them then there these they thing
    things think thinking this those through time to today took total totals touched try trying two understand up us
    use used uses using value values various very view volume want wanted wanting wants was way we well went were what
    whatever when where whether which while who whole whose wide wise wish with within wonder wondering work working
    works would year yet you your yours
    """
)

# Never harmless: each changes what is asked, so a rule has to consume it.
MEANINGFUL = words(
    """
    above average below besides between bottom change double exceed exceeds except excluding exclusively expect
    fewer first forecast grew growth half highest last least less lowest max maximum mean median min minimum
    minus more most never new next no nobody none noone not nothing old only other others over peak percent
    percentile predict range rate ratio second share solely than third till top trend triple twice typical under wasted
    waste wasteful wasting weekday weekdays weekend weekends workday workdays unless until unused versus will without
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
