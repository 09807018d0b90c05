"""Messages with something other than text: pictures, files, places, polls."""

from collections.abc import Callable
from typing import Any

from simulator.telegram.access import writable
from simulator.telegram.errors import bad_request
from simulator.telegram.files import ATTACHED, Upload
from simulator.telegram.formatting import caption_of
from simulator.telegram.methods.sending import send
from simulator.telegram.model import Json
from simulator.telegram.world import World

FLAT = {"width": 640, "height": 360}
LASTING = {"duration": 1}

FILES: dict[str, Json] = {
    "photo": FLAT,
    "document": {},
    "video": FLAT | LASTING,
    "animation": FLAT | LASTING,
    "audio": LASTING,
    "voice": LASTING,
    "video_note": {"length": 240} | LASTING,
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
}
"""What a message tells of each kind of file beside its id."""

ALBUM = (2, 10)
MAX_PHOTO = 10 * 2**20
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
"""How the files begin that Telegram takes for pictures."""


def file_content(world: World, kind: str, source: Any) -> Json:
    """The field of a message that holds a file. Raises ApiError."""
    if not source or not isinstance(source, Upload | str):
        raise bad_request(f"there is no {kind} in the request")
    if kind == "photo" and isinstance(source, Upload):
        _check_photo(source.data)
    described = world.files.keep(source) | FILES[kind]
    if isinstance(source, Upload) and kind in {"document", "audio", "video", "animation"}:
        described |= {"file_name": source.name, "mime_type": source.content_type}
    return {kind: [described] if kind == "photo" else described}


def _check_photo(data: bytes) -> None:
    if len(data) > MAX_PHOTO:
        raise bad_request(
            f"file of size {len(data)} bytes is too big for a photo;"
            f" the maximum size is {MAX_PHOTO} bytes"
        )
    if not data.startswith(PICTURES):
        raise bad_request("IMAGE_PROCESS_FAILED")


def attached(params: Json, source: Any) -> Any:
    """The upload that an `attach://` address stands for, or the source itself."""
    if isinstance(source, str) and source.startswith(ATTACHED):
        return params.get(source.removeprefix(ATTACHED))
    return source


def album_item(world: World, params: Json, item: Json) -> Json:
    """The content of one member of an album, or of a message whose file is replaced."""
    kind = item.get("type", "")
    if kind not in FILES:
        raise bad_request(f"can't parse InputMedia: type {kind!r} is not supported")
    return file_content(world, kind, attached(params, item.get("media"))) | caption_of(item)


def _sender(kind: str) -> Callable[[World, Json], Json]:
    def send_file(world: World, params: Json) -> Json:
        writable(world, params)
        content = file_content(world, kind, attached(params, params.get(kind)))
        return send(world, params, content | caption_of(params))

    return send_file


def _send_album(world: World, params: Json) -> list[Json]:
    items = params.get("media", [])
    if not ALBUM[0] <= len(items) <= ALBUM[1]:
        raise bad_request("wrong number of messages in the album: must be 2-10")
    contents = [album_item(world, params, item) for item in items]
    group = {"media_group_id": f"album-{world.now()}-{len(world.files)}"}
    return [send(world, params, content | group) for content in contents]


def _location(params: Json) -> Json:
    return {key: params[key] for key in ("latitude", "longitude")}


def _send_location(world: World, params: Json) -> Json:
    return send(world, params, {"location": _location(params)})


def _send_venue(world: World, params: Json) -> Json:
    venue = {"location": _location(params), "title": params["title"], "address": params["address"]}
    return send(world, params, {"venue": venue, "location": venue["location"]})


def _send_contact(world: World, params: Json) -> Json:
    fields = ("phone_number", "first_name", "last_name", "vcard")
    contact = {key: params[key] for key in fields if key in params}
    return send(world, params, {"contact": contact})


def _send_dice(world: World, params: Json) -> Json:
    return send(world, params, {"dice": {"emoji": params.get("emoji", "🎲"), "value": 4}})


def _send_poll(world: World, params: Json) -> Json:
    texts = [params["question"], *(option["text"] for option in params["options"])]
    if not all(text.strip() for text in texts) or len(texts) == 1:
        raise bad_request("poll question and options must be non-empty")
    options = [
        {"persistent_id": str(at), "text": option["text"], "voter_count": 0}
        for at, option in enumerate(params["options"], 1)
    ]
    poll = {
        "id": f"poll-{world.now()}",
        "question": params["question"],
        "options": options,
        "total_voter_count": 0,
        "is_closed": params.get("is_closed", False),
        "is_anonymous": params.get("is_anonymous", True),
        "type": params.get("type", "regular"),
        "allows_revoting": params.get("allows_revoting", True),
        "members_only": params.get("members_only", False),
        "allows_multiple_answers": params.get("allows_multiple_answers", False),
    }
    return send(world, params, {"poll": poll})


def _get_file(world: World, params: Json) -> Json:
    described = world.files.described(params["file_id"])
    if described is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    return described | {"file_path": params["file_id"]}


METHODS = {
    "getFile": _get_file,
    "sendPhoto": _sender("photo"),
    "sendDocument": _sender("document"),
    "sendVideo": _sender("video"),
    "sendAnimation": _sender("animation"),
    "sendAudio": _sender("audio"),
    "sendVoice": _sender("voice"),
    "sendVideoNote": _sender("video_note"),
    "sendSticker": _sender("sticker"),
    "sendMediaGroup": _send_album,
    "sendLocation": _send_location,
    "sendVenue": _send_venue,
    "sendContact": _send_contact,
    "sendDice": _send_dice,
    "sendPoll": _send_poll,
}
