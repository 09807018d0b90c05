"""The role `collect`, put together: from the site and the bank to the outbox."""

import asyncio
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial

from bot.app.parts import DRAIN_SECONDS, Parts
from bot.app.sources import site_feed, site_reader
from bot.app.waiting import cancel
from bot.flows.audience import Audience
from bot.flows.backfill import Backfill
from bot.flows.collect import Collect
from bot.flows.correct import Correct
from bot.flows.feed import FollowFeed
from bot.flows.leftover import Leftover
from bot.flows.poll import Poll
from bot.flows.popular import FollowPopular
from bot.flows.rates import FollowRates
from bot.flows.reach import Reach
from bot.flows.review import Review
from bot.flows.stories import Stories
from bot.flows.tell import Tell
from bot.flows.thresholds import Watch
from bot.schedule import Duty, Timetable
from bot.sites.http import HttpReader
from bot.sites.national_bank import XML, NationalBank
from bot.sites.twentyfour_kg import TwentyFourKg
from bot.store.snapshot import FileSnapshot

RATES_SECONDS = 10.0
"""So often it is seen whether rates are to be asked for, or are there."""
USUAL_POLL_SECONDS = 60.0
"""Whoever looks at the site more often looks at the bank more often."""

POPULAR_SECONDS = 5.0
"""So often it is seen whether a page that was loaded showed what is read most."""


async def collect(parts: Parts, stack: AsyncExitStack) -> Awaitable[None]:
    """Set the timetable going; `parts.ends` stops it, and `stack` what it stands on. What it
    returns raises TokenRefused once a job did.
    """
    settings, stores = parts.settings, parts.stores
    reader = await stack.enter_async_context(site_reader(settings, parts.clock))
    site = TwentyFourKg(settings.site_url, reader, parts.clock)
    audience = _audience(parts, stack)
    bank = await _bank(parts, stack)
    pace = min(1.0, settings.poll_seconds / USUAL_POLL_SECONDS)
    follow = FollowRates(bank, stores.rates, parts.clock, parts.troubles, pace=pace)
    review = Review(site, stores.articles, stores.corrections, parts.clock)
    reach = Reach(parts.clock)
    feed = await _feed(parts, reader, reach, stack)
    timetable = Timetable(
        _poll(parts, site, review, reach, follow),
        _collect(parts, site, audience, reach),
        review,
        _correct(parts, audience),
        parts.leader,
        parts.troubles,
        poll_seconds=settings.poll_seconds,
        also=[*_duties(parts, site, follow), *feed],
        at_leisure=[_backfill(parts, site, reach).read],
    )
    timetable.start(settings.editions)
    parts.ends.append(partial(timetable.stop, DRAIN_SECONDS))
    return timetable.refused()


def _audience(parts: Parts, stack: AsyncExitStack) -> Audience:
    snapshot = FileSnapshot(parts.settings.data_dir / "subscriptions.snapshot")
    audience = Audience(parts.stores.subscriptions, snapshot)
    stack.push_async_callback(audience.close)
    stack.push_async_callback(cancel, {asyncio.create_task(audience.open())})
    return audience


async def _bank(parts: Parts, stack: AsyncExitStack) -> NationalBank | None:
    url = parts.settings.rates_url
    if not url:
        return None
    reader = site_reader(parts.settings, parts.clock, url, XML)
    return NationalBank(url, await stack.enter_async_context(reader))


async def _feed(
    parts: Parts, reader: HttpReader, reach: Reach, stack: AsyncExitStack
) -> list[Duty]:
    settings, stores = parts.settings, parts.stores
    if not settings.rss_url:
        return []
    feed = site_feed(settings, parts.clock, reader)
    follow = FollowFeed(
        await stack.enter_async_context(feed),
        stores.articles,
        stores.archive,
        reach,
        parts.clock,
        parts.troubles,
        settings.editions,
    )
    return [(settings.poll_seconds, follow.look)]


def _poll(
    parts: Parts, site: TwentyFourKg, review: Review, reach: Reach, follow: FollowRates
) -> Poll:
    return Poll(
        site,
        parts.stores.articles,
        review,
        reach,
        parts.clock,
        parts.troubles,
        parts.metrics,
        max_age=timedelta(hours=parts.settings.max_age_hours),
        notice=follow.notice,
        wants_rates=follow.wants_header,
    )


def _collect(parts: Parts, site: TwentyFourKg, audience: Audience, reach: Reach) -> Collect:
    settings, stores = parts.settings, parts.stores
    return Collect(
        site,
        stores.articles,
        audience,
        Stories(stores.articles, parts.clock),
        reach,
        parts.clock,
        parts.metrics,
        max_age=timedelta(hours=settings.max_age_hours),
        poll_seconds=settings.poll_seconds,
    )


def _backfill(parts: Parts, site: TwentyFourKg, reach: Reach) -> Backfill:
    settings, stores = parts.settings, parts.stores
    return Backfill(
        site,
        stores.articles,
        stores.archive,
        reach,
        parts.clock,
        settings.editions,
        pages=settings.backfill_pages,
        pause=settings.read_pause_seconds,
        max_age=timedelta(hours=settings.max_age_hours),
    )


def _correct(parts: Parts, audience: Audience) -> Correct:
    stores = parts.stores
    return Correct(
        stores.corrections,
        stores.articles,
        stores.posts,
        audience,
        parts.compose,
        _leftover(parts),
        _tell(parts),
        parts.clock,
    )


def _leftover(parts: Parts) -> Leftover:
    return Leftover(parts.turns, parts.clock, parts.settings.messages_per_second)


def _tell(parts: Parts) -> Tell:
    return Tell(parts.stores.chats, parts.stores.pacing, parts.messenger, parts.clock)


def _duties(parts: Parts, site: TwentyFourKg, follow: FollowRates) -> list[Duty]:
    stores = parts.stores
    popular = FollowPopular(site, stores.popular, parts.settings.editions)
    watch = Watch(
        stores.thresholds,
        stores.rates,
        stores.chats,
        _leftover(parts),
        _tell(parts),
        parts.clock,
    )
    parts.ends.append(watch.stop)
    return [
        (RATES_SECONDS, follow.poll),
        (RATES_SECONDS, watch.look),
        (1.0, watch.tell),
        (POPULAR_SECONDS, popular.look),
    ]
