"""Stopped in the middle of its work, and killed together with its store: nothing is lost."""

import os
import signal

from story.program import Stage

from simulator.telegram import Fault


async def reader_of_visa(stage: Stage) -> int:
    """A private chat whose reader has subscribed to `visa`; the bot runs."""
    person = stage.telegram.person("Aida", "en")
    chat = stage.telegram.private(person)
    stage.telegram.say(person, chat, "/subscribe visa")
    await stage.heard(chat, "visa")
    return chat


async def test_what_was_subscribed_and_owed_survives_a_kill_of_bot_and_store(stage):
    bot = await stage.start()
    await bot.says("edition=en")
    chat = await reader_of_visa(stage)
    stage.telegram.faults.add(Fault("sendMessage", chat, retry_after=1, times=None))
    stage.site.publish("en", "A visa before the kill", ["It was said. It was not yet heard."])
    await bot.says("put off")
    await bot.kill()
    store = int((stage.data / "store" / "store.pid").read_text())
    os.kill(store, signal.SIGKILL)
    assert not stage.told(chat, "A visa before the kill")
    stage.telegram.faults.clear()
    stage.site.publish("en", "A visa after the kill", ["It was said. It was heard."])
    second = await stage.start()
    await second.says("embedded store started")
    await stage.heard(chat, "A visa before the kill")
    await stage.heard(chat, "A visa after the kill")
    assert len(stage.told(chat, "before the kill")) == 1
    assert await second.stop() == 0


async def test_a_stop_while_a_slow_page_loads_waits_for_it_and_keeps_the_article(stage):
    bot = await stage.start()
    await bot.says("edition=en")
    chat = await reader_of_visa(stage)
    id_ = stage.site.publish("en", "A slow visa", ["It took a while. It was told all the same."])
    stage.site.fail(f"*{id_}*", delay=3)
    await stage.asked_for(str(id_))
    bot.process.send_signal(signal.SIGTERM)
    assert await bot.ends(patience=10) == 0
    assert any("article kept" in line and str(id_) in line for line in bot.output.splitlines())
    assert "] trouble" not in bot.output
    await stage.start()
    await stage.heard(chat, "A slow visa")


async def test_a_second_start_begins_where_the_first_one_stopped_and_knows_what_came_between(stage):
    bot = await stage.start()
    await bot.says("edition=en")
    chat = await reader_of_visa(stage)
    stage.site.publish("en", "A visa before the stop", ["It was said. It was heard."])
    await stage.heard(chat, "A visa before the stop")
    assert await bot.stop() == 0
    assert (stage.data / "subscriptions.snapshot").is_file()
    second = await stage.start()
    person = stage.telegram.person("Bek", "en")
    other = stage.telegram.private(person)
    stage.telegram.say(person, other, "/subscribe bridge")
    await stage.heard(other, "bridge")
    stage.site.publish("en", "A visa and a bridge", ["It was said. It was heard twice."])
    await stage.heard(chat, "A visa and a bridge")
    await stage.heard(other, "A visa and a bridge")
    assert "snapshot of the subscriptions loaded" in second.output
    assert "subscriptions read " not in second.output
    assert await second.stop() == 0
