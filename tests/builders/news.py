"""Articles, readers and what they asked for, made of the little that a test is about."""

from dataclasses import replace
from datetime import timedelta

from bot.matching.query import followed_in, parse
from bot.model import Article, Chat, ChatRef, Edition, Language, Subscription
from tests.fakes.clock import START

EN, RU, KY = Edition
SECTIONS = {EN: "english", RU: "vlast", KY: "kyrgyzcha"}


def article(number: int, title: str = "", *, minutes: float = 0.0, **more: object) -> Article:
    """Published `minutes` before the clock starts, in English unless told otherwise."""
    edition = more.get("edition", EN)
    made = Article(
        edition=edition,
        id=number,
        url=f"https://24.kg/{SECTIONS[edition]}/{number}/",
        title=title or f"Visa story {number}",
        body=(
            f"The first sentence of story {number} was said in the capital on Monday.",
            "Nobody knows yet what it will lead to.",
        ),
        published=START - timedelta(minutes=minutes),
        section="Society",
    )
    return replace(made, **more)


def chat(number: int = 1001, **changes: object) -> Chat:
    """A reader of the English edition."""
    return replace(Chat(ChatRef(number), Language.EN, frozenset({EN}), "Asia/Bishkek"), **changes)


def subscription(ref: ChatRef, text: str, *editions: Edition) -> Subscription:
    """As `flows.subscribe` would make it."""
    asked = parse(text)
    found = frozenset(editions) or followed_in(asked, frozenset({EN}))
    return Subscription(ref, asked.key, asked.text, found, START)
