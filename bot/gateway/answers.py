"""What Telegram's answers mean: the one place where they are turned into values. Pure.

The answers are those of https://core.telegram.org/bots/api#making-requests; the descriptions are
not documented there and were collected from the server's source and from running bots.
"""

import json
import math
import re
from dataclasses import dataclass
from http import HTTPStatus

from telegram.error import NetworkError

from bot.model import Gone, Moved, Outcome, Rejected, RetryLater, Sent
from bot.ports import TokenRefused

SOON = 1.0
"""Seconds to wait where the answer names none; who asks again and again lengthens it."""
UNNAMED_FLOOD = 5.0
"""Seconds to wait after a 429 that names none."""
LONGEST_WAIT = 7 * 86_400.0
MAX_REASON = 200

GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user is deactivated",
    "user_is_blocked",
    "input_user_deactivated",
    "group chat was deactivated",
    "group is deactivated",
    "group chat was upgraded",
    "bot was kicked",
    "bot was blocked",
    "bot is not a member",
    "channel_private",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_admin_required",
    "chat_send_plain_forbidden",
    "have no rights to send",
    "not enough rights to send",
    "need administrator rights",
)
"""A 400 that holds one of these says what a 403 says: this chat can't be written to."""
NO_TOPIC = (
    "message thread not found",
    "topic_closed",
    "topic_deleted",
    "topic_id_invalid",
    "topic closed",
    "topic deleted",
)
NO_PICTURES = ("rights to send photos", "send_photos_forbidden", "send_media_forbidden")
"""The chat takes no pictures; texts it may take all the same."""
NO_SUCH_FILE = ("wrong file", "wrong remote file", "file_reference_", "file_id_invalid")
NOTHING_TO_DO = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
)
"""A 400 to an edit: what was to be changed says so already, or is no longer there."""

_RETRY_AFTER = re.compile(r"retry after (\d{1,9})\b")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a request."""

    status: int
    """Telegram's `error_code` where it names one, else HTTP's."""
    ours: bool
    """Whether it has the form of a Bot API answer. A proxy's error page has not."""
    ok: bool = False
    result: object = None
    description: str = ""
    retry_after: float | None = None
    migrate_to: int | None = None


def read_answer(status: int, body: bytes) -> Answer:
    """Never raises: what is not an answer of the Bot API is an `Answer` that is not `ours`."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or not isinstance(data.get("ok"), bool):
        return Answer(status, ours=False)
    if data["ok"]:
        return Answer(status, ours=True, ok=True, result=data.get("result"))
    parameters = data.get("parameters")
    parameters = parameters if isinstance(parameters, dict) else {}
    description = _one_line(data.get("description"))
    return Answer(
        _whole(data.get("error_code")) or status,
        ours=True,
        description=description,
        retry_after=_wait(parameters.get("retry_after"), description),
        migrate_to=_whole(parameters.get("migrate_to_chat_id")) or None,
    )


def outcome(answer: Answer) -> Outcome:
    """What an answer to a send means. Raises TokenRefused, and nothing else.

    `chat not found` counts as gone at once: a chat that the bot has heard from is found for as
    long as it is there, and any message from it brings it back. A topic that is closed or deleted
    is Rejected: see `topic_is_shut`. An answer that is not the Bot API's own, such as a proxy's
    403, says nothing about the chat.
    """
    check_token(answer)
    if not answer.ours:
        return RetryLater(SOON, f"HTTP {answer.status}, not from the Bot API", everyone=True)
    if answer.ok:
        return Sent(_message_id(answer.result))
    return _refusal(answer) if answer.migrate_to is None else Moved(answer.migrate_to)


def check_token(answer: Answer) -> None:
    """Raises TokenRefused where it was. A 404 means that only if it is the Bot API's own."""
    if answer.ok:
        return
    is_unknown = answer.ours and answer.status == HTTPStatus.NOT_FOUND
    if is_unknown or answer.status == HTTPStatus.UNAUTHORIZED:
        raise TokenRefused


def topic_is_shut(answer: Answer) -> bool:
    """Whether the topic is closed or deleted, so that the message belongs in the general one."""
    return not answer.ok and _holds(answer.description, NO_TOPIC)


def file_is_unknown(answer: Answer) -> bool:
    """Whether Telegram no longer knows a picture by the name that it gave."""
    return not answer.ok and _holds(answer.description, NO_SUCH_FILE)


def is_picture(answer: Answer) -> bool:
    """Whether the message whose text was to be edited has a caption instead."""
    return not answer.ok and _holds(answer.description, ("no text in the message to edit",))


def unreachable(error: NetworkError) -> RetryLater:
    """What an exchange without an answer means. The message may have been sent all the same."""
    return RetryLater(SOON, _one_line(str(error)), everyone=True)


def _refusal(answer: Answer) -> Outcome:
    reason = answer.description or f"HTTP {answer.status}"
    match answer.status:
        case HTTPStatus.TOO_MANY_REQUESTS:
            return RetryLater(answer.retry_after or UNNAMED_FLOOD, reason)
        case HTTPStatus.FORBIDDEN if not _holds(reason, NO_PICTURES):
            return Gone(reason)
        case HTTPStatus.BAD_REQUEST:
            return _bad_request(reason)
        case HTTPStatus.CONFLICT | HTTPStatus.REQUEST_TIMEOUT:
            return RetryLater(SOON, reason, everyone=True)
        case status if HTTPStatus.BAD_REQUEST < status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return Rejected(reason)
    return RetryLater(SOON, reason, everyone=True)


def _bad_request(reason: str) -> Outcome:
    if _holds(reason, GONE) and not _holds(reason, NO_PICTURES):
        return Gone(reason)
    if _holds(reason, NOTHING_TO_DO):
        return Sent(0)
    return Rejected(reason)


def _holds(description: str, signs: tuple[str, ...]) -> bool:
    text = description.lower()
    return any(sign in text for sign in signs)


def _message_id(result: object) -> int:
    """0 where the answer names none: the message is out, and that is what counts."""
    return _whole(result.get("message_id")) or 0 if isinstance(result, dict) else 0


def _wait(named: object, description: str) -> float | None:
    if isinstance(named, bool) or not isinstance(named, int | float):
        found = _RETRY_AFTER.search(description.lower())
        named = int(found[1]) if found else 0
    if isinstance(named, float) and not math.isfinite(named):
        return None
    return float(min(named, LONGEST_WAIT)) if named > 0 else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _one_line(text: object) -> str:
    return " ".join(text.split())[:MAX_REASON] if isinstance(text, str) else ""
