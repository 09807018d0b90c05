"""Addresses, checked and put in canonical form as Telegram does."""

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

USER_LINK = re.compile(r"tg://user/?\?id=(\d{1,18})", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
OWN_SCHEMES = frozenset({"tg", "ton"})


def mentioned_user(url: str) -> int | None:
    """The id in a `tg://user?id=…` link."""
    found = USER_LINK.fullmatch(url.strip())
    return int(found[1]) if found else None


def checked_link(url: str) -> str | None:
    """The canonical form; None for what Telegram takes for no address, such as a host without a
    dot.
    """
    url = url.strip()
    if not SCHEME.match(url) or url.partition(":")[2][:2].isdecimal():
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme.lower() in OWN_SCHEMES:
        return url
    if parts.scheme.lower() not in {"http", "https"} or not _is_host(host):
        return None
    return _canonical(parts)


def _is_host(host: str) -> bool:
    return ":" in host or ("." in host and not re.search(r"\s", host))


def _canonical(parts: SplitResult) -> str:
    lower = parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower())
    return urlunsplit(lower._replace(path=parts.path or "/"))
