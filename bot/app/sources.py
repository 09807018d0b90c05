"""Readers of what the operator names: the site, its feed, the bank."""

from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager

from bot import __version__
from bot.ports import Clock
from bot.settings import Settings
from bot.sites.address import SiteAddress
from bot.sites.feed import KINDS, SiteFeed
from bot.sites.http import HTML, HttpReader, user_agent


def site_reader(
    settings: Settings, clock: Clock, base_url: str = "", kinds: Collection[str] = HTML
) -> HttpReader:
    """A reader of the news site, or of the one at `base_url`."""
    bot_id = settings.telegram_bot_token.get_secret_value().partition(":")[0]
    contact = f"tg://user?id={bot_id}" if bot_id else "an operator who has no bot yet"
    return HttpReader(
        base_url or settings.site_url,
        clock,
        agent=user_agent(__version__, contact),
        pause=settings.read_pause_seconds,
        kinds=kinds,
    )


@asynccontextmanager
async def site_feed(
    settings: Settings, clock: Clock, reader: HttpReader
) -> AsyncIterator[SiteFeed]:
    """The feed, through the site's own `reader` where it is of the same host."""
    async with AsyncExitStack() as stack:
        if not SiteAddress(settings.site_url).owns(settings.rss_url):
            reader = site_reader(settings, clock, settings.rss_url, KINDS)
            await stack.enter_async_context(reader)
        yield SiteFeed(settings.rss_url, settings.site_url, reader, clock)
