import pytest

from bot.messages import replies
from bot.model import ChatRef, Edition, Language
from tests.handlers.room import labels, shown


async def test_a_reader_comes_subscribes_looks_and_leaves(room, anna):
    [welcome] = await room.say(anna, "/start")
    assert "24.kg" in welcome["text"]

    [done] = await room.say(anna, "/subscribe visa China")
    assert "visa China" in done["text"]
    assert await room.words(anna.id) == ["visa China"]

    [listed] = await room.say(anna, "/list")
    assert "visa China" in listed["text"]

    [ended] = await room.say(anna, "/unsubscribe china VISAS")
    assert "visa China" in ended["text"]
    assert await room.words(anna.id) == []


@pytest.mark.parametrize(
    ("code", "language", "word"),
    [
        ("en", Language.EN, "visa"),
        ("en-GB", Language.EN, "visa"),
        ("ru", Language.RU, "виза"),
        ("ky", Language.KY, "виза"),
        ("de", Language.EN, "visa"),
        (None, Language.EN, "visa"),
    ],
)
async def test_a_chat_is_spoken_to_in_its_language_and_reads_the_news_in_it(
    room, code, language, word
):
    person = room.telegram.person("Reader", code)
    [welcome] = await room.say(person, "/start")
    chat = await room.chat(person.id)
    assert (chat.language, chat.editions) == (language, {Edition(language)})
    assert chat.timezone == "Asia/Bishkek"
    assert word in labels(welcome)
    assert shown(replies.welcome(chat, labels(welcome))) == welcome["text"]

    [told] = await room.say(person, "/help")
    assert told["text"] == shown(replies.help_text(chat))
    [done] = await room.say(person, f"/subscribe {word}")
    [kept] = await room.subscriptions.of(ChatRef(person.id))
    assert kept.editions == {Edition(language)}
    told = replies.subscribed(chat, [(kept, True)]), replies.digest_offer(chat)
    assert done["text"] == "\n\n".join(map(shown, told))
    [listed] = await room.say(person, "/list")
    assert listed["text"] == shown(replies.subscription_list(chat, [kept], room.clock.now()))
    [ended] = await room.say(person, f"/unsubscribe {word.upper()}")
    assert ended["text"] == shown(replies.unsubscribed(chat, [kept]))


async def test_a_word_that_the_edition_cannot_hold_is_followed_where_it_can_stand(room, anna):
    await room.say(anna, "/subscribe виза")
    [kept] = await room.subscriptions.of(ChatRef(anna.id))
    assert kept.editions == {Edition.RU, Edition.KY}


async def test_every_command_of_the_menu_is_answered_with_one_request(room, anna):
    for command in replies.command_descriptions(Language.EN):
        room.telegram.ledger.clear()
        [answer] = await room.say(anna, f"/{command}")
        assert answer["text"]
        methods = [call.method for call in room.telegram.ledger.calls]
        assert [each for each in methods if each != "getUpdates"] == ["sendMessage"]


async def test_every_reply_is_counted(room, anna):
    await room.say(anna, "/help")
    await room.say(anna, "/list")
    assert room.pacing.turns == [ChatRef(anna.id)] * 2


async def test_a_command_may_be_shouted_and_may_name_the_bot(room, anna):
    await room.say(anna, "/SUBSCRIBE visa")
    await room.say(anna, "/Subscribe@Jarchy_Bot tourism")
    assert await room.words(anna.id) == ["tourism", "visa"]


async def test_what_is_said_to_another_bot_is_not_answered(room, anna):
    assert await room.say(anna, "/subscribe@other_bot visa") == []
    assert await room.words(anna.id) == []


async def test_subscribe_without_words_shows_how_it_is_done(room, anna):
    for said in ("/subscribe", "/subscribe   ", "/subscribe , ,\n,"):
        [answer] = await room.say(anna, said)
        assert "/subscribe visa" in answer["text"]
    assert await room.words(anna.id) == []


async def test_several_queries_are_taken_at_once_each_meaning_once(room, anna):
    [answer] = await room.say(anna, "/subscribe visa, visas\nChina,VISA")
    assert await room.words(anna.id) == ["China", "visa"]
    assert answer["text"].count("visa") == 1


