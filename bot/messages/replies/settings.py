"""Answers to `/settings`."""

from bot.messages.dates import city
from bot.messages.keyboard import rows
from bot.messages.markup import LINE, NOTHING, Markup
from bot.messages.outside import clean
from bot.messages.phrases import NAMES, edition_names, message, words
from bot.messages.replies.pausing import paused_note
from bot.model import Button, Chat, Message, Quiet, Repeats

SAID = 64


def settings(chat: Chat) -> Message:
    """What is set, with a button for each setting."""
    texts = words(chat)
    pause = texts.label("Resume") if chat.is_paused else texts.label("Pause")
    buttons = [
        Button(texts.label("Language"), data="set:language"),
        Button(texts.label("News languages"), data="set:editions"),
        Button(texts.label("Time zone"), data="set:timezone"),
        Button(texts.label("Quiet hours"), data="set:quiet"),
        Button(texts.label("Daily time"), data="set:daily"),
        Button(texts.label("Daily limit"), data="set:most"),
        Button(texts.label("Repeated stories"), data="set:repeats"),
        Button(pause, data="pause:off" if chat.is_paused else "pause:on"),
    ]
    heading = texts.text("<b>Settings</b>")
    return message(heading, _summary(chat), paused_note(chat), buttons=rows(buttons, 2))


def _summary(chat: Chat) -> Markup:
    texts = words(chat)
    return LINE.join(
        [
            texts.text("Language: {language}", language=NAMES[chat.language]),
            texts.text("News: {editions}", editions=edition_names(chat.editions)),
            texts.text("Time zone: {zone}", zone=_zone(chat)),
            texts.text("Quiet hours: {hours}", hours=hours(chat, chat.quiet)),
            texts.text("Daily time: {time}", time=f"{chat.daily_at:%H:%M}"),
            texts.text("Daily digest: {when} – /digest", when=_digest(chat)),
            texts.text("Messages a day: {limit}", limit=limit(chat, chat.most_a_day)),
            texts.text("Repeated stories: {way}", way=repeats(chat, chat.repeats)),
        ]
    )


def _digest(chat: Chat) -> str:
    """Whether it comes, and when."""
    texts, at = words(chat), f"{chat.daily_at:%H:%M}"
    if chat.digest is None:
        return texts.label("off")
    if chat.digest.weekdays_only:
        return texts.label("on weekdays at {time}", time=at)
    return texts.label("every day at {time}", time=at)


def hours(chat: Chat, quiet: Quiet | None) -> str:
    """22:00–08:00."""
    if quiet is None:
        return words(chat).label("none")
    return f"{quiet.begin:%H:%M}–{quiet.end:%H:%M}"


def limit(chat: Chat, most_a_day: int) -> str:
    """A number, or that there is none."""
    if most_a_day:
        return words(chat).label("at most {n}", n=most_a_day)
    return words(chat).label("no limit")


def repeats(chat: Chat, way: Repeats) -> str:
    """What becomes of them."""
    if way is Repeats.DROP:
        return words(chat).label("left out")
    return words(chat).label("as a reply")


def _zone(chat: Chat) -> str:
    name = city(chat.timezone, chat)
    return name if name == chat.timezone else f"{name} ({chat.timezone})"


def saved(chat: Chat) -> Message:
    """A setting was changed, and this is how all of them stand."""
    return message(words(chat).text("Saved.") + LINE + _summary(chat))


def timezone_saved(chat: Chat) -> Message:
    """The time zone was changed."""
    return message(words(chat).text("Saved. Time zone: {zone}", zone=_zone(chat)))


def not_a_setting(chat: Chat, said: str, zone: str | None = None) -> Message:
    """It names nothing that can be set; `zone`: the time zone that was probably meant."""
    texts = words(chat)
    like = texts.text("Did you mean <code>/settings {zone}</code>?", zone=zone) if zone else NOTHING
    return message(
        texts.text("I don't know what “{said}” should set.", said=clean(said, SAID) or "…"),
        like,
        texts.text(
            "Time zone: <code>/settings Asia/Bishkek</code>\n"
            "Quiet hours: <code>/settings 22:00-08:00</code>\n"
            "Daily time: <code>/settings 08:00</code>\n"
            "Messages a day: <code>/settings 5</code>"
        ),
    )


def not_a_limit(chat: Chat, said: str, most: int) -> Message:
    """It was meant for a number of messages, and can't be one."""
    return message(
        words(chat).text(
            "“{said}” can't be a daily limit: that is a number from 1 to {most}, or 0 for no "
            "limit. For example: <code>/settings 5</code>",
            said=clean(said, SAID),
            most=most,
        )
    )


def not_a_time(chat: Chat, said: str, example: str) -> Message:
    """It was meant for a time, or hours, and is none; `example`: a command with one."""
    return message(
        words(chat).text(
            "“{said}” is no time of day: hours go from 0 to 23, minutes from 00 to 59. "
            "For example: <code>/{example}</code>",
            said=clean(said, SAID),
            example=example,
        )
    )


def no_quiet_hours(chat: Chat) -> Message:
    """They end when they begin."""
    return message(
        words(chat).text(
            "Quiet hours must end at another time than they begin. To be told nothing at all: "
            "/pause"
        )
    )
