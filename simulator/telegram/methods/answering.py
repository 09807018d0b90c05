"""Answers to callback and inline queries."""

import re

from simulator.telegram.errors import bad_request
from simulator.telegram.formatting import caption_of, text_of
from simulator.telegram.keyboards import checked_markup
from simulator.telegram.methods.sending import preview_of
from simulator.telegram.model import Json
from simulator.telegram.text import utf16_length
from simulator.telegram.world import World

MAX_RESULTS = 50
MAX_BYTES = 64
MAX_CALLBACK_TEXT = 200
START = re.compile(r"[A-Za-z0-9_-]*")


def answer_callback(world: World, params: Json) -> bool:
    """The notice that shows when a button was pressed."""
    if utf16_length(params.get("text", "")) > MAX_CALLBACK_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.queries.answer("callback", params.get("callback_query_id", ""), params)
    event = {"type": "callback_answer", "chat_id": query.chat_id, "user_id": query.user_id}
    world.events.emit(event | {"id": query.id, "answer": params})
    return True


def answer_inline(world: World, params: Json) -> bool:
    """The results of an inline query."""
    results = params.get("results", [])
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    _check_ids([result["id"] for result in results])
    if len(params.get("next_offset", "").encode()) > MAX_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    if "button" in params:
        _check_button(params["button"])
    for result in results:
        _check_result(result)
    query = world.queries.answer("inline", params.get("inline_query_id", ""), params)
    world.events.emit({"type": "inline_answer", "user_id": query.user_id, "id": query.id})
    return True


def result_content(result: Json) -> Json:
    """The message that a result becomes when it is chosen. Raises ApiError."""
    markup = checked_markup(result.get("reply_markup"))
    kept = {"reply_markup": markup} if markup else {}
    content = result.get("input_message_content")
    if content and "message_text" in content:
        return text_of(content, "message_text") | preview_of(content) | kept
    return caption_of(result) | kept


def _check_result(result: Json) -> None:
    if result["type"] == "article" and not result["title"].strip():
        raise bad_request("article title must be non-empty")
    result_content(result)


def _check_button(button: Json) -> None:
    """The one above the results."""
    if not button.get("text", "").strip():
        raise bad_request("button text must be non-empty")
    if ("start_parameter" in button) == ("web_app" in button):
        raise bad_request("can't parse inline query results button: exactly one field must be set")
    start = button.get("start_parameter", "-")
    if not start:
        raise bad_request("can't use empty start_parameter")
    if len(start) > MAX_BYTES:
        raise bad_request("too long start_parameter specified")
    if not START.fullmatch(start):
        raise bad_request("unallowed characters in start_parameter are used")


def _check_ids(ids: list[str]) -> None:
    if any(not 0 < len(each.encode()) <= MAX_BYTES for each in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")


METHODS = {"answerCallbackQuery": answer_callback, "answerInlineQuery": answer_inline}
