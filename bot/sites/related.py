"""What a page names as of the same matter: links that its editors put into the text, and the block
below it.
"""

from selectolax.lexbor import LexborHTMLParser

from bot.sites.address import SiteAddress

IN_TEXT, BELOW = ".poTeme a[href]", ".lineNews .title a[href]"
ELSEWHERE = ".widget-last-news a[href], #newslist a[href]"
"""In the markup of the block, rows of the listing."""
MOST = 10


def read_related(tree: LexborHTMLParser, url: str, address: SiteAddress) -> tuple[int, ...]:
    """The ids of the articles, each once, in order; the page's own is none of them."""
    elsewhere = {node.mem_id for node in tree.css(ELSEWHERE)}
    own = address.article(url)
    found: dict[int, None] = {}
    for link in (*tree.css(IN_TEXT), *tree.css(BELOW)):
        if link.mem_id in elsewhere:
            continue
        article = address.article(address.own(link.attributes.get("href") or "", url))
        if article is not None and (own is None or article.id != own.id):
            found[article.id] = None
    return tuple(found)[:MOST]
