"""The whole program, from the outside: what its readers and its operator see."""

import functools
from datetime import timedelta

import pytest
from redis.asyncio import Redis
from story.program import until

from simulator.telegram import Fault

ONLY = ("-m", "bot", "run", "--only")


async def reader_of(stage, words: str, name: str = "Aida", language: str = "en") -> int:
    """A private chat whose reader has subscribed; the bot runs."""
    person = stage.telegram.person(name, language)
    chat = stage.telegram.private(person)
    stage.telegram.say(person, chat, f"/subscribe {words}")
    await stage.heard(chat, words)
    return chat


async def test_a_reader_subscribes_and_is_told_of_the_next_article_that_holds_the_word(stage):
    aida = stage.telegram.person("Aida", "en")
    chat = stage.telegram.private(aida)
    bot = await stage.start()
    await bot.says("edition=en")
    stage.telegram.say(aida, chat, "/start")
    await stage.heard(chat, "24.kg")
    stage.telegram.say(aida, chat, "/subscribe visa")
    await stage.heard(chat, "visa")
    other = stage.site.publish("en", "Snow in Naryn", ["It snows. Nobody travels."])
    id_ = stage.site.publish("en", "Visas for all", ["Guests get visas. So it was said."])
    message = await stage.heard(chat, "Visas for all")
    assert f"{stage.site_url}/english/{id_}/" in str(message["entities"])
    assert not stage.told(chat, "Snow in Naryn"), other
    (read, _), (unsubscribe, _) = message["reply_markup"]["inline_keyboard"]
    assert read["url"].startswith(stage.site_url)
    assert "visa" in unsubscribe["text"]
    assert await bot.stop() == 0
    assert not stage.telegram.ledger.violations()


async def test_readers_of_three_languages_are_told_in_theirs_of_their_edition(stage):
    bot = await stage.start()
    await bot.says("edition=ky")
    chats = {
        "en": await reader_of(stage, "visa", "Ann", "en-GB"),
        "ru": await reader_of(stage, "виза", "Айгуль", "ru"),
        "ky": await reader_of(stage, "виза", "Нурбек", "ky"),
    }
    stage.site.publish(
        "ru", "Кыргызстанцы ездят без визы", ["Так сказали в МИД. Подробности позже."]
    )
    stage.site.publish(
        "ky", "Визасыз режим башталды", ["Бул тууралуу билдиришти. Жарандар визаны күтүшпөйт."]
    )
    stage.site.publish("en", "A visa centre opens", ["It opens in Osh. It is large."])
    await stage.heard(chats["en"], "A visa centre opens")
    await stage.heard(chats["ru"], "Кыргызстанцы ездят")
    await stage.heard(chats["ky"], "Визасыз режим")
    assert not stage.told(chats["ru"], "visa centre")
    assert not stage.told(chats["en"], "Кыргызстанцы")


async def test_the_first_start_tells_nobody_of_what_is_old_and_a_restart_nobody_twice(stage):
    old = stage.site.publish("en", "An old visa story", ["It was said long ago. Or today."])
    receiver = await stage.start(*ONLY, "receive")
    chat = await reader_of(stage, "visa")
    bot = await stage.start(*ONLY, "collect,deliver")
    await bot.says("edition=en")
    stage.site.publish("en", "A new visa story", ["It was said just now. It is new."])
    await stage.heard(chat, "A new visa story")
    assert await bot.stop() == 0
    assert await receiver.stop() == 0
    second = await stage.start()
    stage.site.publish("en", "A third visa story", ["It was said later. It is newer."])
    await stage.heard(chat, "A third visa story")
    assert len(stage.told(chat, "A new visa story")) == 1
    assert not stage.told(chat, "An old visa story"), old
    assert await second.stop() == 0


async def test_all_of_120_articles_published_while_the_bot_was_down_are_told(stage):
    bot = await stage.start()
    await bot.says("edition=en")
    chat = await reader_of(stage, "visa")
    await bot.stop()
    titles = [f"Visa story number {number:03}" for number in range(120)]
    for title in titles:
        stage.site.publish("en", title, ["It was said in Bishkek. It was heard in Osh."])
    await stage.start()

    def told() -> str:
        return " ".join(message["text"] for message in stage.told(chat, "Visa story"))

    await stage.telegram.wait_for(lambda: all(title in told() for title in titles), 100)
    assert [told().count(title) for title in titles] == [1] * 120


async def test_late_back_dated_and_pinned_articles_are_told_once_and_withdrawn_ones_move_nothing(
    stage,
):
    bot = await stage.start()
    await bot.says("edition=en")
    chat = await reader_of(stage, "visa")
    site = stage.site
    first = site.publish("en", "Visa news of noon", ["It was said. It was heard."])
    await stage.heard(chat, "Visa news of noon")
    two_hours_ago = site.now() - timedelta(hours=2)
    site.publish(
        "en",
        "Visa news of the morning",
        ["Said early. Shown late."],
        published=two_hours_ago,
        id=first - 500,
    )
    await stage.heard(chat, "Visa news of the morning")
    site.withdraw(first)
    site.edit(first - 500, title="Visa news, mended")
    site.publish("en", "Visa news of the evening", ["Said at last. Heard at once."])
    await stage.heard(chat, "Visa news of the evening")
    assert len(stage.told(chat, "isa news")) == 3


