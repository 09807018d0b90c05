"""What a command of the line reads: a page of the site, a file or standard input."""

import asyncio
import sys
from pathlib import Path
from typing import BinaryIO

from bot.app.sources import site_reader
from bot.clock import SystemClock
from bot.ports import SiteError
from bot.settings import Settings
from bot.sites.charset import decode


def page(settings: Settings, page: str) -> tuple[str, str]:
    """Address and text of a page, from the site, a file or `-`. Raises SiteError, OSError."""
    if page.lower().startswith(("http://", "https://")):
        return page, asyncio.run(_loaded(settings, page))
    with opened(page) as file:
        return page, decode(file.read(), "", page)


async def _loaded(settings: Settings, url: str) -> str:
    try:
        reader = site_reader(settings, SystemClock(), url)
    except ValueError as error:
        raise SiteError(f"{url}: is no address: {error}") from None
    async with reader:
        answer = await reader.read(url)
    return answer.html if answer else ""


def opened(file: str) -> BinaryIO:
    """Read outside of any event loop: within, Ctrl+C would have to be pressed twice."""
    if file != "-":
        return Path(file).open("rb")
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return sys.stdin.buffer
