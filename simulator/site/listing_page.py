"""The page that lists an edition's news."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from simulator.site.article import Article
from simulator.site.editions import EDITIONS, Edition
from simulator.site.markup import page, promo, rows
from simulator.site.surroundings import blocks_of_news, popular

ROWS = 50
"""News on one page."""
_BETWEEN_PROMOS = 17


def listing_page(
    edition: Edition,
    articles: Sequence[Article],
    number: int,
    *,
    now: datetime,
    rates: Mapping[str, Decimal],
) -> str:
    """Page `number`, from 1, of what is in `articles`, newest first. Past the end: no rows."""
    style = EDITIONS[edition]
    body = f"""<div class="container">
<div class="row" id="content-wrapper">
<div class="col-xs-12">
<div class="lineTitle"> <a href="{style.path}">{style.labels["feed"]}</a> </div>
<div class="row lineNews" id="newslist">
{_with_promos(edition, articles[(number - 1) * ROWS : number * ROWS])}
</div>
{_pager(edition, len(articles), number)}
</div>
</div>
{blocks_of_news(popular(articles), style)}
</div>"""
    title = style.labels["feed"]
    return page(edition, title=title, head="", body=body, now=now, rates=rates)


def fingerprint(articles: Sequence[Article], rates: Mapping[str, Decimal]) -> str:
    """An entity tag: it changes with what is listed and with the rates, not with the clock."""
    facts = [(a.id, a.title, a.published, a.important) for a in articles]
    digest = hashlib.sha256(repr((facts, sorted(rates.items()))).encode())
    return f'W/"{digest.hexdigest()[:20]}"'


def _with_promos(edition: Edition, articles: Sequence[Article]) -> str:
    style = EDITIONS[edition]
    parts: list[str] = []
    day = ""
    for start in range(0, len(articles), _BETWEEN_PROMOS):
        chunk = articles[start : start + _BETWEEN_PROMOS]
        if start:
            parts.append(promo(style, start // _BETWEEN_PROMOS))
        parts.append(rows(chunk, day=day))
        day = style.day(chunk[-1].published)
    return "\n".join(parts)


def _pager(edition: Edition, total: int, current: int) -> str:
    last = max(1, -(-total // ROWS))
    links = (
        f"<li{' class=active' if number == current else ''}>"
        f'<a href="{EDITIONS[edition].path}page_{number}/">{number}</a></li>'
        for number in range(1, last + 1)
    )
    return f'<ul class="pagination">{"".join(links)}</ul>'
