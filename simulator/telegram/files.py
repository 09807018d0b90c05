"""Files: uploaded, or known by a `file_id` or an address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.telegram.errors import bad_request
from simulator.telegram.model import Json

ADDRESSES = ("http://", "https://")
ATTACHED = "attach://"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart request."""

    name: str
    content_type: str
    data: bytes

    def __repr__(self) -> str:
        return f"Upload({self.name!r}, {len(self.data)} bytes)"


class Files:
    """What the bot sent; a `file_id` is good for sending it again and for downloading it."""

    def __init__(self) -> None:
        self._files: dict[str, Upload] = {}

    def __len__(self) -> int:
        return len(self._files)

    def keep(self, source: "Upload | str") -> Json:
        """The `file_id`, `file_unique_id` and `file_size` of what is sent. Raises ApiError for
        what is neither a file, nor known, nor an address.
        """
        if isinstance(source, str) and source in self._files:
            return self._described(source)
        if isinstance(source, str) and not source.startswith(ADDRESSES):
            raise bad_request("wrong file identifier/HTTP URL specified")
        name = f"file-{len(self._files) + 1}"
        self._files[name] = (
            source if isinstance(source, Upload) else Upload(source, "text/uri-list", b"")
        )
        return self._described(name)

    def get(self, file_id: str) -> Upload | None:
        """What was sent."""
        return self._files.get(file_id)

    def described(self, file_id: str) -> Json | None:
        """The Bot API's `File`, without a path."""
        return self._described(file_id) if file_id in self._files else None

    def _described(self, file_id: str) -> Json:
        size = len(self._files[file_id].data)
        return {"file_id": file_id, "file_unique_id": f"u-{file_id}", "file_size": size}


def attachments(value: Any) -> Iterator[str]:
    """The names of the uploads that parameters speak of, wherever they do."""
    if isinstance(value, str) and value.startswith(ATTACHED):
        yield value.removeprefix(ATTACHED)
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from attachments(each)
