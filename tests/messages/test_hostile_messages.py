"""Whatever comes from outside, what goes out is within Telegram's limits and says nothing else."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import render, replies
from bot.messages.render import Met, Story
from bot.model import (
    Article,
    Chat,
    ChatRef,
    Edition,
    Found,
    Hit,
    Item,
    Language,
    Subscription,
)
from tests.messages.telegram_html import check, is_address, utf16

NASTY = [
    "<b>",
    "</a>",
    "&amp;quot;",
    "&",
    "<",
    '"',
    "'",
    "{query}",
    "%s",
    "😀",
    "👨‍👩‍👧",
    "🇰🇬",
    "e\u0301",
    "\u202e",
    "\u2069",
    "אב",
    "\ud83d",
    "\x00",
    "\n",
    "\u200b",
    "\u00a0",
    "«",
    "»",
    "24.kg",
    "визы ",
    "а" * 50,
]
hostile = st.one_of(
    st.text(st.characters(), max_size=60),
    st.lists(st.sampled_from(NASTY), max_size=40).map("".join),
    st.builds(lambda text, times: text * times, st.sampled_from(NASTY), st.integers(1, 3000)),
)
moments = st.integers(1_577_923_200, 1_893_456_000).map(lambda s: datetime.fromtimestamp(s, UTC))
spans = st.lists(st.tuples(st.integers(-10, 400), st.integers(-10, 400)), max_size=60).map(tuple)
keys = st.text("0123456789abcdef", min_size=1, max_size=16)
editions = st.sets(st.sampled_from(Edition), min_size=1).map(frozenset)
chats = st.builds(
    Chat,
    st.builds(ChatRef, st.integers()),
    st.sampled_from(Language),
    editions,
    st.sampled_from(["Asia/Bishkek", "America/New_York", "Pacific/Kiritimati", "Nowhere/At_All"]),
)
subscriptions = st.builds(
    Subscription, st.just(ChatRef(1)), keys, hostile.map(lambda t: t[:200]), editions, moments
)
urls = st.one_of(st.just("https://24.kg/english/1/"), hostile)
articles = st.builds(
    Article,
    edition=st.sampled_from(Edition),
    id=st.integers(1),
    url=urls,
    title=hostile,
    body=st.lists(hostile, max_size=3).map(tuple),
    published=moments,
    section=hostile,
)
stories = st.builds(
    Story,
    articles,
    hostile,
    st.lists(st.builds(Met, subscriptions, spans, spans), min_size=1, max_size=5).map(tuple),
)
items = st.builds(Item, st.sampled_from(Edition), st.integers(1), urls, hostile, moments)

hits = st.builds(
    Hit,
    st.integers(1, 10**12),
    st.sampled_from(Edition),
    urls,
    hostile,
    moments,
    lead=hostile,
    picture=urls,
    marks=spans,
    lead_marks=spans,
)
pages = st.builds(
    Found, st.lists(hits, max_size=8).map(tuple), st.sampled_from(["", "n" * 32]), st.booleans()
)


def letters(text):
    return "".join(filter(str.isalnum, text))


@given(stories, chats, moments)
def test_an_alert_says_what_was_put_in_and_keeps_the_limits(story, chat, now):
    parsed = check(render.alert(story, chat, now))
    title = next(each.text for each in parsed.entities if each.tag == "b" and "\n" not in each.text)
    shown = parsed.text.split("\n\n")[0]
    if letters(story.article.title):
        assert letters(story.article.title).startswith(letters(shown))
        assert letters(title) in letters(story.article.title)


@settings(max_examples=50)
@given(st.lists(stories, max_size=4), st.integers(1, 40), chats, moments)
def test_a_bundle_tells_every_article_and_keeps_the_limits(some, times, chat, now):
    told = some * times
    parts = render.bundle(told, chat, now)
    for message, _ in parts:
        check(message)
    assert [each for _, ids in parts for each in ids] == [each.article.id for each in told]


@given(chats, hostile)
def test_what_a_reader_says_harms_no_reply(chat, said):
    for message in (
        replies.unknown_command(chat, said),
        replies.not_understood(chat, said),
        replies.nothing_to_unsubscribe(chat, said),
        replies.not_a_setting(chat, said),
        replies.not_a_time(chat, said, "08:00"),
        replies.query_refused(chat, "too common", said),
        replies.query_refused(chat, said, said),
        replies.welcome(chat, [said] * 20),
    ):
        check(message)
    assert len(replies.toast_unsubscribed(chat, said)) <= 200


@settings(max_examples=50)
@given(chats, st.lists(subscriptions, max_size=30), st.integers())
def test_what_was_asked_for_harms_no_reply(chat, asked, page):
    for message in (
        replies.subscription_list(chat, asked, datetime(2026, 3, 12, tzinfo=UTC), page),
        replies.unsubscribe_keyboard(chat, asked, page),
        replies.unsubscribed(chat, asked),
    ):
        check(message)
    if asked:
        check(replies.subscribed(chat, [(each, len(each.key) % 2 == 0) for each in asked]))


@settings(max_examples=50)
@given(chats, st.lists(items, max_size=30))
def test_what_the_site_lists_harms_no_reply(chat, listed):
    check(replies.latest(chat, listed, Edition.EN))


@settings(max_examples=50)
@given(chats, pages, hostile, st.integers(0, 10**6), moments)
def test_what_is_found_harms_no_reply(chat, found, said, page, now):
    words = " ".join(said.split())[:256]
    shown = replies.Shown("0123456789abcdef", words, page, found)
    parsed = check(replies.found(chat, shown, now))
    assert len(parsed.entities) <= 100
    check(replies.related(chat, found.hits, now))


@settings(max_examples=50)
@given(chats, pages, hostile, st.sampled_from(["", "sub_dmlzYQ"]), st.booleans(), moments)
def test_what_is_found_harms_no_offer(chat, found, said, start, is_first, now):
    words = " ".join(said.split())[:256]
    offers = replies.offers(replies.Typed(chat, words, found, (), start, is_first), now)
    ids = [each.id for each in offers.shown]
    assert len(ids) == len(set(ids)) <= 50
    assert len(offers.next.encode()) <= 64
    for each in offers.shown:
        assert 1 <= len(each.id.encode()) <= 64
        assert each.title.strip()
        assert utf16(each.title) <= 200 >= utf16(each.description)
        assert not each.picture or is_address(each.picture)
        check(each.message)
    if offers.invitation:
        assert 1 <= utf16(offers.invitation.label) <= 64
        assert 1 <= len(offers.invitation.start) <= 64
