"""The site's addresses: what belongs to it, and which article an address names."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

ARTICLE_PATH = re.compile(r"/([^/]+)/([1-9][0-9]{0,11})(?:_[^/]*)?/?")
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class ArticleAddress:
    """What an article's address says. The slug is left out: it is no part of the name."""

    section: str
    id: int


class SiteAddress:
    """One site: its base, e.g. `https://24.kg`, with or without a path and `www.`."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        # Credentials in a base would stand in every log line that names an address.
        self.origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        self._path = parts.path.rstrip("/")
        self._host = _host(parts)

    def at(self, path: str) -> str:
        """The address of a path that begins with a slash."""
        return f"{self.origin}{self._path}{path}"

    def owns(self, address: str) -> bool:
        """Whether it is of this very host: `www.` or not, http or https, and no other."""
        parts = _split(address)
        return parts is not None and parts.scheme in PORTS and _host(parts) == self._host

    def own(self, href: str, page: str) -> str:
        """What a link on a page leads to, by the configured origin and without query and
        fragment; empty where that is not this host.
        """
        try:
            address = urljoin(page, href.strip())
        except ValueError:
            return ""
        parts = _split(address)
        return f"{self.origin}{parts.path}" if parts and self.owns(address) else ""

    def article(self, address: str) -> ArticleAddress | None:
        """Which article it names; None where it is another page or host."""
        parts = _split(address)
        if parts is None or not self.owns(address):
            return None
        path = parts.path
        if self._path and path.startswith(f"{self._path}/"):
            path = path.removeprefix(self._path)
        found = ARTICLE_PATH.fullmatch(path)
        return ArticleAddress(found[1], int(found[2])) if found else None

    def short(self, article: ArticleAddress) -> str:
        """The form that the site itself offers for sharing."""
        return self.at(f"/{article.section}/{article.id}/")


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _host(parts: SplitResult) -> tuple[str, int | None]:
    port = None if parts.port == PORTS.get(parts.scheme) else parts.port
    return (parts.hostname or "").removeprefix("www."), port
