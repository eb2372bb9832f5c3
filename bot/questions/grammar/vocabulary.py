"""Words that carry no figure of their own: what may stand in a question without changing its meaning."""

from __future__ import annotations

# What people write short; one token may become several words.
SHORT = {
    "w/": "with", "w": "with", "w/o": "without", "wo": "without", "u": "you", "ur": "your", "r": "are", "ppl": "people", "peeps": "people",
    "pls": "please", "plz": "please", "plse": "please", "thx": "thanks", "ty": "thanks", "tks": "thanks",
    "thru": "through", "avg": "average", "av": "average", "hc": "headcount", "vs": "versus", "vs.": "versus",
    "v": "versus", "v.": "versus", "&": "and", "n": "and", "whats": "what", "what's": "what", "hows": "how",
    "wheres": "where", "whos": "who", "who's": "who", "pct": "percent", "%": "percent", "percentage": "percent",
    "percents": "percent", "percentages": "percent", "pctg": "percent", "perc": "percent", "ex": "excluding",
    "excl": "excluding", "excl.": "excluding", "incl": "including", "incl.": "including", "inc": "including",
    "approx": "roughly", "nr": "number", "num": "number", "no.": "number", "nb": "number", "#": "number",
    "req": "requests", "reqs": "requests", "tok": "tokens", "toks": "tokens", "tkns": "tokens", "tks.": "tokens",
    "eng.": "eng", "dept": "team", "depts": "teams", "mins": "minutes", "min.": "minutes", "hrs": "hours",
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
    "cuz": "because", "bc": "because", "cos": "because", "mgr": "manager", "llms": "models", "m/m": "mom",
}  # fmt: skip

