"""What readers see, for eyes: run with REWRITE_GOLDEN=1 and look at the difference."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.matching.query import QueryFault, parse
from bot.matching.reading import reading
from bot.matching.rewriting import derived
from bot.messages import render, replies
from bot.model import Edition, Language, Outlook
from tests.messages.samples import ASKED, NOW, chat, items, stories, subscription
from tests.messages.telegram_html import check

GOLDEN = Path(__file__).parent / "golden"


def shown(message):
    check(message)
    rows = ["  ".join(f"[{b.label}]({b.url or b.data})" for b in row) for row in message.buttons]
    return "\n".join([message.html, *rows])


def pages(language):
    reader = chat(language)
    asked = [
        subscription(text, f"k{number}", {Edition(language)}, NOW - timedelta(days=90 * number))
        for number, text in enumerate((*ASKED[language], "«Манас»"))
    ]
    elsewhere = subscription("Google", "k9", {Edition.EN, Edition.RU, Edition.KY})
    told = stories(language)
    made = replies.Card(
        asked[1],
        reading=reading(parse(ASKED[language][1]), language),
        editions=frozenset(Edition),
        outlook=Outlook(9, 120, is_rough=True, latest=items(language)[1]),
        is_much=True,
        wider=tuple(derived(parse(ASKED[language][1]), [Edition(language)])),
        narrower=("Ош", "Нарын"),
        parts=tuple(ASKED[language][1].split()),
        others=(("Google", frozenset(Edition)),),
    )
    return {
        "alert": [render.alert(told[0], reader, NOW)],
        "bundle": [message for message, _ in render.bundle(told, reader, NOW)],
        "welcome": [replies.welcome(reader, ASKED[language])],
        "help": [replies.help_text(reader)],
        "subscribed": [
            replies.subscribed(reader, [(asked[0], True)]),
            replies.subscribed(reader, [(elsewhere, True)]),
            replies.subscribed(reader, [(asked[0], True), (asked[1], True), (asked[2], False)]),
        ],
        "refused": [
            *(replies.query_refused(reader, fault, "—") for fault in QueryFault),
            replies.query_refused(reader, QueryFault.SHORT_PREFIX, "vis*", ASKED[language][0]),
        ],
        "unsubscribed": [replies.unsubscribed(reader, asked[:1])],
        "card": [
            replies.followed(reader, made, NOW, is_new=True),
            replies.subscription_card(reader, made, NOW),
        ],
        "list": [replies.subscription_list(reader, [*asked, elsewhere], NOW)],
        "latest": [replies.latest(reader, items(language), Edition(language))],
        "settings": [replies.settings(reader), replies.choose_editions(reader)],
    }


def golden(language):
    parts = []
    for name, messages in pages(language).items():
        parts.append(f"== {name}\n" + "\n--\n".join(shown(message) for message in messages))
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize("language", Language)
def test_readers_see_what_was_looked_at_and_found_good(language):
    path = GOLDEN / f"{language}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(golden(language), "utf-8")
    assert golden(language) == path.read_text("utf-8")
