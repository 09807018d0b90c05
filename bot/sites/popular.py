"""What is read most: a block below an article and, where the site shows it there, on a listing.

Blocks of the same look stand for sections ("Business"), each under a heading of its own.
"""

from collections.abc import Mapping
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.model import Edition, Item
from bot.sites.address import SiteAddress
from bot.sites.markup import text_of

HEADING, BLOCK = "lineTitle", "blockNews"
HEADED: Mapping[Edition, str] = {Edition.EN: "popular", Edition.RU: "популярн", Edition.KY: ""}
"""How the block's heading begins. What the Kyrgyz edition calls it was never seen: its first."""
NOT_TITLE = "img, span.short, script, style"


def read_popular(
    tree: LexborHTMLParser, url: str, edition: Edition, address: SiteAddress, now: datetime
) -> tuple[Item, ...]:
    """The articles of the block, each once, in its order; none where there is no such block."""
    block = _block(tree, edition)
    found: dict[int, Item] = {}
    for link in block.css("a.title[href]") if block else ():
        own = address.own(link.attributes.get("href") or "", url)
        article, title = address.article(own), text_of(link, NOT_TITLE)
        if article is not None and title:
            found.setdefault(article.id, Item(edition, article.id, own, title, now))
    return tuple(found.values())


def _block(tree: LexborHTMLParser, edition: Edition) -> LexborNode | None:
    heading = ""
    for node in tree.css(f".{HEADING}, .{BLOCK}"):
        if HEADING in (node.attributes.get("class") or "").split():
            heading = text_of(node).lower()
        elif heading.startswith(HEADED[edition]):
            return node
    return None
