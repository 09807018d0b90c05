"""What the bot answers."""

from dataclasses import replace

import pytest

from bot.matching.query import QueryFault
from bot.messages import replies
from bot.messages.keyboard import page
from bot.model import Chat, Edition, Language, Message
from tests.messages.samples import NOW, REF, chat, items, subscription
from tests.messages.telegram_html import check

COMMANDS = ["start", "help", "subscribe", "unsubscribe", "list", "search", "latest"]
COMMANDS += ["popular", "related", "rates", "alert", "digest", "pause", "resume", "settings"]


def many(count, length=200, character="ж"):
    return [
        subscription(f"{n} ".ljust(length, character), f"k{n}", {Edition.RU}) for n in range(count)
    ]


def data_of(message):
    return [button.data for row in message.buttons for button in row]


def labels_of(message):
    return [button.label for row in message.buttons for button in row]


def said(message):
    return check(message).text


def test_a_welcome_offers_words_to_try():
    message = replies.welcome(chat(), ["visa", "visa China", "ж" * 40])
    assert data_of(message) == ["s:visa", "s:visa China"]
    assert "/subscribe visa" in said(message)


def test_a_welcome_without_words_offers_none():
    message = replies.welcome(chat(), [])
    assert message.buttons == ()
    assert "tap" not in said(message)


@pytest.mark.parametrize("language", Language)
def test_help_names_every_command_that_one_needs(language):
    text = said(replies.help_text(chat(language)))
    assert all(f"/{name}" in text for name in COMMANDS if name not in {"start", "help"})


@pytest.mark.parametrize("language", Language)
def test_the_menu_describes_every_command_within_telegrams_limits(language):
    described = replies.command_descriptions(language)
    assert list(described) == COMMANDS
    assert all(3 <= len(text) <= 256 for text in described.values())


@pytest.mark.parametrize("command", ["subscibe", "/Subscribe", "subscribe@other"])
def test_a_command_that_is_nearly_right_is_put_right(command):
    assert "/subscribe?" in said(replies.unknown_command(chat(), command))


@pytest.mark.parametrize(
    ("called", "meant"),
    [("помощь", "help"), ("Настройки", "settings"), ("стоп", "pause"), ("жардам", "help"),
     ("settings", "settings"), ("news", "latest")],
)  # fmt: skip
def test_what_people_call_a_command_names_it_with_and_without_a_slash(called, meant):
    assert f"/{meant}?" in said(replies.unknown_command(chat(), called))
    text = replies.not_understood(chat(), called)
    assert f"/{meant}?" in said(text)
    assert data_of(text) == [f"s:{called}", f"q:{called}"]


@pytest.mark.parametrize(
    ("begun", "meant"), [("sub", "subscribe"), ("unsub", "unsubscribe"), ("set", "settings")]
)
def test_a_command_that_is_only_begun_is_known_by_its_beginning(begun, meant):
    assert f"/{meant}?" in said(replies.unknown_command(chat(), begun))


def test_a_command_that_is_like_none_gets_help():
    text = said(replies.unknown_command(chat(), "xyzzy"))
    assert "/xyzzy" in text
    assert "/help" in text


def test_a_text_is_offered_as_a_subscription():
    message = replies.not_understood(chat(), "  snow in\nNaryn ")
    assert data_of(message) == ["s:snow in Naryn", "q:snow in Naryn"]
    assert "“snow in Naryn”" in said(message)


@pytest.mark.parametrize("text", ["", "ж" * 32, "a" * 63, "x" * 5000, "\x00", "\ud83d"])
def test_a_text_that_no_button_holds_gets_the_right_form(text):
    message = replies.not_understood(chat(), text)
    assert message.buttons == ()
    assert "/subscribe visa" in said(message)


@pytest.mark.parametrize("text", ["ж" * 31, "a" * 62])
def test_a_text_that_just_fits_has_its_button(text):
    assert data_of(replies.not_understood(chat(), text)) == [f"s:{text}", f"q:{text}"]


def test_a_new_subscription_is_confirmed_and_can_be_undone():
    message = replies.subscribed(chat(), [(subscription("visa"), True)])
    assert said(message) == "Done! I'll send you news about “visa”."
    assert data_of(message) == ["u:k1"]


def test_other_editions_than_the_chats_own_are_named():
    elsewhere = subscription("виза", editions={Edition.RU, Edition.KY})
    text = said(replies.subscribed(chat(), [(elsewhere, True)]))
    assert text.endswith("I look for it in the news in Russian and in Kyrgyz.")


def test_an_old_subscription_is_not_news():
    text = said(replies.subscribed(chat(), [(subscription("visa"), False)]))
    assert text == "You already follow “visa”."


def test_new_and_old_ones_are_told_apart():
    asked = [(subscription("a", "1"), True), (subscription("b", "2"), False)]
    text = said(replies.subscribed(chat(), asked))
    assert text.split("\n\n") == [
        "Done! I'll send you news about “a”.",
        "You already follow “b”.",
    ]


