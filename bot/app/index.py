"""The index of articles, put together: whoever receives searches it, and one of them follows."""

import asyncio

from bot.app.parts import Parts
from bot.app.waiting import cancel
from bot.search.follow import Follow
from bot.search.index import Index


def index(parts: Parts) -> Index:
    """An index that follows the store until `parts.ends`."""
    found = Index(parts.settings.data_dir)
    follow = Follow(parts.settings.data_dir, parts.stores.chronicle)
    task = asyncio.create_task(follow.run())

    async def end() -> None:
        await cancel({task})
        found.close()

    parts.ends.append(end)
    return found
