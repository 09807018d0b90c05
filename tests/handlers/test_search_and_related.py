"""`/search` and `/related`, as readers meet them."""

import pytest

from bot.model import Article, Edition, Found
from tests.builders.bank import rate
from tests.builders.hits import hit
from tests.handlers.room import button, data, labels


@pytest.fixture
async def reader(room, anna):
    room.search.add(
        *(hit(number, f"Visa story {number}") for number in range(1, 13)),
        hit(20, "Снег в Нарыне", Edition.RU, lead="Выпал снег."),
    )
    await room.say(anna, "/start")
    return anna


def bold(message):
    text = message["text"].encode("utf-16-le")
    return [
        text[each["offset"] * 2 : (each["offset"] + each["length"]) * 2].decode("utf-16-le")
        for each in message["entities"]
        if each["type"] == "bold"
    ]


def stories(message):
    return [line for line in message["text"].splitlines() if line.startswith("Visa story")]


async def test_a_search_shows_five_with_the_words_in_bold_and_where_and_when(room, reader):
    [answer] = await room.say(reader, "/search visa china")
    assert stories(answer) == [f"Visa story {number}" for number in range(12, 7, -1)]
    assert bold(answer) == ["“visa china”", *["Visa", "China"] * 5]
    assert "🇬🇧 00:12" in answer["text"]
    links = [each["url"] for each in answer["entities"] if each["type"] == "text_link"]
    assert links[0] == "https://24.kg/english/12/"


async def test_words_of_a_search_are_whole(room, reader):
    await room.say(reader, "/search visa")
    assert not room.search.asked[-1].is_typing


async def test_pages_turn_forwards_and_back_and_nothing_moves_while_articles_arrive(room, reader):
    [answer] = await room.say(reader, "/search visa")
    assert labels(answer) == ["Older ›", "Subscribe to this search"]
    room.search.add(hit(100, "Visa story 100"))
    await room.press(reader, answer, button(answer, "sp"))
    second = room.now(answer)
    assert stories(second) == [f"Visa story {number}" for number in range(7, 2, -1)]
    assert "page 2" in second["text"]
    assert labels(second) == ["‹ Newer", "Older ›", "Subscribe to this search"]
    await room.press(reader, second, data(second)[1])
    third = room.now(second)
    assert stories(third) == ["Visa story 2", "Visa story 1"]
    assert labels(third) == ["‹ Newer", "Subscribe to this search"]
    await room.press(reader, third, data(third)[0])
    assert stories(room.now(third)) == stories(second)


async def test_a_search_that_is_forgotten_says_that_its_buttons_are_old(room, reader):
    [answer] = await room.say(reader, "/search visa")
    room.searches.kept.clear()
    assert await room.press(reader, answer, button(answer, "sp"))
    assert room.now(answer)["text"] == answer["text"]


@pytest.mark.parametrize("words", ["visa story", "реконструкция аэропорта Манас в Бишкеке"])
async def test_what_was_searched_for_is_followed_by_a_button(room, reader, words):
    [answer] = await room.say(reader, f"/search {words}")
    await room.press(reader, answer, data(answer)[-1])
    assert await room.words(reader.id) == [words]


async def test_nothing_found_says_so_and_offers_to_follow(room, reader):
    [answer] = await room.say(reader, "/search zeppelin")
    assert "nothing about “zeppelin”" in answer["text"]
    assert data(answer) == ["s:zeppelin"]


@pytest.mark.parametrize("words", ["-visa", "((((", "…"])
async def test_what_could_not_be_followed_is_searched_for_and_not_offered(room, reader, words):
    [answer] = await room.say(reader, f"/search {words}")
    assert words in answer["text"]
    assert "Shall I write" not in answer["text"]
    assert "Subscribe" not in str(answer.get("reply_markup"))


async def test_a_sum_is_converted_above_what_is_found_on_the_first_page(room, reader):
    room.rates.put(rate("87.4500", "2026-03-02"), rate("95.1000", "2026-03-02", "EUR"))
    room.search.add(*(hit(number, f"100 usd, {number}") for number in range(31, 39)))
    [answer] = await room.say(reader, "/search 100 usd")
    assert answer["text"].startswith("100 USD = ")
    assert "Found: “100 usd”" in answer["text"]
    await room.press(reader, answer, button(answer, "sp"))
    assert "100 USD = " not in room.now(answer)["text"]


async def test_a_page_of_what_was_looked_through_in_vain_offers_what_is_older(room, reader):
    room.search.add(hit(30, "A zeppelin"))
    find = room.search.find

    async def tired(wanted):
        return await find(wanted) if wanted.after else Found((), "further on")

    room.search.find = tired
    [answer] = await room.say(reader, "/search zeppelin")
    assert "nothing about “zeppelin”" in answer["text"]
    assert labels(answer) == ["Older ›", "Subscribe to this search"]
    await room.press(reader, answer, button(answer, "sp"))
    assert "A zeppelin" in room.now(answer)["text"]
    assert labels(room.now(answer)) == ["‹ Newer", "Subscribe to this search"]


