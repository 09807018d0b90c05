"""Keyboards under messages: what Telegram refuses of them, and pressing their buttons."""

from collections.abc import Iterator

from simulator.telegram.errors import bad_request
from simulator.telegram.links import checked_link
from simulator.telegram.model import Json

MAX_DATA = 64
MAX_BUTTONS = 100
ACTIONS = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)


def buttons(markup: Json | None) -> Iterator[Json]:
    """The buttons of an inline keyboard, row by row."""
    for row in (markup or {}).get("inline_keyboard", ()):
        yield from row


def checked_markup(markup: Json | None) -> Json | None:
    """The keyboard as it is kept; None where it is empty. Raises ApiError."""
    if not markup or markup.get("inline_keyboard") == []:
        return None
    found = list(buttons(markup))
    if len(found) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for button in found:
        _check(button)
    rows = markup.get("inline_keyboard")
    return markup if rows is None else {"inline_keyboard": [row for row in rows if row]}


def _check(button: Json) -> None:
    if not button.get("text", "").strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if len(ACTIONS & button.keys()) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if not 0 < len(button.get("callback_data", "-").encode()) <= MAX_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not checked_link(button["url"]):
        url = button["url"]
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def find_button(message: Json, wanted: str) -> Json:
    """The button with this callback data or this label. Raises ValueError."""
    every = list(buttons(message.get("reply_markup")))
    for key in ("callback_data", "text"):
        for button in every:
            if button.get(key) == wanted:
                return button
    labels = ", ".join(repr(button["text"]) for button in every) or "none"
    raise ValueError(f"no button {wanted!r} under this message; there are: {labels}")
