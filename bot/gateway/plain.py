"""Telegram's HTML as plain text."""

from html.parser import HTMLParser

MAX_UNITS = 4096
"""Telegram's limit for a text, in UTF-16 units."""


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links and (link := self._links.pop()):
            self.parts.append(f" ({link})")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain_text(html: str) -> str:
    """Its text, each link followed by its address, cut to what one message holds.

    Broken markup, and surrogates without their halves, are left out; nothing is raised.
    """
    parser = _Text()
    parser.feed(html)
    parser.close()
    units = "".join(parser.parts).strip().encode("utf-16-le", "surrogatepass")
    return units[: 2 * MAX_UNITS].decode("utf-16-le", "ignore")
