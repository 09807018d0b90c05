"""What all benchmarks need: percentiles, memory, the machine, and a place in the document."""

import gc
import os
import platform
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

DOCUMENT = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def percentile(seconds: Sequence[float], share: float) -> float:
    """In milliseconds."""
    return sorted(seconds)[min(int(len(seconds) * share), len(seconds) - 1)] * 1000


def timed(action: Callable[[Any], object], items: Iterable[Any]) -> list[float]:
    """The seconds that each took."""
    seconds = []
    for item in items:
        start = perf_counter()
        action(item)
        seconds.append(perf_counter() - start)
    return seconds


def resident() -> int:
    """Bytes of memory that this process has."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


def apart(action: Callable[..., Any], *given: object) -> Any:
    """Run in a process of its own, so that memory is measured from scratch."""
    with get_context("fork").Pool(1) as pool:
        return pool.apply(action, given)


def machine() -> str:
    """One line."""
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    busy = os.getloadavg()[0]
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {cpu[1] if cpu else platform.machine()}, "
        f"{os.cpu_count()} cores (load {busy:.1f} when it ran), "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """In Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def write(name: str, text: str) -> None:
    """Put a benchmark's part of the document in its place."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    part = f"{begin}\n{text.strip()}\n{end}"
    known = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else "# Benchmarks\n"
    if begin in known:
        before, _, rest = known.partition(begin)
        known = before + part + rest.partition(end)[2]
    else:
        known = f"{known.rstrip()}\n\n{part}\n"
    DOCUMENT.write_text(known, encoding="utf-8")
    print(text)
