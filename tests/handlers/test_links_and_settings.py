import base64
from datetime import timedelta

import pytest

from bot.messages import replies
from bot.model import Edition, Item, Language
from tests.handlers.room import labels, shown


def news(room, edition, number, title):
    published = room.clock.now() - timedelta(minutes=number)
    return Item(edition, number, f"https://24.kg/{number}/", title, published)


def link(query):
    return "sub_" + base64.urlsafe_b64encode(query.encode()).decode().rstrip("=")


@pytest.mark.parametrize("query", ["visa", "виза", "visa China", "C++", "ж>?ÿ", "«a b»"])
async def test_a_link_subscribes(room, anna, query):
    [answer] = await room.say(anna, f"/start {link(query)}")
    assert query in answer["text"]
    assert await room.words(anna.id) == [query]


@pytest.mark.parametrize(
    "payload", ["sub_", "sub_!!!", "sub_A", "sub__w", "sub_LCws", "hello", "1"]
)
async def test_a_broken_link_leads_to_a_welcome(room, anna, payload):
    [answer] = await room.say(anna, f"/start {payload}")
    chat = await room.chat(anna.id)
    assert answer["text"] == shown(replies.welcome(chat, labels(answer)))
    assert await room.words(anna.id) == []


async def test_latest_shows_the_newest_of_the_chat_s_editions_and_of_others(room, anna):
    [none] = await room.say(anna, "/latest")
    assert none["text"] == shown(replies.no_articles(await room.chat(anna.id)))

    english = [news(room, Edition.EN, n, f"Headline {n}") for n in range(1, 20)]
    russian = [news(room, Edition.RU, 30, "Заголовок")]
    await room.articles.baseline(Edition.EN, english, None)
    await room.articles.baseline(Edition.RU, russian, None)
    [latest] = await room.say(anna, "/latest")
    assert "Headline 1\n" in latest["text"]
    assert "Headline 19" not in latest["text"]
    assert "Заголовок" not in latest["text"]

    assert await room.press(anna, latest, "l:ru") == ""
    assert "Заголовок" in room.now(latest)["text"]
    assert "Headline" not in room.now(latest)["text"]


async def test_settings_are_set_by_words(room, anna):
    [shown_] = await room.say(anna, "/settings")
    assert "Asia/Bishkek" in shown_["text"]
    [saved] = await room.say(anna, "/settings europe/berlin")
    assert "Europe/Berlin" in saved["text"]
    await room.say(anna, "/settings RU")
    chat = await room.chat(anna.id)
    assert (chat.timezone, chat.language) == ("Europe/Berlin", Language.RU)
    assert chat.editions == {Edition.RU}
    await room.say(anna, "/settings Кыргызча")
    assert (await room.chat(anna.id)).language is Language.KY


@pytest.mark.parametrize(
    ("said", "example"),
    [
        ("25:00-08:00", "22:00-08:00"),
        ("22:00 – 8:75", "22:00-08:00"),
        ("24:00", "08:00"),
        ("8.6", "08:00"),
        ("1-" * 1500, "22:00-08:00"),
    ],
)
async def test_what_is_no_time_is_answered_with_one_that_is(room, anna, said, example):
    before = await room.say(anna, "/settings") and await room.chat(anna.id)
    [answer] = await room.say(anna, f"/settings {said}")
    assert "no time of day" in answer["text"]
    assert answer["text"].endswith(f"/settings {example}")
    assert await room.chat(anna.id) == before


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Did you mean /settings Asia"), ("ru", "Может быть, /settings Asia"), ("ky", "Балким")],
)
async def test_a_place_that_is_nearly_right_is_offered(room, language, said):
    reader = room.telegram.person("Reader", language)
    [answer] = await room.say(reader, "/settings Bishkekk")
    assert said in answer["text"]
    assert "/settings Asia/Bishkek" in answer["text"]


async def test_a_place_is_known_by_its_own_name(room):
    reader = room.telegram.person("Reader", "ru")
    await room.say(reader, "/settings Алматы")
    assert (await room.chat(reader.id)).timezone == "Asia/Almaty"


@pytest.mark.parametrize("said", ["–", "...", "1000 a day", "08:00 Bishkek"])
async def test_what_was_not_meant_for_a_time_is_answered_with_all_that_can_be_set(room, anna, said):
    [answer] = await room.say(anna, f"/settings {said}")
    assert "/settings Asia/Bishkek" in answer["text"]


@pytest.mark.parametrize("said", ["Mars/Base", "../../etc/passwd", "Etc", "<b>", "x" * 4000])
async def test_an_unknown_time_zone_is_refused_with_the_right_form(room, anna, said):
    [answer] = await room.say(anna, f"/settings {said}")
    assert "/settings Asia/Bishkek" in answer["text"]
    assert (await room.chat(anna.id)).timezone == "Asia/Bishkek"
