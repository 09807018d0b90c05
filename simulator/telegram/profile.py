"""What a bot says of itself: name and descriptions, by language."""


class Profile:
    """Texts by kind (`name`, `description`, `short_description`) and language."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}

    def set(self, kind: str, language: str, text: str) -> None:
        """Keep a text; an empty one is removed."""
        self._texts[kind, language] = text

    def get(self, kind: str, language: str) -> str:
        """The text in this language, or the one for every language."""
        return self._texts.get((kind, language)) or self._texts.get((kind, ""), "")
