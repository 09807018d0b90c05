"""The bot's own troubles, each said once when it begins and once when it is over."""

from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

Tell = Callable[[str], Awaitable[None]]


async def nobody(_: str) -> None:
    """Tell nobody."""


class Troubles:
    """What is wrong just now, by name. `tell` gets one English line at each turn."""

    def __init__(self, tell: Tell = nobody) -> None:
        self._tell = tell
        self._now: dict[str, str] = {}
        self._signs: dict[str, int] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._now

    @property
    def names(self) -> list[str]:
        """Those that are not over, sorted."""
        return sorted(self._now)

    async def begin(self, name: str, reason: str, patience: int = 0) -> None:
        """It is so: said unless it was so already, or was so `patience` times in a row at most."""
        signs = self._signs[name] = self._signs.get(name, 0) + 1
        if name in self._now or signs <= patience:
            log.debug("trouble goes on", name=name, reason=reason)
            return
        self._now[name] = reason
        log.error("trouble", name=name, reason=reason)
        await self._say(f"Trouble: {name}: {reason}")

    async def end(self, name: str) -> None:
        """It is over: said if it was so."""
        self._signs.pop(name, None)
        if self._now.pop(name, None) is None:
            return
        log.info("trouble over", name=name)
        await self._say(f"Over: {name}")

    async def _say(self, text: str) -> None:
        try:
            await self._tell(text)
        except Exception:
            log.exception("trouble not told")
