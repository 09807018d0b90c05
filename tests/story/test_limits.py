"""Telegram's limits, as Telegram sees them: everybody is answered, and nobody is refused."""

from story.program import until

TOO_MANY = 429
CROWD = 120


def refused(stage) -> list[str]:
    return [call.method for call in stage.telegram.ledger.calls if call.status == TOO_MANY]


async def test_a_crowd_that_speaks_at_once_is_answered_at_the_rate_while_alerts_go_on(stage):
    bot = await stage.start()
    await bot.says("edition=ky")
    crowd = [stage.telegram.person(f"Reader {number}", "en") for number in range(CROWD)]
    chats = [stage.telegram.private(person) for person in crowd]
    for person, chat in zip(crowd, chats, strict=True):
        stage.telegram.say(person, chat, "/subscribe visa")
    await until(lambda: all(stage.told(chat, "visa") for chat in chats))
    stage.site.publish("en", "A visa for the crowd", ["It was said. It was heard."])
    await until(lambda: any(stage.told(chat, "for the crowd") for chat in chats))
    for person, chat in zip(crowd, chats, strict=True):
        stage.telegram.say(person, chat, "/help")
    await until(lambda: all(stage.told(chat, "/subscribe") for chat in chats))
    await until(lambda: all(stage.told(chat, "for the crowd") for chat in chats))
    assert refused(stage) == []
    # A tenth of a second is what messages may lose on a busy machine's way to this Telegram.
    assert stage.telegram.ledger.peak(window=0.9) <= stage.telegram.limits.overall
    assert max(stage.telegram.ledger.peak(chat=chat) for chat in chats) == 1


async def test_a_group_that_asks_and_asks_gets_every_answer_at_its_pace(stage):
    bot = await stage.start()
    await bot.says("edition=ky")
    anna = stage.telegram.person("Anna", "en")
    group = stage.telegram.group("Neighbours", [anna], admins=(anna,))
    await until(lambda: stage.telegram.ledger.of("sendMessage", group))
    for number in range(5):
        stage.telegram.say(anna, group, f"/help@jarchy_bot {number}")
    await until(lambda: len(stage.told(group, "/subscribe")) == 6)
    assert refused(stage) == []
    assert stage.telegram.ledger.peak(window=2.5, chat=group) == 1