async def test_what_is_older_than_a_day_when_first_seen_is_told_to_nobody(stage):
    bot = await stage.start()
    await bot.says("edition=en")
    chat = await reader_of(stage, "visa")
    long_ago = stage.site.now() - timedelta(hours=30)
    stage.site.publish("en", "A stale visa", ["It was said. Long ago."], published=long_ago)
    stage.site.publish("en", "A fresh visa", ["It was said. Just now."])
    await stage.heard(chat, "A fresh visa")
    await bot.says("alerts=0")
    assert not stage.told(chat, "A stale visa")


async def test_one_broken_article_and_one_broken_listing_harm_nothing_beside_them(stage):
    bot = await stage.start()
    await bot.says("edition=ky")
    chat = await reader_of(stage, "visa")
    stage.site.fail("/kyrgyzcha/", body="<html><body>Maintenance</body></html>")
    broken = stage.site.publish("en", "A broken visa", ["Nobody can read it. Nobody will."])
    stage.site.fail(f"*{broken}*", body="<html><h1 class='newsTitle'>no body", times=3)
    stage.site.publish("en", "A whole visa", ["Everybody can read it. Everybody will."])
    await stage.heard(chat, "A whole visa")
    await stage.heard(chat, "A broken visa")
    assert bot.output.count("name='listing ky'") == 1


async def test_an_operator_is_told_once_of_a_wrong_page_and_once_that_it_is_over(stage):
    admin = stage.telegram.person("Operator", "en")
    chat = stage.telegram.private(admin)
    stage.telegram.say(admin, chat, "hello")
    bot = await stage.start(ADMIN_CHATS=str(chat))
    await bot.says("edition=en")
    stage.site.fail("/english/", body="<html><body>Parked domain</body></html>")
    await stage.heard(chat, "listing en")
    polls = len(stage.site.requests)
    await until(lambda: len(stage.site.requests) >= polls + 9)
    stage.site.mend()
    await stage.heard(chat, "Over: listing en")
    assert len(stage.told(chat, "Trouble: listing en")) == 1


async def test_an_emptied_store_is_baselined_in_silence(stage, store_url):
    bot = await stage.start(REDIS_URL=store_url)
    await bot.says("edition=en")
    chat = await reader_of(stage, "visa")
    stage.site.publish("en", "A visa before the flood", ["It was said. It was heard."])
    await stage.heard(chat, "before the flood")
    stage.site.fail("/english/", body="<html><body>Maintenance</body></html>")
    await bot.says("name='listing en'")
    await emptied(store_url)
    later = await reader_of(stage, "visa", "Bek")
    stage.site.mend()
    await until(lambda: bot.output.count("edition=en") == 2)
    stage.site.publish("en", "A visa after the flood", ["It was said. It was heard again."])
    await stage.heard(later, "after the flood")
    # The reply to the subscription names the latest that it would have met.
    assert not [each for each in stage.told(later, "before the flood") if "heard" in each["text"]]
    assert len(stage.told(chat, "before the flood")) == 1


async def emptied(store_url: str) -> None:
    async with Redis.from_url(store_url) as redis:
        await redis.flushall()


async def test_two_bots_on_one_store_tell_everything_once_through_a_rolling_restart(stage):
    bots = [await stage.start(*ONLY, "collect,deliver") for _ in range(2)]
    receiver = await stage.start(*ONLY, "receive")
    chat = await reader_of(stage, "visa")
    await until(lambda: any("edition=en" in bot.output for bot in bots))
    titles = [f"Visa wave {number:02}" for number in range(30)]

    async def wave(first: int) -> None:
        """Ten articles, of which one was told: the others are on their way."""
        for title in titles[first : first + 10]:
            stage.site.publish("en", title, ["It was said here. It was heard there."])
        await stage.telegram.wait_for(
            lambda: any(stage.told(chat, title) for title in titles[first : first + 10])
        )

    await wave(0)
    assert await bots[0].stop() == 0
    restarted = await stage.start(*ONLY, "collect,deliver")
    await restarted.says("started")
    await wave(10)
    assert await bots[1].stop() == 0
    await wave(20)

    def told() -> str:
        return " ".join(message["text"] for message in stage.told(chat, "Visa wave"))

    await stage.telegram.wait_for(lambda: all(title in told() for title in titles), 60)
    assert [told().count(title) for title in titles] == [1] * 30
    assert await receiver.stop() == 0


async def test_a_poison_update_is_skipped_and_never_asked_for_again(stage):
    bot = await stage.start()
    await bot.says("this bot is")
    stage.telegram.push_update({"message": {"message_id": "not a number", "chat": 7}})
    stage.telegram.push_update({"message": None, "callback_query": {"id": []}})
    await bot.says("update unreadable")
    for name in ("Aida", "Bek"):
        await reader_of(stage, "visa", name)
    asked = stage.telegram.ledger.of("getUpdates")
    given = [update["update_id"] for call in asked for update in call.answer["result"]]
    first, second = given[:2]
    assert given.count(first) == given.count(second) == 1
    assert asked[-1].params["offset"] > second
    assert bot.process.returncode is None


