"""An article that tells a story again is kept with the first that told it."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.flows import stories
from tests.builders.news import EN, KY, RU, article
from tests.flows.newsroom import Failing

FIRE = (
    "A fire broke out at Dordoi market at night, the ministry reports.",
    "It covered 320 square meters; 14 crews came. Nobody was hurt.",
)


def fire(number, title="Containers with shoes burn at Dordoi market", **more):
    return article(number, title, **{"body": FIRE, "minutes": 100 - number, **more})


@pytest.fixture
async def settled(newsroom):
    newsroom.publish(article(1, minutes=600))
    await newsroom.look()
    return newsroom


async def repeats(room, *numbers):
    found = await room.articles.get(numbers)
    return [found[number].repeats for number in numbers]


async def test_the_third_telling_names_the_first_and_a_restart_forgets_nothing(settled):
    for number in (11, 12, 13):
        settled.publish(fire(number, f"Containers with shoes burn at Dordoi market{'!' * number}"))
        settled.restart()
        await settled.later()
    assert await repeats(settled, 11, 12, 13) == [0, 11, 11]


async def test_another_edition_tells_it_again(settled):
    settled.publish(article(2, edition=RU, minutes=600), article(3, edition=KY, minutes=600))
    await settled.look(EN, RU, KY)
    text = "На рынке «Дордой» сгорели контейнеры"
    body = ("Ночью на рынке «Дордой» был пожар.", "Площадь 320 квадратных метров, 14 расчетов.")
    settled.publish(fire(11))
    await settled.look()
    settled.publish(fire(12, text, edition=RU, body=body))
    await settled.look(RU)
    assert await repeats(settled, 11, 12) == [0, 11]


async def test_other_figures_are_other_news(settled):
    settled.publish(fire(11), fire(12, body=(FIRE[0], FIRE[1].replace("320", "540"))))
    await settled.look()
    assert await repeats(settled, 11, 12) == [0, 0]


async def test_what_was_told_more_than_a_day_ago_is_news_again(settled):
    settled.publish(fire(11))
    await settled.look()
    settled.clock.pass_time(25 * 3600)
    settled.publish(fire(12, minutes=-24 * 60))
    await settled.look()
    assert await repeats(settled, 11, 12) == [0, 0]


async def test_an_article_that_is_read_a_second_time_does_not_repeat_itself(settled):
    placing = stories.Stories(settled.articles, settled.clock)
    settled.publish(fire(11))
    await settled.look()
    assert (await placing.placed(fire(11))).repeats == 0


@pytest.mark.parametrize("error", [KeyError("unforeseen"), TimeoutError()])
async def test_what_can_not_be_compared_is_kept_and_told_all_the_same(settled, error):
    await settled.subscribe("shoes")
    broken = Failing(settled.articles, frozenset({"between"}), error=error)
    settled.collect._stories = stories.Stories(broken, settled.clock)
    settled.publish(fire(11))
    with capture_logs() as logs:
        assert await settled.look() == 1
    assert settled.alerted == [11]
    assert "article not compared" in [line["event"] for line in logs]


async def test_a_store_that_is_slow_does_not_hold_up_news(settled, monkeypatch):
    monkeypatch.setattr(stories, "PATIENCE_SECONDS", 0.01)

    class Slow:
        async def between(self, *_):
            await stories.asyncio.Event().wait()

    placing = stories.Stories(Slow(), settled.clock)
    assert await placing.placed(fire(11)) == replace(fire(11), repeats=0)
