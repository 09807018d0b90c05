from datetime import timedelta

from bot.messages import replies
from bot.model import Edition, Item, Popular
from tests.handlers.room import button, data, labels, shown

EN, RU, KY = Edition


def news(room, edition, number, title):
    published = room.clock.now() - timedelta(minutes=number)
    return Item(edition, number, f"https://24.kg/english/{number}/", title, published)


async def publish(room, edition, numbers):
    items = [news(room, edition, each, f"{edition} story {each}.") for each in numbers]
    await room.articles.baseline(edition, items, None)


def stories(message, numbers, edition=EN):
    return [each for each in numbers if f"{edition} story {each}." in message["text"]]


async def test_latest_is_turned_to_older_news_and_back_and_what_is_new_moves_nothing(room, anna):
    await publish(room, EN, range(101, 126))
    [latest] = await room.say(anna, "/latest")
    assert stories(latest, range(101, 126)) == [*range(101, 111)]
    assert labels(latest)[0] == "Older ›"

    await publish(room, EN, [1, 2])
    await room.press(anna, latest, button(latest, "l"))
    second = room.now(latest)
    assert stories(second, range(1, 126)) == [*range(111, 121)]
    assert labels(second)[:2] == ["‹ Newer", "Older ›"]

    await room.press(anna, latest, data(second)[1])
    third = room.now(latest)
    assert stories(third, range(1, 126)) == [*range(121, 126)]
    assert "Older ›" not in labels(third)

    await room.press(anna, latest, data(third)[0])
    await room.press(anna, latest, data(room.now(latest))[0])
    assert stories(room.now(latest), range(1, 126)) == [*range(101, 111)]
    await room.press(anna, latest, data(room.now(latest))[0])
    first = room.now(latest)
    assert stories(first, range(1, 126)) == [1, 2]
    assert labels(first)[0] == "Older ›"


async def test_one_edition_is_turned_by_itself_and_leads_back_to_all(room, anna):
    [menu] = await room.say(anna, "/settings")
    await room.press(anna, menu, "set:editions")
    await room.press(anna, menu, "ed:ru")
    await publish(room, EN, range(101, 112))
    await publish(room, RU, range(201, 212))
    [latest] = await room.say(anna, "/latest")
    await room.press(anna, latest, "l:ru")
    assert stories(room.now(latest), range(201, 212), RU) == [*range(201, 211)]
    await room.press(anna, latest, button(room.now(latest), "l"))
    assert stories(room.now(latest), range(201, 212), RU) == [211]
    assert stories(room.now(latest), range(101, 112)) == []
    assert "l:" in data(room.now(latest))
    await room.press(anna, latest, "l:")
    assert stories(room.now(latest), range(101, 112)) == [*range(101, 111)]


async def test_an_edition_without_news_still_leads_to_the_others(room, anna):
    await publish(room, EN, [1])
    [latest] = await room.say(anna, "/latest")
    await room.press(anna, latest, "l:ky")
    empty = room.now(latest)
    assert empty["text"] == shown(replies.no_articles(await room.chat(anna.id)))
    assert data(empty) == ["l:en", "l:ru", "l:"]


async def test_popular_shows_what_is_read_most_in_the_reader_s_edition_and_in_others(room, anna):
    [none] = await room.say(anna, "/popular")
    assert none["text"].startswith("I don't know yet")

    english = tuple(news(room, EN, each, f"<{each}> & more") for each in (7, 3))
    await room.popular.keep(EN, Popular(english, room.clock.now()))
    await room.popular.keep(RU, Popular((news(room, RU, 5, "Читают все"),), room.clock.now()))
    [popular] = await room.say(anna, "/popular")
    assert popular["text"] == "What is read most · English\n\n1. <7> & more\n2. <3> & more"
    assert data(popular) == ["pop:ru", "pop:ky"]
    await room.press(anna, popular, "pop:ru")
    assert room.now(popular)["text"] == "What is read most · Русский\n\n1. Читают все"
    await room.press(anna, popular, "pop:ky")
    assert room.now(popular)["text"].startswith("I don't know yet")
    assert data(room.now(popular)) == ["pop:en", "pop:ru"]


async def test_popular_of_yesterday_is_not_shown(room, anna):
    english = (news(room, EN, 7, "A title"),)
    await room.popular.keep(EN, Popular(english, room.clock.now() - timedelta(days=1)))
    [popular] = await room.say(anna, "/popular")
    assert popular["text"].startswith("I don't know yet")


async def test_an_edition_may_be_named_with_the_command(room, anna):
    await publish(room, EN, [1])
    await publish(room, RU, [2])
    for said in ("/latest ru", "/latest русский"):
        [latest] = await room.say(anna, said)
        assert "ru story 2." in latest["text"]
        assert "en story" not in latest["text"]
    [latest] = await room.say(anna, "/latest zz")
    assert "en story 1." in latest["text"]
