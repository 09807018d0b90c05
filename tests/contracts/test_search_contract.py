"""What every Search must do."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.model import Article, Edition, Hit, Wanted
from bot.ports import Search
from bot.search.follow import Follow
from bot.search.index import Index
from tests.builders.hits import hit
from tests.fakes.chronicle import FakeChronicle
from tests.fakes.search import FakeSearch

EN, RU, KY = Edition


@dataclass(frozen=True, slots=True)
class Shelf:
    """An implementation, and how it comes to know hits."""

    search: Search
    hold: Callable[..., Awaitable[None]]

    async def ids(self, words: str, *editions: Edition, limit: int = 20, **more) -> list[int]:
        found = await self.search.find(Wanted(words, editions, limit, **more))
        return [each.id for each in found.hits]


def in_memory() -> Shelf:
    search = FakeSearch()

    async def hold(*hits: Hit) -> None:
        search.add(*hits)

    return Shelf(search, hold)


def indexed(index: Index, follow: Follow, chronicle: FakeChronicle) -> Shelf:
    async def hold(*hits: Hit) -> None:
        chronicle.put(*map(page, hits))
        await follow.step()

    return Shelf(index, hold)


def page(of: Hit) -> Article:
    """The article that such a hit is of."""
    body = (of.lead,) if of.lead else ()
    where = {"section": of.section, "picture": of.picture}
    return Article(of.edition, of.id, of.url, of.title, body, of.published, **where)


@pytest.fixture(params=["fake", "index"])
async def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Shelf]:
    if request.param == "fake":
        yield in_memory()
        return
    chronicle = FakeChronicle()
    index, follow = Index(tmp_path), Follow(tmp_path, chronicle)
    yield indexed(index, follow, chronicle)
    index.close()
    follow.close()


async def test_what_holds_all_words_is_found_in_title_or_lead(shelf):
    await shelf.hold(
        hit(1, "Visa for Peru", lead="Guests come."),
        hit(2, "Guests come", lead="A visa costs nothing."),
        hit(3, "Weather", lead="Snow."),
    )
    assert sorted(await shelf.ids("visa")) == [1, 2]
    assert await shelf.ids("VISA peru") == [1]
    assert await shelf.ids("visa snow") == []


async def test_a_hit_is_told_as_it_was_given(shelf):
    given = hit(7, "Visa for Peru", lead="Guests come.", section="Society", picture="https://p/")
    await shelf.hold(given)
    [found] = (await shelf.search.find(Wanted("guests"))).hits
    assert (found.id, found.edition, found.url, found.title) == (7, EN, given.url, given.title)
    assert (found.lead, found.section, found.picture) == ("Guests come.", "Society", "https://p/")
    assert found.published == given.published
    assert (found.marks, found.lead_marks) == ((), ((0, 6),))


async def test_a_headline_has_no_lead(shelf):
    await shelf.hold(hit(7, "Visa for Peru", lead=""))
    [found] = (await shelf.search.find(Wanted("visa"))).hits
    assert (found.lead, found.marks, found.lead_marks) == ("", ((0, 4),), ())


async def test_without_words_the_latest_of_the_readers_editions_are_found(shelf):
    await shelf.hold(*(hit(n, f"News {n}", edition=list(Edition)[n % 3]) for n in range(1, 9)))
    assert await shelf.ids("", RU) == [7, 4, 1]
    assert await shelf.ids("  ", EN, RU, limit=3) == [7, 6, 4]
    assert await shelf.ids("") == [*range(8, 0, -1)]


async def test_words_are_looked_for_in_all_editions(shelf):
    await shelf.hold(hit(1, "Visa", EN), hit(2, "Visa", RU), hit(3, "Visa", KY))
    assert sorted(await shelf.ids("visa", RU)) == [1, 2, 3]


async def test_what_is_being_typed_may_go_on(shelf):
    await shelf.hold(hit(1, "Visa for Peru"), hit(2, "Weather"))
    for words in ("v", "vi", "vis", "visa", "visa p", "visa per"):
        assert await shelf.ids(words, is_typing=True) == [1]


@pytest.mark.parametrize("words", ["visa", ""])
async def test_pages_follow_each_other_to_the_end_while_others_come(shelf, words):
    await shelf.hold(*(hit(n, f"Visa story {n}") for n in range(1, 24)))
    found, after = [], ""
    for late in range(100, 200):
        page = await shelf.search.find(Wanted(words, (EN,), 5, after))
        found += [each.id for each in page.hits]
        assert len(page.hits) == 5 or not page.next
        if not (after := page.next):
            break
        await shelf.hold(hit(late, f"Visa story {late}"))
    assert sorted(found) == [*range(1, 24)]


async def test_what_names_no_page_begins_anew(shelf):
    await shelf.hold(*(hit(n, f"Visa story {n}") for n in range(1, 9)))
    first = await shelf.ids("visa", limit=3)
    assert await shelf.ids("visa", limit=3, after="no page") == first


@pytest.mark.parametrize("words", ["-", "()|", "\0", "🛂" * 256, "zzz" * 999, '"'])
async def test_what_makes_no_sense_finds_nothing(shelf, words):
    await shelf.hold(hit(1, "Visa"))
    for is_typing in (False, True):
        found = await shelf.search.find(Wanted(words, is_typing=is_typing))
        assert (found.hits, found.next) == ((), "")


async def test_nothing_is_like_what_is_not_known(shelf):
    await shelf.hold(hit(1, "Visa"))
    assert await shelf.search.like(2, 5) == []


async def test_an_index_that_has_it_all_says_so(shelf):
    await shelf.hold(hit(1, "Visa"))
    assert (await shelf.search.find(Wanted("visa"))).is_whole
