"""A feed beside the listings, in the whole program."""

from story.program import until


async def _looked_at_the_feed_once_more(stage):
    """A look is over when the next one is asked for. What is dated before the first look at a
    baselined edition is the listing's to tell."""
    asked = _looks(stage)
    await until(lambda: _looks(stage) >= asked + 2)


def _looks(stage):
    return sum("/rss" in request.path for request in stage.site.requests)


async def test_a_feed_carries_the_news_where_the_listing_shows_another_page(stage):
    reader = stage.telegram.person("Aida", "en")
    chat = stage.telegram.private(reader)
    stage.telegram.say(reader, chat, "/subscribe visa")
    bot = await stage.start(RSS_URL=f"{stage.site_url}/rss/")
    await bot.says("feed read beside the listings")
    await bot.says("edition=en")
    await stage.heard(chat, "visa")
    await _looked_at_the_feed_once_more(stage)

    stage.site.fail("/english/", body="<html>Under construction</html>")
    stage.site.publish("en", "A visa by the feed", ["It was said. It was heard."])
    await stage.heard(chat, "A visa by the feed")
    stage.site.mend()
    stage.site.publish("en", "A visa by whichever is first", ["It was said. It was heard."])
    await stage.heard(chat, "by whichever is first")
    assert await bot.stop() == 0
    for title in ("A visa by the feed", "A visa by whichever is first"):
        assert len(stage.told(chat, title)) == 1


async def test_an_address_that_is_no_feed_is_said_in_a_line_and_left_out(stage):
    bot = await stage.start(RSS_URL=f"{stage.site_url}/english/")
    await bot.says("feed left out")
    assert bot.output.count("feed left out") == 1
