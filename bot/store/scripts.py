"""The Lua scripts beside this file, by name."""

from dataclasses import dataclass
from hashlib import sha1
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Script:
    """A script's text and the digest by which a server that has it knows it."""

    source: str
    digest: str


def load(*names: str) -> Script:
    """The script made of `{name}.lua`, one after the other: what they share comes first."""
    folder = files("bot.store")
    source = "\n".join((folder / f"{name}.lua").read_text("utf-8") for name in names)
    return Script(source, sha1(source.encode(), usedforsecurity=False).hexdigest())
