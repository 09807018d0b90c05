"""What is counted, for Prometheus. Labels are words of ours: no chat, no address, no text."""

from functools import cache
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.model import Edition, Outcome

LATENCY_BUCKETS = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 21600, 86400)


class Metrics:
    """One set of figures, and the `Meter` by which the flows feed it."""

    def __init__(self) -> None:
        self._book = CollectorRegistry()
        own: dict[str, Any] = {"registry": self._book}
        self.alerts = Counter(
            "jarchy_alerts", "Attempts to send alerts, by outcome.", ["outcome"], **own
        )
        self._alerts_by = cache(self.alerts.labels)
        self.articles = Counter("jarchy_articles", "Articles read, by edition.", ["edition"], **own)
        self.polls = Counter("jarchy_polls", "Polls of listings.", ["edition", "result"], **own)
        self.updates = Counter("jarchy_updates", "Updates from Telegram, by fate.", ["fate"], **own)
        self.waiting = Gauge(
            "jarchy_outbox_waiting", "Alerts that are owed and not yet settled.", **own
        )
        self.dropped_alerts = Counter(
            "jarchy_alerts_dropped", "Alerts that waited for two days.", **own
        )
        self.skipped_digests = Counter(
            "jarchy_digests_skipped", "Digests that were over three hours late.", **own
        )
        self.latency = Histogram(
            "jarchy_delivery_seconds",
            "From publication on the site to delivery.",
            buckets=LATENCY_BUCKETS,
            **own,
        )

    def polled(self, edition: Edition, *, well: bool) -> None:
        """As `Meter` says."""
        self.polls.labels(edition, "well" if well else "failed").inc()

    def kept(self, edition: Edition) -> None:
        """As `Meter` says."""
        self.articles.labels(edition).inc()

    def answered(self, outcome: Outcome) -> None:
        """As `Meter` says."""
        self._alerts_by(type(outcome).__name__).inc()

    def delivered(self, seconds: float) -> None:
        """As `Meter` says."""
        self.latency.observe(max(0.0, seconds))

    def dropped(self, alerts: int) -> None:
        """As `Meter` says."""
        self.dropped_alerts.inc(alerts)

    def skipped(self) -> None:
        """As `Meter` says."""
        self.skipped_digests.inc()

    def text(self) -> bytes:
        """All of it in Prometheus' text format 0.0.4."""
        return generate_latest(self._book)
