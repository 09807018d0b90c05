"""What the bot says: words, layout and Telegram's limits. Pure."""
