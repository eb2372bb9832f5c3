"""What `/metrics` shows of the store: how old each source's last good pass is, what the outbox holds, what waits."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.logs import cause
from storage.keep import open_turns, outbox
from storage.keep.digests import aware
from storage.load.source_states import successes

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class StoreGauges(Collector):
    """Looks when somebody looks; a store that is away shows nothing here, and `/readyz` says so."""

    reading: Engine
    now: Callable[[], datetime]

    def collect(self) -> Iterator[Metric]:
        """The gauges as they stand."""
        ages = GaugeMetricFamily(
            "fulcrum_source_age_seconds", "Since the last good pass over a source.", labels=["source"]
        )
        messages = GaugeMetricFamily(
            "fulcrum_outbox_messages", "Messages of digests and the like by how they ended.", labels=["state"]
        )
        waiting = GaugeMetricFamily("fulcrum_questions_open", "Questions that are being answered.")
        try:
            with self.reading.connect() as connection:
                for source, at in successes(connection).items():
                    ages.add_metric([source], max(0.0, (self.now() - aware(at)).total_seconds()))
                for state, count in outbox.counts(connection).items():
                    messages.add_metric([state], count)
                waiting.add_metric([], open_turns.count(connection))
        except SQLAlchemyError as error:
            log.warning("no gauges of the store: %s", cause(error))
            return
        yield from (ages, messages, waiting)

    def describe(self) -> Iterator[Metric]:
        """Nothing beforehand: asking the store at start would only cost time."""
        return iter(())
