"""The nouns, frozen, and the outcomes as values. Everything else in the bot speaks in these."""

from bot.model.messages import Button, Message
from bot.model.news import Article, Edition, Item, Listing, Rate, Validator
from bot.model.outcomes import Gone, Moved, Outcome, Rejected, RetryLater, Sent
from bot.model.owed import Alert, Bundle, Post, Slot, Telling, Verdict
from bot.model.rates import (
    Bound,
    Converted,
    Crossing,
    Figure,
    Move,
    Period,
    RateTable,
    Threshold,
)
from bot.model.readers import (
    Chat,
    ChatRef,
    ChatState,
    Delivery,
    Language,
    Outlook,
    Quiet,
    Repeats,
    Subscription,
    SubscriptionChange,
)
from bot.model.search import Found, Hit, Wanted

__all__ = [
    "Alert",
    "Article",
    "Bound",
    "Bundle",
    "Button",
    "Chat",
    "ChatRef",
    "ChatState",
    "Converted",
    "Crossing",
    "Delivery",
    "Edition",
    "Figure",
    "Found",
    "Gone",
    "Hit",
    "Item",
    "Language",
    "Listing",
    "Message",
    "Move",
    "Moved",
    "Outcome",
    "Outlook",
    "Period",
    "Post",
    "Quiet",
    "Rate",
    "RateTable",
    "Rejected",
    "Repeats",
    "RetryLater",
    "Sent",
    "Slot",
    "Subscription",
    "SubscriptionChange",
    "Telling",
    "Threshold",
    "Validator",
    "Verdict",
    "Wanted",
]