# Articles, pronouns, helpers, manners: they only hold a sentence together.
HARMLESS = frozenset(["everything", "anything", "own", "among", "amongst", "inside", "themselves", "itself", "etc", "etcetera", "e.g", "such", "example", "examples", "way", "case", "like", "wise", "quite", "pretty", "much", "many", "always", "instance", "actual", "exactly", "even", "but", "whether", "course", "people's", "hereby", "across", "throughout", "kindly", "possible", "possibly", "able", "available", "wanting", "happening", "ran", "running", "run", "per", "it's", "a", "an", "the", "of", "in", "on", "for", "to", "at", "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "done", "have", "has", "had", "having", "we", "us", "our", "ours", "you", "your", "yours", "it", "its", "they", "them", "their", "theirs", "he", "she", "his", "her", "i", "me", "that", "this", "these", "those", "there", "here", "as", "so", "then", "please", "thanks", "thank", "hi", "hello", "hey", "dear", "ok", "okay", "yo", "cheers", "greetings", "morning", "afternoon", "evening", "good", "great", "cool", "nice", "folks", "team's", "can", "could", "would", "should", "may", "might", "shall", "must", "let", "give", "show", "tell", "get", "gets", "got", "getting", "list", "display", "print", "pull", "fetch", "find", "report", "run", "see", "look", "looking", "check", "know", "want", "wants", "wanted", "need", "needs", "needed", "like", "love", "wish", "wonder", "wondering", "curious", "interested", "hoping", "hope", "trying", "try", "ask", "asking", "asked", "question", "quick", "quickly", "one", "ones", "thing", "things", "stuff", "bit", "just", "actually", "really", "basically", "simply", "roughly", "about", "approximately", "around", "exactly", "exact", "precisely", "currently", "current", "now", "today", "still", "already", "ever", "again", "also", "too", "well", "maybe", "perhaps", "kindly", "sorry", "guys", "friend", "mate", "fulcrum", "ah", "oh", "um", "uh", "er", "hmm", "yes", "yeah", "yep", "sure", "right", "by", "from", "with", "into", "onto", "over", "through", "via", "across", "within", "during", "per", "and", "or", "what", "which", "how", "much", "many", "where", "when", "who", "whose", "whom", "total", "totals", "overall", "altogether", "all", "whole", "entire", "full", "complete", "sum", "summed", "aggregate", "aggregated", "amount", "amounts", "figure", "figures", "number", "numbers", "count", "counts", "value", "values", "volume", "quantity", "level", "levels", "data", "stat", "stats", "statistics", "info", "information", "detail", "details", "summary", "overview", "view", "result", "results", "answer", "metric", "metrics", "kpi", "measure", "company", "organisation", "organization", "organisations", "firm", "business", "corporation", "enterprise", "company-wide", "companywide", "org-wide", "orgwide", "organisation-wide", "wide", "everyone", "everybody", "anyone", "anybody", "somebody", "someone", "people", "person", "persons", "user", "users", "employee", "employees", "staff", "folk", "members", "member", "colleague", "colleagues", "workers", "worker", "workforce", "headcounts", "individual", "individuals", "guys", "ai", "artificial", "intelligence", "genai", "gen-ai", "llm", "tooling", "tech", "technology", "went", "go", "goes", "going", "gone", "come", "comes", "came", "coming", "made", "make", "makes", "making", "take", "takes", "taken", "took", "put", "spend", "spent", "use", "used", "uses", "using", "did", "does", "had", "has", "work", "works", "worked", "working", "happen", "happened", "happens", "bring", "brought", "each", "every", "both", "either", "respectively", "separately", "individually", "any", "some", "such", "same", "other", "up", "down", "out", "off", "away", "back", "if", "so", "because", "since", "then", "than", "while", "when", "where", "whether", "mean", "means", "i.e.", "ie", "e.g.", "eg", "say", "says", "said", "namely", "like", "e.g", "basically", "specifically", "especially", "particular", "particularly", "period", "time", "timeframe", "window", "range", "date", "dates", "span", "historically", "usd", "dollars", "dollar", "$", "us$", "terms", "term", "form", "format", "order", "table", "tabular", "row", "rows", "line", "lines", "column", "columns", "please?", "correct", "latest", "recorded", "measured", "known", "registered", "seen", "logged", "far", "yet", "till", "until", "up-to-date", "different", "distinct", "unique", "separate", "various", "individual", "overall", "organisation's", "company's", "firm's", "everyone's", "belong", "belongs", "belonged", "relate", "related", "relating", "regarding", "concerning", "respect", "regards", "terms", "kind", "sort", "type", "side", "account", "accounts", "accounted"]
)

# Never harmless: each changes what is asked, so a rule has to consume it.
MEANINGFUL = frozenset(
    ["not", "no", "never", "none", "without", "except", "excluding", "besides", "minus", "only", "solely", "exclusively", "above", "below", "over", "under", "more", "less", "fewer", "most", "least", "highest", "lowest", "top", "bottom", "average", "mean", "median", "typical", "peak", "max", "maximum", "min", "minimum", "versus", "share", "percent", "percentile", "rate", "ratio", "change", "growth", "grew", "trend", "forecast", "predict", "expect", "will", "next", "first", "second", "third", "last", "half", "double", "triple", "twice", "than", "exceed", "exceeds", "between", "range"]
)

# Nouns and verbs of the reasons people give for asking; a clause of nothing else is context.
CONTEXT = frozenset(
    ["boss", "ceo", "cfo", "cto", "coo", "vp", "board", "deck", "slide", "slides", "presentation", "meeting", "report", "steering", "committee", "review", "planning", "budget", "qbr", "all-hands", "allhands", "townhall", "exec", "executive", "executives", "leadership", "management", "manager", "auditor", "audit", "investor", "investors", "colleague", "standup", "retro", "offsite", "newsletter", "update", "memo", "email", "preparing", "prepare", "prep", "writing", "doing", "working", "finishing", "asked", "asks", "asking", "wants", "wanted", "needs", "needed", "told", "says", "said", "discussing", "discussed", "met", "meet", "meeting", "debating", "arguing", "bet", "wonder", "curious", "heard", "hear", "saw", "noticed", "think", "thought", "believe"]
)

QUESTION_LEADS = frozenset(
    ["how", "what", "which", "who", "whose", "where", "when", "why", "is", "are", "was", "were", "did", "does", "do", "has", "have", "had", "show", "give", "list", "tell", "compare", "rank", "display", "plot", "chart", "pull", "break", "split", "top", "bottom", "can", "could"]
)
