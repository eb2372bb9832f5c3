"""Bolt's lines say what happened, never what somebody sent."""

from __future__ import annotations

import logging

import pytest

from bot.slack.bolt_logs import SHORTENED, NoBodies, bolt_logger


def test_bolts_own_logger_never_goes_below_info() -> None:
    assert bolt_logger().level == logging.INFO
    assert len(bolt_logger().filters) == 1


@pytest.mark.parametrize("beginning", SHORTENED)
def test_a_line_with_a_body_or_a_code_in_it_is_shortened(beginning: str, caplog: pytest.LogCaptureFixture) -> None:
    bolt_logger().error("%s", "plain")
    bolt_logger().error(f"{beginning}: token=xoxb-secret, body=%s", "what somebody wrote")

    assert "xoxb-secret" not in caplog.text
    assert "what somebody wrote" not in caplog.text
    assert [record.getMessage() for record in caplog.records] == ["plain", SHORTENED[beginning]]


def test_the_rule_is_set_once_however_often_the_logger_is_asked_for() -> None:
    assert [type(rule) for rule in (bolt_logger(), bolt_logger())[1].filters] == [NoBodies]
