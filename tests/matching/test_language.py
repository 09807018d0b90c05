"""The signs of the query language: what they mean, in which articles, and what is refused."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.query import MOST_TERMS, QueryError, QueryFault, followed_in, parse, split
from bot.matching.reading import reading
from bot.matching.tree import Junction, Not
from bot.matching.why import explain
from bot.model import Article, Edition, Language

NOW = datetime(2026, 1, 1, tzinfo=UTC)
EN, RU, KY = Edition.EN, Edition.RU, Edition.KY


def article(title, *body, edition=EN, section="", url="https://24.kg/vlast/7/"):
    return Article(edition, 7, url, title, body, NOW, section=section)


def meets(query, *texts, **how):
    return explain(parse(query), article(*texts, **how)).matched


def key(text):
    return parse(text).key


@pytest.mark.parametrize(
    ("query", "text", "is_met"),
    [
        ("visa China", "China's visa", True),
        ("visa China", "a visa", False),
        ("visa AND China", "visa", False),
        ("visa | China", "In China", True),
        ("visa OR China", "visas", True),
        ("visa OR China", "Iran", False),
        ("visa -China", "a visa", True),
        ("visa -China", "China's visa", False),
        ("visa NOT China", "China's visa", False),
        ("visa –China", "China's visa", False),
        ("visa -(China | Iran)", "a visa to Iran", False),
        ("visa -(China | Iran)", "a visa to Japan", True),
        ("visa -(China Iran)", "a visa to Iran", True),
        ("visa (China | Iran)", "a visa to Iran", True),
        ("visa (China | Iran)", "a visa to Japan", False),
        ("visa China | Iran", "Iran", True),
        ("visa (China | -Hong)", "visa in Kong", True),
        ("visa (China | -Hong)", "visa in Hong Kong", False),
        ('"visa regime"', "the visa regimes", True),
        ('"visa regime"', "a visa and a regime", False),
        ('"visa regime"', "regime visa", False),
        ('"visa regime"', "visa, regime", False),
        ('"visa free"', "visa-free", True),
        ("“visa regime”", "visa “regime”", True),
        ("«visa regime»", "regime", False),
        ('"Bank of Asia"', "the Bank of Asia", True),
        ('"Bank of Asia"', "Bank Asia", False),
        ('"visas"', "VISAS", True),
        ('"visas"', "visa", False),
        ('"visa"', "visa-free", True),
        ('"covid"', "COVID-19", True),
        ("=Visa", "Visa", True),
        ("=Visa", "a visa", False),
        ("=Visa", "Visas", False),
        ("=visa", "VISA", True),
        ('="New York"', "In New York", True),
        ('="New York"', "new york", False),
        ("=US", "us", False),
        ("100 km", "100km away", True),
        ("100km", "100 km away", True),
        ('"100 km"', "100km away", True),
        ("5G", "5 grams", False),
        ("🇰🇬", "at 🇰🇬", True),
        ("🇰🇬", "at 🇬🇰🇬", False),
        ("econo*", "economics", True),
        ("econo*", "macroeconomics", False),
        ("econo* -economics", "economics", False),
        ('"econo* crisis"', "economic crises", True),
        ('"econo* crisis"', "crisis of economics", False),
    ],
)
def test_signs_say_how_words_must_stand(query, text, is_met):
    assert meets(query, text) == is_met


@pytest.mark.parametrize(
    ("query", "text", "edition", "is_met"),
    [
        ("«безвизовый режим»", "о безвизовом режиме", RU, True),
        ("виза И Китай", "визы", RU, False),
        ("виза ИЛИ Китай", "в Китае", RU, True),
        ("виза НЕ Китай", "визы Китая", RU, False),
        ("виза ЖАНА Кытай", "Кытайдын визасы", KY, True),
        ("виза ЖЕ Кытай", "Кытайда", KY, True),
        ("виза ЭМЕС Кытай", "Кытайдын визасы", KY, False),
        ("виза Кытай ЭМЕС", "Кытайдын визасы", KY, False),
        ("виза Кытай ЭМЕС", "виза", KY, True),
        ("эконом*", "экономикой", RU, True),
        ("виза и Китай", "виза", RU, False),
        ("не виза", "виза", RU, True),
        ("lang:ky виза", "виза", RU, False),
        ("язык:ky виза", "виза", KY, True),
        ("тил:ru виза", "виза", RU, True),
        ("виза -lang:ky", "виза", KY, False),
        ("lang:ru виза | lang:ky Кытай", "виза", KY, False),
    ],
)
def test_they_are_known_in_three_languages_in_capitals_only(query, text, edition, is_met):
    assert meets(query, text, edition=edition) == is_met


@pytest.mark.parametrize("name", ["title", "Title", "заголовок", "аталыш"])
def test_a_title_is_the_title_alone(name):
    assert meets(f"{name}:visa", "A visa")
    assert not meets(f"{name}:visa", "News", "a visa")
    assert meets(f"{name}:(visa | China) Iran", "In China", "and Iran")
    assert not meets(f'{name}:"visa regime"', "A visa", "visa regime")


@pytest.mark.parametrize("name", ["section", "раздел", "бөлүм"])
def test_a_section_is_known_by_its_name_and_its_address(name):
    assert meets(f"{name}:общество", "Что угодно", edition=RU, section="Общество")
    assert meets(f"{name}:vlast", "Что угодно", edition=RU)
    assert not meets(f"{name}:общество", "Общество", edition=RU, section="Власть")
    assert not meets("общество", "Что угодно", edition=RU, section="Общество")
    assert meets(f'{name}:"бизнес и спорт" виза', "Виза", edition=RU, section="Бизнес и спорт")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("visa AND China -Hong", "(China visa) NOT Hong"),
        ("visa | China", "China OR visas"),
        ("visa visa", "visa"),
        ("visa (visa | China)", "visa"),
        ("visa | (visa China)", "visa"),
        ("-(visa | China) Iran", "Iran -visa -China"),
        ("-(-visa) China", "visa China"),
        ("visa -(Hong Kong)", "visa (-Hong | -Kong)"),
        ("((visa) (China Iran))", "visa China Iran"),
        ("title:(visa China)", "title:visa title:China"),
        ("заголовок:visa", "title:visa"),
        ("язык:ky виза", "lang:ky виза"),
        ('"visa China"', "«visas China»"),
        ('"VISA"', "=visa"),
        ("the visa", "visa"),
        ("visa -the", "visa"),
        ('"visa China', "visa China"),
        ("visa (China", "visa China"),
        ("visa) China", "visa China"),
        ("| visa AND", "visa"),
        ("visa OR OR China", "visa OR China"),
        ("-() visa", "visa"),
        ('"" visa', "visa"),
        ("visa, not Hong", "visa -Hong"),
        ("виза, без Китай", "виза -Китай"),
        ("виза, Кытай эмес", "виза -Кытай"),
        ("title: visa", "title:visa"),
        ("visa but not China", "visa -China"),
        ("visa, but not China", "visa -China"),
        ("visa except China", "visa -China"),
        ("виза кроме Китая", "виза -Китай"),
        ("виза, но не Китай", "виза -Китай"),
        ("виза, бирок Кытай эмес", "виза -Кытай"),
        ("visa & China", "visa China"),
        ("lang:(en OR ru) visa", "(lang:en | lang:ru) visa"),
        ("тил: (en ЖЕ ru) visa", "(lang:en | lang:ru) visa"),
        ("С.Жапаров", "С. Жапаров"),
        ("1 000 000", "1000000"),
        ("1,000,000", "1\u00a0000\u00a0000"),
        ("2,5", "2.5"),
    ],
)
def test_equal_meanings_share_one_key(text, same):
    assert key(text) == key(same)


@pytest.mark.parametrize(
    "texts",
    [
        ("visa China", "visa | China", '"visa China"', '"China visa"', "visa -China"),
        ("visa", '"visa"', "=Visa", "visa*", "title:visa", "section:visa", "lang:en visa"),
        ("visa (China | Iran)", "visa China | Iran"),
        ("AT&T", "AT T"),
        ("кроме виза", "-виза x"),
        ('"visa, not Hong"', '"visa Hong"', "visa -Hong"),
        ("врачи без границ", "врачи -границ"),
        ("2,500", "2.5", "25"),
        ("visa* -visa", "visa*"),
    ],
)
def test_different_meanings_do_not(texts):
    assert len(set(map(key, texts))) == len(texts)


@pytest.mark.parametrize(
    ("text", "fault", "suggestion"),
    [
        ("-visa", QueryFault.ONLY_EXCLUDED, "visa"),
        ("visa | -China", QueryFault.ONLY_EXCLUDED, "visa -China"),
        ("НЕ БЕЗОПАСНО", QueryFault.ONLY_EXCLUDED, "БЕЗОПАСНО"),
        ("the", QueryFault.TOO_COMMON, ""),
        ("visa | the", QueryFault.TOO_COMMON, "visa"),
        ("visa | lang:ky", QueryFault.NO_WORD, "visa lang:ky"),
        ("section:vlast section:english", QueryFault.CONTRADICTION, "section:vlast"),
        ("section:vlast section:lang:ky", QueryFault.CONTRADICTION, "section:vlast"),
        ("=Visa -visa", QueryFault.CONTRADICTION, "=Visa"),
        ('"visa" -visas', QueryFault.CONTRADICTION, '"visa"'),
        ("title:visa -visa", QueryFault.CONTRADICTION, "title:visa"),
        ('"visa regime" -visa', QueryFault.CONTRADICTION, '"visa regime"'),
        ("эко*", QueryFault.SHORT_PREFIX, "эко"),
        ("visa lang:de", QueryFault.UNKNOWN_LANGUAGE, "visa"),
        ("lang:ky", QueryFault.NO_WORD, ""),
        ("title:", QueryFault.NO_WORD, ""),
        ("visa -visas", QueryFault.CONTRADICTION, "visa"),
        ("lang:en виза", QueryFault.CONTRADICTION, "виза"),
        ("lang:en lang:ru visa", QueryFault.CONTRADICTION, "visa"),
        ("x" * 250, QueryFault.TOO_LONG, "x" * 200),
        ("visa " * 50, QueryFault.TOO_LONG, ("visa " * 40).strip()),
        ("", QueryFault.EMPTY, ""),
    ],
)
def test_what_cannot_be_followed_comes_with_the_nearest_query_that_can(text, fault, suggestion):
    with pytest.raises(QueryError) as refused:
        parse(text)
    assert (refused.value.fault, refused.value.suggestion) == (fault, suggestion)


def test_too_many_words_leave_the_first_ones():
    words = [f"word{number}" for number in range(MOST_TERMS + 2)]
    with pytest.raises(QueryError) as refused:
        parse(" | ".join(words))
    assert refused.value.suggestion == " | ".join(words[:MOST_TERMS])
    assert len(parse(" ".join(words[:3] * 9)).terms) == 3


WORDS_AND_SIGNS = """visa China виза Китая Кытай the ( ) | - " " « » AND OR NOT И ИЛИ НЕ
    ЖАНА ЖЕ ЭМЕС = * эко* эконом* title: section: lang: lang:ky lang:de язык:ru , =Visa 24.kg"""
SIGNS = st.sampled_from([*WORDS_AND_SIGNS.split(), ", not ", " эмес"])
texts = st.text() | st.lists(SIGNS | st.just(" "), max_size=30).map("".join)
spaced = texts | st.lists(SIGNS, max_size=20).map(" ".join)


@given(spaced)
def test_any_text_is_a_query_or_a_reason_and_a_suggestion_that_holds(text):
    try:
        found = parse(text)
    except QueryError as refused:
        error = refused
    else:
        error = None
    if error is not None:
        assert error.fault in QueryFault
        assert not error.suggestion or parse(error.suggestion)
        return
    assert parse(found.text) == found
    assert found.terms
    assert followed_in(found, frozenset(Edition))


@given(spaced)
def test_the_canonical_form_is_canonical(text):
    try:
        tree = parse(text).tree
    except QueryError:
        return
    for part in parts_of(tree):
        inner = [p for p in part.parts if isinstance(p, Junction)]
        assert all(p.is_all != part.is_all for p in inner)
        assert len({p.canonical for p in part.parts}) == len(part.parts) > 1
        excluded = {p.leaf.canonical for p in part.parts if isinstance(p, Not)}
        assert excluded.isdisjoint(p.canonical for p in part.parts)


def parts_of(tree):
    if isinstance(tree, Junction):
        yield tree
        for part in tree.parts:
            yield from parts_of(part)


@given(spaced, st.sampled_from(Language))
def test_a_reading_can_be_asked_again(text, language):
    try:
        found = parse(text)
    except QueryError:
        return
    told = reading(found, language)
    if len(told) <= 200:
        assert parse(told).key == found.key
        assert split(told) == [told]


@pytest.mark.parametrize(
    ("text", "en", "ru", "ky"),
    [
        (
            "China visa -Hong",
            "China AND visa, not Hong",
            "China И visa, без Hong",
            "China ЖАНА visa, Hong эмес",
        ),
        ("виза | (a Китай) ", "виза OR Китай", "виза ИЛИ Китай", "виза ЖЕ Китай"),
        (
            "title:visa (b | c-d)",
            "title:visa AND (b OR c-d)",
            "заголовок:visa И (b ИЛИ c-d)",
            "аталыш:visa ЖАНА (b ЖЕ c-d)",
        ),
    ],
)
def test_a_reading_is_in_the_readers_language(text, en, ru, ky):
    assert [reading(parse(text), language) for language in Language] == [en, ru, ky]


formulas = st.recursive(
    st.sampled_from(
        ["visa", "China", "Iran", "Oman", "title:visa", '"visa China"', "-Oman", "iran*"]
    ),
    lambda inner: st.builds(
        lambda sign, not_, parts: f"{not_}({sign.join(parts)})",
        st.sampled_from([" ", " | ", " AND "]),
        st.sampled_from(["", "-"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=9,
)


def by_hand(text, news):
    """Evaluate a formula as it is written, word by word."""
    words = f"{news.title} {' '.join(news.body)}".lower().split()
    titled = news.title.lower().split()
    stands = {
        "title:visa": "visa" in titled,
        '"visa China"': any(
            pair == ("visa", "china")
            for part in (news.title, *news.body)
            for pair in zip(part.lower().split(), part.lower().split()[1:], strict=False)
        ),
        "iran*": "iran" in words,
        **{word: word.lower() in words for word in ("visa", "China", "Iran", "Oman")},
    }
    for name in sorted(stands, key=len, reverse=True):
        text = text.replace(name, f" {int(stands[name])} ")
    text = text.replace("-", " not ").replace(" | ", " or ").replace(" AND ", " and ")
    python = []
    for token in text.replace("(", " ( ").replace(")", " ) ").split():
        if python and (python[-1] in "01)") and token in {"0", "1", "(", "not"}:
            python.append("and")
        python.append(token)
    return bool(eval(" ".join(python)))


said = st.lists(st.sampled_from(["visa", "China", "Iran", "Oman", "news"]), max_size=4).map(
    " ".join
)


@settings(deadline=None)
@given(formulas, said, said)
def test_the_canonical_form_keeps_the_meaning(text, title, body):
    news = article(title, body)
    try:
        found = parse(text)
    except QueryError as error:
        if error.fault is QueryFault.CONTRADICTION:
            assert not by_hand(text, news)
        return
    assert explain(found, news).matched == by_hand(text, news)


@pytest.mark.parametrize(
    ("text", "editions"),
    [
        ("lang:ky visa", {KY}),
        ("lang:ru виза", {RU}),
        ("виза -lang:ky", {RU}),
        ("lang:ru виза | lang:ky визасы", {RU, KY}),
    ],
)
def test_a_language_narrows_the_editions(text, editions):
    assert followed_in(parse(text), frozenset(Edition)) == editions


@pytest.mark.parametrize("depth", [10, 60, 98])
@pytest.mark.parametrize("sign", ["(", "-(", "a|(", "title:("])
def test_nesting_costs_nothing(sign, depth):
    text = sign * min(depth, 180 // (len(sign) + 1)) + "visa"
    text += ")" * text.count("(")
    with contextlib.suppress(QueryError):
        assert parse(text).terms


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("visa, not Hong, China", ["visa, not Hong", "China"]),
        ("виза, Кытай эмес\nИран", ["виза, Кытай эмес", "Иран"]),
        ("виза, Кытай", ["виза", "Кытай"]),
        ("visa, nothing", ["visa", "nothing"]),
    ],
)
def test_what_is_excluded_after_a_comma_stays_with_its_query(text, parts):
    assert split(text) == parts