async def test_a_wrong_token_is_one_clear_line_and_exit_code_1(stage):
    bot = await stage.start(TELEGRAM_BOT_TOKEN="43:another")
    assert await bot.ends() == 1
    (line,) = [line for line in bot.output.splitlines() if "can't go on" in line]
    assert "@BotFather" in line
    assert "43:another" not in bot.output
    assert "Traceback" not in bot.output


async def test_no_telegram_is_waited_out_and_said_once(stage):
    stage.telegram.faults.add(Fault(drop_connection=True, times=4))
    bot = await stage.start()
    await bot.says("Telegram is back")
    assert bot.output.count("[warning  ] Telegram can't be reached") == 1
    await reader_of(stage, "visa")


async def test_a_second_instance_is_named_as_the_reason_of_a_conflict(stage, tmp_path):
    (tmp_path / "other").mkdir()
    first = await stage.start()
    second = await stage.start(DATA_DIR=str(tmp_path / "other"))
    await until(lambda: "another instance polls" in first.output + second.output)
    assert first.process.returncode is None
    assert second.process.returncode is None


async def test_a_group_is_told_and_a_command_for_another_bot_is_not_answered(stage):
    aida = stage.telegram.person("Aida", "en")
    group = stage.telegram.group("Travellers", [aida], admins=(aida,))
    bot = await stage.start()
    await bot.says("edition=en")
    stage.telegram.say(aida, group, "/subscribe@other_bot China")
    stage.telegram.say(aida, group, "/subscribe@jarchy_bot visa")
    await stage.heard(group, "visa")
    stage.site.publish("en", "A visa for groups", ["It was said. It was heard in groups."])
    await stage.heard(group, "A visa for groups")
    assert not stage.told(group, "China")


async def test_an_anonymous_administrator_and_a_channel_s_post_subscribe_and_both_are_told(stage):
    aida = stage.telegram.person("Aida", "en")
    group = stage.telegram.group("Travellers", [aida], admins=(aida,), supergroup=True)
    channel = stage.telegram.channel("News of our street", [aida])
    bot = await stage.start()
    await bot.says("edition=en")

    async def shown(words: str) -> None:
        for chat in (group, channel):
            assert chat < 0
            posts = functools.partial(stage.telegram.history, chat)
            await stage.telegram.wait_for(
                lambda posts=posts: any(words in post.get("text", "") for post in posts()), 40
            )

    by_nobody = {"message_id": 900, "date": 1, "text": "/subscribe snow"}
    there = {"chat": {"id": group, "type": "supergroup", "title": "Travellers"}}
    stage.telegram.push_update({"message": by_nobody | there})
    stage.telegram.push_update({"something_new": there})
    stage.telegram.say(aida, group, "/subscribe@jarchy_bot visa", anonymous=True)
    stage.telegram.say(aida, channel, "/subscribe visa")
    await shown("Done!")
    stage.site.publish("en", "A visa for everybody", ["It was said. It was heard everywhere."])
    await shown("A visa for everybody")


async def test_a_reader_who_blocks_the_bot_stops_nobody_and_hears_again_after_the_return(stage):
    bot = await stage.start()
    await bot.says("edition=en")
    chats = [await reader_of(stage, "visa", name) for name in ("Aida", "Bek")]
    aida = next(p for p in stage.telegram.world.people.values() if p.first_name == "Aida")
    stage.telegram.block(aida)
    stage.site.publish("en", "A visa unheard", ["Aida does not hear. Bek does."])
    await stage.heard(chats[1], "A visa unheard")
    stage.telegram.unblock(aida)
    stage.telegram.say(aida, chats[0], "/list")
    await stage.heard(chats[0], "visa")
    stage.site.publish("en", "A visa heard again", ["Aida hears again. Bek does, too."])
    await stage.heard(chats[0], "A visa heard again")


async def test_no_secret_is_in_the_log_even_when_everything_fails(stage):
    bot = await stage.start(LOG_LEVEL="DEBUG")
    await bot.says("edition=en")
    stage.telegram.faults.add(Fault(drop_connection=True, times=3))
    stage.telegram.faults.add(Fault(status=500, times=3))
    await reader_of(stage, "visa")
    assert await bot.stop() == 0
    assert "42:simulated" not in bot.output


@pytest.mark.parametrize("format_", ["console", "json"])
async def test_the_log_names_no_chat_as_it_is(stage, format_):
    bot = await stage.start(LOG_FORMAT=format_, LOG_LEVEL="DEBUG")
    await bot.says("edition")
    chat = await reader_of(stage, "visa")
    stage.site.publish("en", "A logged visa", ["It was said. It was heard."])
    await stage.heard(chat, "A logged visa")
    await bot.says("alert sent")
    assert str(chat) not in bot.output
