"""A Bot API server, a 24.kg and a chat page in the browser, for tests and for trying the bot."""
