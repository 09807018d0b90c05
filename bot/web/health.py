"""Whether the bot can do its work, asked of its parts."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

log = structlog.get_logger(__name__)

PATIENCE = 2.0
"""Seconds after which a part that does not answer counts as not well."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a part is."""

    ok: bool
    detail: str = ""
    """A few words for the operator, without secrets."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A question to a part."""

    name: str
    ask: Callable[[], Awaitable[Verdict]]
    essential: bool = True
    """Whether the bot is not ready without it."""


async def examine(probes: Sequence[Probe]) -> dict[str, object]:
    """`{"ready": bool, "checks": {name: {"ok": bool, "detail": str}}}`; all are asked at once."""
    verdicts = await asyncio.gather(*map(_ask, probes))
    pairs = list(zip(probes, verdicts, strict=True))
    return {
        "ready": all(verdict.ok for probe, verdict in pairs if probe.essential),
        "checks": {
            probe.name: {"ok": verdict.ok, "detail": verdict.detail} for probe, verdict in pairs
        },
    }


async def _ask(probe: Probe) -> Verdict:
    """A probe that raises is a part that is not well; its text may hold anything, and stays in."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await probe.ask()
    except TimeoutError:
        return Verdict(ok=False, detail=f"no answer within {PATIENCE:g} s")
    except Exception as error:  # noqa: BLE001  # a health page always answers
        log.warning("probe failed", probe=probe.name, kind=type(error).__name__)
        return Verdict(ok=False, detail=type(error).__name__)
