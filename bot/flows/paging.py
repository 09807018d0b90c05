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
    that shows the same page for every number.
    """
    rows: dict[int, Item] = {}
    while True:
        added = {item.id: item for item in page.items if item.id not in rows}
        rows |= added
        if not added or await is_enough(page.page, list(added.values())):
            return Stretch(tuple(rows.values()))
        try:
            page = await _older(site, page)
        except SiteError as error:
            return Stretch(tuple(rows.values()), page.page + 1, str(error))


async def _older(site: NewsSite, page: Listing) -> Listing:
    if page.page == MOST_PAGES:
        raise SiteError(f"listing {page.edition}: more than {MOST_PAGES} pages")
    older = await load(site, page.edition, page.page + 1)
    return older or Listing(page.edition, page.page + 1, ())
