"""The bot's own troubles, each said once when it begins and once when it is over."""

from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

Tell = Callable[[str], None]


def nobody(_: str) -> None:
    """Tell nobody."""


class Troubles:
    """What is wrong just now, by name, and in whose work. `tell` gets one English line at each
    turn, and must neither wait nor fail.
    """

    def __init__(self, tell: Tell = nobody) -> None:
        self._tell = tell
        self._now: dict[str, set[str]] = {}
        self._signs: dict[tuple[str, str], int] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._now

    @property
    def names(self) -> list[str]:
        """Those that are not over, sorted."""
        return sorted(self._now)

    def begin(self, name: str, reason: str, patience: int = 0, *, work: str = "") -> None:
        """It is so: said unless it was so already, or was so `patience` times in a row at most.
        `work`: who met it, where several may.
        """
        signs = self._signs[name, work] = self._signs.get((name, work), 0) + 1
        if signs <= patience:
            log.debug("trouble may begin", name=name, reason=reason)
            return
        works = self._now.setdefault(name, set())
        if not works:
            log.error("trouble", name=name, reason=reason)
            self._tell(f"Trouble: {name}: {reason}")
        works.add(work)

    def end(self, name: str, *, work: str = "") -> None:
        """It is over for this work: said if it was so, and is for no other."""
        if not self._signs.pop((name, work), 0):
            return
        works = self._now.get(name, set())
        works.discard(work)
        if name in self._now and not works:
            del self._now[name]
            log.info("trouble over", name=name)
            self._tell(f"Over: {name}")
