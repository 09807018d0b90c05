"""Ways to send many messages at once: ours, and those of others."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from aiohttp import ClientSession, TCPConnector

from benchmarks.bot_api import TOKEN, BotApi
from bot.gateway.api import BotApi as OurApi
from bot.gateway.messenger import TelegramMessenger
from bot.gateway.transport import AiohttpRequest
from bot.model import Button, ChatRef, Message, Sent

AT_ONCE = 100
TEXT = (
    '<b><a href="https://24.kg/english/1/">Visas get cheaper for everyone from spring</a></b>\n\n'
    "The fee falls from sixty dollars to forty, the ministry of foreign affairs said on Monday.\n\n"
    "🔔 visa · Society · 12:40"
)
Send = Callable[[int], Awaitable[object]]


def trust(server: BotApi) -> ssl.SSLContext | bool:
    """What a client must know of the server."""
    return ssl.create_default_context(cafile=server.certificate) if server.certificate else True


@asynccontextmanager
async def jarchy(server: BotApi) -> AsyncIterator[Send]:
    """Ours."""
    request = AiohttpRequest()
    await request.initialize()
    # Operators name an authority of their own by SSL_CERT_FILE, before the start.
    request._session.connector._ssl = trust(server)  # noqa: SLF001
    messenger = TelegramMessenger(OurApi(request, server.url, TOKEN))
    message = Message(TEXT, ((Button("Read", url="https://24.kg/english/1/"),),))

    async def send(chat: int) -> None:
        assert isinstance(await messenger.send(ChatRef(chat), message), Sent)

    yield send
    await request.shutdown()


@asynccontextmanager
async def bare_aiohttp(server: BotApi) -> AsyncIterator[Send]:
    """A loop that posts and parses the answer."""
    async with ClientSession(connector=TCPConnector(limit=AT_ONCE, ssl=trust(server))) as session:
        url = f"{server.url}/bot{TOKEN}/sendMessage"

        async def send(chat: int) -> None:
            payload = {"chat_id": chat, "text": TEXT, "parse_mode": "HTML"}
            async with session.post(url, json=payload) as answer:
                assert (await answer.json())["ok"]

        yield send


@asynccontextmanager
async def python_telegram_bot(server: BotApi) -> AsyncIterator[Send]:
    """With its own transport, httpx."""
    from telegram import Bot
    from telegram.request import HTTPXRequest

    request = HTTPXRequest(
        connection_pool_size=AT_ONCE, pool_timeout=60, httpx_kwargs={"verify": trust(server)}
    )
    bot = Bot(TOKEN, base_url=f"{server.url}/bot", request=request)
    await request.initialize()

    async def send(chat: int) -> object:
        return await bot.send_message(chat, TEXT, parse_mode="HTML")

    yield send
    await request.shutdown()


@asynccontextmanager
async def aiogram(server: BotApi) -> AsyncIterator[Send]:
    """As it comes."""
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    session._connector_init |= {"ssl": trust(server)}  # noqa: SLF001 it has no other way
    bot = Bot(TOKEN, session=session)

    async def send(chat: int) -> object:
        return await bot.send_message(chat, TEXT, parse_mode="HTML")

    yield send
    await session.close()


Sender = Callable[[BotApi], AbstractAsyncContextManager[Send]]
SENDERS: tuple[Sender, ...] = (jarchy, python_telegram_bot, aiogram, bare_aiohttp)


async def send_all(send: Send, count: int) -> None:
    """So many messages, a hundred at once."""
    numbers = iter(range(1, count + 1))

    async def work() -> None:
        for number in numbers:
            await send(number)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
