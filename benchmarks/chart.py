"""An overview of five currencies, by us and by matplotlib: what it takes to import and to draw."""

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from benchmarks import figures

TIMES = 30
CURRENCIES = {"USD": 91.2, "EUR": 98.4, "RUB": 1.31, "CNY": 13.1, "KZT": 0.19}
RIVALS = ("ours", "matplotlib")
PACKAGES = {"ours": ("resvg_py",), "matplotlib": ("matplotlib", "numpy", "PIL", "fontTools")}

_ABOUT = (
    "One picture of five currencies over 30 days, each with a line, its rate and its change; "
    f"{TIMES} times, in a process of its own; times are the processor's. Both write a PNG, 900 "
    "wide. Babel, which the bot has at hand in any case, is imported before. *From the cache*: a "
    "picture asked for again, the making of its series included."
)


def main() -> None:
    rows = [_row(rival) for rival in RIVALS if rival == "ours" or find_spec(rival)]
    header = (
        "",
        "import, ms",
        "first, ms",
        "p50 / p95, ms",
        "from the cache, µs",
        "memory, MB",
        "kB",
    )
    parts = [
        "## Charts",
        f"`make bench`: {figures.machine()}. {_ABOUT}",
        figures.table((*header, "installed, MB"), rows),
    ]
    figures.write("chart", "\n\n".join(parts))


def _row(rival: str) -> tuple[str, ...]:
    command = [sys.executable, "-m", "benchmarks.chart", rival]
    got = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    drawn = f"{got['p50']:.0f} / {got['p95']:.0f}"
    cached = f"{got['cached']:.0f}" if got["cached"] else ""
    installed = f"{_installed(rival):.0f}"
    opening = (rival, f"{got['import']:.0f}", f"{got['first']:.0f}", drawn, cached)
    return (*opening, f"{got['memory']:.0f}", f"{got['size']:.0f}", installed)


def _installed(rival: str) -> float:
    """Megabytes on disk, of the packages that come with it."""
    specs = [find_spec(name) for name in PACKAGES[rival]]
    folders = [Path(spec.origin).parent for spec in specs if spec and spec.origin]
    # Compiled libraries that a wheel carries lie beside its package.
    folders += [libs for each in folders if (libs := each.with_name(f"{each.name}.libs")).exists()]
    return sum(_bytes(folder) for folder in folders) / 1e6


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if "__pycache__" not in file.parts)


def measure(rival: str) -> dict[str, float]:
    """Of one rival, in this process."""
    import babel.dates
    import babel.numbers  # noqa: F401 - the bot has it at hand

    before = figures.resident()
    start = process_time()
    draw, again = _ours() if rival == "ours" else _matplotlib()
    imported = process_time() - start
    [first, *later] = _worked(lambda seed: draw(_rates(seed)), range(TIMES + 1))
    memory = (figures.resident() - before) / 1e6
    cached = _worked(lambda _: again(_rates(0)), range(TIMES)) if again else []
    return {
        "import": imported * 1000,
        "first": first * 1000,
        "p50": figures.percentile(later, 0.5),
        "p95": figures.percentile(later, 0.95),
        "cached": figures.percentile(cached, 0.5) * 1000 if cached else 0,
        "memory": memory,
        "size": len(draw(_rates(0))) / 1000,
    }


def _worked(draw: Callable[[int], object], seeds: range) -> list[float]:
    """The seconds of processor time that each took: other processes' share does not count."""
    seconds = []
    for seed in seeds:
        start = process_time()
        draw(seed)
        seconds.append(process_time() - start)
    return seconds


def _rates(seed: int) -> dict[str, list[float]]:
    """Thirty-one days of each, up to 0.6 % from one to the next."""
    random, found = Random(seed), {}
    for currency, rate in CURRENCIES.items():
        found[currency] = [rate := rate * random.uniform(0.994, 1.006) for _ in range(31)]
    return found


Draw = Callable[[dict[str, list[float]]], bytes]


def _ours() -> tuple[Draw, Draw | None]:
    from datetime import date, timedelta
    from decimal import Decimal

    from bot.messages.chart import Charts, Series, overview
    from bot.model import Language

    def series(currency: str, rates: list[float]) -> Any:
        days = [date(2031, 3, 1) + timedelta(days=at) for at in range(len(rates))]
        values = [Decimal(f"{rate:.4f}") for rate in rates]
        return Series(currency, 1, tuple(zip(days, values, strict=True)))

    def shown(rates: dict[str, list[float]]) -> list[Any]:
        return [series(*each) for each in rates.items()]

    charts = Charts()
    return (
        lambda rates: overview(shown(rates), Language.RU),
        lambda rates: charts.overview(shown(rates), Language.RU),
    )


def _matplotlib() -> tuple[Draw, Draw | None]:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib.figure import Figure

    def draw(rates: dict[str, list[float]]) -> bytes:
        figure = Figure(figsize=(9, 10.4), dpi=100)
        for axes, (currency, line) in zip(figure.subplots(5, 1), rates.items(), strict=True):
            axes.plot(line, color="#1d4ed8", linewidth=3)
            axes.fill_between(range(len(line)), line, min(line), alpha=0.07)
            axes.set_axis_off()
            axes.text(-14, line[-1], f"{currency} {line[-1]:.4f}", fontsize=20)
            axes.text(-14, min(line), f"▲ {line[-1] - line[-2]:.4f}", fontsize=14)
        picture = BytesIO()
        figure.savefig(picture, format="png")
        return picture.getvalue()

    return draw, None


if __name__ == "__main__":
    if asked := [rival for rival in RIVALS if rival in sys.argv]:
        print(json.dumps(measure(asked[0])))
    else:
        main()
