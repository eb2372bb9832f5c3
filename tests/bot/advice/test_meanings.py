"""Questions for advice in anybody's words: what each names and wants; a question for figures is none."""

from __future__ import annotations

import json

import pytest

from bot.advice.meanings import AdviceNames, may_be_wish, wish_of
from bot.advice.wishes import AdviceQuestion
from tests.shared import needs_shared, shared

NAMES = AdviceNames(
    workflows={
        name: name for name in ("ticket answering", "contract review", "month-end close", "merge request review")
    },
    teams={"finance": "Finance", "controlling": "Finance", "support": "Support"},
    own="Support",
)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("what could we hand to agents next?", AdviceQuestion("where")),
        ("which workflow has the most potential?", AdviceQuestion("where")),
        ("What's the biggest opportunity for AI in controlling?", AdviceQuestion("where", "Finance")),
        ("got any low-hanging fruit in Support", AdviceQuestion("where", "Support")),
        ("how many hours could we free up with AI", AdviceQuestion("where")),
        ("can AI take over contract review?", AdviceQuestion("worth", "contract review")),
        ("is the ticket answering ready for full automation?", AdviceQuestion("worth", "ticket answering")),
        ("how much would we save if we moved contract review to AI", AdviceQuestion("about", "contract review")),
        ("what are the risks of offloading contract review?", AdviceQuestion("about", "contract review")),
        ("why do you suggest contract review?", AdviceQuestion("about", "contract review")),
        ("what would it take to move month-end close to AI?", AdviceQuestion("back", "month-end close")),
        ("why is month-end close still at manual stage", AdviceQuestion("back", "month-end close")),
        ("could ticket answering run on its own?", AdviceQuestion("back", "ticket answering")),
        ("which workflows are ready for more autonomy?", AdviceQuestion("ready")),
        ("where should we let AI run on its own in Support", AdviceQuestion("ready", "Support")),
        ("where should we pull back?", AdviceQuestion("trouble")),
        ("which workflow got less reliable lately?", AdviceQuestion("trouble")),
        ("which workflows should stay with humans?", AdviceQuestion("keep")),
        ("what should we not automate", AdviceQuestion("keep")),
        ("what stays with people?", AdviceQuestion("keep")),
        ("what should AI take on next in Support?", AdviceQuestion("where", "Support")),
        ("where are we leaving hours on the table?", AdviceQuestion("where")),
        ("how far can we trust contract review?", AdviceQuestion("back", "contract review")),
        ("are we ready to let AI do contract review alone?", AdviceQuestion("back", "contract review")),
        ("can the month-end close go without human review", AdviceQuestion("back", "month-end close")),
        ("which workflows earned a promotion?", AdviceQuestion("ready")),
        ("what can I stop checking by hand?", AdviceQuestion("ready")),
        ("is Support ready for more autonomy?", AdviceQuestion("ready", "Support")),
        ("what did we give to AI too early?", AdviceQuestion("trouble")),
        ("should we demote anything?", AdviceQuestion("trouble")),
        ("where should my team step back?", AdviceQuestion("trouble", "Support")),
        ("what could my squad give to AI?", AdviceQuestion("where", "Support")),
        ("what is not worth automating?", AdviceQuestion("keep")),
        ("where is automation not paying off", AdviceQuestion("keep")),
        ("what should we take back from AI?", AdviceQuestion("trouble")),
        ("which workflow should we try first?", AdviceQuestion("where")),
        ("explain why contract review is frozen", AdviceQuestion("back", "contract review")),
        ("which work is too risky for AI?", AdviceQuestion("keep")),
        ("should contract review stay with people?", AdviceQuestion("stays", "contract review")),
        ("does merge request review still need a human?", AdviceQuestion("back", "merge request review")),
        ("is month-end close getting worse?", AdviceQuestion("back", "month-end close")),
        ("how much time would we save with contract review?", AdviceQuestion("about", "contract review")),
        ("is our parcel sorting ready for the next stage?", AdviceQuestion("unknown", "parcel sorting")),
    ],
)  # fmt: skip
def test_advice_is_known_by_what_it_names_and_wants(text: str, wish: AdviceQuestion) -> None:
    assert may_be_wish(text)
    assert wish_of(text, NAMES) == wish


@pytest.mark.parametrize(
    "text",
    [
        "what did we automate in Support",
        "which workflow has the most offloadable hours?",
        "hours offloaded by contract review last month",
        "how did autonomy of ticket answering develop since June?",
        "what share of ticket answering is done by agents",
        "which team got worse at cost per head",
        "what part of Windsurf's suggestions gets accepted",
        "success rate of contract review by mode",
        "is ticket answering cheaper than last month",
        "AI usage in Support",
        "how many agents do we have",
        "can you tell me the suggestions shown per usage mode",
        "suggestions for each tool",
        "suggestions by department",
        "give me the suggestions in week 46",
        "give me the suggestions in Support over the last three months",
        "who should be promoted?",
        "who earned a promotion",
        "which of our engineers can we trust",
        "who is struggling with AI",
        "is Anna Berg ready for more responsibility?",
        "how much of contract review did Claude alone accept",
    ],
)
def test_a_question_for_figures_is_left_to_the_engine(text: str) -> None:
    assert wish_of(text, NAMES) is None


@needs_shared
def test_no_question_of_the_sample_organisations_is_taken() -> None:
    lines = [
        line
        for name in ("questions.jsonl", "questions-calder.jsonl")
        for line in shared("data", name).read_text("utf-8").splitlines()
    ]
    turns = [turn for line in lines for turn in json.loads(line)["turns"]]

    assert [turn for turn in turns if wish_of(turn, NAMES)] == []
