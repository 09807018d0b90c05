"""Only title and body are searched: what stands around an article is nothing of it."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from bot.matching.matcher import Matcher
from bot.matching.query import parse
from bot.matching.why import explain
from bot.model import Article, ChatRef, Edition, Subscription

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PLACES = ["title", "body", "section", "address", "author"]
ASKED = ["visa", "title:visa", "section:visa", '"visa"', "=visa", "visa*", "visa | section:visa"]


def standing(place):
    bare = Article(Edition.EN, 1, "https://24.kg/english/1/", "News", ("Nothing.",), NOW)
    return {
        "title": replace(bare, title="A visa"),
        "body": replace(bare, body=("Nothing.", "A visa.")),
        "section": replace(bare, section="Visa"),
        "address": replace(bare, url="https://24.kg/visa/1_visa_visa/"),
        "author": replace(bare, author="Visa"),
    }[place]


def found_in(asked):
    if "section" in asked:
        return {"section", "address"} | ({"title", "body"} if "|" in asked else set())
    return {"title"} if "title" in asked else {"title", "body"}


@pytest.mark.parametrize(("asked", "place"), list(product(ASKED, PLACES)))
def test_a_word_is_found_where_it_is_looked_for_alone(asked, place):
    article = standing(place)
    is_found = place in found_in(asked)
    assert explain(parse(asked), article).matched == is_found
    found = Matcher()
    for chat, text in enumerate(ASKED, 1):
        found.put(Subscription(ChatRef(chat), parse(text).key, text, frozenset(Edition), NOW))
    assert (ChatRef(ASKED.index(asked) + 1) in found.match(article)) == is_found
