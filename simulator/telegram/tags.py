"""What HTML tags mean to Telegram."""

from simulator.telegram.errors import ApiError, bad_request
from simulator.telegram.links import checked_link, mentioned_user
from simulator.telegram.model import Json

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
}
TAGS = SIMPLE.keys() | {"a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}
MAX_DIGITS = 19


def parse_error(reason: str) -> ApiError:
    """The refusal of a text that can't be parsed."""
    return bad_request(f"can't parse entities: {reason}")


def entity(tag: str, attributes: dict[str, str], inner: str) -> Json | None:
    """The entity that a tag makes of its text, without its place; None: none.

    Raises ApiError.
    """
    if tag in SIMPLE:
        return {"type": SIMPLE[tag]}
    if tag == "a":
        return _link(attributes.get("href") or inner)
    if tag == "blockquote":
        expandable = "expandable" in attributes
        return {"type": "expandable_blockquote" if expandable else "blockquote"}
    if tag == "tg-emoji":
        return _custom_emoji(attributes.get("emoji-id", ""))
    if tag == "tg-time":
        return _moment(attributes)
    language = attributes.get("class", "")
    named = language.removeprefix("language-") if language.startswith("language-") else ""
    return {"type": tag} | ({"language": named} if named else {})


def _link(url: str) -> Json | None:
    if user_id := mentioned_user(url):
        return {"type": "text_mention", "user": {"id": user_id}}
    checked = checked_link(url)
    return {"type": "text_link", "url": checked} if checked else None


def _custom_emoji(number: str) -> Json:
    if not _is_number(number):
        raise parse_error("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": number}


def _moment(attributes: dict[str, str]) -> Json:
    unix = attributes.get("unix", "")
    if not _is_number(unix):
        raise parse_error("Invalid date_time entity specified")
    form = attributes.get("format")
    return {"type": "date_time", "unix_time": int(unix)} | (
        {"date_time_format": form} if form else {}
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS and int(text) > 0
