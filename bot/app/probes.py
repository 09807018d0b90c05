"""What `/ready` and `check` ask of the bot's parts."""

from functools import partial

from bot.flows.troubles import Troubles
from bot.gateway.receiver import PollingReceiver
from bot.gateway.webhook import WebhookReceiver
from bot.ports import Clock, Outbox
from bot.schedule import Leader
from bot.store.connection import Client, persistence
from bot.web.health import Probe, Verdict
from bot.web.metrics import Metrics

SILENT_SECONDS = 120.0

Receiver = PollingReceiver | WebhookReceiver


class Probes:
    """The questions of one process."""

    def __init__(
        self,
        client: Client,
        outbox: Outbox,
        leader: Leader,
        troubles: Troubles,
        metrics: Metrics,
        clock: Clock,
    ) -> None:
        self._client = client
        self._outbox = outbox
        self._leader = leader
        self._troubles = troubles
        self._metrics = metrics
        self._clock = clock

    def all(self, receiver: Receiver | None) -> list[Probe]:
        """Those that fit the process's roles."""
        probes = [
            Probe("store", self._store),
            Probe("persistence", self._persistence, essential=False),
            Probe("site", self._site),
        ]
        if receiver is not None:
            probes.append(Probe("telegram", partial(self._telegram, receiver)))
        return probes

    async def _store(self) -> Verdict:
        waiting = await self._outbox.waiting()
        self._metrics.waiting.set(waiting)
        return Verdict(ok=True, detail=f"{waiting} alerts wait")

    async def _persistence(self) -> Verdict:
        loss = await persistence(self._client)
        return Verdict(ok=loss is None, detail=loss or "durable")

    async def _site(self) -> Verdict:
        bad = [name for name in self._troubles.names if name.startswith("listing")]
        leads = "this process leads" if self._leader.leads else "this process does not lead"
        return Verdict(ok=not bad, detail=", ".join(bad) or leads)

    async def _telegram(self, receiver: Receiver) -> Verdict:
        if receiver.last_poll is None:
            return Verdict(ok=False, detail="not heard from yet")
        ago = self._clock.now().timestamp() - receiver.last_poll
        is_late = isinstance(receiver, PollingReceiver) and ago > SILENT_SECONDS
        return Verdict(ok=not is_late, detail=f"heard from {ago:.0f} s ago")
