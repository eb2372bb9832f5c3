"""Our own words for what a model declines or finds unclear: none of its words reaches a reader."""

from __future__ import annotations

from bot.questions.answers.answer import Option
from bot.questions.answers.replies import EXAMPLES
from bot.questions.reading import Impossible, Reading, Refused, Unclear

_DECLINED = {
    "advice": "I give figures, no advice on what to decide. I can show what the decision rests on.",
    "prediction": "I forecast cost, tokens and active people, four weeks at most. I can show how it went so far.",
    "not_recorded": "Nothing that is recorded here can answer that. I can answer questions about AI usage and work.",
    "off_topic": "That is not about the organisation's use of AI, so I cannot answer it.",
}
_VERDICT = (
    "Use of AI says nothing of how well a person works, so I give no figures for a verdict on people. "
    "I can show how a team uses AI."
)
_DOUBTS = {
    "metric": "Which figure is meant",
    "name": "Who or what is meant",
    "time": "Which days are meant",
    "grouping": "What should it be split by",
}


def declined(reason: str, step: str) -> Reading:
    """What is answered where the model declines."""
    if reason == "verdict_on_people":
        return Refused(text=_VERDICT, steps=(step,))
    options = tuple(Option(label=example, ask=example) for example in EXAMPLES)
    return Impossible(text=_DECLINED[reason], options=options, steps=(step,))


def doubt(about: str, words: str) -> str:
    """The question back; `words` are the asker's own."""
    return f"{_DOUBTS[about]} by “{words}”?" if words else f"{_DOUBTS[about]}?"


def merged(first: Unclear, more: Unclear | Impossible) -> Unclear:
    """Two questions back as one: the words of the first, the options of both."""
    options = {option.ask: option for option in (*first.options, *more.options)}
    about = first.about or (more.about if isinstance(more, Unclear) else "")
    return Unclear(text=first.text, options=tuple(options.values())[:5], about=about, steps=(*more.steps, *first.steps))
