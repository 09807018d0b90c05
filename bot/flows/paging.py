"""A listing from its first page back: as far as it takes, or as far as the site lets us."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.model import Edition, Item, Listing, Validator
from bot.ports import NewsSite, PageUnreadable, SiteError

MOST_PAGES = 40

IsEnough = Callable[[int, Sequence[Item]], Awaitable[bool]]
"""Whether to look no further back than this page: its number, and the rows that it adds."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a listing shows, back to some page."""

    rows: tuple[Item, ...]
    """Each once: rows move down while they are looked at."""
    broken_off: int = 0
    """The page at which it ended too early; 0: it did not."""
    reason: str = ""
    """Why it did."""


async def load(
    site: NewsSite, edition: Edition, number: int = 1, validator: Validator | None = None
) -> Listing | None:
    """A page of a listing. Raises SiteError, whatever a parser stumbled over."""
    try:
        return await site.listing(edition, number, validator)
    except SiteError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise PageUnreadable(f"listing {edition}, page {number}: {reason}") from error


async def page_back(site: NewsSite, page: Listing, is_enough: IsEnough) -> Stretch:
    """From this page back to one that is enough, or adds nothing: the listing's end, or a site
    that shows the same page for every number. A page that can't be read hides none behind it.
    """
    rows: dict[int, Item] = {}
    looked_at: Listing | None = page
    broken_off, reason = 0, ""
    while looked_at is not None:
        added = {item.id: item for item in looked_at.items if item.id not in rows}
        rows |= added
        if not added or await is_enough(looked_at.page, list(added.values())):
            break
        looked_at, unread, why = await _next(site, looked_at)
        broken_off, reason = broken_off or unread, reason or why
    return Stretch(tuple(rows.values()), broken_off, reason)


async def _next(site: NewsSite, page: Listing) -> tuple[Listing | None, int, str]:
    """Of the two pages that follow the first that can be read; and the one that can't, and why."""
    unread, reason = 0, ""
    for number in (page.page + 1, page.page + 2):
        try:
            return await _older(site, page.edition, number), unread, reason
        except SiteError as error:
            unread, reason = unread or number, reason or str(error)
            if not isinstance(error, PageUnreadable):
                break
    return None, unread, reason


async def _older(site: NewsSite, edition: Edition, number: int) -> Listing:
    if number > MOST_PAGES:
        raise SiteError(f"listing {edition}: more than {MOST_PAGES} pages")
    return await load(site, edition, number) or Listing(edition, number, ())
