"""The sockets: what the flows need of the world, each with its contract.

Times given as `float` are seconds since the epoch, taken from the `Clock` by the caller.
"""

from bot.ports.articles import Archive, Articles, PopularNews
from bot.ports.chats import Chats, Subscriptions
from bot.ports.corrections import Corrections
from bot.ports.digests import Digests
from bot.ports.errors import (
    PageNotFound,
    PageUnreadable,
    SiteError,
    SiteUnavailable,
    StoreUnavailable,
    TokenRefused,
)
from bot.ports.messenger import Messenger
from bot.ports.outbox import Outbox, Pacing, Posts
from bot.ports.process import Clock, Handled, Leadership, Meter
from bot.ports.rates import Bank, Publication, RateFile, Rates, Thresholds
from bot.ports.search import Chronicle, Search, Searches
from bot.ports.site import Feed, NewsSite

__all__ = [
    "Archive",
    "Articles",
    "Bank",
    "Chats",
    "Chronicle",
    "Clock",
    "Corrections",
    "Digests",
    "Feed",
    "Handled",
    "Leadership",
    "Messenger",
    "Meter",
    "NewsSite",
    "Outbox",
    "Pacing",
    "PageNotFound",
    "PageUnreadable",
    "PopularNews",
    "Posts",
    "Publication",
    "RateFile",
    "Rates",
    "Search",
    "Searches",
    "SiteError",
    "SiteUnavailable",
    "StoreUnavailable",
    "Subscriptions",
    "Thresholds",
    "TokenRefused",
]
