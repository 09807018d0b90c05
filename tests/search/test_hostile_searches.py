"""Whatever is typed is searched for as words, or finds nothing."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Found
from bot.search.asking import understood
from tests.builders.news import article
from tests.search.conftest import Library

HOSTILE = [
    "| OR - ()",
    "🛂" * 256,
    "\0",
    "visa\0china",
    '"visa',
    "«visa",
    "visa " * 2000,
    "x" * 10_000,
    "(" * 300,
    "-visa",
    "NOT",
    "*",
    "a* b* c*",
    "title:",
    "lang:xx",
    "'; DROP TABLE words; --",
    '{"a": 1}',
    "%_\\",
    "\ud800",
    "👨‍👩‍👧",
    "\u202easiv",
    "١٢٣",
    "ﷺ",
    "İstanbul",
    "а́" * 100,
]
SIGNS = st.sampled_from("\"«»()|-*=:& \t\n\0~^§@'’.,0aвүи")


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("is_typing", [True, False])
async def test_nothing_that_is_typed_raises(library, words, is_typing):
    await library.hold(article(1), article(2, "Виза «Б»"))
    found = await library.find(words, is_typing=is_typing)
    assert isinstance(found, Found)
    assert found.is_whole, "it failed"


@given(st.one_of(st.text(max_size=300), st.text(SIGNS, max_size=60)), st.booleans())
def test_everything_is_understood_somehow(words, is_typing):
    understood(words, is_typing=is_typing)


@settings(max_examples=60)
@given(st.one_of(st.text(min_size=1), st.text(SIGNS, min_size=1)), st.text(SIGNS), st.booleans())
def test_any_text_can_be_held_and_any_looked_for(title, words, is_typing):
    async def look() -> None:
        with TemporaryDirectory() as folder:
            library = Library(Path(folder))
            await library.hold(article(1, title, body=(title, words)))
            for asked in (words, title):
                assert (await library.find(asked, is_typing=is_typing)).is_whole, "it failed"
            library.close()
            library.follow.wait()

    asyncio.run(look())
