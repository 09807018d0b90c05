"""`@bot words`, as readers meet it."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.model import ChatRef, Edition
from bot.ports import StoreUnavailable
from tests.builders.bank import rate
from tests.builders.hits import hit
from tests.handlers.room import Room, labels


def titles(answer):
    return [each["title"] for each in answer["results"]]


def ids(answer):
    return [each["id"] for each in answer["results"]]


async def test_what_is_typed_finds_articles_with_their_lead_time_and_picture(room, anna):
    room.search.add(hit(1, picture="https://24.kg/files/1.jpg"), hit(2, "Snow in Naryn"))
    answer = await room.type(anna, "vis")
    [found] = answer["results"]
    assert (found["id"], found["title"]) == ("1", "A visa centre opens")
    assert found["description"] == "🇬🇧 00:01 · It opens in Osh. Guests come from China."
    assert found["thumbnail_url"] == "https://24.kg/files/1.jpg"
    [wanted] = room.search.asked
    assert wanted.is_typing


async def test_a_result_that_is_chosen_is_a_card_in_a_chat_without_the_bot(room, anna):
    room.search.add(hit(1))
    group = room.telegram.group("Friends", [anna], bot="left")
    answer = await room.type(anna, "visa china", chat_type="group")
    sent = room.telegram.choose(anna, group, answer, 0)
    assert sent["text"].splitlines()[0] == "A visa centre opens"
    assert "It opens in Osh." in sent["text"]
    links = [each["url"] for each in sent["entities"] if each["type"] == "text_link"]
    assert links == ["https://24.kg/english/1/"]
    [[read, more]] = sent["reply_markup"]["inline_keyboard"]
    assert read["url"] == "https://24.kg/english/1/"
    assert more["switch_inline_query_current_chat"] == "visa china"
    assert sent["link_preview_options"]["url"] == read["url"]
    await room.hear()
    assert len(room.telegram.history(group)) == 1


async def test_nothing_typed_shows_the_latest_of_the_readers_editions(room, anna):
    room.search.add(hit(1), hit(2, "Визы", Edition.RU), hit(3, "Snow in Naryn"))
    answer = await room.type(anna, "")
    assert titles(answer) == ["Snow in Naryn", "A visa centre opens"]
    assert "button" not in answer


async def test_all_results_come_page_by_page_and_none_twice_while_new_ones_arrive(room, anna):
    room.search.add(*(hit(number) for number in range(1, 131)))
    seen, sizes, offset = [], [], ""
    for arrival in range(200, 220):
        answer = await room.type(anna, "visa", offset)
        sizes.append(len(answer["results"]))
        seen += ids(answer)
        room.search.add(hit(arrival))
        offset = answer["next_offset"]
        if not offset:
            break
    assert seen == [str(number) for number in range(130, 0, -1)]
    assert sizes == [20, 50, 50, 10]


async def test_an_article_keeps_its_id_whoever_asks_for_it(room, anna):
    room.search.add(hit(77))
    bek = room.telegram.person("Bek", "ru")
    assert ids(await room.type(anna, "visa")) == ids(await room.type(bek, "centre")) == ["77"]


async def test_above_the_results_a_button_opens_the_bot_and_subscribes(room, anna):
    room.search.add(hit(1))
    button = (await room.type(anna, "visa china"))["button"]
    assert button["text"] == "Get alerts for “visa china”"
    [done] = await room.say(anna, f"/start {button['start_parameter']}")
    assert "visa china" in done["text"]
    assert await room.words(anna.id) == ["visa china"]


async def test_words_too_long_for_a_link_are_kept_for_it(room, anna):
    words = "реконструкция аэропорта Манас Кыргызстан"
    button = (await room.type(anna, words))["button"]
    assert len(button["start_parameter"]) <= 64
    await room.say(anna, f"/start {button['start_parameter']}")
    assert await room.words(anna.id) == [words]


@pytest.mark.parametrize("words", ["the", "и", "-visa", "(((", "?" * 256])
async def test_what_can_not_be_followed_is_not_offered_to_be(room, anna, words):
    answer = await room.type(anna, words)
    assert answer["results"] == []
    assert answer["button"]["text"] == "Nothing found"
    [welcome] = await room.say(anna, f"/start {answer['button']['start_parameter']}")
    assert labels(welcome)
    assert await room.words(anna.id) == []


async def test_a_first_letter_is_searched_for_and_not_offered_to_be_followed(room, anna):
    room.search.add(hit(1))
    answer = await room.type(anna, "v")
    assert titles(answer) == ["A visa centre opens"]
    assert "button" not in answer


async def test_nothing_found_says_so_and_offers_the_alert(room, anna):
    answer = await room.type(anna, "zeppelin")
    assert answer["results"] == []
    assert answer["button"]["text"] == "Nothing yet. Get alerts for “zeppelin”"
    await room.say(anna, f"/start {answer['button']['start_parameter']}")
    assert await room.words(anna.id) == ["zeppelin"]


async def test_a_conversion_comes_before_the_articles(room, anna):
    room.rates.put(rate("87.4500", "2026-03-02"), rate("95.1000", "2026-03-02", "EUR"))
    room.search.add(*(hit(number, f"100 usd, {number}") for number in range(1, 61)))
    answer = await room.type(anna, "100 usd")
    assert titles(answer)[0] == "100 USD = 8,745 som"
    assert len(answer["results"]) == 20
    assert "button" not in answer
    assert answer["results"][0]["description"] == "National Bank, March 2"
    sent = room.telegram.choose(anna, anna.id, answer, 0)
    assert "100 USD = 8,745 som" in sent["text"]
    rest = await room.type(anna, "100 usd", answer["next_offset"])
    assert "sum" not in ids(rest)
    assert len(set(ids(answer) + ids(rest))) == 61 == len(ids(answer) + ids(rest))


async def test_som_are_converted_into_what_is_named_or_into_all(room, anna):
    room.rates.put(rate("87.5000", "2026-03-02"), rate("100.0000", "2026-03-02", "EUR"))
    assert titles(await room.type(anna, "5000 kgs eur"))[0] == "5,000 som = 50 EUR"
    assert titles(await room.type(anna, "7000 som"))[0] == "7,000 som = 80 USD, 70 EUR"


async def test_a_readers_settings_are_those_of_the_chat_with_the_bot(room, anna):
    await room.say(anna, "/settings ru")
    await room.say(anna, "/settings Europe/Berlin")
    room.search.add(hit(1), hit(2, "Визы", Edition.RU))
    answer = await room.type(anna, "виз")
    assert answer["button"]["text"] == "Сообщать о новостях: «виз»"
    assert answer["results"][0]["description"].startswith("🇷🇺 1 марта, 19:02")
    assert room.search.asked[-1].editions == (Edition.RU,)


async def test_a_stranger_is_answered_in_the_language_of_the_app_and_not_kept(room):
    aida = room.telegram.person("Aida", "ky")
    room.search.add(hit(1))
    answer = await room.type(aida, "visa")
    assert answer["button"]["text"] == "Кабарлап туруу: «visa»"
    assert await room.chats.get(ChatRef(aida.id)) is None


async def test_a_chat_that_blocked_the_bot_is_not_back_because_it_searches(room, anna):
    await room.say(anna, "/start")
    await room.chats.mark_gone(ChatRef(anna.id))
    await room.type(anna, "visa")
    assert anna.id in room.outbox.gone


async def test_answers_are_personal_and_kept_for_as_long_as_they_are_good(room, anna):
    room.search.add(*(hit(number) for number in range(1, 61)))
    first = await room.type(anna, "visa")
    page = await room.type(anna, "visa", first["next_offset"])
    latest = await room.type(anna, "")
    nothing = await room.type(anna, "zeppelin")
    answers = (nothing, latest, first, page)
    assert all(each["is_personal"] for each in answers)
    kept = [each["cache_time"] for each in answers]
    assert kept == sorted(kept)
    room.search.is_whole = False
    assert (await room.type(anna, "visa"))["cache_time"] == nothing["cache_time"]


async def test_without_the_store_the_index_answers(room, anna, monkeypatch):
    async def fail(*_, **__):
        raise StoreUnavailable("down")

    room.search.add(hit(1))
    monkeypatch.setattr(room.chats, "get", fail)
    monkeypatch.setattr(room.searches, "keep", fail)
    assert titles(await room.type(anna, "visa")) == ["A visa centre opens"]
    long = "visa " + "реконструкция аэропорта Манас"
    assert (await room.type(anna, long))["button"]["text"] == "Nothing found"


async def test_an_answer_is_no_message_and_waits_for_no_turn(room, anna):
    room.search.add(hit(1))
    await room.type(anna, "visa")
    assert room.pacing.turns == []


async def test_an_answer_that_comes_too_late_is_let_go(room, anna):
    asking = asyncio.create_task(room.telegram.inline(anna, "visa"))
    await asyncio.sleep(0)
    [query] = [u["inline_query"] for u in room.telegram.world.updates.waiting()]
    room.telegram.world.queries.answer("inline", query["id"], {})
    await asking
    with capture_logs() as logs:
        await room.hear()
    assert logs == []
    [late] = room.telegram.ledger.of("answerInlineQuery")
    assert "too old" in late.answer["description"]


HOSTILE = [
    "OR OR",
    '"',
    "(((",
    "-",
    "*",
    "NOT",
    "\x00",
    "😀" * 256,
    "visa\x00china",
    "%s {0}",
    "<b>",
]


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_words_are_answered(room, anna, words):
    room.search.add(hit(1, "<b>OR OR</b> & NOT"))
    answer = await room.type(anna, words)
    for index, _ in enumerate(answer["results"]):
        room.telegram.choose(anna, anna.id, answer, index)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.text(max_size=256), st.text(max_size=32)), min_size=5, max_size=5))
def test_whatever_is_typed_is_answered(asked):
    async def play():
        room = Room()
        await room.open()
        anna = room.telegram.person("Anna", "en")
        room.search.add(hit(1), hit(2, "Visas"))
        for words, offset in asked:
            sent = (
                words.encode("utf-8", "ignore").decode(),
                offset.encode("utf-8", "ignore").decode(),
            )
            await room.type(anna, *sent)
        assert all(call.ok for call in room.telegram.ledger.calls)
        await room.close()

    asyncio.run(play())


async def test_fifty_readers_type_at_once(room):
    room.search.add(*(hit(number) for number in range(1, 101)))
    people = [room.telegram.person(f"Reader {n}", "en") for n in range(50)]
    asking = [
        asyncio.create_task(room.telegram.inline(each, "visa"[: 1 + n % 4]))
        for n, each in enumerate(people)
    ]
    await asyncio.sleep(0)
    await room.hear()
    answers = await asyncio.gather(*asking)
    assert [len(each["results"]) for each in answers] == [20] * 50


async def test_the_time_of_an_article_of_another_day_has_the_day(room, anna):
    room.search.add(hit(1, published=room.clock.now() - timedelta(days=3)))
    [found] = (await room.type(anna, "visa"))["results"]
    assert "February 27" in found["description"]
