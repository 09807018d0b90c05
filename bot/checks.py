"""`check`: is everything there that the bot needs? A line each."""

from collections.abc import Awaitable, Callable

from telegram.error import NetworkError

from bot.app.parts import READ_SECONDS
from bot.app.sources import site_feed, site_reader
from bot.clock import SystemClock
from bot.flows.feed import judge
from bot.gateway.answers import check_token
from bot.gateway.api import BotApi
from bot.gateway.redaction import Redactor
from bot.gateway.transport import AiohttpRequest
from bot.model import FeedPage
from bot.ports import RateFile
from bot.settings import HOW_TO_BEGIN, Settings
from bot.sites.national_bank import XML, NationalBank
from bot.sites.twentyfour_kg import TwentyFourKg
from bot.store.connection import Client, connect, persistence

NO_INLINE = "; inline search is off: send /setinline to @BotFather, and name the bot and a hint"


class NotWell(Exception):
    """What is wrong, and how to mend it."""


async def failed(settings: Settings) -> int:
    """Print a line for each part; how many are not well."""
    parts: dict[str, Callable[[Settings], Awaitable[str]]] = {
        "settings": _settings,
        "store": _store,
        "persistence": _persistence,
        "telegram": _telegram,
        "site": _site,
        "feed": _feed,
        "bank": _bank,
    }
    redact = Redactor(settings.secrets)
    bad = 0
    for name, ask in parts.items():
        try:
            ok, said = True, await ask(settings)
        except Exception as error:  # noqa: BLE001 - whatever it is, this part is not well
            ok, said = False, str(error) or type(error).__name__
        bad += not ok
        print(f"{'ok' if ok else 'FAIL':4} {name:11} {redact.text(said)}")
    return bad


async def _settings(settings: Settings) -> str:
    if not settings.telegram_bot_token.get_secret_value():
        raise NotWell(HOW_TO_BEGIN)
    return f"editions {', '.join(settings.editions)}; a poll every {settings.poll_seconds:g} s"


async def _store(settings: Settings) -> str:
    client = await _connected(settings)
    try:
        server = await client.info("server")
    finally:
        await client.close()
    name = "Valkey" if "valkey_version" in server else "Redis"
    version = server.get("valkey_version") or server.get("redis_version")
    where = "at REDIS_URL" if settings.redis_url.get_secret_value() else "embedded"
    return f"{name} {version}, {where}"


async def _persistence(settings: Settings) -> str:
    client = await _connected(settings)
    try:
        loss = await persistence(client)
    finally:
        await client.close()
    if loss is not None:
        raise NotWell(loss)
    return "what is acknowledged survives a restart"


async def _connected(settings: Settings) -> Client:
    return await connect(settings.redis_url.get_secret_value(), settings.data_dir)


async def _telegram(settings: Settings) -> str:
    token = settings.telegram_bot_token.get_secret_value()
    if not token:
        raise NotWell("not asked, without a token")
    request = AiohttpRequest(read_timeout=READ_SECONDS)
    await request.initialize()
    try:
        answer = await BotApi(request, settings.telegram_api_url, token).call("getMe", {})
    except NetworkError as error:
        raise NotWell(f"{error.message}: {settings.telegram_api_url}") from None
    finally:
        await request.shutdown()
    check_token(answer)
    if not answer.ok or not isinstance(answer.result, dict):
        raise NotWell(f"{settings.telegram_api_url}: {answer.description or answer.status}")
    said = f"@{answer.result.get('username')} at {settings.telegram_api_url}"
    return said + NO_INLINE * (answer.result.get("supports_inline_queries") is False)


async def _site(settings: Settings) -> str:
    clock = SystemClock()
    said = []
    async with site_reader(settings, clock) as reader:
        site = TwentyFourKg(settings.site_url, reader, clock)
        for edition in settings.editions:
            listing = await site.listing(edition)
            said.append(f"{edition} {len(listing.items) if listing else 0} rows")
    return f"{settings.site_url}: {', '.join(said)}"


async def _feed(settings: Settings) -> str:
    url = settings.rss_url
    if not url:
        return "RSS_URL is empty: news comes from the listings alone"
    clock = SystemClock()
    async with site_reader(settings, clock) as reader, site_feed(settings, clock, reader) as feed:
        page = await feed.page()
    found = judge(page or FeedPage(()), clock.now())
    if not found.is_good:
        raise NotWell(f"{url}: would be left out: {found.said}")
    return f"{url}: {found.said}"


async def _bank(settings: Settings) -> str:
    url = settings.rates_url
    if not url:
        return "RATES_URL is empty: rates come from the site's header alone"
    files: tuple[RateFile, ...] = ("daily", "weekly")
    said = []
    async with site_reader(settings, SystemClock(), url, XML) as reader:
        bank = NationalBank(url, reader)
        for file in files:
            found = await bank.publication(file)
            said += [f"{file} {len(found.rates)} rates of {found.rates[0].day}"] if found else []
    return f"{url}: {', '.join(said)}"
