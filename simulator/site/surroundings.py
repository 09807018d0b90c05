"""What stands around an article's text on its page and is no part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from simulator.site.article import Article
from simulator.site.editions import Style
from simulator.site.markup import attribute, rows, typeset


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside an article: other articles of its edition."""

    read_also: Article | None
    related: Sequence[Article]
    popular: Sequence[Article]
    latest: Sequence[Article]


def surroundings(article: Article, articles: Sequence[Article]) -> Around:
    """What stands beside `article`, out of its edition's articles, newest first."""
    others = [one for one in articles if one.id != article.id]
    related = [one for one in others if one.section == article.section][3:9]
    return Around(next(iter(related), None), related, popular(others), articles[:10])


def popular(articles: Sequence[Article]) -> list[Article]:
    """The most read of those that have a picture."""
    return sorted((one for one in articles if one.picture), key=lambda one: -one.views)[:4]


def share_bar(article: Article, origin: str) -> str:
    """Links to share it, hidden from search engines."""
    address = origin + article.short_path
    text = quote(article.title)
    shares = {
        "vk": f"https://vk.com/share.php?url={address}",
        "twitter": f"https://twitter.com/intent/tweet?text={text}&amp;url={address}",
        "telegram": f"https://telegram.me/share/url?url={address}&amp;text={text}",
        "whatsapp": f"https://wa.me/?text={address}",
    }
    links = "\n".join(
        f'    <a rel="nofollow" target="_blank" href="{href}"><i class="fa fa-{name}" '
        'aria-hidden="true"></i></a>'
        for name, href in shares.items()
    )
    return f"""<noindex>
  <div class="row hidden-print">
  <div class="col-xs-12 social social-links">
{links} </div>
  </div>
</noindex>"""


def line_of_news(label: str, articles: Sequence[Article], style: Style) -> str:
    """Titles below each other, under a heading."""
    links = "\n".join(
        f'  <div class="one"> <div class="title"> <a data-pjax="0" href="{article.path}">'
        f"<span>{typeset(article.title)}</span></a> </div> </div>"
        for article in articles
    )
    return f"""<div class="row lineNews mgb40 hidden-print">
  <div class="col-xs-12"> <div class="lineTitle"> {style.labels[label]}
    <div class="line"></div> </div> </div>
  <div class="col-xs-12">
{links}
  </div>
</div>"""


def blocks_of_news(articles: Sequence[Article], style: Style) -> str:
    """Pictures with titles; each title stands twice, once for the picture."""
    blocks = "\n".join(
        f"""  <div class="col-sm-3 col-xs-6 "> <a href="{article.path}" class="title"> \
<img src="{attribute(article.picture)}" alt="{attribute(article.title)}" /> \
<span>{typeset(article.title)}
  </span> </a> </div>"""
        for article in articles
    )
    return f"""<div class="hidden-print">
<div class="row"> <div class="col-xs-12"> <div class="lineTitle"> {style.labels["popular"]}
  <div class="line"></div> </div> </div> </div>
<div class="row blockNews">
<div class="row">
{blocks}
</div>
</div>
</div>"""


def latest_news(articles: Sequence[Article], style: Style) -> str:
    """The newest rows of the edition's listing, folded away."""
    return f"""<div class="widget-last-news" data-state="closed" style="display:none">
<div class="container widget-last-news-inner">
<div class="row lineNews">
  <div class="hidden-xs hidden-sm col-md-2"> <div class="lineTitle"> \
<a href="{style.path}">{style.labels["feed"]}</a> </div> </div>
  <div class="col-xs-12 col-md-10"> <a href="#" title="{style.labels["more"]}" \
class="widget-last-news-toggler fa fa-angle-down"></a>
  <div class="widget-last-news-list" style="height:0">
{rows(articles)}
  </div>
  </div>
</div>
</div>
</div>"""
