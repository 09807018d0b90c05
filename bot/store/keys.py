"""Every key in the store: what it is, how long it lives, and why.

All share one hash tag, so that in a Redis Cluster they lie in one slot and one script may touch
several of them. A script names every key that it touches in KEYS. Commands of Redis 7.0 suffice.

| key            | type   | lifetime      | what it holds, and why                                 |
|----------------|--------|---------------|--------------------------------------------------------|
| baselines      | hash   | for ever      | edition → floor: was baselined                         |
| listings       | hash   | for ever      | edition:validator, edition:gap: state of polling;      |
|                |        |               | edition:older: how far back was looked; edition:feed:  |
|                |        |               | since when it is                                       |
| fed            | zset   | 2 days        | item id → since when a feed alone has told of it: the  |
|                |        |               | listing is paged back as if it were unknown, and the   |
|                |        |               | feed has it wait no second time                        |
| waiting        | zset   | until seen    | item id → published: discovered, not yet kept          |
| items          | hash   | until seen    | item id → item: the same, as rows                      |
| claims         | hash   | until seen    | item id → until, attempts, token: who reads it         |
| seen           | zset   | 800 days      | item id → when last met, to a day: never told again;   |
|                |        |               | longer than an old pinned row could take to come back  |
| headlines      | hash   | 400 days      | item id → item, of what is seen: the latest news       |
| timeline:{…}   | zset   | 400 days      | item id → published, of an edition's headlines         |
| popular        | hash   | for ever      | edition → what is read most, and when that was seen    |
| article:{id}   | string | 400 days      | the article, compressed                                |
| news           | stream | 10,000        | ids of articles and headlines, as they came or changed:|
|                |        |               | how indexes follow                                     |
| fanout:{id}    | set    | seen, 30 days | chats that got an alert for an article whose alerts go |
|                |        |               | in by chunks: a second try adds none twice             |
| subscriptions  | hash   | until removed | chat id → its subscriptions, one field a chat: a       |
|                |        |               | million are read at start                              |
| changes        | stream | 100,000       | what was added and removed: how matchers follow        |
| chats          | hash   | for ever      | chat id → settings, by topic                           |
| gone           | set    | until back    | chat ids that can't be written to                      |
| moved          | hash   | 30 days after | old chat id → new: alerts of a process that does not   |
|                |        | the last      | know of the move yet go where the chat went            |
| owed           | hash   | until taken   | chat id → alerts that wait for it, oldest first        |
| fresh          | list   | until taken   | chat ids, as alerts came for them: 12 bytes each,      |
|                |        |               | where a sorted set takes 100                           |
| delayed        | zset   | until taken   | chat id → not before: put off or paced                 |
| leases         | hash   | until settled | chat id → token, topic, the alerts that are out        |
| leased         | zset   | until settled | chat id → end of its lease                             |
| attempts       | hash   | until settled | chat id → sends that failed since one went             |
| held           | hash   | until due     | chat id → alerts that are put aside, each until when   |
| due            | zset   | until due     | chat id → the first of these times                     |
| paces          | zset   | seconds       | chat id → when it may be written to again              |
| slots          | list   | for ever      | when the last messages went, of as many as a second    |
|                |        |               | may have: the next goes a second after the oldest      |
| pacing         | hash   | for ever      | hold: nothing goes before; unsettled: how many alerts  |
| posts:{id}     | hash   | a day         | chat → the message that told it this article, negative |
|                |        |               | where it told others too: for corrections and replies  |
| looks          | zset   | until done    | id and a number → when the article is to be looked at  |
|                |        |               | again, an hour at most after it was kept               |
| corrections    | zset   | until done    | article → since when what told it is to be put right   |
| rates:{day}    | hash   | for ever      | source:currency → nominal and value: a day's rates     |
| rate-days      | zset   | for ever      | day → its number: which days have rates                |
| rate-files     | hash   | for ever      | file of the bank's → validator: state of polling       |
| thresholds     | hash   | until removed | chat id → its thresholds, one field a chat             |
| crossings      | hash   | until settled | threshold and day → what was crossed: owed to a chat,  |
|                |        |               | once, whoever finds it again                           |
| crossing-times | zset   | until settled | the same → when it is due                              |
| digests        | zset   | while wanted  | chat → when its digest is due, or its lease ends       |
| digested       | hash   | while wanted  | chat → day and time of its last digest, and how far    |
|                |        |               | the one of today is: none goes twice                   |
| told:{day}     | hash   | 3 days        | chat → messages on this day, where they are limited    |
| searched:{key} | string | 30 days, or a | words that were searched for, and the pages shown: for |
|                |        | day: as typed | buttons and links that have no room for them           |
|                |        | inline        |                                                        |
| leader         | string | its lease     | who polls the site                                     |
| handled:{id}   | string | a day         | an update that was handled                             |

Chats are known by the id that Telegram gives them, and a forum's topics lie inside their group's
value: they share its pace and its state, and a group that moves takes them along in one step.
"""

