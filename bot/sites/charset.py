"""Bytes as text: what they are, whatever is said of them, or a refusal.

Said in: byte order mark, HTTP header, `<meta>`, XML declaration. Servers and templates are often
wrong about it, and Cyrillic shows which of two is: UTF-8 that decodes is UTF-8; of two one-byte
charsets, the wrong one turns most small letters into capitals or other signs.
"""

import codecs
import re
from collections.abc import Iterator

from bot.ports import PageUnreadable

SAID_WITHIN = 4096
META = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
XML = re.compile(rb"""^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ONE_BYTE = frozenset({
    "cp1250", "cp1251", "cp1252", "cp1254", "cp866", "koi8-r", "koi8-u", "iso8859-2", "iso8859-5",
    "iso8859-15", "mac-cyrillic",
})  # fmt: skip
KNOWN = ONE_BYTE | {"utf-8", "utf-16", "utf-16-le", "utf-16-be"}
AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}

FEW = 8
"""Invalid bytes put up with on any page; on a long one, a fiftieth of what is not ASCII."""


def decode(body: bytes, charset: str, url: str) -> str:
    """The text of a page. `charset`: what the HTTP header says, may be empty. Raises
    PageUnreadable where it can't be told what the bytes mean.
    """
    for mark, name in MARKS:
        if body.startswith(mark):
            return _damaged(body.removeprefix(mark), name, url)
    said = list(dict.fromkeys(_said(body, charset)))
    if any(name.startswith("utf-16") for name in said[:1]):
        return _damaged(body, said[0], url)
    if (text := _strict(body, "utf-8")) is not None:
        return text
    texts = [text for name in said if name in ONE_BYTE and (text := _strict(body, name))]
    if texts:
        return max(texts, key=_likeness)
    return _damaged(body, next((name for name in said if name in KNOWN), "utf-8"), url)


def _said(body: bytes, charset: str) -> Iterator[str]:
    head = body[:SAID_WITHIN]
    found = [charset, *(match[1].decode("ascii", "replace") for match in META.finditer(head))]
    if xml := XML.match(head):
        found.append(xml[1].decode("ascii", "replace"))
    for name in found:
        if name:
            yield _canonical(name)


def _canonical(name: str) -> str:
    try:
        known = codecs.lookup(name.strip("\"' ")).name
    except (LookupError, ValueError):
        return name.lower()
    return AS_BROWSERS_DO.get(known, known)


def _strict(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except UnicodeDecodeError:
        return None


def _likeness(text: str) -> int:
    """To words in Cyrillic: small letters speak for it, other signs beyond ASCII against it."""
    beyond = [sign for sign in text if sign > "\x7f"]
    small = sum("а" <= sign <= "я" for sign in beyond)
    return small - sum(not "\u0400" <= sign <= "\u04ff" for sign in beyond)


def _damaged(body: bytes, charset: str, url: str) -> str:
    text = body.decode(charset, "replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    good = sum(sign > "\x7f" for sign in text) - bad
    if bad > max(FEW, good // 50):
        raise PageUnreadable(f"{url}: {bad} bytes are not {charset}, which it is said to be")
    return text
