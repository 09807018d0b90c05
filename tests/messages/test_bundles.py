"""Several articles as one message, or as few as their length allows."""

from datetime import timedelta

from bot.messages.render import bundle
from bot.model import Language
from tests.messages.samples import NOW, article, chat, story
from tests.messages.telegram_html import check


def of(count, title="Visa rules change", **fields):
    return [story(article(title, id=n, url=f"https://24.kg/{n}/", **fields)) for n in range(count)]


def test_a_bundle_lists_each_title_with_its_link_time_and_subscription():
    told = [
        story(article("Visa rules", url="https://24.kg/1/", id=1)),
        story(article("A visa", url="https://24.kg/2/", id=2, published=NOW - timedelta(1))),
    ]
    [(message, ids)] = bundle(told, chat(), NOW)
    parsed = check(message)
    assert ids == (1, 2)
    assert parsed.text.split("\n\n") == [
        "2 new stories for you",
        "Visa rules\n15:43 · “visa”",
        "A visa\nMarch 11, 15:43 · “visa”",
    ]
    assert [each.href for each in parsed.entities if each.tag == "a"] == [
        "https://24.kg/1/",
        "https://24.kg/2/",
    ]
    assert message.preview == ""


def test_a_subscription_that_several_met_is_ended_by_one_button():
    [(message, _)] = bundle(of(5), chat(), NOW)
    assert [[button.data for button in row] for row in message.buttons] == [["u:k0", "m:k0"]]


def test_a_bundle_of_nothing_is_no_message():
    assert bundle([], chat(), NOW) == []


def test_every_article_is_told_once_and_in_order_in_as_many_messages_as_it_takes():
    told = bundle(of(300, "Visa " * 30), chat(), NOW)
    assert len(told) > 5
    assert [each for _, ids in told for each in ids] == list(range(300))
    for message, ids in told:
        parsed = check(message)
        assert parsed.text.startswith(f"{len(ids)} new stories for you")
        assert len(parsed.tagged("a")) == len(ids)


def test_short_titles_are_not_more_than_telegram_marks():
    told = bundle(of(200, "x"), chat(), NOW)
    assert all(len(check(message).entities) <= 100 for message, _ in told)
    assert len(told) == 5


def test_a_message_is_full_before_the_next_one_is_begun():
    told = bundle(of(60, "Visa 😀" * 20), chat(), NOW)
    for message, ids in told[:-1]:
        units = len(check(message).text.encode("utf-16-le")) // 2
        assert units + units / len(ids) > 3900


def test_the_last_message_may_tell_of_one():
    told = bundle(of(41, "x"), chat(Language.RU), NOW)
    assert check(told[1][0]).text.startswith("1 новость для вас")
