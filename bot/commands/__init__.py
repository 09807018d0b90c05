"""The words of the command line: what each does, and its exit code."""

import asyncio
import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

from bot import app, logs
from bot.checks import failed
from bot.commands.demonstration import demo
from bot.commands.explaining import explain, explain_batch
from bot.commands.pages import page as page_of
from bot.commands.rate_import import import_rates
from bot.model import Edition
from bot.ports import SiteError
from bot.settings import Settings
from bot.sites.reading import read as read_page

__all__ = ["check", "demo", "explain", "explain_batch", "import_rates", "read", "run"]

MATCH, NONE = 0, 1


def run(settings: Settings, roles: Iterable[str]) -> int:
    """The bot, until it is stopped."""
    logs.configure(settings)
    return asyncio.run(app.run(settings, roles))


def read(settings: Settings, page: str, edition: Edition | None) -> int:
    """Print what the bot sees on a page. 1: nothing that it knows."""
    try:
        url, html = page_of(settings, page)
    except (SiteError, OSError) as error:
        print(error, file=sys.stderr)
        return NONE
    seen = read_page(html, url, edition, datetime.now(UTC))
    print(json.dumps(seen, ensure_ascii=False, indent=2))
    return NONE if seen["kind"] == "unknown" else MATCH


def check(settings: Settings) -> int:
    """Print how each part is. 1: something the bot needs is not well."""
    return 1 if asyncio.run(failed(settings)) else 0
