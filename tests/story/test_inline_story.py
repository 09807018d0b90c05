"""Inline search and `/search`, from the outside: what a reader types, sees and sends."""

import asyncio

from story.program import PATIENCE


async def typed(stage, person, words, offset="") -> dict:
    """The answer to what somebody types."""
    return await stage.telegram.inline(person, words, offset, timeout=PATIENCE)


async def found(stage, person, words, count) -> dict:
    """The first answer with so many articles: the index follows the store."""
    async with asyncio.timeout(PATIENCE):
        while len((answer := await typed(stage, person, words))["results"]) < count:  # noqa: ASYNC110 - the index tells of no event
            await asyncio.sleep(0.05)
    return answer


async def whole(stage, person, words="zeppelin") -> list[dict]:
    """All results, page by page."""
    answer = await typed(stage, person, words)
    shown = answer["results"]
    while offset := answer["next_offset"]:
        answer = await typed(stage, person, words, offset)
        shown += answer["results"]
    return shown


async def test_a_reader_types_picks_sends_and_subscribes_where_the_bot_is_not(stage):
    aida = stage.telegram.person("Aida", "en")
    friends = stage.telegram.group("Friends", [aida], bot="left")
    chat = stage.telegram.private(aida)
    bot = await stage.start()
    await bot.says("edition=en")
    ids = [
        stage.site.publish("en", f"Zeppelin mast, part {n}", ["It stands in Osh. It is tall."])
        for n in range(3)
    ]
    answer = await found(stage, aida, "zeppelin", 3)
    assert {each["id"] for each in answer["results"]} == set(map(str, ids))
    sent = stage.telegram.choose(aida, friends, answer, 0)
    assert "Zeppelin mast" in sent["text"]
    [[read, more]] = sent["reply_markup"]["inline_keyboard"]
    assert read["url"].startswith(stage.site_url)
    assert more["switch_inline_query_current_chat"] == "zeppelin"
    start = answer["button"]["start_parameter"]
    stage.telegram.say(aida, chat, f"/start {start}")
    await stage.heard(chat, "zeppelin")
    stage.site.publish("en", "Zeppelin lands", ["It landed in Naryn. All clapped."])
    await stage.heard(chat, "Zeppelin lands")
    assert await bot.stop() == 0
    assert not stage.telegram.ledger.violations()


async def test_a_command_finds_what_was_published_and_turns_pages(stage):
    aida = stage.telegram.person("Aida", "en")
    chat = stage.telegram.private(aida)
    bot = await stage.start()
    await bot.says("edition=en")
    for number in range(7):
        stage.site.publish("en", f"Zeppelin mast, part {number}", ["It stands in Osh. Tall."])
    await found(stage, aida, "zeppelin", 7)
    stage.telegram.say(aida, chat, "/search zeppelin")
    message = await stage.heard(chat, "Found:")
    assert message["text"].count("Zeppelin mast") == 5
    assert await bot.stop() == 0
    assert not stage.telegram.ledger.violations()


async def test_all_pages_of_a_search_come_to_its_end_and_none_twice(stage):
    aida = stage.telegram.person("Aida", "en")
    bot = await stage.start()
    await bot.says("edition=en")
    ids = {
        str(stage.site.publish("en", f"Zeppelin mast, part {n}", ["It stands in Osh. Tall."]))
        for n in range(45)
    }
    async with asyncio.timeout(PATIENCE):
        while len(shown := await whole(stage, aida)) < len(ids):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.1)
    assert sorted(each["id"] for each in shown) == sorted(ids)
    assert await bot.stop() == 0


async def test_under_an_alert_stands_what_was_written_before(stage):
    aida = stage.telegram.person("Aida", "en")
    chat = stage.telegram.private(aida)
    bot = await stage.start()
    await bot.says("edition=en")
    text = ["The zeppelin mast of Osh burned at night. Firemen saved the mooring ring."]
    stage.site.publish("en", "Zeppelin mast of Osh burns", text)
    await found(stage, aida, "zeppelin", 1)
    stage.telegram.say(aida, chat, "/subscribe zeppelin")
    await stage.heard(chat, "zeppelin")
    stage.site.publish("en", "Zeppelin mast of Osh: mooring ring is back", text)
    alert = await stage.heard(chat, "ring is back")
    await found(stage, aida, "zeppelin", 2)
    stage.telegram.press(aida, chat, alert["message_id"], "Related")
    related = await stage.heard(chat, "Earlier about this")
    assert "Zeppelin mast of Osh burns" in related["text"]
    assert await bot.stop() == 0
    assert not stage.telegram.ledger.violations()


async def test_what_is_typed_letter_by_letter_is_answered_for_the_whole_word(stage):
    aida = stage.telegram.person("Aida", "en")
    bot = await stage.start()
    await bot.says("edition=en")
    stage.site.publish("en", "Zeppelin mast", ["It stands in Osh. It is tall."])
    await found(stage, aida, "zeppelin", 1)
    letters = ["zeppelin"[:count] for count in range(1, 9)]
    *earlier, last = [asyncio.create_task(typed(stage, aida, each)) for each in letters]
    answer = await last
    for each in earlier:
        each.cancel()
    assert [each["title"] for each in answer["results"]] == ["Zeppelin mast"]
    assert await bot.stop() == 0
