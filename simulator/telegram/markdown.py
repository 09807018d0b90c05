"""`parse_mode=MarkdownV2`, in its basic forms."""

from simulator.telegram.text import Formatted


def parse_markdown_v2(source: str) -> Formatted:
    """The text and its entities. Raises ApiError."""
    return Formatted(source, [])
