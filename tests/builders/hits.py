"""What a search finds."""

from datetime import datetime, timedelta

from bot.model import Edition, Hit
from tests.fakes.clock import START


def hit(
    id_: int = 1,
    title: str = "A visa centre opens",
    edition: Edition = Edition.EN,
    published: datetime | None = None,
    **fields,
) -> Hit:
    """Published so many minutes after midnight in Bishkek as its id says."""
    fields.setdefault("lead", "It opens in Osh. Guests come from China.")
    fields.setdefault("url", f"https://24.kg/english/{id_}/")
    at = published or START - timedelta(hours=12) + timedelta(minutes=id_)
    return Hit(id_, edition, title=title, published=at, **fields)
