"""The words of the command line: what each does, and its exit code."""

import asyncio
import json
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

from bot import app, logs
from bot.app.sources import site_reader
from bot.checks import failed
from bot.clock import SystemClock
from bot.flows.rate_checks import believed
from bot.matching import why
from bot.matching.query import QueryError, parse
from bot.matching.sentence import sentence
from bot.model import Article, Edition, Rate
from bot.ports import SiteError, StoreUnavailable
from bot.settings import Settings, load
from bot.sites import rate_file
from bot.sites.charset import decode
from bot.sites.reading import read as read_page
from bot.store.connection import connect
from bot.store.rates import RedisRates

if TYPE_CHECKING:
    from simulator import Simulation

MATCH, NONE, ERROR = 0, 1, 2
MOST_BAD, RATES_AT_ONCE = 20, 1000
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
KYRGYZ_LETTERS = frozenset("ңөүҢӨҮ")


def run(settings: Settings, roles: Iterable[str]) -> int:
    """The bot, until it is stopped."""
    logs.configure(settings)
    return asyncio.run(app.run(settings, roles))


def demo(settings: Settings, port: int, *, live: bool) -> int:
    """The bot against the simulator, with a store that is thrown away."""
    return asyncio.run(_demo(settings, port, live=live))


async def _demo(settings: Settings, port: int, *, live: bool) -> int:
    from simulator import simulation  # noqa: PLC0415 - an operator's bot never loads it

    async with AsyncExitStack() as stack:
        try:
            world = await stack.enter_async_context(simulation(port))
        except OSError as error:
            print(f"{error}; choose another: --port", file=sys.stderr)
            return 1
        data = stack.enter_context(TemporaryDirectory(prefix="jarchy-"))
        chosen = load(**_as_simulated(world), **_site(settings, world, live=live), data_dir=data)
        logs.configure(chosen)
        if not live:
            await _keep_rates(chosen, _history(world))
        print(f"\n  Open {world.page_url} in a browser. Ctrl+C stops it.\n", flush=True)
        return await app.run(chosen)


def _as_simulated(world: "Simulation") -> dict[str, object]:
    return {
        "telegram_bot_token": world.token,
        "telegram_api_url": world.telegram_url,
        "redis_url": "",
        "webhook_url": "",
        "port": 0,
        "admin_chats": (),
    }


def _site(settings: Settings, world: "Simulation", *, live: bool) -> dict[str, object]:
    if live:
        return {"site_url": settings.site_url}
    return {
        "site_url": world.site_url,
        "rates_url": world.rates_url,
        "poll_seconds": 1,
        "read_pause_seconds": 0,
    }


def _history(world: "Simulation") -> list[Rate]:
    """A year of rates, which a bot has only after a year or an import."""
    found = world.site.bank.history()
    return [
        Rate(code, value, day.isoformat(), "bank", nominal) for day, code, nominal, value in found
    ]


def read(settings: Settings, page: str, edition: Edition | None) -> int:
    """Print what the bot sees on a page. 1: nothing that it knows."""
    try:
        url, html = _page(settings, page)
    except (SiteError, OSError) as error:
        print(error, file=sys.stderr)
        return NONE
    seen = read_page(html, url, edition, datetime.now(UTC))
    print(json.dumps(seen, ensure_ascii=False, indent=2))
    return NONE if seen["kind"] == "unknown" else MATCH


def explain(settings: Settings, query: str, text: str, edition: Edition | None) -> int:
    """Print whether the query meets the text, and why. 0: it does, 1: it doesn't, 2: bad query."""
    try:
        asked = parse(query)
        url, html = _page(settings, text)
    except QueryError as error:
        print(_answer("error", _fault(error)))
        return ERROR
    except (SiteError, OSError) as error:
        print(error, file=sys.stderr)
        return ERROR
    explanation = why.explain(asked, _article(html, url, edition))
    print(_said(explanation))
    return MATCH if explanation.matched else NONE


def explain_batch(source: str) -> int:
    """Answer each line of a file or `-`, edition TAB query TAB text, by one line."""
    try:
        lines = _opened(source)
    except OSError as error:
        print(error, file=sys.stderr)
        return ERROR
    with lines:
        for line in lines:
            print(_explained(line.decode("utf-8", "replace").rstrip("\r\n")), flush=True)
    return MATCH


