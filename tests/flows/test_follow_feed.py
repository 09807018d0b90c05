"""The feed is read beside the listings: each item once, nothing lost, nothing old told."""

import pytest
from structlog.testing import capture_logs

from bot.flows.feed import PATIENCE, FollowFeed
from bot.flows.news import FOR_GOOD
from bot.ports import PageNotFound, PageUnreadable, SiteUnavailable
from tests.builders.news import EN, KY, RU, article
from tests.fakes.feed import FakeFeed
from tests.fakes.site import FakeSite
from tests.flows.newsroom import Newsroom


class Both(Newsroom):
    """A site with a feed, both looked at; a reader waits for visas."""

    def __init__(self, rows_a_page=3):
        self.feed = FakeFeed()
        super().__init__(rows_a_page)

    def restart(self):
        super().restart()
        self.follow = FollowFeed(
            self.feed,
            self.articles,
            self.archive,
            self.reach,
            self.clock,
            self.troubles,
            [EN, RU],
        )

    def show(self, *numbers, minutes=0.0, edition=EN):
        """In the feed alone, published just now or so long ago."""
        return self.on_page(*numbers, minutes=minutes, edition=edition, listed=False)

    def on_page(self, *numbers, minutes=0.0, edition=EN, listed=True):
        """Everything that is published so far is in the feed; in the listing what is `listed`."""
        passed = (self.clock.now() - article(1).published).total_seconds() / 60
        made = [article(each, minutes=minutes - passed, edition=edition) for each in numbers]
        rows = self.publish(*made)
        if not listed:
            for row in rows:
                del self.site._rows[row.id]
        self._fed = [*rows, *getattr(self, "_fed", [])]
        self.feed.show(*self._fed)
        return rows


@pytest.fixture
async def both():
    both = Both()
    both.on_page(1, minutes=60)
    await both.subscribe("visa")
    await both.look()
    await both.follow.look()
    both.clock.pass_time(60)
    return both


async def test_what_the_feed_shows_first_is_told_and_by_the_listing_not_again(both):
    both.on_page(2)
    await both.follow.look()
    assert await both.collect.read() == 1
    assert both.alerted == [2]
    await both.later()
    await both.follow.look()
    assert await both.later() == 0
    assert both.alerted == [2]
    assert both.site.asked.count("article 2") == 1


async def test_what_the_listing_showed_first_is_not_told_again(both):
    both.on_page(2)
    await both.look()
    await both.follow.look()
    assert await both.collect.read() == 0
    assert both.alerted == [2]


async def test_a_feed_in_between_hides_nothing_from_the_listing(both):
    """Its last items fill the listing's first page; what came before them stands behind."""
    both.on_page(*range(2, 9), minutes=0.5)
    recent = both.on_page(11, 12, 13, 14)
    both.feed.show(*recent)
    await both.follow.look()
    assert await both.collect.read() == 4
    await both.look()
    assert both.alerted == [*range(2, 9), *range(11, 15)]
    both.site.asked.clear()
    both.clock.pass_time(60)
    both.on_page(15)
    await both.look()
    assert both.site.asked == ["listing en 1", "listing en 2", "article 15"]


async def test_what_was_published_before_the_feed_was_known_is_the_listing_s_to_tell(both):
    both.show(2, minutes=30)
    await both.follow.look()
    assert await both.collect.read() == 0
    assert await both.articles.unknown(both.show(2, minutes=30)) != []


async def test_another_process_goes_on_from_when_the_feed_was_first_known(both):
    both.restart()
    both.clock.pass_time(3600)
    both.show(2, minutes=30)
    await both.look()
    await both.follow.look()
    await both.collect.read()
    assert both.alerted == [2]


async def test_nothing_waits_before_the_listing_is_baselined():
    both = Both()
    both.on_page(1, minutes=10)
    await both.subscribe("visa")
    await both.follow.look()
    await both.look()
    await both.follow.look()
    assert await both.look() == 0
    assert both.alerted == []