from typing import Final

from bot.model import Edition

PREFIX: Final = "{jarchy}:"
DAY: Final = 86400

ARTICLE_SECONDS: Final = 400 * DAY
SEEN_SECONDS: Final = 800 * DAY
FED_SECONDS: Final = 2 * DAY
FANOUT_SECONDS: Final = 30 * DAY
MOVED_SECONDS: Final = 30 * DAY
HANDLED_SECONDS: Final = DAY
POST_SECONDS: Final = DAY
TOLD_SECONDS: Final = 3 * DAY
CHANGES_KEPT: Final = 100_000

BASELINES: Final = PREFIX + "baselines"
LISTINGS: Final = PREFIX + "listings"
WAITING: Final = PREFIX + "waiting"
ITEMS: Final = PREFIX + "items"
CLAIMS: Final = PREFIX + "claims"
FED: Final = PREFIX + "fed"
SEEN: Final = PREFIX + "seen"
HEADLINES: Final = PREFIX + "headlines"
NEWS: Final = PREFIX + "news"
POPULAR: Final = PREFIX + "popular"

SUBSCRIPTIONS: Final = PREFIX + "subscriptions"
CHANGES: Final = PREFIX + "changes"
CHATS: Final = PREFIX + "chats"
GONE: Final = PREFIX + "gone"
MOVED: Final = PREFIX + "moved"

OWED: Final = PREFIX + "owed"
FRESH: Final = PREFIX + "fresh"
DELAYED: Final = PREFIX + "delayed"
LEASES: Final = PREFIX + "leases"
LEASED: Final = PREFIX + "leased"
ATTEMPTS: Final = PREFIX + "attempts"
PACING: Final = PREFIX + "pacing"
HELD: Final = PREFIX + "held"
DUE: Final = PREFIX + "due"
PACES: Final = PREFIX + "paces"
SLOTS: Final = PREFIX + "slots"

LOOKS: Final = PREFIX + "looks"
CORRECTIONS: Final = PREFIX + "corrections"

RATE_DAYS: Final = PREFIX + "rate-days"
RATE_FILES: Final = PREFIX + "rate-files"
THRESHOLDS: Final = PREFIX + "thresholds"
CROSSINGS: Final = PREFIX + "crossings"
CROSSING_TIMES: Final = PREFIX + "crossing-times"

DIGESTS: Final = PREFIX + "digests"
DIGESTED: Final = PREFIX + "digested"

LEADER: Final = PREFIX + "leader"

OUTBOX: Final = (OWED, FRESH, DELAYED, LEASES, LEASED, ATTEMPTS, PACING, HELD, DUE)
"""What every script of the outbox takes as KEYS[1] to KEYS[9], in the order of `outbox.lua`."""


def timeline(edition: Edition) -> str:
    """The headlines of one edition by time."""
    return f"{PREFIX}timeline:{edition}"


def article(item: int) -> str:
    """One article."""
    return f"{PREFIX}article:{item}"


def fanout(item: int) -> str:
    """The chats that one article was put in the outbox for so far."""
    return f"{PREFIX}fanout:{item}"


def posts(item: int) -> str:
    """The messages that told one article."""
    return f"{PREFIX}posts:{item}"


def rates(day: str) -> str:
    """The rates of a day."""
    return f"{PREFIX}rates:{day}"


def told(day: str) -> str:
    """How many messages told articles on a day, by chat."""
    return f"{PREFIX}told:{day}"


def searched(key: str) -> str:
    """One search."""
    return f"{PREFIX}searched:{key}"


def handled(update_id: int) -> str:
    """One update of Telegram's."""
    return f"{PREFIX}handled:{update_id}"
