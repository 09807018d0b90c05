"""`explain`: whether a query meets a text, and why."""

import re
import sys
from datetime import UTC, datetime

from bot.commands.pages import opened, page
from bot.matching import why
from bot.matching.query import QueryError, parse
from bot.matching.sentence import sentence
from bot.model import Article, Edition
from bot.ports import SiteError
from bot.settings import Settings
from bot.sites.reading import read as read_page

MATCH, NONE, ERROR = 0, 1, 2
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
KYRGYZ_LETTERS = frozenset("ңөүҢӨҮ")


def explain(settings: Settings, query: str, text: str, edition: Edition | None) -> int:
    """Print whether the query meets the text, and why. 0: it does, 1: it doesn't, 2: bad query."""
    try:
        asked = parse(query)
        url, html = page(settings, text)
    except QueryError as error:
        print(_answer("error", _fault(error)))
        return ERROR
    except (SiteError, OSError) as error:
        print(error, file=sys.stderr)
        return ERROR
    explanation = why.explain(asked, _article(html, url, edition))
    print(_said(explanation))
    return MATCH if explanation.matched else NONE


def explain_batch(source: str) -> int:
    """Answer each line of a file or `-`, edition TAB query TAB text, by one line."""
    try:
        lines = opened(source)
    except OSError as error:
        print(error, file=sys.stderr)
        return ERROR
    with lines:
        for line in lines:
            print(_explained(line.decode("utf-8", "replace").rstrip("\r\n")), flush=True)
    return MATCH


def _explained(line: str) -> str:
    edition, _, rest = line.partition("\t")
    query, tab, text = rest.partition("\t")
    if not tab or edition not in frozenset(Edition):
        return _answer("error", "write: en, ru or ky, a tab, the query, a tab, the text")
    try:
        return _said(why.explain(parse(query), _plain(text, Edition(edition))))
    except QueryError as error:
        return _answer("error", _fault(error))
    except Exception as error:  # noqa: BLE001 - one bad line must not stop the next
        return _answer("error", f"{type(error).__name__}: {error}")


def _said(explanation: why.Explanation) -> str:
    return _answer("match" if explanation.matched else "none", sentence(explanation))


def _answer(word: str, reason: str) -> str:
    """One line, whatever the text holds."""
    return f"{word}\t{' '.join(reason.split())}"


def _fault(error: QueryError) -> str:
    """What is wrong, where, and the nearest query that can be followed."""
    fault = f"{error.fault}: {error.detail}".rstrip(": ")
    return f"{fault}; nearest: {error.suggestion}" if error.suggestion else fault


def _article(text: str, url: str, edition: Edition | None) -> Article:
    """The article of a page; what is no page of the site is a text."""
    seen = read_page(text, url, edition, datetime.now(UTC)) if "<" in text else {}
    if seen.get("kind") != "article":
        return _plain(text, edition or _guessed(text))
    return Article(
        seen["edition"],
        seen["id"] or 0,
        seen["url"],
        seen["title"],
        tuple(seen["body"]),
        datetime.now(UTC),
        section=seen["section"],
    )


def _plain(text: str, edition: Edition) -> Article:
    return Article(edition, 0, "", "", (text,), datetime.now(UTC))


def _guessed(text: str) -> Edition:
    if KYRGYZ_LETTERS & set(text):
        return Edition.KY
    return Edition.RU if CYRILLIC.search(text) else Edition.EN