@pytest.mark.parametrize("fault", QueryFault)
@pytest.mark.parametrize("language", Language)
def test_every_fault_of_a_query_has_its_answer_and_the_right_form(language, fault):
    reader = chat(language)
    text = said(replies.query_refused(reader, fault, "the"))
    assert "/subscribe" in text
    assert text != said(replies.query_refused(reader, "of another time", "the"))


def test_what_is_refused_comes_with_the_nearest_query_that_can_be_followed():
    message = replies.query_refused(chat(), "short prefix", "vis*", "vis & <visa>")
    assert "<code>/subscribe vis &amp; &lt;visa&gt;</code>" in message.html
    assert data_of(message) == ["s:vis & <visa>"]
    assert labels_of(message) == ["Follow “vis & <visa>”"]


@pytest.mark.parametrize("suggestion", ["ж" * 200, "😀" * 100])
def test_a_suggestion_that_no_button_holds_is_there_to_be_copied(suggestion):
    message = replies.query_refused(chat(), "too long", "x", suggestion)
    assert suggestion in said(message)
    assert message.buttons == ()


def test_a_limit_is_named():
    text = said(replies.limit_reached(chat(), 100))
    assert "100 subscriptions" in text
    assert "/unsubscribe" in text


def test_what_was_ended_can_be_begun_again():
    message = replies.unsubscribed(chat(), [subscription("visa China")])
    assert "“visa China”" in said(message)
    assert data_of(message) == ["s:visa China"]


def test_what_does_not_fit_a_button_can_not_be_begun_again_by_one():
    assert replies.unsubscribed(chat(), many(1)).buttons == ()


def test_a_list_has_all_with_their_editions_and_dates():
    asked = [subscription("visa", editions=set(Edition)), subscription("snow", "k2")]
    message = replies.subscription_list(chat(), asked, NOW)
    assert said(message).split("\n\n") == [
        "2 subscriptions",
        "1. “visa”\nEnglish, Русский, Кыргызча · since March 12, 2026",
        "2. “snow”\nEnglish · since March 12, 2026",
    ]
    assert data_of(message) == ["c:k1", "c:k2"]


def test_the_day_of_a_subscription_is_the_readers():
    asked = [subscription("visa", created=NOW.replace(hour=20))]
    assert "March 13" in said(replies.subscription_list(chat(), asked, NOW))
    assert "March 12" in said(replies.subscription_list(chat(timezone="UTC"), asked, NOW))


def listed(reader, asked, page):
    return replies.subscription_list(reader, asked, NOW, page)


@pytest.mark.parametrize(("reply", "kind"), [(listed, "lp"), (replies.unsubscribe_keyboard, "up")])
def test_every_subscription_is_on_one_page_and_the_pages_lead_to_each_other(reply, kind):
    keys, number = [], 0
    for _ in range(13):
        message = reply(chat(), many(100), number)
        keys += [each for each in data_of(message) if each[:2] in {"u:", "c:"}]
        _, here, after = message.buttons[-1]
        assert here.data == f"{kind}:{number}"
        number = int(after.data.removeprefix(f"{kind}:"))
    assert [each[2:] for each in keys] == [f"k{n}" for n in range(100)]
    assert number == 0


@pytest.mark.parametrize(("asked", "shown"), [(-7, 0), (1, 1), (99, 2)])
def test_a_page_that_is_gone_is_the_nearest_there_is(asked, shown):
    found = page(range(20), asked)
    assert (found.number, found.shown[0]) == (shown, shown * 8)


@pytest.mark.parametrize("reply", [listed, replies.unsubscribe_keyboard])
def test_a_short_list_has_no_pages(reply):
    assert len(reply(chat(), many(8), 0).buttons) == 8


@pytest.mark.parametrize("character", ["ж", "😀", "&", "<"])
@pytest.mark.parametrize("language", Language)
def test_a_hundred_long_subscriptions_are_never_too_much(language, character):
    reader, asked = chat(language), many(100, 200, character)
    for message in (
        replies.subscribed(reader, [(each, True) for each in asked]),
        replies.subscribed(reader, [(each, bool(n % 2)) for n, each in enumerate(asked)]),
        replies.unsubscribed(reader, asked),
        replies.unsubscribe_keyboard(reader, asked, 12),
        *(replies.subscription_list(reader, asked, NOW, number) for number in range(13)),
        replies.nothing_to_unsubscribe(reader, asked[0].text * 100),
        replies.query_refused(reader, QueryFault.TOO_LONG, asked[0].text * 100),
    ):
        check(message)


def test_many_new_ones_leave_room_for_what_went_wrong():
    message = replies.subscribed(chat(), [(each, n < 50) for n, each in enumerate(many(100))])
    assert len(said(message)) < 3200


def test_the_latest_are_listed_by_day_with_links():
    parsed = check(replies.latest(chat(), items(Language.EN), Edition.EN))
    days = parsed.text.split("\n\n")[1:]
    assert [day.splitlines()[0] for day in days] == ["March 12", "March 11"]
    assert [day.count("\n") for day in days] == [3, 1]
    assert len(parsed.tagged("a")) == 4


