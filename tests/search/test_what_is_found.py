"""What is found, and what comes first."""

import pytest

from bot.model import Edition
from tests.builders.news import article
from tests.search.conftest import ids

EN, RU, KY = Edition
HOUR, DAY = 60.0, 1440.0

SHELF = [
    article(1, "Visa rules for China change", body=("Tourists are glad.",), minutes=10 * DAY),
    article(2, "Embassy opens in Osh", body=("It grants visas to guests from China.",)),
    article(3, "Китай упрощает визы", body=("Туристам будет легче.",), edition=RU, minutes=DAY),
    article(4, "Посол дал интервью", body=("О визах и Китае.",), edition=RU, minutes=HOUR),
    article(5, "Кытайга виза керек эмес", body=("Туристтер кубанды.",), edition=KY, minutes=DAY),
    article(6, "Мектептерде сабак башталды", body=("Балдар китеп алышты.",), edition=KY),
    article(7, "Безвизовый режим введён", body=("Режим действует.",), edition=RU, minutes=2 * DAY),
    article(8, "Режим работы", body=("Въезд безвизовый. Режим усилен.",), edition=RU),
    article(9, "COVID-19 and e-mail", body=("AT&T and 24.kg in the U.S. wrote.",), minutes=HOUR),
    article(10, "Growth of prices", body=("Prices went up in Bishkek.",), minutes=3 * DAY),
    article(11, "Banks of the river", body=("A bank opened.",), minutes=400 * DAY),
    article(12, "Bank raises its rate", body=("Nothing else.",), minutes=5 * DAY),
    article(13, "Мэр Бишкека уволен", body=("Об этом сообщили.",), edition=RU, section="Власть"),
]
FIRST = [
    # In the three languages, whatever the reader's.
    ("visa china", EN, [1, 2]),
    ("визами", RU, [3]),
    ("виза китай", RU, [3, 4]),
    ("кытай", KY, [5]),
    ("китептер", KY, [6]),
    ("школа", RU, []),
    ("go", EN, [10]),
    # A title before a body, and the newer before the older.
    ("bank", EN, [12, 11]),
    ("режим", RU, [8, 7]),
    # The reader's editions first.
    ("визы", KY, [5, 3]),
    ("визы", RU, [3, 4, 5]),
    # The query language.
    ('"безвизовый режим"', RU, [7]),
    ("visa -china", EN, []),
    ("visa -embassy", EN, [1]),
    ("embassy | prices", EN, [2, 10]),
    ("безвиз*", RU, [7, 8]),
    ("title:visa", EN, [1]),
    ("заголовок:виза", RU, [3]),
    ("section:власть мэр", RU, [13]),
    ("lang:ky виза", EN, [5]),
    ("email", EN, [9]),
    ("covid", EN, [9]),
    ("24.kg", EN, [9]),
    ("=Bank", EN, [12]),
    # What is no query is looked for as words.
    ("visa (china", EN, [1, 2]),
    ('"visa china', EN, [1, 2]),
    ("ви*", RU, [3]),
]
TYPED = [
    ("v", EN, [1]),
    ("visa c", EN, [1]),
    ("visa chi", EN, [1, 2]),
    ("визов", RU, []),
    ("кита", RU, [3, 4]),
    ("мект", KY, [6]),
    ("embassy zz", EN, [2]),
    ("bank", EN, [12, 11]),
    ("the", EN, [9, 11]),
]


@pytest.mark.parametrize(("words", "edition", "first"), FIRST)
async def test_what_is_asked_for_comes_first(library, words, edition, first):
    await library.hold(*SHELF)
    found = await library.ids(words, edition)
    assert found[: len(first)] == first
    assert first or not found


@pytest.mark.parametrize(("words", "edition", "first"), TYPED)
async def test_a_word_that_is_being_typed_may_go_on(library, words, edition, first):
    await library.hold(*SHELF)
    found = await library.ids(words, edition, is_typing=True)
    assert found[: len(first)] == first
    assert first or not found


async def test_without_words_the_latest_of_the_readers_editions_are_found(library):
    await library.hold(*SHELF)
    assert await library.ids("  ", KY) == [6, 5]
    assert len(await library.ids("")) == len(SHELF)


async def test_found_words_are_marked_in_title_and_lead(library):
    await library.hold(*SHELF)
    [hit] = (await library.find("визами title:китай", RU, limit=1)).hits
    assert [hit.title[start:end] for start, end in hit.marks] == ["Китай", "визы"]
    [hit] = (await library.find("visa chi", EN, limit=1, is_typing=True)).hits
    assert (hit.marks, hit.lead_marks) == ((), ())
    [_, hit] = (await library.find("visa china", EN, limit=2)).hits
    assert [hit.lead[start:end] for start, end in hit.lead_marks] == ["visas", "China"]


async def test_a_hit_has_all_that_a_card_shows(library):
    kept = article(1, "Visa", picture="https://24.kg/files/1.jpg", section="Society")
    await library.hold(kept)
    [hit] = (await library.find("visa")).hits
    assert (hit.id, hit.edition, hit.url, hit.title) == (1, EN, kept.url, "Visa")
    assert (hit.section, hit.picture, hit.published) == ("Society", kept.picture, kept.published)
    assert hit.lead.startswith("The first sentence of story 1")


async def test_earlier_articles_that_share_rare_words_are_alike(library):
    others = [article(number, f"Other news {number}") for number in range(100, 140)]
    await library.hold(
        article(1, "Mudflow destroys bridge in Jalal-Abad"),
        article(2, "Bridge in Jalal-Abad rebuilt after mudflow"),
        article(3, "Football team wins in Jalal-Abad"),
        article(200, "Mudflow damages another bridge"),
        *others,
    )
    assert ids(await library.index.like(200, 5)) == [2, 1]
    assert ids(await library.index.like(1, 5)) == []
    assert await library.index.like(999, 5) == []


async def test_words_in_quotes_stand_side_by_side_in_one_sentence(library):
    await library.hold(
        article(1, "News", body=("It has a new border post.",)),
        article(2, "News", body=("That is new. Border guards came.",)),
        article(3, "News", body=("A border, new to all.",)),
        article(4, "News", body=("S. Japarov and new borders.",)),
    )
    assert await library.ids('"new border"') == [4, 1]
    assert await library.ids('"S. Japarov"') == [4]
