"""From what a request says to observations; what cannot be right is rejected point by point."""

from __future__ import annotations

from bot.sources.otlp import protobuf
from bot.sources.otlp.translate import AHEAD_MS, Translated, Translator
from tests.bot.sources.otlp.messages import ADA, CUMULATIVE, metrics, ns

NOW_MS = ns(60) // 1_000_000
TOKENS = "claude_code.token.usage"
INPUT = ADA | {"type": "input", "model": "claude-opus-4-8"}


def told(*series: tuple[str, dict[str, object], int, list[tuple[float, float, float]]]) -> Translated:
    body = metrics("claude-code", *series).SerializeToString()
    return Translator().metrics(protobuf.metrics(body), NOW_MS)


def test_points_of_one_use_in_one_session_come_together() -> None:
    found = told(
        (TOKENS, INPUT, CUMULATIVE, [(0, 1, 5), (0, 2, 7)]),
        (TOKENS, INPUT | {"type": "output"}, CUMULATIVE, [(0, 1, 3)]),
    )
    ((group, points),) = found.batch.groups

    assert (group.session, group.use.subject, len(points)) == ("s-1", "ada@acme.test", 3)
    assert len({point.series for point in points}) == 2


def test_a_bad_point_is_rejected_with_its_reason_and_the_others_count() -> None:
    found = told((TOKENS, INPUT, CUMULATIVE, [(0, 1, -5), (0, 2, 7)]))

    assert (found.rejected, found.batch.size) == (1, 1)
    assert found.reason.startswith(f"{TOKENS}: ")


def test_a_sum_of_unknown_temporality_is_rejected() -> None:
    assert "temporality" in told((TOKENS, INPUT, 0, [(0, 1, 5)])).reason


def test_times_of_another_age_are_rejected() -> None:
    ahead = (AHEAD_MS + 120_000) / 1000

    assert "a day ahead" in told((TOKENS, INPUT, CUMULATIVE, [(0, ahead, 5)])).reason
    assert "before 2015" in told((TOKENS, INPUT, CUMULATIVE, [(0, -1_000_000_000, 5)])).reason


def test_what_counts_no_use_is_left_out_and_not_rejected() -> None:
    found = told(("claude_code.session.count", ADA, CUMULATIVE, [(0, 1, 5)]), ("cpu", {}, CUMULATIVE, [(0, 1, 5)]))

    assert (found.batch.size, found.rejected) == (0, 0)
