"""Chats, subscriptions and news of our own making."""

from datetime import UTC, datetime, timedelta

from bot.messages.render import Met, Story
from bot.messages.summary import lead
from bot.model import Article, Chat, ChatRef, Edition, Hit, Item, Language, Subscription

NOW = datetime(2026, 3, 12, 9, 43, tzinfo=UTC)
"""15:43 in Bishkek."""
REF = ChatRef(7)


def chat(language=Language.EN, editions=None, timezone="Asia/Bishkek", ref=REF):
    return Chat(ref, language, frozenset(editions or {Edition(language)}), timezone)


def subscription(text="visa", key="k1", editions=(Edition.EN,), created=NOW):
    return Subscription(REF, key, text, frozenset(editions), created)


def article(
    title="A title", body=("A first sentence. A second one. And more.",), url=None, **fields
):
    return Article(
        edition=fields.pop("edition", Edition.EN),
        id=fields.pop("id", 1),
        url=url if url is not None else "https://24.kg/english/1/",
        title=title,
        body=tuple(body),
        published=fields.pop("published", NOW),
        **fields,
    )


def places(text, *found):
    """The spans of these words in a text."""
    return tuple((text.index(word), text.index(word) + len(word)) for word in found if word in text)


def story(of, *found, asked=("visa",)):
    """Met by a subscription for each of `asked`; `found` are the words that meet them."""
    text = lead(of)
    spans = places(of.title, *found), places(text, *found)
    met = [Met(subscription(each, f"k{n}"), *spans) for n, each in enumerate(asked)]
    return Story(of, text, tuple(met))


def items(language, count=4):
    titles = NEWS[language]
    return [
        Item(
            Edition(language),
            100 + number,
            f"https://24.kg/news/{100 + number}_slug/",
            titles[number % len(titles)].title,
            NOW - timedelta(hours=7 * number),
        )
        for number in range(count)
    ]


def hits(language):
    """The first words that were asked for are marked."""
    found = FOUND[language]
    return tuple(
        Hit(
            each.id,
            each.edition,
            each.url,
            each.title,
            each.published,
            lead(each),
            each.section,
            marks=places(each.title, *found),
            lead_marks=places(lead(each), *found),
        )
        for each in NEWS[language]
    )


NEWS = {
    Language.EN: [
        article(
            "Visa centre for China & Korea opens on Manas Avenue",
            (
                (
                    "A visa centre has opened at 41 Manas Ave. in Bishkek, A. Osmonova said. "
                    "Visas to China take five days."
                ),
                "«We began with 12.5 percent of what was planned,» she said. The rest follows.",
            ),
            "https://24.kg/english/900001/",
            section="Society",
            id=1,
        ),
        article(
            "Snow closes the pass for trucks with visas in transit",
            ("Two metres of snow fell overnight. The road opens on Friday. Drivers wait.",),
            "https://24.kg/english/900002/",
            section="Weather",
            id=2,
            published=NOW - timedelta(days=1),
        ),
    ],
    Language.RU: [
        article(
            "Визы в Китай: «одно окно» открылось на ул. Токтогула",
            (
                (
                    "В Бишкеке на ул. Токтогула заработало «одно окно», где оформляют визы "
                    "в Китай и Корею. Об этом рассказала А. Осмонова из консульской службы."
                ),
                "Ждать придётся пять дней. Очередь длиной 12,5 метра уже разошлась.",
            ),
            "https://24.kg/obschestvo/900003/",
            section="Общество",
            edition=Edition.RU,
            id=3,
        ),
        article(
            "Снег закрыл перевал, водителям с визами придётся подождать",
            ("За ночь выпало два метра снега. Дорогу откроют в пятницу. Водители ждут.",),
            "https://24.kg/proisshestvija/900004/",
            section="Происшествия",
            edition=Edition.RU,
            id=4,
            published=NOW - timedelta(days=1),
        ),
    ],
    Language.KY: [
        article(
            "Кытайга визаны Токтогул көчөсүндө бир терезеден алса болот",
            (
                (
                    "Бишкекте Кытайга жана Кореяга виза берген «бир терезе» ачылды. Бул тууралуу "
                    "консулдук кызматтан А. Осмонова билдирди."
                ),
                "Визаны беш күн күтүш керек. Кезек күн сайын кыскарууда.",
            ),
            "https://24.kg/kyrgyzcha/900005/",
            section="Коом",
            edition=Edition.KY,
            id=5,
        ),
        article(
            "Ашууну кар басты, визасы бар айдоочулар күтүп турат",
            ("Түн ичинде эки метр кар жаады. Жол жума күнү ачылат. Айдоочулар күтүүдө.",),
            "https://24.kg/kyrgyzcha/900006/",
            section="Окуя",
            edition=Edition.KY,
            id=6,
            published=NOW - timedelta(days=1),
        ),
    ],
}
ASKED = {
    Language.EN: ("visa", "visa China"),
    Language.RU: ("виза", "виза Китай"),
    Language.KY: ("виза", "виза Кытай"),
}
FOUND = {
    Language.EN: ("Visas", "Visa", "visa", "visas", "China"),
    Language.RU: ("Визы", "визы", "визами", "Китай"),
    Language.KY: ("визаны", "виза", "визасы", "Кытайга"),
}


def stories(language):
    return [story(each, *FOUND[language], asked=ASKED[language]) for each in NEWS[language]]
