"""Telegram's HTML as its documentation describes it, read without mercy: what a server might
forgive is an error here.
"""

import re
from dataclasses import dataclass

from bot.model import Button, Message

TAGS = {"b", "u", "code", "a"}
TOKEN = re.compile(
    r'<a href="(?P<href>(?:[^"<>&]|&(?:amp|quot|#x27);)*)">|<(?P<open>[a-z]+)>|</(?P<close>[a-z]+)>'
    r"|&(?P<name>lt|gt|amp|quot);|&#(?P<number>\d+);|(?P<text>[^<>&])",
    re.DOTALL,
)
NAMES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


@dataclass(frozen=True)
class Entity:
    tag: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class Parsed:
    text: str
    entities: tuple[Entity, ...]

    def tagged(self, tag):
        return [entity.text for entity in self.entities if entity.tag == tag]


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def parse(html):
    text, waiting, entities, at = "", [], [], 0
    while at < len(html):
        token = TOKEN.match(html, at)
        assert token, f"neither a tag nor text: {html[at : at + 20]!r}"
        at = token.end()
        if token["open"] or token["href"] is not None:
            waiting.append((token["open"] or "a", len(text), token["href"] or ""))
            assert waiting[-1][0] in TAGS
        elif token["close"]:
            tag, start, href = waiting.pop()
            assert tag == token["close"], f"</{token['close']}> ends <{tag}>"
            assert text[start:].strip(), f"<{tag}> around nothing"
            entities.append(Entity(tag, text[start:], unescape(href)))
        else:
            text += token["text"] or NAMES.get(token["name"]) or chr(int(token["number"]))
    assert not waiting, f"{waiting} never end"
    return Parsed(text, tuple(entities))


def unescape(href):
    for name, character in {"lt": "<", "gt": ">", "quot": '"', "#x27": "'", "amp": "&"}.items():
        href = href.replace(f"&{name};", character)
    return href


def check(message: Message) -> Parsed:
    """What Telegram makes of it. Fails where Telegram would refuse, cut or ignore anything."""
    parsed = parse(message.html)
    assert parsed.text.strip()
    assert parsed.text == parsed.text.strip()
    assert utf16(parsed.text) <= 4096
    assert len(parsed.entities) <= 100
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]", parsed.text)
    assert all(is_address(entity.href) for entity in parsed.entities if entity.tag == "a")
    assert not message.preview or is_address(message.preview)
    assert len(message.buttons) <= 12
    for row in message.buttons:
        assert 1 <= len(row) <= 3
        for button in row:
            check_button(button)
    return parsed


def check_button(button: Button) -> None:
    assert button.label.strip()
    assert utf16(button.label) <= 64
    assert bool(button.url) + bool(button.data) + (button.inline is not None) == 1
    assert not button.url or is_address(button.url)
    assert len(button.data.encode()) <= 64


def is_address(url):
    return bool(re.fullmatch(r"https?://[!-~]+", url)) and len(url) <= 2048
