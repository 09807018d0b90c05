"""How much work a text or a query can make: counted in calls, never timed."""

import contextlib
import re
import sys
from datetime import UTC, datetime

import pytest

from bot.matching.matcher import Matcher
from bot.matching.query import QueryError, parse, split
from bot.matching.why import explain, spans
from bot.model import Article, ChatRef, Edition, Subscription

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NESTED = "(visa | (China -(Iran | (Oman (bank | title:(news | -(суд | (виза)))))))) эконом*"
ASKED = [
    *("visa", "COVID-19", "AT&T", "U.S.", "24.kg", "e-mail", "Жапаров", "Ысык-Көл", "балдар"),
    *('"visa visa visa visa China"', "=Visa", "эконом*", '"эконом* рост"', "section:власть"),
    NESTED,
]
HORRORS = {
    "letters": "лар",
    "marks": "a\u0301\u0327",
    "soft hyphens": "a\u00ad",
    "dashes": "a-",
    "two letters and a dash": "a-б ",
    "digits": "1",
    "thousands": "1,",
    "units": "1km",
    "apostrophes": "a'",
    "points": "A.",
    "signs": "+#",
    "joined emoji": "🔥\u200d",
    "flags": "🇰",
    "quotes": '"«„',
    "commas": ", a",
    "one word": "visa ",
    "separators": ",\n",
    "what is excluded afterwards": ", a эмес",
    "bidi controls": "\u202ea\u2069",
}


def calls_of(action):
    """How many functions of ours, and of what is written in C, are called."""
    count = 0

    def profile(frame, event, _):
        nonlocal count
        count += event in ("call", "c_call") and "matching" in frame.f_code.co_filename

    sys.setprofile(profile)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


def subscription(text, chat=1):
    return Subscription(ChatRef(chat), parse(text).key, text, frozenset(Edition), NOW)


def article(text, edition=Edition.EN):
    return Article(edition, 1, "https://24.kg/vlast/1/", text, (text,), NOW)


def matcher(queries=ASKED):
    found = Matcher()
    for chat, text in enumerate(queries, 1):
        found.put(subscription(text, chat))
    return found


def matching(text, edition):
    found = matcher()
    return calls_of(lambda: found.match(article(text, edition)))


def showing(text, edition):
    queries = [parse(asked) for asked in ASKED]
    return calls_of(lambda: [spans(query, text, edition) for query in queries])


def explaining(text, edition):
    query = parse(NESTED)
    return calls_of(lambda: explain(query, article(text, edition)))


def splitting(text, _):
    return calls_of(lambda: split(text))


@pytest.mark.parametrize("work", [matching, showing, explaining, splitting])
@pytest.mark.parametrize("horror", HORRORS)
@pytest.mark.parametrize("edition", Edition)
def test_work_grows_no_faster_than_the_text(work, horror, edition):
    short, long = (work(HORRORS[horror] * count, edition) for count in (100, 400))
    assert long <= 4.4 * short + 200


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("letters", ["ж", "visa", "лардагы", "a-", "1,", "үнүн"])
def test_a_word_of_10_000_letters_costs_no_more_than_any_word(letters, edition):
    text = (letters * 10_000)[:10_000]
    assert matching(text, edition) <= 200


@pytest.mark.parametrize("edition", Edition)
def test_5_000_distinct_words_cost_a_few_calls_each(edition):
    text = " ".join(f"слово{chr(1072 + n % 32)}{'лар' * (n // 32 % 9)}{n}" for n in range(5000))
    assert len(set(text.split())) == 5000
    assert matching(text, edition) <= 150 * 5000


@pytest.mark.parametrize(
    "sign", ["(", "-(", "(visa | ", "title:(", '"visa ', "visa -", "a|", "=(", 'a"', "эмес ", "a* "]
)
def test_a_query_costs_no_more_than_its_200_characters(sign):
    text = (sign * 200)[:200]

    def read():
        with contextlib.suppress(QueryError):
            parse(text)

    assert calls_of(read) <= 15_000


@pytest.mark.parametrize("text", ["(" * 10_000, "visa " * 10_000, "ж" * 100_000, "-" * 100_000])
def test_what_is_too_long_is_not_read(text):
    def read():
        with pytest.raises(QueryError):
            parse(text)

    assert calls_of(read) <= 5_000


@pytest.mark.parametrize(
    "pattern", ["(zqx+)+$", "zqx.*zqx", "zqx[a-z]+", "zqx{1,9}", "zqxa*", '"zqx* zqx"', "=zqx|^zqx"]
)
def test_no_pattern_of_a_readers_reaches_an_engine_that_backtracks(monkeypatch, pattern):
    found, text, seen = Matcher(), "zqx" * 5000 + " zqxa", []
    compiled = re._compile

    def spy(pattern, flags):
        seen.append(str(pattern))
        return compiled(pattern, flags)

    monkeypatch.setattr(re, "_compile", spy)
    found.put(subscription(pattern))
    found.match(article(text))
    explain(parse(pattern), article(text))
    spans(parse(pattern), text, Edition.EN)
    assert not [each for each in seen if "zqx" in each]
