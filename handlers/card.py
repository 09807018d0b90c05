"""A subscription's card: what it means, what it brings, and buttons that change it."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from bot.flows.advise import others, read
from bot.flows.chats import toggled
from bot.flows.subscribe import Full
from bot.matching import rewriting
from bot.matching.connectives import connected
from bot.matching.query import Query, QueryError
from bot.messages import replies
from bot.model import Delivery, Edition, Message, Subscription
from handlers.context import Effect, Outdated, Turn

Named = TypeVar("Named")
Change = Callable[[Query, Subscription, str], Query]


async def show(turn: Turn) -> Effect:
    """In the place of the list."""
    return Effect(edit=await _card(turn, await _subscription(turn)))


async def toggle_edition(turn: Turn) -> Effect:
    """Follow it in an edition, or no longer; the last one stays."""
    old, edition = await _subscription(turn), _edition(turn)
    query = read(old.text)
    if query is None or edition not in turn.services.advise.possible(query):
        raise Outdated
    editions = toggled(old.editions, edition)
    if editions == old.editions:
        return Effect(replies.toast_last_edition(turn.chat))
    new = await turn.services.subscribing.choose_editions(turn.chat, old, editions)
    return Effect(replies.toast_saved(turn.chat), edit=await _card(turn, new))


async def connect(turn: Turn) -> Effect:
    """With its small words as signs."""
    return await _change(turn, lambda query, _, __: connected(query) or query)


async def widen(turn: Turn) -> Effect:
    """By a word that is derived from one of its own."""
    return await _change(turn, _widened)


async def narrow(turn: Turn) -> Effect:
    """By a word that must stand there too."""
    return await _change(turn, lambda query, _, word: rewriting.narrowed(query, word))


async def leave_out(turn: Turn) -> Effect:
    """One of its words."""
    return await _change(
        turn, lambda query, _, part: rewriting.without(query, _one(rewriting.parts(query), part))
    )


async def translate(turn: Turn) -> Effect:
    """Follow the same in another language, as a subscription of its own."""
    old, edition = await _subscription(turn), _edition(turn)
    query = read(old.text)
    found = others(query, ()) if query else {}
    for asked, editions in found.items():
        if edition in editions:
            added = await turn.services.subscribing.follow_in(turn.chat, asked, editions)
            if isinstance(added, Full):
                return Effect(say=replies.limit_reached(turn.chat, added.limit))
            toast = replies.toast_changed(turn.chat, asked.text)
            return Effect(toast, edit=await _card(turn, old))
    raise Outdated


async def deliver(turn: Turn) -> Effect:
    """When it is told."""
    old = await _subscription(turn)
    if _said(turn) not in frozenset(Delivery):
        raise Outdated
    new = await turn.services.subscribing.deliver(old, Delivery(_said(turn)))
    return Effect(replies.toast_saved(turn.chat), edit=await _card(turn, new))


async def mute(turn: Turn) -> Effect:
    """For a day, under an alert: all that it meets."""
    keys = turn.words.split(",")
    found = [each for each in await turn.services.subscribing.of(turn.chat.ref) if each.key in keys]
    if not found:
        return Effect(replies.toast_gone(turn.chat), is_spent=True)
    for each in found:
        await turn.services.subscribing.mute(each, is_muted=True)
    toast = replies.toast_muted(turn.chat, [each.text for each in found])
    return Effect(toast, is_spent=True)


async def toggle_mute(turn: Turn) -> Effect:
    """The same on the card, which has the way back."""
    old, said = await _subscription(turn), _said(turn)
    if said not in ("on", "off"):
        raise Outdated
    new = await turn.services.subscribing.mute(old, is_muted=said == "on")
    return Effect(replies.toast_saved(turn.chat), edit=await _card(turn, new))


async def _change(turn: Turn, change: Change) -> Effect:
    old = await _subscription(turn)
    query = read(old.text)
    if query is None:
        raise Outdated
    try:
        asked = change(query, old, _said(turn))
    except QueryError:
        return Effect(replies.toast_too_much(turn.chat))
    new = await turn.services.subscribing.change(turn.chat, old, asked)
    return Effect(replies.toast_changed(turn.chat, new.text), edit=await _card(turn, new))


def _widened(query: Query, old: Subscription, word: str) -> Query:
    term = _one(rewriting.derived(query, old.editions), word)
    return rewriting.widened(query, term, word)


async def _card(turn: Turn, subscription: Subscription) -> Message:
    known = {each.key for each in await turn.services.subscribing.of(turn.chat.ref)}
    card = await turn.services.advise.card(turn.chat, subscription, known)
    return replies.subscription_card(turn.chat, card, turn.services.clock.now())


async def _subscription(turn: Turn) -> Subscription:
    """The one whose key the button begins with. Raises Outdated."""
    key, _, _ = turn.words.partition(":")
    found = await turn.services.subscribing.get(turn.chat.ref, key)
    if found is None:
        raise Outdated
    return found


def _said(turn: Turn) -> str:
    return turn.words.partition(":")[2]


def _edition(turn: Turn) -> Edition:
    if _said(turn) not in frozenset(Edition):
        raise Outdated
    return Edition(_said(turn))


def _one(of: Mapping[str, Named], name: str) -> Named:
    """Raises Outdated."""
    if name not in of:
        raise Outdated
    return of[name]
