"""Answers to `/alert`, and what is said when a rate is there."""

from collections.abc import Sequence

from bot.messages.figures import (
    day,
    money,
    moved,
    source,
    threshold,
    units,
    value,
    waited_for,
)
from bot.messages.markup import LINE, NOTHING, Markup, bold, escape
from bot.messages.phrases import message, words
from bot.model import Bound, Button, Chat, Crossing, Figure, Message, Rate, Threshold
from bot.model.rates import SOM


def crossed(chat: Chat, crossing: Crossing) -> Message:
    """A rate is where the chat wanted to be told of it."""
    texts, rate = words(chat), crossing.rate
    som = f"{value(rate, chat)} {money(SOM, chat)}"
    now = bold(escape(f"{units(rate)} = {som}"))
    since = escape(f"{source(rate, chat)}, {day(rate.day, chat)}")
    said = threshold(crossing.threshold, chat)
    asked = texts.text("You wanted to know: {threshold}", threshold=said)
    buttons = [(remove_button(crossing.threshold, chat),)]
    return message(now + _moved(crossing, chat) + LINE + since, asked, buttons=buttons)


def _moved(crossing: Crossing, chat: Chat) -> Markup:
    of = crossing.threshold
    if of.bound is not Bound.MOVE:
        return NOTHING
    was = Rate(of.currency, of.base, crossing.rate.day, "bank", of.nominal)
    move = Figure(crossing.rate, was).move
    return escape(f" {moved(move, chat)}") if move else NOTHING


def threshold_set(chat: Chat, of: Threshold) -> Message:
    """It is waited for from now on."""
    texts = words(chat)
    named = bold(escape(waited_for(of, chat)))
    if of.is_armed:
        said = texts.text("I'll write as soon as the rate is there: {threshold}", threshold=named)
    else:
        said = texts.text(
            "The rate is there already: {threshold}. I'll write when it has gone back and comes "
            "there again.",
            threshold=named,
        )
    return message(said, buttons=[(remove_button(of, chat, "rw"),)])


def threshold_list(chat: Chat, of: Sequence[Threshold]) -> Message:
    """All of them, each with a button that ends it."""
    if not of:
        return message(words(chat).text("You wait for no rate yet."), alert_examples(chat))
    buttons = [(remove_button(each, chat, "rw"),) for each in of]
    return message(all_waited_for(chat, of), alert_examples(chat), buttons=buttons)


def all_waited_for(chat: Chat, of: Sequence[Threshold]) -> Markup:
    """One to a line, under a heading; nothing where there are none."""
    if not of:
        return NOTHING
    heading = words(chat).text("<b>The rates that you wait for</b>")
    return LINE.join([heading, *(escape(f"• {waited_for(each, chat)}") for each in of)])


def alert_usage(chat: Chat) -> Message:
    """What was said is no threshold."""
    return message(words(chat).text("I didn't understand that."), alert_examples(chat))


def alert_examples(chat: Chat) -> Markup:
    """What can be waited for."""
    return words(chat).text(
        "<code>/alert dollar above 88</code> – when a dollar costs more than 88 som\n"
        "<code>/alert euro below 95.5</code> – when a euro costs less\n"
        "<code>/alert ruble 5%</code> – when the ruble has moved by 5 per cent"
    )


def too_many_thresholds(chat: Chat, limit: int) -> Message:
    """The chat has as many as it may."""
    texts = words(chat)
    return message(
        texts.plural(
            "You wait for {n} rate already, and more is not possible.",
            "You wait for {n} rates already, and more is not possible.",
            limit,
        ),
        texts.text("To remove one: /alert"),
    )


def toast_no_longer(chat: Chat) -> str:
    """A threshold was removed."""
    return words(chat).label("Done. You don't wait for this rate any more.")


def remove_button(of: Threshold, chat: Chat, kind: str = "ra") -> Button:
    """Ends it; of the kind `rw`, what is left is shown in its place."""
    label = words(chat).label("Remove {threshold}", threshold=threshold(of, chat))
    return Button(label, data=f"{kind}:{of.key}")
