"""Character references in HTML: `&lt;`, `&#38;`, `&#x26;`."""

import re

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<dec>[0-9]+)|(?P<name>[a-zA-Z]+))")
LAST_CODE = 0x10FFFF
LONGEST = 9
"""Of a numeric one, without its semicolon."""


def decode_reference(source: str, at: int) -> tuple[str, int]:
    """The character that a reference at `at` stands for, and where it ends. What is none stands
    for its own ampersand.
    """
    found = REFERENCE.match(source, at)
    character = _referenced(found) if found else ""
    if not found or not character:
        return "&", at + 1
    return character, found.end() + source.startswith(";", found.end())


def _referenced(found: re.Match[str]) -> str:
    if name := found["name"]:
        return NAMED.get(name, "")
    if found.end() - found.start() > LONGEST:
        return ""
    code = int(found["hex"], 16) if found["hex"] else int(found["dec"])
    return chr(code) if 0 < code < LAST_CODE else ""
