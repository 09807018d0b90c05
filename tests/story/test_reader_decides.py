"""What its readers decide: when they are told, and when not."""

import asyncio
from datetime import UTC, datetime, timedelta

from story.program import PATIENCE, until

from bot.store.connection import connect
from bot.store.outbox import RedisOutbox

SAID = ["It was said in Bishkek. It was heard in Osh."]


class Reader:
    """A private chat."""

    def __init__(self, stage, name="Aida"):
        self.stage = stage
        self.person = stage.telegram.person(name, "en")
        self.chat = stage.telegram.private(self.person)

    async def says(self, text, answer):
        """Write, and wait for an answer that holds these words."""
        told = len(self.stage.told(self.chat, answer))
        self.stage.telegram.say(self.person, self.chat, text)
        await until(lambda: len(self.stage.told(self.chat, answer)) > told)

    async def hears(self, words):
        return await self.stage.heard(self.chat, words)

    def presses(self, message, label):
        self.stage.telegram.press(self.person, self.chat, message["message_id"], label)


async def put_aside(stage, bot, titles):
    """Publish, and wait until all that is owed for it is put aside."""
    kept = bot.output.count("article kept")
    for title in titles:
        stage.site.publish("en", title, SAID)
    await until(lambda: bot.output.count("article kept") == kept + len(titles))
    client = await connect("", stage.data)
    try:
        async with asyncio.timeout(PATIENCE):
            while await RedisOutbox(client).waiting():  # noqa: ASYNC110 - the store tells nobody
                await asyncio.sleep(0.02)
    finally:
        await client.close()


def around_now():
    """Twelve hours in UTC of which six are over."""
    now = datetime.now(UTC)
    begin, end = now - timedelta(hours=6), now + timedelta(hours=6)
    return f"{begin:%H:%M}-{end:%H:%M}"


async def test_whoever_pauses_is_told_all_together_after_the_pause(stage):
    bot = await stage.start()
    await bot.says("edition=en")
    aida, bek = Reader(stage), Reader(stage, "Bek")
    for reader in (aida, bek):
        await reader.says("/subscribe visa", "visa")
    await aida.says("/pause", "/resume")
    titles = [f"Visas of group {letter}" for letter in "ABC"]
    await put_aside(stage, bot, titles)
    assert all(stage.told(bek.chat, title) for title in titles)
    assert not stage.told(aida.chat, "of group")
    stage.telegram.say(aida.person, aida.chat, "/resume")
    bundle = await aida.hears("3 new stories")
    assert all(title in bundle["text"] for title in titles)
    assert len(stage.told(aida.chat, "of group")) == 1
    assert await bot.stop() == 0
    assert not stage.telegram.ledger.violations()


async def test_quiet_hours_hold_back_through_a_restart_and_then_bundle(stage):
    bot = await stage.start()
    await bot.says("edition=en")
    aida = Reader(stage)
    await aida.says("/subscribe visa", "visa")
    await aida.says("/settings UTC", "UTC")
    await aida.says(f"/settings {around_now()}", "Quiet hours")
    await put_aside(stage, bot, ["Visas of group A", "Visas of group B"])
    assert not stage.told(aida.chat, "of group")
    await bot.stop()
    await stage.start()
    # On the other side of the world the same hours are quiet when they are not here.
    stage.telegram.say(aida.person, aida.chat, "/settings Etc/GMT-12")
    bundle = await aida.hears("2 new stories")
    assert "group A" in bundle["text"]
    assert "group B" in bundle["text"]


async def test_what_is_muted_under_an_alert_is_told_no_more_and_the_rest_is(stage):
    bot = await stage.start()
    await bot.says("edition=en")
    aida = Reader(stage)
    await aida.says("/subscribe visa, snow", "visa")
    stage.site.publish("en", "Visas of group A", SAID)
    alert = await aida.hears("of group A")
    aida.presses(alert, "Mute for a day")
    await until(lambda: "Mute" not in str(buttons(stage, aida, alert)))
    await aida.says("/list", "muted until")
    stage.site.publish("en", "Visas of group B", SAID)
    stage.site.publish("en", "Snow in Naryn", SAID)
    await aida.hears("Snow in Naryn")
    assert not stage.told(aida.chat, "of group B")


def buttons(stage, reader, message):
    """Under the message as it is by now."""
    history = stage.telegram.history(reader.chat)
    found = next(each for each in history if each["message_id"] == message["message_id"])
    return found["reply_markup"]
