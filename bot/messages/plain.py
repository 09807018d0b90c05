"""A message without its formatting."""

from html.parser import HTMLParser

from bot.messages.lengths import cut
from bot.model import Message

MAX_UNITS = 4096


class _Reader(HTMLParser):
    def __init__(self, *, with_links: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self._with_links = with_links
        self._url = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._url = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._url and self._with_links:
            self.text.append(f": {self._url}")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def text_of(html: str, *, with_links: bool = False) -> str:
    """What a reader sees of it; each link followed by its address where that is asked."""
    reader = _Reader(with_links=with_links)
    reader.feed(html)
    reader.close()
    return "".join(reader.text)


def plain(message: Message) -> str:
    """The text alone, links as "title: address", for when formatting was rejected."""
    text = text_of(message.html, with_links=True).strip()
    return cut(text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore"), MAX_UNITS)
