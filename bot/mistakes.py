"""What is wrong with the settings."""

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values

ALIKE = 0.8


class SettingsError(Exception):
    """Values that can't be used; `lines` has one sentence for each, without secrets."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def misspelt(file: Path, known: Collection[str]) -> list[str]:
    """A line for each name in a `.env` that is close to one of `known` (in capitals), and none of
    them. What else stands there is somebody else's. Raises UnicodeDecodeError.
    """
    names = [name.upper() for name in dotenv_values(file)] if file.is_file() else []
    unknown = [name for name in names if name not in known]
    return [
        f"{name}: is no setting; perhaps {close[0]}"
        for name in unknown
        if (close := get_close_matches(name, known, 1, ALIKE))
    ]
