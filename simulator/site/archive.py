"""What is published, and may still be changed."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from simulator.site.article import BISHKEK, Article, Ids, slug
from simulator.site.editions import EDITIONS, edition_named

_ADDRESS = re.compile(r"/[\w-]+/(\d+)(?:_[^/]*)?/?")


class Archive:
    """The published articles of all editions. `now` is aware."""

    def __init__(self, now: Callable[[], datetime], dice: random.Random, first_id: int) -> None:
        self.now = now
        self._dice = dice
        self._ids = Ids(first_id, dice)
        self._articles: dict[int, Article] = {}
        self._changed = now()
        self._listeners: list[Callable[[Article], None]] = []

    def publish(
        self,
        edition: str,
        title: str,
        body: Sequence[str],
        section: str | None = None,
        *,
        published: datetime | None = None,
        id: int | None = None,  # noqa: A002 - the site's own word
        important: bool = False,
        picture: str | None = None,
    ) -> int:
        """Publish an article and give its id. `body` as in `Article`; `section` as its readers
        see it; `published`: aware, default now. Raises ValueError for an edition that is none,
        an empty title and an id that is taken.
        """
        chosen = edition_named(edition)
        if not title.strip():
            raise ValueError("an article needs a title")
        number = self._take_id(id)
        moment = (published or self.now()).astimezone(BISHKEK).replace(second=0, microsecond=0)
        return self._put(
            Article(
                id=number,
                edition=chosen,
                title=title.strip(),
                body=tuple(body),
                published=moment,
                section=section or EDITIONS[chosen].section,
                slug=slug(title),
                author=self._dice.choice(EDITIONS[chosen].authors),
                important=important,
                picture=picture or "",
                views=self._dice.randint(12, 900),
            )
        )

    def edit(self, id: int, *, title: str | None = None, body: Sequence[str] | None = None) -> None:  # noqa: A002 - the site's own word
        """Change a published article; its address stays. Raises KeyError."""
        article = self._articles[id]
        if title is not None:
            article = replace(article, title=title)
        if body is not None:
            article = replace(article, body=tuple(body))
        self._articles[id] = article
        self._changed = self.now()

    def withdraw(self, id: int) -> None:  # noqa: A002 - the site's own word
        """Take an article off: its row is gone and its page answers 404. Raises KeyError."""
        del self._articles[id]
        self._changed = self.now()

    def get(self, id: int) -> Article | None:  # noqa: A002 - the site's own word
        """A published article."""
        return self._articles.get(id)

    def find(self, path: str) -> Article | None:
        """The article at this address within the site."""
        found = _ADDRESS.fullmatch(path.partition("?")[0].partition("#")[0])
        return self._articles.get(int(found[1])) if found else None

    def articles(self, edition: str) -> list[Article]:
        """An edition's articles, newest first."""
        chosen = [a for a in self._articles.values() if a.edition == edition]
        return sorted(chosen, key=lambda a: (a.published, a.id), reverse=True)

    def on_publish(self, listener: Callable[[Article], None]) -> None:
        """Call `listener` with each article from now on."""
        self._listeners.append(listener)

    def _take_id(self, wanted: int | None) -> int:
        if wanted is None:
            return self._ids.take()
        if wanted in self._articles:
            raise ValueError(f"there is an article {wanted} already")
        self._ids.reserve(wanted)
        return wanted

    def _put(self, article: Article) -> int:
        self._articles[article.id] = article
        self._changed = self.now()
        for listener in self._listeners:
            listener(article)
        return article.id
