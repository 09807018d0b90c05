"""What a query found, as the reader sees it: the words in bold, whole, and nothing else."""

from datetime import UTC, datetime

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.matching.query import parse
from bot.matching.why import spans
from bot.matching.words import compounds, tokens
from bot.messages import render
from bot.messages.outside import clean
from bot.messages.render import Met, Story
from bot.model import Article, Chat, ChatRef, Edition, Language, Subscription
from tests.messages.telegram_html import check

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CHAT = Chat(ChatRef(1), Language.EN, frozenset(Edition), "Asia/Bishkek")
ASKED = [
    *("visa", "China", "виза", "Ысык-Көл", "AT&T", "24.kg", "e-mail", "🔥", "🇰🇬", "C++", "amp"),
    *('"visa China"', "visa*", "=Visa", "визасы", "100km", "b"),
]
SAID = [
    *("visa", "Visas", "visa-free", "visage", "China's", "визами", "Ысык-Көлдө", "AT&T", "24.kg"),
    *(
        "by e-mail",
        "🔥🔥",
        "🇰🇬🇺🇸",
        "C++",
        "ви\u00adза",
        "v\u202eisa",
        "vi\u0301sa",
        "100km",
        "визит",
    ),
    *("&amp;", "<b>visa</b>", "<", "&", "«виза»", "\u200bvisa\u200b", "👍🏽", "\n", "…"),
]
texts = st.lists(st.sampled_from(SAID), min_size=1, max_size=12).map(" ".join)


def told(asked, title, lead, edition):
    query = parse(asked)
    subscription = Subscription(ChatRef(1), query.key, asked, frozenset(Edition), NOW)
    article = Article(edition, 7, "https://24.kg/english/7/", title, (lead,), NOW)
    met = Met(
        subscription,
        tuple(spans(query, title, edition, "title")),
        tuple(spans(query, lead, edition, "body")),
    )
    return met, check(render.alert(Story(article, lead, (met,)), CHAT, NOW))


def shown(text, found):
    """What is seen of these places, those that touch as one."""
    joined = []
    for start, end in found:
        if (
            joined
            and not clean(text[joined[-1][1] : start], 10)
            and " " not in text[joined[-1][1] : start]
        ):
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return [clean(text[start:end], 1000) for start, end in joined]


@given(
    st.lists(st.sampled_from(ASKED), min_size=1, max_size=4), texts, texts, st.sampled_from(Edition)
)
def test_the_words_found_are_marked_whole_and_nothing_else_is(asked, title, lead, edition):
    assume(clean(title, 1000))  # the address stands for a title that can't be seen
    met, parsed = told(" | ".join(asked), title, lead, edition)
    assert parsed.tagged("u") == shown(title, met.title)
    bold = [text for text in parsed.tagged("b") if text != clean(title, 1000)]
    assert [text for text in shown(lead, met.lead) if text != clean(title, 1000)] == bold
    for text, found in ((title, met.title), (lead, met.lead)):
        borders = (*tokens(text), *compounds(text))
        assert {start for start, _ in found} <= {token.start for token in borders}
        assert {end for _, end in found} <= {token.end for token in borders}
