"""An answer as Slack messages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.questions.answers.answer import Answer, Column, Fact, Option, Receipt, Row, Shape, Status
from bot.slack.blocks.parts import MAX_TEXT, Message, as_json, weight
from bot.slack.questions.blocks import render, said
from tests.fakes.slack_blocks import problems, too_long

RECEIPT = Receipt(
    metric="tokens per employee",
    definition="tokens ÷ headcount",
    period="October 2026",
    zone="UTC",
    scope="the organisation",
    newest="2026-11-18",
    coverage=0.974,
)
TOKENS = Column(name="tokens", label="tokens", unit="tokens")


def teams(*names: str) -> Answer:
    rows = tuple(Row(labels={"team": name}, values={"tokens": 1000 + at}) for at, name in enumerate(names))
    return Answer(
        status=Status.ANSWERED,
        text="Platform used most.",
        title="tokens, by team, October 2026",
        shape=Shape.LIST,
        columns=(TOKENS,),
        rows=rows,
        receipt=RECEIPT,
    )


def weeks(*values: float | None) -> Answer:
    rows = tuple(
        Row(labels={"week": f"2026-{1 + at // 4:02}-{1 + at % 4 * 7:02}"}, values={"tokens": value})
        for at, value in enumerate(values)
    )
    return replace(teams(), shape=Shape.SERIES, rows=rows, title="tokens by week")


def rich(message: Message) -> list[dict[str, Any]]:
    return as_json(message.rich)


def of_type(message: Message, kind: str) -> list[dict[str, Any]]:
    return [block for block in rich(message) if block["type"] == kind]


def test_an_answer_shows_title_sentence_table_and_receipt_in_this_order() -> None:
    (message,) = render(teams("Platform", "Mobile"))

    assert [block["type"] for block in rich(message)] == ["section", "section", "table", "context"]
    assert rich(message)[0]["text"]["text"] == "*tokens, by team, October 2026*"
    assert rich(message)[1]["text"]["text"] == "Platform used most."
    assert [[cell["text"] for cell in row] for row in rich(message)[2]["rows"]] == [
        ["Team", "Tokens"],
        ["Platform", "1,000"],
        ["Mobile", "1,001"],
    ]


def test_a_sentence_that_begins_with_the_query_as_read_says_it_once() -> None:
    (message,) = render(Answer(status=Status.ANSWERED, title="tokens, R&D", text="Tokens, R&D: 7."))

    assert [block["text"]["text"] for block in rich(message)] == ["*Tokens, R&amp;D*: 7."]
    assert message.text == "Tokens, R&amp;D: 7."


def test_what_a_figure_is_of_is_set_off_where_the_text_begins_with_it() -> None:
    (message,) = render(replace(teams("A", "B"), text="Tokens, R&D, October 2026: A leads with 1.00k."))

    assert rich(message)[0]["text"]["text"] == "*Tokens, R&amp;D, October 2026:* A leads with 1.00k."


def test_the_receipt_is_one_short_line() -> None:
    (message,) = render(teams("A", "B"))

    assert of_type(message, "context")[-1]["elements"][0]["text"] == (
        "October 2026 · the organisation · data to 18 Nov · 97% attributed"
    )


def test_a_figure_that_the_text_has_said_is_not_shown_again() -> None:
    facts = (Fact(label="people", value=491, said=True), Fact(label="in full", value=1_160.66, unit="USD"))

    (message,) = render(replace(teams("A", "B"), facts=facts))

    assert [block["text"]["text"] for block in of_type(message, "section")[2:]] == ["in full: *$1,160.66*"]


def test_the_text_says_the_rows_that_its_sentence_leaves_out() -> None:
    (message,) = render(replace(teams("Platform", "Mobile"), text="Platform leads with 1.00k."))

    assert message.text == "Platform leads with 1.00k.\nMobile: 1,001 tokens"


def test_names_and_text_are_shown_as_they_are_and_mention_nobody() -> None:
    (message,) = render(replace(teams("<!channel>", "R&D"), text="<@U1> & <https://x|y>"))

    assert rich(message)[1]["text"]["text"] == "&lt;@U1&gt; &amp; &lt;https://x|y&gt;"
    assert rich(message)[2]["rows"][1][0]["text"] == "<!channel>"  # raw_text is no markup
    assert "&lt;!channel&gt;" in as_json(message.plain)[2]["text"]["text"]
    assert "<" not in message.text


def test_a_hidden_row_and_a_missing_figure_say_so() -> None:
    rows = (
        Row(labels={"team": "Legal"}, values={"tokens": None}, suppressed=True),
        Row(labels={"team": "Sales"}, values={"tokens": None}),
    )

    (message,) = render(replace(teams(), rows=rows))

    assert [row[1]["text"] for row in of_type(message, "table")[0]["rows"][1:]] == ["hidden (small group)", "–"]


def test_more_rows_than_a_table_holds_are_counted() -> None:
    (message,) = render(teams(*(f"Team {at}" for at in range(140))))

    table = of_type(message, "table")[0]
    assert len(table["rows"]) == 100
    assert rich(message)[3]["elements"][0]["text"] == "…and 41 more rows"
    assert not problems(rich(message))


def test_one_row_needs_no_table() -> None:
    (message,) = render(replace(teams("Platform"), shape=Shape.SINGLE))

    assert not of_type(message, "table")


def test_a_series_has_a_line_chart_and_its_figures() -> None:
    (message,) = render(weeks(5, 6, 7.5))

    chart = of_type(message, "data_visualization")[0]["chart"]
    assert chart["axis_config"]["categories"] == ["2026-01-01", "2026-01-08", "2026-01-15"]
    assert [point["value"] for point in chart["series"][0]["data"]] == [5, 6, 7.5]
    assert of_type(message, "table")


def test_a_chart_leaves_out_what_is_not_known_and_invents_no_zero() -> None:
    (message,) = render(weeks(5, None, 7, 8))

    points = of_type(message, "data_visualization")[0]["chart"]["series"][0]["data"]
    assert [point["value"] for point in points] == [5, 7, 8]


def test_a_long_series_is_drawn_by_its_newest_points_and_says_so() -> None:
    (message,) = render(weeks(*range(26)))

    block = of_type(message, "data_visualization")[0]
    assert block["title"] == "Tokens by week (newest 20 of 26)"
    assert [point["value"] for point in block["chart"]["series"][0]["data"]] == list(range(6, 26))


def test_a_line_with_a_gap_beside_whole_ones_is_not_drawn() -> None:
    rows = tuple(
        Row(labels={"week": f"2026-11-{day:02}", "team": team}, values={"tokens": value})
        for team, values in {"Mobile": (1, 2, 3), "Sales": (4, None, 6)}.items()
        for day, value in zip((2, 9, 16), values, strict=True)
    )

    (message,) = render(replace(weeks(), rows=rows))

    block = of_type(message, "data_visualization")[0]
    assert [line["name"] for line in block["chart"]["series"]] == ["Mobile"]
    assert block["title"] == "Tokens by week (1 of 2 lines)"


def test_the_plain_form_holds_the_same_figures_without_newer_blocks() -> None:
    (message,) = render(weeks(5, 6, 7))

    assert {block["type"] for block in as_json(message.plain)} == {"section", "context"}
    assert "2026-01-08       6" in as_json(message.plain)[2]["text"]["text"]


def test_options_are_buttons_that_carry_their_question_and_the_thread() -> None:
    options = (Option(label="Platform (team)", ask="tokens of team Platform"), Option(label="Other", ask="x"))

    (message,) = render(Answer(status=Status.CLARIFY, text="Which one?", options=options), "171.5")

    block = of_type(message, "actions")[0]
    assert block["block_id"] == "ask:171.5"
    assert [(pressed["action_id"], pressed["text"]["text"], pressed["value"]) for pressed in block["elements"]] == [
        ("ask:0", "Platform (team)", "tokens of team Platform"),
        ("ask:1", "Other", "x"),
    ]


def test_a_caveat_that_the_text_holds_is_not_said_twice() -> None:
    caveats = ("Not whole: Nov 2026 (18 days); no low is taken from it.", "Leaves out seats.")
    answer = replace(teams("A", "B"), text="7. Not whole: Nov 2026 (18 days) 3.", caveats=caveats)

    (message,) = render(answer)

    assert [block["elements"][0]["text"] for block in of_type(message, "context")[:-1]] == [
        ":warning: Leaves out seats."
    ]


def test_few_buttons_stand_in_the_row_and_the_rest_in_its_menu() -> None:
    query = {"metrics": ["tokens"], "period": {"start": "2026-10-01", "end": "2026-10-31"}}
    rows = (Row(labels={}, values={"tokens": 1}),)
    one = replace(teams(), shape=Shape.SINGLE, rows=rows, query=query, number=5)

    def offered(answer: Answer) -> tuple[list[str], list[str]]:
        *buttons, menu = of_type(render(answer)[-1], "actions")[-1]["elements"]
        return [button["text"]["text"] for button in buttons], [entry["text"]["text"] for entry in menu["options"]]

    assert offered(one) == (
        ["Show the math", "Trend", "By team"],
        ["Compare", "By tool", "Export CSV", "Schedule…", "Watch this"],
    )
    assert "Schedule…" not in offered(replace(one, private=True))[1]


def test_two_questions_get_a_message_each() -> None:
    both = Answer(status=Status.ANSWERED, text="both", answers=(teams("A", "B"), teams("C", "D")))

    assert [len(of_type(message, "table")) for message in render(both)] == [1, 1]


def test_a_text_too_long_for_a_block_is_split_and_loses_no_word() -> None:
    text = " ".join(f"word{at}&" for at in range(6_000))

    messages = said(text)

    shown = " ".join(block["text"]["text"] for message in messages for block in rich(message))
    assert shown.split() == text.replace("&", "&amp;").split()
    assert " ".join(message.text for message in messages).split() == shown.split()
    assert not any(problems(rich(message)) or too_long(rich(message)) for message in messages)


words = st.text(max_size=400) | st.text(alphabet="<>&*`~_ \n", max_size=4_000)
numbers = st.none() | st.integers(-(10**15), 10**15) | st.floats()
names = st.sampled_from(["team", "week", "month", "person", "tool"])


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    columns = draw(st.lists(st.text(min_size=1, max_size=60), max_size=25, unique=True))
    labels = draw(st.lists(names, max_size=3, unique=True))
    days = st.dates().map(str)
    rows = [
        Row(
            labels={label: draw(days if label in {"week", "month"} else words) for label in labels},
            values={column: draw(numbers) for column in columns},
            suppressed=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(0, 12)))
    ] * draw(st.sampled_from([1, 1, 1, 15]))
    receipts = st.builds(
        Receipt,
        metric=words,
        definition=words,
        period=words,
        zone=words,
        scope=words,
        newest=days | st.just(""),
        coverage=st.none() | st.floats(0, 1),
    )
    return Answer(
        status=draw(st.sampled_from(Status)),
        text=draw(words | st.integers(1, 30).map(lambda many: "long words " * 700 * many)),
        title=draw(words),
        shape=draw(st.sampled_from(Shape)),
        columns=tuple(
            Column(name=name, label=draw(words), unit=draw(st.sampled_from(["", "USD", "fraction", "tokens"])))
            for name in columns
        ),
        rows=tuple(rows),
        facts=draw(st.lists(st.builds(Fact, label=words, value=numbers | words, unit=words), max_size=15).map(tuple)),
        caveats=draw(st.lists(words, max_size=10).map(tuple)),
        options=draw(st.lists(st.builds(Option, label=words, ask=words), max_size=30).map(tuple)),
        receipt=draw(st.none() | receipts),
    )


@given(answers(), st.text(max_size=300))
def test_any_answer_is_within_what_slack_takes(answer: Answer, thread: str) -> None:
    messages = render(answer, thread)

    assert messages
    for message in messages:
        assert 0 < len(message.text) <= MAX_TEXT
        assert message.rich
        assert message.plain
        for blocks in (message.rich, message.plain):
            assert not problems(as_json(blocks))
            assert not too_long(as_json(blocks))
            assert weight(blocks) <= 12_000


def test_the_checker_of_these_tests_refuses_what_slack_refuses() -> None:
    section: dict[str, Any] = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}
    button = {"type": "button", "action_id": "a", "value": "v", "text": {"type": "plain_text", "text": "x" * 76}}
    wrong: list[list[dict[str, Any]]] = [
        [section] * 51,
        [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}],
        [{"type": "section", "text": {"type": "mrkdwn", "text": ""}}],
        [{"type": "section", "text": {"type": "mrkdwn", "text": "<!here>"}}],
        [{"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}],
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101}],
        [{"type": "actions", "elements": [button]}],
        [{"type": "made_up"}],
    ]

    assert all(problems(blocks) for blocks in wrong)
    assert not problems([section] * 50)