async def test_the_feed_is_read_again_whole_as_long_as_an_edition_is_not_baselined(both):
    await both.follow.look()
    assert both.feed.asked == 2
    both.site.publish(article(50, edition=RU, minutes=300))
    both.show(7, edition=RU)
    await both.follow.look()
    both.clock.pass_time(60)
    await both.look(RU)
    await both.follow.look()
    known = both.clock.now().timestamp() // 60 * 60
    assert await both.archive.feed_since(RU, known + 1000) == known
    both.clock.pass_time(60)
    both.show(8, edition=RU)
    await both.follow.look()
    await both.collect.read()
    assert await both.kept() == [8]


async def test_an_edition_that_is_not_read_is_passed_over(both):
    both.show(2, edition=KY)
    await both.follow.look()
    assert await both.collect.read() == 0


async def test_an_emptied_store_is_baselined_in_silence(both):
    both.empty_store()
    both.restart()
    await both.subscribe("visa")
    both.show(2)
    both.clock.pass_time(60)
    await both.look()
    await both.follow.look()
    await both.look()
    assert both.alerted == []


async def test_a_store_that_fails_leaves_the_feed_to_be_read_whole_again(both, monkeypatch):
    both.on_page(2)

    async def away(_):
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(both.articles, "wait", away)
        with pytest.raises(ZeroDivisionError):
            await both.follow.look()
    await both.follow.look()
    assert await both.collect.read() == 1


async def probed(*shown, error=None):
    both = Both()
    both.on_page(1)
    await both.look()
    both.feed.show(*FakeSite().publish(*shown))
    both.feed.error = error
    with capture_logs() as logs:
        await both.follow.look()
    both.feed.error = None
    await both.follow.look()
    said = [f"{line['event']}: {line['found']}" for line in logs if "feed" in line["event"]]
    return said, both.feed.asked


@pytest.mark.parametrize(
    ("hours", "verdict"), [(1, "feed read beside"), (47.9, "feed read beside"), (48, "left out")]
)
async def test_a_feed_is_of_use_that_shows_an_article_of_the_last_two_days(hours, verdict):
    shown = [article(8, minutes=60 * hours), article(9, minutes=6000)]
    (line,), asked = await probed(*shown)
    assert verdict in line
    assert line.endswith(f"2 articles, the newest {hours:.1f} h old")
    assert asked == 1 + ("beside" in verdict)


async def test_what_has_no_page_yet_is_told_when_the_listing_shows_it(both):
    both.show(2)
    both.site.fail(PageNotFound("answers 404"), "article 2")
    for other in range(100, 120):
        both.show(other, edition=KY)
        await both.follow.look()
        await both.later()
    assert both.site.asked.count("article 2") == FOR_GOOD[PageNotFound]
    both.site.recover("article 2")
    both.on_page(2, minutes=20)
    await both.later()
    assert both.alerted == [2]


@pytest.mark.parametrize("error", [None, PageUnreadable("is no feed"), PageNotFound("answers 404")])
async def test_what_is_no_feed_of_the_site_is_left_out_and_not_asked_for_again(error):
    (line,), asked = await probed(error=error)
    assert line == f"feed left out: {error or 'no entry is a dated article of the site'}"
    assert asked == 1


async def test_a_feed_that_can_t_be_reached_is_judged_later():
    said, asked = await probed(article(8), error=SiteUnavailable("away"))
    assert (said, asked) == ([], 2)


async def test_a_feed_that_stays_away_is_said_once_and_so_is_its_return(both):
    both.feed.error = PageUnreadable("Under repair")
    for _ in range(PATIENCE + 5):
        await both.follow.look()
    both.feed.error = None
    await both.follow.look()
    assert [text.partition(":")[0] for text in both.told] == ["Trouble", "Over"]
    assert "Under repair" in both.told[0]


async def test_a_site_that_asks_to_be_left_alone_is_not_asked_for_its_feed(both):
    both.reach.failed(SiteUnavailable("busy", retry_after=30))
    await both.follow.look()
    assert both.feed.asked == 1
