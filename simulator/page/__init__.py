"""A chat page in the browser: people, their chats with the bot, and news to publish."""

from simulator.page.server import attach

__all__ = ["attach"]
