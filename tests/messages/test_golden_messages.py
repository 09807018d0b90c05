"""What readers see, for eyes: run with REWRITE_GOLDEN=1 and look at the difference."""

import os
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.flows.convert import Sum, convert
from bot.flows.rate_table import in_force, periods, table
from bot.matching.query import QueryFault, parse
from bot.matching.reading import reading
from bot.matching.rewriting import derived
from bot.messages import render, replies
from bot.model import Bound, Crossing, Digest, Edition, Found, Language, Outlook, Rate, Threshold
from tests.messages.samples import ASKED, NOW, REF, chat, hits, items, stories, subscription
from tests.messages.telegram_html import check

GOLDEN = Path(__file__).parent / "golden"


def shown(message):
    check(message)
    rows = ["  ".join(f"[{b.label}]({told(b)})" for b in row) for row in message.buttons]
    return "\n".join([message.html, *rows])


def told(button):
    return button.url or button.data or f"@ {button.inline}"


def offered(offers):
    above = offers.invitation and f"^ {offers.invitation.label} ({offers.invitation.start})"
    cards = [f"{each.title}\n{each.description}\n>\n{shown(each.message)}" for each in offers.shown]
    return "\n--\n".join(filter(None, [above, *cards]))


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
        meant=reading(parse(" | ".join(ASKED[language][1].split())), language),
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
        "latest": [
            replies.latest(
                reader, items(language), Edition(language), has_newer=True, has_older=True
            ),
            replies.popular(reader, items(language), Edition(language)),
            replies.popular(reader, (), Edition(language)),
        ],
        "search": search_answers(reader, hits(language), ASKED[language][1]),
        "rates": rate_answers(reader),
        "digest": digest_answers(reader, language),
        "settings": [
            replies.settings(reader),
            replies.choose_editions(reader),
            replies.settings(replace(reader, digest=Digest(weekdays_only=True))),
            replies.choose_daily(reader),
            replies.choose_most(reader),
            replies.not_a_setting(reader, "Bishkekk", "Asia/Bishkek"),
            replies.not_a_time(reader, "25:00-08:00", "settings 22:00-08:00"),
            replies.not_a_limit(reader, "1000", 999),
            replies.still_paused(reader),
        ],
    }


def digest_answers(reader, language):
    [visa, *_] = [subscription(text, text) for text in ASKED[language]]
    rates = [
        Rate("USD", Decimal(v), d, "bank")
        for d, v in (("2026-03-10", "87.4"), ("2026-03-12", "87.5"))
    ]
    told = [(visa, told.article) for told in stories(language)]
    whole = replies.Morning(NOW, table(rates, "2026-03-12"), told, items(language), 151, b"a chart")
    wanting = replace(reader, digest=Digest(), daily_at=time(8))
    return [
        *replies.digest(reader, whole)[0],
        *replies.digest(reader, replace(whole, picture=b""))[0],
        *replies.digest(reader, replies.Morning(NOW, stories=[], count=0))[0],
        *replies.digest(reader, replies.Morning(NOW, stories=[], asked=False))[0],
        replies.digest_settings(reader),
        replies.digest_settings(wanting),
        replies.digest_settings(replace(wanting, digest=Digest(frozenset(), weekdays_only=True))),
        replies.digest_saved(wanting),
        replies.digest_saved(reader),
        replies.digest_usage(reader, "soon"),
        replies.digest_offer(reader),
    ]


def search_answers(reader, some, asked):
    shown = replies.Shown("key", asked, 1, Found(some, "next", is_whole=False))
    return [
        replies.search_usage(reader),
        replies.found(reader, shown, NOW),
        replies.found(reader, replies.Shown("key", "ж" * 60, 0, Found(())), NOW),
        replies.found(reader, replies.Shown("key", asked, 3, Found(())), NOW),
        replies.related(reader, some, NOW),
        replies.related(reader, (), NOW),
        replies.related_usage(reader),
    ]


def inline_answers(language):
    """In text: what is offered while one types."""
    reader, asked = chat(language), ASKED[language][0]
    rate = Rate("USD", Decimal("87.4500"), "2026-03-11", "bank")
    sums = (convert(Sum(Decimal(100), "USD", "KGS"), {"USD": rate}),)
    return "\n\n".join(
        offered(replies.offers(each, NOW))
        for each in (
            replies.Typed(reader, asked, Found(hits(language)), start="sub_1"),
            replies.Typed(reader, asked, Found(()), start="sub_1"),
            replies.Typed(reader, "?", Found(())),
            replies.Typed(reader, "100 usd", Found(()), sums),
        )
    )


def rate_answers(reader):
    days = {"2026-03-10": ("87.4491", "1.1104"), "2026-03-11": ("87.4500", "1.1021")}
    known = [
        Rate(code, Decimal(value), day, "bank")
        for day, values in days.items()
        for code, value in zip(("USD", "RUB"), values, strict=True)
    ]
    known += [Rate("JPY", Decimal("5.4969"), "2026-03-10", "bank", 10)]
    tomorrow = Rate("RUB", Decimal("1.1200"), "2026-03-13", "bank")
    of_site = Rate("EUR", Decimal("101.56"), "2026-03-12", "site")
    rates = in_force(known, "2026-03-12")
    above = Threshold(REF, "USD", Bound.ABOVE, Decimal(88), 1, Decimal("87.45"), NOW)
    by_share = replace(above, currency="RUB", bound=Bound.MOVE, level=Decimal(5), base=Decimal(1))
    [over] = periods(known, ["RUB"], "2026-03-12", 90)
    asked = [Sum(Decimal(100), "USD", "KGS"), Sum(Decimal(5000), "KGS", "JPY")]
    return [
        replies.rate_table(reader, table([*known, of_site, tomorrow], "2026-03-11")),
        replies.rate_table(reader, table([*known, of_site], "2026-03-12")),
        replies.converted(reader, [convert(each, rates) for each in asked]),
        replies.rate_period(reader, over, b"a chart"),
        replies.rate_overview(reader, table(known, "2026-03-12"), b"a chart"),
        replies.rates_usage(reader),
        replies.no_rate(reader),
        replies.threshold_set(reader, above),
        replies.threshold_set(reader, replace(above, is_armed=False)),
        replies.threshold_list(reader, []),
        replies.threshold_list(reader, [above, by_share]),
        replies.crossed(reader, Crossing(above, replace(known[0], value=Decimal("88.0102")), 0)),
        replies.crossed(reader, Crossing(by_share, known[1], 0)),
        replies.too_many_thresholds(reader, 20),
    ]


def golden(language):
    parts = []
    for name, messages in pages(language).items():
        parts.append(f"== {name}\n" + "\n--\n".join(shown(message) for message in messages))
    parts.append("== inline\n" + inline_answers(language))
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize("language", Language)
def test_readers_see_what_was_looked_at_and_found_good(language):
    path = GOLDEN / f"{language}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(golden(language), "utf-8")
    assert golden(language) == path.read_text("utf-8")