async def test_to_subscribe_again_changes_nothing_and_says_so(room, anna):
    await room.say(anna, "/subscribe visa")
    [again] = await room.say(anna, "/subscribe Visas")
    assert "already" in again["text"]
    assert await room.words(anna.id) == ["visa"]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("a" * 201, "200"),
        ("!!!", "letters or digits"),
        ("the", "almost every article"),
        ("one two three four five six seven eight nine ten eleven twelve", "10"),
    ],
)
async def test_a_query_that_cannot_be_followed_gets_the_reason_and_the_right_form(
    room, anna, query, reason
):
    [answer] = await room.say(anna, f"/subscribe {query}")
    assert reason in answer["text"]
    assert "/subscribe " in answer["text"]
    assert await room.words(anna.id) == []


async def test_what_is_right_is_kept_though_something_beside_it_is_wrong(room, anna):
    [answer] = await room.say(anna, "/subscribe visa, !!!, China")
    assert await room.words(anna.id) == ["China", "visa"]
    assert "visa" in answer["text"]
    assert "letters or digits" in answer["text"]


async def test_every_query_that_is_refused_is_told_why_and_what_could_be_asked(room, anna):
    [answer] = await room.say(anna, "/subscribe visa, -Hong, the, vis*")
    assert await room.words(anna.id) == ["visa"]
    assert [word for word in ("-Hong", "the", "vis*") if word not in answer["text"]] == []
    assert "/subscribe Hong" in answer["text"]
    assert "/subscribe vis" in answer["text"]
    assert "For example" not in answer["text"]
    assert {"Follow “Hong”", "Follow “vis”"} <= set(labels(answer))


async def test_of_many_that_are_refused_the_rest_is_counted(room, anna):
    known = [f"word{n}" for n in range(99)]
    await room.say(anna, "/subscribe " + ", ".join(known))
    refused = ", ".join(f"-no{n}" for n in range(5))
    [answer] = await room.say(anna, f"/subscribe {refused}, visa, China")
    assert [f"-no{n}" in answer["text"] for n in range(5)] == [True] * 3 + [False] * 2
    assert "and 2 more" in answer["text"]
    assert "100" in answer["text"]


async def test_a_hundred_subscriptions_are_the_most(room, anna):
    await room.say(anna, "/subscribe " + ", ".join(f"word{n}" for n in range(99)))
    [answer] = await room.say(anna, "/subscribe first, second, third")
    assert len(await room.words(anna.id)) == 100
    assert "first" in answer["text"]
    assert "100" in answer["text"]

    [refused] = await room.say(anna, "/subscribe fourth")
    assert "100" in refused["text"]
    [known] = await room.say(anna, "/subscribe first")
    assert "already" in known["text"]
    assert len(await room.words(anna.id)) == 100


async def test_the_longest_message_that_telegram_takes_is_answered(room, anna):
    for text in ("/subscribe " + "я" * 4085, "/subscribe " + "a," * 2042, "ы" * 4096, "/" * 4096):
        assert len(await room.say(anna, text)) == 1
    assert len(await room.words(anna.id)) <= 100


async def test_unsubscribe_names_what_is_not_followed(room, anna):
    [answer] = await room.say(anna, "/unsubscribe visa")
    assert "visa" in answer["text"]
    assert "/list" in answer["text"]


async def test_without_subscriptions_list_and_unsubscribe_show_how_to_begin(room, anna):
    for said in ("/list", "/unsubscribe"):
        [answer] = await room.say(anna, said)
        assert "/subscribe visa" in answer["text"]


async def test_an_unknown_command_is_answered_with_the_closest(room, anna):
    [answer] = await room.say(anna, "/subscibe visa")
    assert "/subscribe" in answer["text"]
    [answer] = await room.say(anna, "/подписка")
    assert "/subscribe" in answer["text"]
    [answer] = await room.say(anna, "/погода")
    assert "/help" in answer["text"]


async def test_a_text_is_offered_as_a_subscription(room, anna):
    [answer] = await room.say(anna, "visa China")
    assert await room.words(anna.id) == []
    assert await room.press(anna, answer, "s:visa China") is not None
    assert await room.words(anna.id) == ["visa China"]


async def test_an_edit_and_a_caption_are_not_said(room, anna):
    message = room.telegram.say(anna, anna.id, "/help")
    await room.hear()
    before = len(room.telegram.history(anna.id))
    room.telegram.edit(anna.id, message["message_id"], "/subscribe visa")
    photo = {key: message[key] for key in ("message_id", "date", "chat", "from")}
    photo |= {"caption": "/subscribe visa", "photo": []}
    room.telegram.push_update({"message": photo})
    await room.hear()
    assert len(room.telegram.history(anna.id)) == before
    assert await room.words(anna.id) == []
