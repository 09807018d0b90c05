"""A news site in memory."""

from dataclasses import replace

from bot.model import Article, Edition, Item, Listing, Popular, Rate, Validator
from bot.ports import PageNotFound, PageUnreadable, SiteError

ROWS_A_PAGE = 50


class FakeSite:
    """`NewsSite`: shows what was published and not withdrawn, newest first."""

    def __init__(self, rows_a_page: int = ROWS_A_PAGE) -> None:
        self.rates: tuple[Rate, ...] = ()
        self.shown: dict[Edition, Popular] = {}
        """What is read most, by the last page that showed it."""
        self.asked: list[str] = []
        """What was asked for, e.g. `listing en 1` and `article 7`."""
        self._rows_a_page = rows_a_page
        self._articles: dict[int, Article] = {}
        self._rows: dict[int, Item] = {}
        self._errors: dict[str, SiteError] = {}

    def publish(self, *articles: Article) -> list[Item]:
        """Each in a row of its own and as a page; one that was published is edited."""
        items = [_row(article) for article in articles]
        self._articles |= {article.id: article for article in articles}
        self._rows |= {item.id: item for item in items}
        return items

    def withdraw(self, number: int) -> None:
        """Its row and its page are no more."""
        self._rows.pop(number, None)
        self._articles.pop(number, None)

    def fail(self, error: SiteError, what: str = "") -> None:
        """Raise `error` for all that is asked and begins with `what`, until `recover`."""
        self._errors[what] = error

    def recover(self, what: str = "") -> None:
        """Answer again."""
        self._errors.pop(what, None)

    async def listing(
        self, edition: Edition, page: int = 1, validator: Validator | None = None
    ) -> Listing | None:
        self._ask(f"listing {edition} {page}")
        rows = (item for item in self._rows.values() if item.edition == edition)
        newest = sorted(rows, key=lambda item: item.published, reverse=True)
        first = (page - 1) * self._rows_a_page
        items = tuple(newest[first : first + self._rows_a_page])
        if page == 1 and not items:
            raise PageUnreadable(f"listing {edition}: a listing without a row")
        current = Validator(etag=f'"{hash(items)}"')
        if validator == current:
            return None
        return Listing(edition, page, items, self.rates, current)

    async def article(self, item: Item) -> Article:
        self._ask(f"article {item.id}")
        if item.id not in self._articles:
            raise PageNotFound(f"{item.url}: answers 404: there is no such page")
        found = self._articles[item.id]
        return replace(found, edition=item.edition, important=item.important)

    def popular(self, edition: Edition) -> Popular | None:
        return self.shown.get(edition)

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        for begin, error in self._errors.items():
            if what.startswith(begin):
                raise error


def _row(article: Article) -> Item:
    return Item(
        article.edition,
        article.id,
        article.url,
        article.title,
        article.published,
        article.important,
    )
