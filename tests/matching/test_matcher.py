import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.matching import analysis, beginnings, kyrgyz_tails, query, readers, russian, words
from bot.matching.matcher import Matcher
from bot.matching.query import QueryError, parse
from bot.matching.readers import Readers
from bot.matching.why import explain
from bot.model import Article, ChatRef, Edition, Subscription

NOW = datetime(2026, 1, 1, tzinfo=UTC)
EVERYWHERE = frozenset(Edition)


def listed_words(text):
    return sorted(text.split())


ASKED = listed_words(
    """
    visa visas China e-mail email US U.S. COVID-19 covid C++ 24.kg AT&T news new Issyk-Kul bank
    виза визы Китай Жапаров Иссык-Куль суд выборы кытай өкмөт Ысык-Көл АКШ балдар шайлоо 🔥
    """
)
SAID = listed_words(
    """
    visa visas visa-free China's e-mail emails email US us U.S. COVID-19 19 C++ 24.kg 24 kg AT&T
    news new Issyk-Kul Issyk Kul banks bankrupt визами визит Китае Жапаровым Иссык-Куле суда 🔥 .
    выборах Кытайдын өкмөттүн Ысык-Көлдө АКШнын балдарга шайлоосу , and
    """
)


def subscription(text, chat=1, editions=EVERYWHERE, key=None):
    return Subscription(ChatRef(chat), key or parse(text).key, text, frozenset(editions), NOW)


def is_query(text):
    try:
        return bool(parse(text))
    except QueryError:
        return False


def article(title, *body, edition=Edition.EN):
    return Article(edition, 1, "https://24.kg/vlast/1/", title, body, NOW)


def matcher(*subscriptions):
    found = Matcher()
    for each in subscriptions:
        found.put(each)
    return found


def test_an_article_reaches_a_chat_once_with_all_subscriptions_it_meets():
    visa, china, iran = map(subscription, ("visa", "China", "Iran"))
    other = subscription("visa", chat=2)
    found = matcher(visa, china, iran, other).match(article("China's visas"))
    assert found == {
        ChatRef(1): tuple(sorted((visa.key, china.key))),
        ChatRef(2): (other.key,),
    }


def test_all_words_are_required():
    both = matcher(subscription("visa China"))
    assert not both.match(article("A visa"))
    assert not both.match(article("In China"))
    assert both.match(article("A visa", "in China"))


def test_topics_of_one_chat_are_chats_of_their_own():
    first = Subscription(ChatRef(-5, 1), "k", "visa", EVERYWHERE, NOW)
    second = replace(first, chat=ChatRef(-5, 2))
    assert matcher(first, second).match(article("visa")) == {
        ChatRef(-5, 1): ("k",),
        ChatRef(-5, 2): ("k",),
    }


def test_only_the_editions_of_the_subscription_count():
    found = matcher(subscription("visa", editions={Edition.EN}))
    assert found.match(article("visa"))
    assert not found.match(article("visa", edition=Edition.RU))


def test_a_put_replaces_the_one_of_the_same_chat_and_key():
    found = matcher(subscription("visa", key="k"), subscription("China", key="k"))
    assert len(found) == 1
    assert not found.match(article("visa"))
    assert found.match(article("China"))
    found.put(subscription("China", key="k", editions={Edition.RU}))
    assert len(found) == 1
    assert not found.match(article("China"))


def test_the_key_is_the_subscriptions_even_where_it_is_an_older_one():
    old = subscription("visa", key="of-old")
    assert matcher(old).match(article("visa")) == {old.chat: ("of-old",)}


def test_a_bad_text_is_refused_and_changes_nothing():
    found = matcher(subscription("visa", key="k"))
    with pytest.raises(QueryError):
        found.put(replace(subscription("visa", key="k"), text="…"))
    assert len(found) == 1
    assert found.match(article("visa"))


def test_what_is_removed_is_gone_and_what_was_not_there_is_nothing():
    visa = subscription("visa")
    found = matcher(visa, subscription("visa", chat=2))
    found.remove(visa.chat, visa.key)
    found.remove(visa.chat, visa.key)
    found.remove(ChatRef(9), "unknown")
    assert list(found.match(article("visa"))) == [ChatRef(2)]
    assert len(found) == 1


