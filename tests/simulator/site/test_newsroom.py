import asyncio
import random
import re

import pytest

from simulator.site import Site
from simulator.site.newsroom import Newsroom, stories

EDITIONS = ("en", "ru", "ky")


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[\w-]+", text.casefold()))


@pytest.mark.parametrize("edition", EDITIONS)
def test_there_are_forty_stories_and_each_has_three_sentences_or_more(edition):
    assert len(stories(edition)) >= 40
    for story in stories(edition):
        assert len(re.findall(r"[.!?»](?:\s|$)", " ".join(story.body))) >= 3, story.title


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_story_holds_its_keywords_word_by_word_whatever_the_figures(edition):
    for story in stories(edition):
        assert story.keywords, story.title
        for seed in range(5):
            told = story.told(random.Random(seed))
            text = words_of(" ".join((told.title, *told.body)))
            assert words_of(" ".join(story.keywords)) <= text, told.title


@pytest.mark.parametrize("name", [name for e in EDITIONS for name in (e, f"{e}_older")])
def test_no_slot_is_left_open_in_what_is_told(name):
    for story in stories(name):
        told = story.told(random.Random(0))
        assert not set("{}=") & set("".join((told.title, *told.body))), told.title


def test_a_story_comes_round_again_with_other_figures():
    newsroom = Newsroom(random.Random(1))
    first = [newsroom.next("en") for _ in stories("en")]
    again = [newsroom.next("en") for _ in stories("en")]
    assert [story.keywords for story in first] == [story.keywords for story in again]
    assert first != again


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_suggested_word_is_in_one_of_the_next_two_stories(edition):
    site = Site(older=0)
    for _ in range(45):
        suggested = site.upcoming(edition)
        numbers = [site.publish_next(edition) for _ in range(2)]
        told = [site.get(number) for number in numbers]
        text = words_of(" ".join(line for one in told for line in (one.title, *one.body)))
        assert suggested
        assert words_of(" ".join(suggested)) <= text


async def test_news_come_by_themselves_in_the_editions_by_turns():
    site = Site(older=0)
    told, enough = [], asyncio.Event()

    def listen(article):
        told.append(article.edition)
        if len(told) == 6:
            enough.set()

    site.on_publish(listen)
    task = asyncio.create_task(site.run(0.01))
    async with asyncio.timeout(10):
        await enough.wait()
    task.cancel()
    assert told[:6] == ["en", "ru", "ky"] * 2


async def test_a_story_that_comes_too_soon_to_subscribe_is_not_suggested():
    site = Site(older=0)
    task = asyncio.create_task(site.run(6))
    await asyncio.sleep(0)
    (first, second, *_) = stories("en")
    assert site.upcoming("en") == list(second.keywords)
    (first, second, *_) = stories("ky")
    assert site.upcoming("ky") == [*first.keywords, *second.keywords]
    task.cancel()
