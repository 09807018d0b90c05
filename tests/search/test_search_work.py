"""How much is done for a search, whatever there is: counted, not timed."""

import asyncio
import threading

import pytest

from bot.model import Wanted
from bot.search import schema
from bot.search.asking import understood
from bot.search.finding import WINDOW, Finding
from bot.search.paging import NEWEST
from bot.search.writer import Writer
from tests.builders.news import article
from tests.search.conftest import ids

MANY = 3_000


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    path = tmp_path_factory.mktemp("shelf") / "search.sqlite"
    writer = Writer(path)
    writer.put(article(number, f"Visa story {number}", body=()) for number in range(1, MANY))
    writer.flush("end")
    writer.close()
    return path


@pytest.mark.parametrize("words", ["v", "vi", "vis", "visa", "visa story", "visa stor"])
def test_no_more_is_looked_at_than_a_window_has(shelf, words):
    db, asked = schema.to_read(shelf), []
    db.set_trace_callback(asked.append)
    window = Finding(db, understood(words, is_typing=True), NEWEST).window(NEWEST)
    assert len(window.found) == WINDOW
    assert window.rest == MANY - WINDOW
    assert len(asked) <= 15
    db.close()


def test_words_side_by_side_are_looked_for_in_a_bounded_number_of_articles(shelf):
    db = schema.to_read(shelf)
    finding = Finding(db, understood('"story visa"', is_typing=False), NEWEST)
    window = finding.window(NEWEST)
    assert (window.found, finding.is_tired) == ([], True)
    assert window.rest > 0
    db.close()


async def test_fifty_who_type_at_once_are_all_answered_by_a_few_threads(library):
    await library.hold(*(article(number, f"Visa story {number}") for number in range(1, 90)))
    typed = ["visa story"[:size] for size in range(1, 11)] * 5
    before = threading.active_count()
    searches = [library.index.find(Wanted(words, limit=50, is_typing=True)) for words in typed]
    turns = 0
    gathered = asyncio.gather(*searches)
    while not gathered.done():
        turns += 1
        await asyncio.sleep(0)
    assert threading.active_count() <= before + 2
    assert turns > len(typed), "the loop was held up"
    assert all(len(ids(found)) == 50 for found in await gathered)
