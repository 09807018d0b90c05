"""What can go wrong out there."""


class SiteError(Exception):
    """The site did not give what was asked. The text says why, in one line, with the address."""


class SiteUnavailable(SiteError):
    """No answer, 429 or 5xx: the same request may succeed later."""

    def __init__(self, reason: str, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        """What the site asked to wait, in seconds; 0 where it asked nothing."""


class PageNotFound(SiteError):
    """404 or 410: there is no such page."""


class PageUnreadable(SiteError):
    """An answer that is not the page it should be: an element that it must have is missing."""


class StoreUnavailable(Exception):
    """The store can't be reached, is full, or refuses writes. The text says which, no address."""


class TokenRefused(Exception):
    """Telegram does not know this token (401, 404). Nothing works until it is another."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram refuses the bot's token: set TELEGRAM_BOT_TOKEN to the one that @BotFather "
            "gave, and see that TELEGRAM_API_URL is a Bot API server"
        )
