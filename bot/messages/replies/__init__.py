"""Every reply of the conversation, in the chat's language. Pure.

Data of the buttons: `s:TEXT` subscribe · `u:KEY` unsubscribe · `c:KEY` a subscription's card ·
`e:KEY:EDITION` follow it there, or no longer · `w:KEY:WORD` widen it by this word ·
`o:KEY` take its `or` for a sign · `n:KEY:WORD` narrow it · `x:KEY:WORD` leave this out of it ·
`t:KEY:EDITION` follow the same in that edition's language · `lp:N` and `up:N` page N of the
list and of the keyboard, from 0 · `l:EDITION` latest, of the chat's editions where none is
named, `l:EDITION:<TIME.ARTICLE` what is older and `>` newer than that · `pop:EDITION` most read ·
`set:language`, `set:editions`,
`set:timezone`, `set:quiet`, `set:daily`, `set:most`, `set:repeats`, `set:menu` settings ·
`lang:LANGUAGE` · `ed:EDITION` · `tz:ZONE` · `quiet:HH:MM-HH:MM` and `quiet:off` ·
`daily:HH:MM` · `most:N` a day · `rep:reply` and `rep:drop` · `pause:on` and `pause:off` ·
`resume:now` in its place and `resume:here` below · `d:KEY:DELIVERY` when it is told ·
`m:KEY,KEY` mute these for a day, under an alert ·
`mute:KEY:on` and `mute:KEY:off` the same on its card, and no longer ·
`ra:THRESHOLD` wait for this rate no longer, `rw:THRESHOLD` and show what is left ·
`ro` a chart of the rates ·
`rp:CURRENCY:DAYS` and `rp:all` another one in its place ·
`q:TEXT` search for it · `sp:KEY:N` page N of a search, from 0 · `sq:KEY`
follow what was searched for · `rl:ARTICLE` what else is about the same.
"""

from bot.messages.replies.cards import Card, subscription_card
from bot.messages.replies.choices import (
    choose_daily,
    choose_editions,
    choose_language,
    choose_most,
    choose_quiet,
    choose_repeats,
    choose_timezone,
)
from bot.messages.replies.digest import Morning, digest
from bot.messages.replies.digests import (
    digest_offer,
    digest_saved,
    digest_settings,
    digest_usage,
)
from bot.messages.replies.inline import Typed, offers
from bot.messages.replies.news import latest, no_articles, popular
from bot.messages.replies.pausing import not_paused, pause_usage, paused, resumed, still_paused
from bot.messages.replies.rates import (
    converted,
    no_rate,
    no_rates,
    rate_overview,
    rate_period,
    rate_table,
    rates_usage,
)
from bot.messages.replies.search import (
    Shown,
    found,
    related,
    related_usage,
    search_usage,
)
from bot.messages.replies.settings import (
    no_quiet_hours,
    not_a_limit,
    not_a_setting,
    not_a_time,
    saved,
    settings,
    timezone_saved,
)
from bot.messages.replies.start import (
    command_descriptions,
    greeting_in_group,
    help_text,
    not_understood,
    unknown_command,
    welcome,
)
from bot.messages.replies.subscribing import (
    followed,
    limit_reached,
    more_refused,
    query_refused,
    subscribe_usage,
    subscribed,
)
from bot.messages.replies.subscriptions import no_subscriptions, subscription_list
from bot.messages.replies.thresholds import (
    alert_usage,
    crossed,
    threshold_list,
    threshold_set,
    toast_no_longer,
    too_many_thresholds,
)
from bot.messages.replies.toasts import (
    toast_admins_only,
    toast_changed,
    toast_failed,
    toast_gone,
    toast_last_edition,
    toast_muted,
    toast_outdated,
    toast_saved,
    toast_too_much,
    toast_unsubscribed,
)
from bot.messages.replies.troubles import admins_only, busy, went_wrong
from bot.messages.replies.unsubscribing import (
    nothing_to_unsubscribe,
    unsubscribe_keyboard,
    unsubscribed,
)

__all__ = [
    "Card",
    "Morning",
    "Shown",
    "Typed",
    "admins_only",
    "alert_usage",
    "busy",
    "choose_daily",
    "choose_editions",
    "choose_language",
    "choose_most",
    "choose_quiet",
    "choose_repeats",
    "choose_timezone",
    "command_descriptions",
    "converted",
    "crossed",
    "digest",
    "digest_offer",
    "digest_saved",
    "digest_settings",
    "digest_usage",
    "followed",
    "found",
    "greeting_in_group",
    "help_text",
    "latest",
    "limit_reached",
    "more_refused",
    "no_articles",
    "no_quiet_hours",
    "no_rate",
    "no_rates",
    "no_subscriptions",
    "not_a_limit",
    "not_a_setting",
    "not_a_time",
    "not_paused",
    "not_understood",
    "nothing_to_unsubscribe",
    "offers",
    "pause_usage",
    "paused",
    "popular",
    "query_refused",
    "rate_overview",
    "rate_period",
    "rate_table",
    "rates_usage",
    "related",
    "related_usage",
    "resumed",
    "saved",
    "search_usage",
    "settings",
    "still_paused",
    "subscribe_usage",
    "subscribed",
    "subscription_card",
    "subscription_list",
    "threshold_list",
    "threshold_set",
    "timezone_saved",
    "toast_admins_only",
    "toast_changed",
    "toast_failed",
    "toast_gone",
    "toast_last_edition",
    "toast_muted",
    "toast_no_longer",
    "toast_outdated",
    "toast_saved",
    "toast_too_much",
    "toast_unsubscribed",
    "too_many_thresholds",
    "unknown_command",
    "unsubscribe_keyboard",
    "unsubscribed",
    "welcome",
    "went_wrong",
]