def test_a_day_of_the_latest_is_the_readers():
    text = said(replies.latest(chat(timezone="America/New_York"), items(Language.EN, 1)))
    assert "05:43" in text


def test_from_one_edition_one_may_switch_to_the_others():
    some = items(Language.EN)
    assert data_of(replies.latest(chat(), some, Edition.EN)) == ["l:ru", "l:ky"]
    assert data_of(replies.latest(chat(), some)) == ["l:en", "l:ru", "l:ky"]
    assert data_of(replies.latest(chat(), some, Edition.EN, {Edition.EN, Edition.KY})) == ["l:ky"]


def test_a_listing_of_long_titles_fits():
    long = [replace(each, title="Снег 😀 " * 100) for each in items(Language.RU, 150)]
    assert len(check(replies.latest(chat(Language.RU), long, Edition.RU)).tagged("a")) == 15


def test_no_news_is_an_answer():
    assert said(replies.latest(chat(), [])) == said(replies.no_articles(chat()))


UNTOUCHED = [
    "Quiet hours: none",
    "Daily time: 08:00",
    "Daily digest: off – /digest",
    "Messages a day: no limit",
    "Repeated stories: as a reply",
]


def test_settings_show_what_is_set():
    reader = chat(Language.EN, {Edition.RU, Edition.KY}, "Europe/Berlin")
    message = replies.settings(reader)
    assert said(message).split("\n\n")[1].splitlines() == [
        "Language: English",
        "News: Русский, Кыргызча",
        "Time zone: Berlin (Europe/Berlin)",
        *UNTOUCHED,
    ]
    kinds = ("language", "editions", "timezone", "quiet", "daily", "most", "repeats")
    assert data_of(message) == [*(f"set:{kind}" for kind in kinds), "pause:on"]


def test_what_is_chosen_is_ticked():
    reader = chat(Language.KY, {Edition.EN, Edition.KY}, "Europe/Berlin")
    language = labels_of(replies.choose_language(reader))
    assert [each for each in language if each.startswith("✓")] == ["✓ Кыргызча"]
    editions = labels_of(replies.choose_editions(reader))
    assert [each for each in editions if each.startswith("✓")] == ["✓ English", "✓ Кыргызча"]
    zones = labels_of(replies.choose_timezone(reader))
    assert [each for each in zones if each.startswith("✓")] == ["✓ Берлин"]


def test_only_editions_that_are_read_can_be_chosen():
    message = replies.choose_editions(chat(), {Edition.EN, Edition.RU})
    assert data_of(message) == ["ed:en", "ed:ru", "set:menu"]


def test_what_was_saved_is_said():
    reader = chat(Language.EN, {Edition.RU}, "Europe/Berlin")
    assert said(replies.timezone_saved(reader)) == "Saved. Time zone: Berlin (Europe/Berlin)"
    assert said(replies.saved(reader)).splitlines() == [
        "Saved.",
        "Language: English",
        "News: Русский",
        "Time zone: Berlin (Europe/Berlin)",
        *UNTOUCHED,
    ]


def test_a_wrong_time_zone_is_named_with_a_right_one():
    text = said(replies.not_a_setting(chat(), "<Mars>"))
    assert "“<Mars>”" in text
    assert "/settings Asia/Bishkek" in text


SIMPLE = [
    replies.admins_only,
    replies.busy,
    replies.greeting_in_group,
    replies.help_text,
    replies.no_articles,
    replies.no_subscriptions,
    replies.saved,
    replies.settings,
    replies.timezone_saved,
    replies.choose_language,
    replies.choose_editions,
    replies.choose_timezone,
    replies.choose_quiet,
    replies.choose_daily,
    replies.choose_most,
    replies.choose_repeats,
    replies.subscribe_usage,
    replies.went_wrong,
]
TOASTS = [
    replies.toast_admins_only,
    replies.toast_failed,
    replies.toast_gone,
    replies.toast_last_edition,
    replies.toast_outdated,
    replies.toast_saved,
]


@pytest.mark.parametrize("reply", SIMPLE)
def test_every_reply_differs_by_language(reply):
    assert len({said(reply(chat(language))) for language in Language}) == 3


@pytest.mark.parametrize("toast", TOASTS)
@pytest.mark.parametrize("language", Language)
def test_a_toast_is_short_and_bare(language, toast):
    text = toast(chat(language))
    assert 0 < len(text) <= 200
    assert not set(text) & set("<>&{}")


@pytest.mark.parametrize("language", Language)
def test_a_toast_with_a_query_is_short_too(language):
    assert len(replies.toast_unsubscribed(chat(language), "😀" * 200)) <= 200


def test_a_group_is_a_chat_like_others():
    group = Chat(REF, Language.EN, frozenset(Edition), "Asia/Bishkek")
    assert isinstance(replies.greeting_in_group(group), Message)