async def test_an_index_that_is_being_built_says_that_there_may_be_more(room, reader):
    room.search.is_whole = False
    [answer] = await room.say(reader, "/search visa")
    assert "there may be more" in answer["text"]


async def test_without_words_a_search_says_how_to_ask(room, reader):
    [answer] = await room.say(reader, "/search")
    assert "/search visa China" in answer["text"]
    assert room.search.asked == []


async def test_what_is_said_without_a_command_may_be_searched_for(room, reader):
    [asked] = await room.say(reader, "visa story")
    assert data(asked) == ["s:visa story", "q:visa story"]
    await room.press(reader, asked, "q:visa story")
    assert len(stories(room.telegram.history(reader.id)[-1])) == 5


async def test_in_a_group_anybody_may_search_and_turn_pages_but_not_follow(room, reader):
    bek = room.telegram.person("Bek", "en")
    group = room.telegram.group("Friends", [reader, bek])
    await room.hear()
    [answer] = await room.say(bek, "/search@jarchy_bot visa", group)
    assert len(stories(answer)) == 5
    await room.press(bek, answer, button(answer, "sp"))
    assert "page 2" in room.now(answer)["text"]
    toast = await room.press(bek, room.now(answer), button(answer, "s"))
    assert "administrators" in toast
    assert await room.words(group) == []


async def test_two_chats_that_search_for_the_same_turn_their_own_pages(room, reader):
    bek = room.telegram.person("Bek", "en")
    [mine] = await room.say(reader, "/search visa")
    [theirs] = await room.say(bek, "/search visa")
    assert button(mine, "sp") != button(theirs, "sp")


@pytest.mark.parametrize(
    "pressed", ["sp:", "sp:x:y", "sp:x:1", "sp:x:99999999", "sq:x", "rl:", "rl:x"]
)
async def test_a_button_that_means_nothing_is_old(room, reader, pressed):
    [answer] = await room.say(reader, "/search visa")
    chat = room.telegram.world.chats[reader.id]
    message = chat.messages[answer["message_id"]]
    markup = {"inline_keyboard": [[{"text": "?", "callback_data": pressed}]]}
    chat.messages[answer["message_id"]] = message | {"reply_markup": markup}
    assert await room.press(reader, answer, pressed)


# --- related --------------------------------------------------------------------------------------


async def test_the_button_under_an_alert_shows_what_was_written_before(room, reader):
    room.search.alike[12] = [3, 2]
    await alert(room, reader, 12)
    message = room.telegram.history(reader.id)[-1]
    await room.press(reader, message, "rl:12")
    said = room.telegram.history(reader.id)[-1]
    assert said["text"].startswith("Earlier about this")
    assert stories(said) == ["Visa story 3", "Visa story 2"]


async def test_what_the_page_itself_names_comes_first(room, reader):
    await room.publish("A named story", "Another named story")
    url, at = "https://24.kg/english/12/", room.clock.now()
    room.articles.put(
        Article(Edition.EN, 12, url, "Visa story 12", ("A body.",), at, related=(2, 99, 1, 12))
    )
    room.search.alike[12] = [3, 1]
    message = await alert(room, reader, 12)
    await room.press(reader, message, "rl:12")
    said = room.telegram.history(reader.id)[-1]["text"]
    titles = [line for line in said.splitlines() if "story" in line]
    assert titles == ["Another named story", "A named story", "Visa story 3"]


async def test_a_reply_to_an_alert_shows_the_same(room, reader):
    room.search.alike[12] = [3]
    message = await alert(room, reader, 12)
    [said] = await room.say(reader, "/related", reply_to=message["message_id"])
    assert stories(said) == ["Visa story 3"]


async def test_nothing_earlier_says_so(room, reader):
    message = await alert(room, reader, 12)
    await room.press(reader, message, "rl:12")
    assert "nothing earlier" in room.telegram.history(reader.id)[-1]["text"]


async def test_related_alone_says_how_to_ask(room, reader):
    [said] = await room.say(reader, "/related")
    assert "Reply with /related" in said["text"]


async def alert(room, person, number):
    """An alert as the bot sends it."""
    hit = room.search.hits[number]
    await room.bot.send_message(
        person.id,
        f'<a href="{hit.url}"><b>{hit.title}</b></a>',
        "HTML",
        reply_markup={
            "inline_keyboard": [
                [
                    {"text": "Read", "url": hit.url},
                    {"text": "Related", "callback_data": f"rl:{number}"},
                ]
            ]
        },
    )
    return room.telegram.history(person.id)[-1]