def _explained(line: str) -> str:
    edition, _, rest = line.partition("\t")
    query, tab, text = rest.partition("\t")
    if not tab or edition not in frozenset(Edition):
        return _answer("error", "write: en, ru or ky, a tab, the query, a tab, the text")
    try:
        return _said(why.explain(parse(query), _plain(text, Edition(edition))))
    except QueryError as error:
        return _answer("error", _fault(error))
    except Exception as error:  # noqa: BLE001 - one bad line must not stop the next
        return _answer("error", f"{type(error).__name__}: {error}")


def _said(explanation: why.Explanation) -> str:
    return _answer("match" if explanation.matched else "none", sentence(explanation))


def _answer(word: str, reason: str) -> str:
    """One line, whatever the text holds."""
    return f"{word}\t{' '.join(reason.split())}"


def import_rates(settings: Settings, file: str) -> int:
    """Keep the rates of a file, and print how many. 1: some can't be read; 2: the file can't."""
    try:
        with _opened(file) as source:
            found = rate_file.read(source.read(), file)
        good, bad = believed(found.rates, datetime.now(UTC).date())
        asyncio.run(_keep_rates(settings, good))
    except (rate_file.FileUnreadable, StoreUnavailable, OSError) as error:
        print(error, file=sys.stderr)
        return ERROR
    refused = [*found.bad, *bad]
    for line in refused[:MOST_BAD]:
        print(line, file=sys.stderr)
    print(f"{len(good)} rates kept, {len(refused)} refused")
    return NONE if refused else MATCH


async def _keep_rates(settings: Settings, rates: Sequence[Rate]) -> None:
    client = await connect(settings.redis_url.get_secret_value(), settings.data_dir)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(client.close)
        for at in range(0, len(rates), RATES_AT_ONCE):
            await RedisRates(client).keep(rates[at : at + RATES_AT_ONCE])


def check(settings: Settings) -> int:
    """Print how each part is. 1: something the bot needs is not well."""
    return 1 if asyncio.run(failed(settings)) else 0


def _fault(error: QueryError) -> str:
    """What is wrong, where, and the nearest query that can be followed."""
    fault = f"{error.fault}: {error.detail}".rstrip(": ")
    return f"{fault}; nearest: {error.suggestion}" if error.suggestion else fault


def _page(settings: Settings, page: str) -> tuple[str, str]:
    """Address and text of a page, from the site, a file or `-`. Raises SiteError, OSError."""
    if page.lower().startswith(("http://", "https://")):
        return page, asyncio.run(_loaded(settings, page))
    with _opened(page) as file:
        return page, decode(file.read(), "", page)


async def _loaded(settings: Settings, url: str) -> str:
    try:
        reader = site_reader(settings, SystemClock(), url)
    except ValueError as error:
        raise SiteError(f"{url}: is no address: {error}") from None
    async with reader:
        answer = await reader.read(url)
    return answer.html if answer else ""


def _opened(file: str) -> BinaryIO:
    """Read outside of any event loop: within, Ctrl+C would have to be pressed twice."""
    if file != "-":
        return Path(file).open("rb")
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return sys.stdin.buffer


def _article(text: str, url: str, edition: Edition | None) -> Article:
    """The article of a page; what is no page of the site is a text."""
    seen = read_page(text, url, edition, datetime.now(UTC)) if "<" in text else {}
    if seen.get("kind") != "article":
        return _plain(text, edition or _guessed(text))
    return Article(
        seen["edition"],
        seen["id"] or 0,
        seen["url"],
        seen["title"],
        tuple(seen["body"]),
        datetime.now(UTC),
        section=seen["section"],
    )


def _plain(text: str, edition: Edition) -> Article:
    return Article(edition, 0, "", "", (text,), datetime.now(UTC))


def _guessed(text: str) -> Edition:
    if KYRGYZ_LETTERS & set(text):
        return Edition.KY
    return Edition.RU if CYRILLIC.search(text) else Edition.EN
