"""Digests by the whole program: over HTTP, from a real store, killed in the midst of them."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from story.program import until

from bot.model import ChatRef
from bot.store.connection import connect
from bot.store.digests import RedisDigests

CROWD = 45
IN_FLIGHT = 2
"""At thirty a second, so many may be taken by Telegram and not yet settled."""


def this_minute():
    """By the clock in Bishkek: a digest of this minute is due, and not late."""
    return f"{datetime.now(ZoneInfo('Asia/Bishkek')):%H:%M}"


@asynccontextmanager
async def digests(stage):
    client = await connect("", stage.data)
    try:
        yield RedisDigests(client)
    finally:
        await client.close()


def arrived(stage, chat):
    """The captions, or texts, of the digests in a chat."""
    said = [each.get("caption") or each.get("text", "") for each in stage.telegram.history(chat)]
    return [text for text in said if "Your stories" in text]


@pytest.mark.timeout(180)
async def test_a_crowd_gets_its_digest_once_though_the_bot_is_killed_in_the_midst(stage):
    bot = await stage.start()
    await bot.says("edition=ky")
    crowd = [stage.telegram.person(f"Reader {number}", "en") for number in range(CROWD)]
    chats = [stage.telegram.private(person) for person in crowd]
    for person, chat in zip(crowd, chats, strict=True):
        stage.telegram.say(person, chat, "/subscribe visa")
        stage.telegram.say(person, chat, f"/digest {this_minute()}")
    await until(lambda: all(stage.told(chat, "Saved.") for chat in chats))
    stage.site.publish("en", "A visa for the crowd", ["It was said. It was heard."])
    await until(lambda: all(stage.told(chat, "for the crowd") for chat in chats))
    async with digests(stage) as due:
        for chat in chats:
            await due.schedule(ChatRef(chat), datetime.now(UTC).timestamp())
        await until(lambda: sum(bool(arrived(stage, chat)) for chat in chats) > CROWD // 3)
        await bot.kill()
        await stage.start()
        await until(lambda: all(arrived(stage, chat) for chat in chats), 90)
        times = [len(arrived(stage, chat)) for chat in chats]
        assert sum(times) <= CROWD + IN_FLIGHT
        assert all("for the crowd" in arrived(stage, chat)[0] for chat in chats)
        assert await due.take(datetime.now(UTC).timestamp() + 60, 30, CROWD) == []


async def test_a_digest_is_asked_for_and_comes_with_its_picture(stage):
    bot = await stage.start()
    await bot.says("edition=ky")
    person = stage.telegram.person("Aida", "ru")
    chat = stage.telegram.private(person)
    stage.telegram.say(person, chat, "/digest сейчас")
    await until(lambda: stage.telegram.history(chat)[1:])
    answer = stage.telegram.history(chat)[1]
    assert answer["photo"]
    assert "USD" in answer["caption"]