def test_an_emptied_matcher_holds_nothing():
    queries = [subscription(text, chat) for chat, text in enumerate(ASKED, 1)]
    found = matcher(*queries)
    for each in queries:
        found.remove(each.chat, each.key)
    assert len(found) == 0
    assert not found.match(article(" ".join(SAID)))
    left = {name for name, value in vars(found).items() if value}
    assert not left


SIGNED = listed_words(
    """
    "visa" =VISA ="US" "visas" visa* econo* кыта* визам* title:visa title:Issyk-Kul section:vlast
    title:"e-mail" section:Общество lang:en lang:ky "COVID-19" "Ысык-Көл" =АКШ "24.kg"
    """
)
PHRASES = ['"visa China"', '"new visas"', '"bank news"', '"visa кыта*"', 'title:"Issyk Kul"']
queries = st.recursive(
    st.sampled_from(ASKED + SIGNED + PHRASES),
    lambda inner: st.builds(
        lambda sign, excluded, parts: f"{excluded}({sign.join(parts)})",
        st.sampled_from([" ", " | ", " -"]),
        st.sampled_from(["", "", "visa -", "news | visa -"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
).filter(is_query)
subscriptions = st.builds(
    subscription,
    queries,
    st.integers(1, 4),
    st.frozensets(st.sampled_from(Edition), min_size=1),
)
articles = st.builds(
    lambda parts, edition, section: replace(
        article(*(" ".join(part) for part in parts), edition=edition), section=section
    ),
    st.lists(st.lists(st.sampled_from(SAID), max_size=12), min_size=1, max_size=3),
    st.sampled_from(Edition),
    st.sampled_from(["", "Общество", "English"]),
)
changes = st.lists(st.tuples(st.booleans(), subscriptions), max_size=12)


def by_brute_force(current, news):
    found = {}
    for each in current:
        if news.edition in each.editions and explain(parse(each.text), news).matched:
            found.setdefault(each.chat, set()).add(each.key)
    return {chat: tuple(sorted(of_chat)) for chat, of_chat in found.items()}


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(changes, st.lists(articles, min_size=1, max_size=3))
def test_the_index_equals_brute_force_under_any_puts_and_removes(story, news):
    found, current = Matcher(), {}
    for is_put, each in story:
        if is_put:
            found.put(each)
            current[each.chat, each.key] = each
        else:
            found.remove(each.chat, each.key)
            current.pop((each.chat, each.key), None)
    assert len(found) == len(current)
    for one in news:
        assert found.match(one) == by_brute_force(current.values(), one)


def calls_of(action):
    """How many functions of ours it calls: work, counted."""
    count = 0

    def profile(frame, event, _):
        nonlocal count
        count += event == "call" and "matching" in frame.f_code.co_filename

    sys.setprofile(profile)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


HORRORS = {
    "one word of 10,000 letters": "лар" * 3334,
    "zalgo": ("a" + "\u0301\u0327" * 50) * 200,
    "soft hyphens": "a\u00ad" * 5000,
    "one compound": "a-" * 5000,
    "one number": "1," * 5000,
    "apostrophes": "a'" * 5000,
    "points": "A." * 5000,
    "signs": "+#" * 5000,
    "suffixes without end": " ".join("дагылар" * (1 + number % 9) for number in range(600)),
    "5,000 distinct words": " ".join(f"слово{chr(1072 + n % 32)}{n // 32}" for n in range(5000)),
}


@pytest.mark.parametrize("horror", HORRORS)
@pytest.mark.parametrize("edition", Edition)
def test_work_is_bounded_by_the_size_of_the_text(horror, edition):
    text = HORRORS[horror]
    found = matcher(*(subscription(asked, chat) for chat, asked in enumerate(ASKED, 1)))
    budget = 2000 * len(words.surfaces(text)) + 50 * len(text) + 1000
    assert calls_of(lambda: found.match(article(text, edition=edition))) <= budget


def test_more_subscriptions_to_the_same_words_do_not_cost_more_lookups():
    news = article("Nothing that anyone asked for, ever and ever")
    few, many = matcher(subscription("visa")), matcher(subscription("visa"))
    for chat in range(2, 500):
        many.put(subscription("visa China", chat))
    few.match(news)
    many.match(news)
    assert calls_of(lambda: many.match(news)) == calls_of(lambda: few.match(news))


def test_caches_are_bounded():
    for cache in (
        *(analysis._keys, analysis.asked, words._fold, query._parse, russian.forms),
        *(kyrgyz_tails._follows, kyrgyz_tails._suffixes, kyrgyz_tails._verbs, beginnings._tails),
    ):
        assert cache.cache_info().maxsize


def test_huge_words_are_not_remembered():
    before = analysis._keys.cache_info().currsize, words._fold.cache_info().currsize
    Matcher().match(article("ж" * 10_000, "é" * 10_000))
    assert (analysis._keys.cache_info().currsize, words._fold.cache_info().currsize) == before


@pytest.mark.parametrize(
    ("asked", "text", "edition", "is_met"),
    [
        ("Iran", "In Tirana", "en", False),
        ("виза", "импровизация", "ru", False),
        ("AI", "It is AI, they said", "en", True),
        ("AI", "Machines (AI) learn", "en", True),
        ("AI", "He said it again", "en", False),
        ("виза", "«виза»", "ru", True),
        ("COVID-19", "of COVID–19.", "en", True),
        ("C++", "in C++, not C", "en", True),
        ("C++", "in C, not C#", "en", False),
        ("visa", "an e-visa", "en", True),
        ("виза", "ви\u00adза\u00a0есть", "ru", True),
        ("елка", "Ёлка", "ru", True),
        ("виза", "ВИЗА", "ru", True),
        ("өкмөт", "ӨКМӨТ", "ky", True),
        ("(a+)+$", "a" * 5000, "en", False),
        (".*", "anything", "en", None),
        ("vis[ae]", "vise", "en", False),
    ],
)
def test_how_bots_of_this_kind_fail_is_not_how_this_one_does(asked, text, edition, is_met):
    if is_met is None:
        assert not is_query(asked)
        return
    found = matcher(subscription(asked)) if is_query(asked) else Matcher()
    assert bool(found.match(article(text, edition=Edition(edition)))) == is_met


@pytest.mark.parametrize("sign", ["(", "-(", "(visa | ", "title:(", '"visa ', "visa -"])
def test_work_on_a_query_is_bounded(sign):
    text = (sign * 200)[:200]
    assert calls_of(lambda: is_query(text)) <= 40_000


def test_many_readers_join_as_many_without_moving_all_for_each(monkeypatch):
    found = Readers()
    assert found.add_all({*range(0, 10_000, 2)}, 1) == 5000

    def inserted(_, number):
        raise AssertionError(number)

    monkeypatch.setattr(readers, "insort", inserted)
    assert found.add_all({*range(1, 8000, 2)}, 1) == 4000
    assert [*found.chats] == sorted({*range(0, 10_000, 2), *range(1, 8000, 2)})


def test_readers_of_one_query_are_kept_sorted_in_eight_bytes_each():
    found = Readers()
    for chat in (*range(0, 100_000, 2), *range(99_999, 0, -2)):
        assert found.add(chat, 1)
    assert found.chats.itemsize == 8
    assert found.add(50_000, 1) is False
    assert found.add(50_000, 2) is False
    assert len(found.chats) == 99_999
    assert [memoryview(chats).nbytes for chats in found.others(2)] == [8]
    assert found.remove(50_000)
    assert not found.remove(50_000)
    assert len(found) == 99_999


def test_what_is_remembered_of_words_is_bounded(monkeypatch):
    monkeypatch.setattr("bot.matching.lookups.REMEMBERED", 50)
    found = matcher(subscription("visa"))
    for number in range(20):
        found.match(article(" ".join(f"w{number}x{n}" for n in range(20))))
    assert len(found._words.lookups) <= 50 + 20
