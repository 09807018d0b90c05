"""Pictures, each made once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from threading import Lock

from bot.messages.chart import panels, plot
from bot.messages.chart.raster import png
from bot.messages.chart.series import Series
from bot.model import Language


def overview(series: Sequence[Series], language: Language) -> bytes:
    """A PNG, 900 wide, of the last 30 days: a panel a series, in their order. Raises ValueError
    where there is none.
    """
    return png(panels.drawn(series, language))


def single(series: Series, days: int, language: Language) -> bytes:
    """A PNG, 900 by 720, of the days up to the last one that is known."""
    return png(plot.drawn(series, days, language))


@dataclass(slots=True)
class _Place:
    """Of a picture that is or will be known."""

    lock: Lock = field(default_factory=Lock)
    picture: bytes = b""


class Charts:
    """The pictures asked for last, for all readers of a language. Threads may share it, and who
    asks for what another is making waits for it: call it in a thread, where it takes up to 0.1 s.
    """

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, _Place] = OrderedDict()
        self._lock = Lock()

    def overview(self, series: Sequence[Series], language: Language) -> bytes:
        """As the function of that name."""
        shown = tuple(series)
        return self._once((shown, language), lambda: overview(shown, language))

    def single(self, series: Series, days: int, language: Language) -> bytes:
        """As the function of that name."""
        return self._once((series, days, language), lambda: single(series, days, language))

    def _once(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        place = self._place(key)
        with place.lock:
            place.picture = place.picture or make()
            return place.picture

    def _place(self, key: Hashable) -> _Place:
        with self._lock:
            place = self._known.setdefault(key, _Place())
            self._known.move_to_end(key)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
            return place
