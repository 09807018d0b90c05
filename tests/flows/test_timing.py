"""When an alert is told."""

import math
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.flows.timing import awake, day, is_quiet, last_digest, next_digest, quiet_now, when
from bot.model import Delivery, Digest, Quiet
from tests.builders.news import chat, subscription

ZONES = ["Asia/Bishkek", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu", "UTC"]
NIGHT = Quiet(time(22), time(8))
NEVER = math.inf


def at(said, zone="Asia/Bishkek", fold=0):
    """Seconds since the epoch of "2026-03-12 22:00" by a zone's clock."""
    local = datetime.strptime(said, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - the zone comes next
    return local.replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp()


def today(clock):
    """This time of the day on which the tables are played, in Bishkek."""
    return at(f"2026-03-12 {clock}")


def asked(*deliveries):
    one = subscription(chat().ref, "visa")
    return [replace(one, delivery=each) for each in deliveries]


def local(moment, reader):
    return datetime.fromtimestamp(moment, UTC).astimezone(ZoneInfo(reader.timezone))


@pytest.mark.parametrize(
    ("deliveries", "since", "told"),
    [
        ([Delivery.INSTANT], "15:43", "2026-03-12 15:43"),
        ([Delivery.SILENT], "15:43", "2026-03-12 15:43"),
        ([Delivery.HOURLY], "15:43", "2026-03-12 16:00"),
        ([Delivery.HOURLY], "15:00", "2026-03-12 16:00"),
        ([Delivery.HOURLY], "23:59", "2026-03-13 00:00"),
        ([Delivery.DAILY], "07:59", "2026-03-12 08:00"),
        ([Delivery.DAILY], "08:00", "2026-03-13 08:00"),
        ([Delivery.DAILY], "15:43", "2026-03-13 08:00"),
        ([Delivery.DAILY, Delivery.HOURLY], "15:43", "2026-03-12 16:00"),
        ([Delivery.DAILY, Delivery.HOURLY, Delivery.INSTANT], "15:43", "2026-03-12 15:43"),
        ([], "15:43", "2026-03-12 15:43"),
    ],
)
def test_the_soonest_of_the_subscriptions_decides(deliveries, since, told):
    assert when(today(since), today(since), chat(), asked(*deliveries), 0) == at(told)


@pytest.mark.parametrize(
    ("quiet", "clock", "told"),
    [
        (NIGHT, "21:59", "2026-03-12 21:59"),
        (NIGHT, "22:00", "2026-03-13 08:00"),
        (NIGHT, "00:00", "2026-03-12 08:00"),
        (NIGHT, "07:59", "2026-03-12 08:00"),
        (NIGHT, "08:00", "2026-03-12 08:00"),
        (Quiet(time(13), time(14, 30)), "13:30", "2026-03-12 14:30"),
        (Quiet(time(13), time(14, 30)), "14:30", "2026-03-12 14:30"),
        (Quiet(time(0), time(23, 59)), "00:00", "2026-03-12 23:59"),
        (Quiet(time(9), time(9)), "09:00", "2026-03-12 09:00"),
    ],
)
def test_quiet_hours_hold_back_until_they_end(quiet, clock, told):
    assert when(today(clock), today(clock), chat(quiet=quiet), asked(), 0) == at(told)


@pytest.mark.parametrize(
    ("delivery", "since", "told"),
    [
        (Delivery.HOURLY, "21:30", "2026-03-13 08:00"),
        (Delivery.HOURLY, "07:30", "2026-03-12 08:00"),
        (Delivery.DAILY, "15:43", "2026-03-13 08:00"),
    ],
)
def test_an_hour_that_comes_in_quiet_hours_waits_for_their_end(delivery, since, told):
    reader = chat(quiet=NIGHT, daily_at=time(6))
    assert when(today(since), today(since), reader, asked(delivery), 0) == at(told)


@pytest.mark.parametrize(
    ("most", "told_so_far", "since", "now", "told"),
    [
        (0, 1000, "15:43", "15:43", "2026-03-12 15:43"),
        (3, 2, "15:43", "15:43", "2026-03-12 15:43"),
        (3, 3, "15:43", "15:43", "2026-03-13 08:00"),
        (3, 4, "15:43", "15:43", "2026-03-13 08:00"),
        (3, 3, "07:30", "07:30", "2026-03-12 08:00"),
        (3, 3, "07:30", "08:00", "2026-03-12 08:00"),
        (3, 3, "07:30", "11:00", "2026-03-12 11:00"),
    ],
)
def test_what_is_over_the_cap_waits_for_the_daily_message_which_tells_it(
    most, told_so_far, since, now, told
):
    reader = chat(most_a_day=most)
    assert when(today(since), today(now), reader, asked(Delivery.INSTANT), told_so_far) == at(told)


@pytest.mark.parametrize(
    ("quiet", "clock", "is_in"),
    [(NIGHT, "22:00", True), (NIGHT, "08:00", False), (None, "22:00", False)],
)
def test_quiet_hours_are_by_the_reader_s_clock(quiet, clock, is_in):
    moment = datetime.fromtimestamp(today(clock), UTC)
    assert quiet_now(moment, chat(quiet=quiet)) == (quiet if is_in else None)


def test_a_pause_has_no_end_of_its_own():
    reader = chat(is_paused=True, quiet=NIGHT, most_a_day=1)
    assert when(today("15:43"), today("15:43"), reader, asked(Delivery.DAILY), 5) == NEVER


@pytest.mark.parametrize(
    ("until", "told"), [("16:00", "16:00"), ("15:00", "15:43"), ("23:30", "2026-03-13 08:00")]
)
def test_a_pause_with_an_end_puts_aside_until_then_and_after_quiet_hours(until, told):
    end = datetime.fromtimestamp(today(until), UTC)
    reader = chat(is_paused=True, paused_until=end, quiet=NIGHT)
    moment = when(today("15:43"), today("15:43"), reader, asked(Delivery.INSTANT), 0)
    assert moment == (at(told) if "-" in told else today(told))


def test_a_chat_is_awake_when_its_pause_has_ended_by_itself():
    end = datetime.fromtimestamp(today("16:00"), UTC)
    paused = chat(is_paused=True, paused_until=end)
    assert awake(paused, today("15:59")) == paused
    assert awake(paused, today("16:00")) == chat()
    for_ever = chat(is_paused=True)
    assert awake(for_ever, today("16:00")) == for_ever


@pytest.mark.parametrize(
    ("zone", "since", "daily", "told"),
    [
        ("Pacific/Kiritimati", "2026-03-12 19:00", time(8), "2026-03-13 08:00"),
        ("Asia/Kathmandu", "2026-03-12 07:59", time(8), "2026-03-12 08:00"),
        ("America/New_York", "2026-03-07 09:00", time(8), "2026-03-08 08:00"),
        ("America/New_York", "2026-03-07 09:00", time(2, 30), "2026-03-08 03:30"),
        ("America/New_York", "2026-10-31 09:00", time(8), "2026-11-01 08:00"),
        ("Nowhere/At_All", "2026-03-12 15:43", time(8), "2026-03-13 08:00"),
    ],
)
def test_the_day_is_the_reader_s_and_so_are_its_changes_of_the_clock(zone, since, daily, told):
    reader = chat(timezone=zone, daily_at=daily)
    known = "Asia/Bishkek" if zone.startswith("Nowhere") else zone
    begin = at(since, known)
    assert when(begin, begin, reader, asked(Delivery.DAILY), 0) == at(told, known)


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/New_York", "Pacific/Kiritimati"])
def test_an_hour_is_full_by_the_reader_s_clock(zone):
    reader = chat(timezone=zone)
    begin = at("2026-03-12 15:43", zone)
    assert when(begin, begin, reader, asked(Delivery.HOURLY), 0) == at("2026-03-12 16:00", zone)


def test_hours_go_on_while_the_clock_is_put_back():
    reader = chat(timezone="America/New_York")
    for fold in (0, 1):
        begin = at("2026-11-01 01:43", "America/New_York", fold)
        assert when(begin, begin, reader, asked(Delivery.HOURLY), 0) == begin + 17 * 60


def test_quiet_hours_that_come_again_while_the_clock_is_put_back_end_again():
    reader = chat(timezone="America/New_York", quiet=Quiet(time(22), time(1, 30)))
    again = at("2026-11-01 01:15", "America/New_York", fold=1)
    assert when(again, again, reader, asked(), 0) == again + 15 * 60


def test_quiet_hours_whose_end_the_clock_leaves_out_do_not_end_within_them():
    reader = chat(timezone="America/New_York", quiet=Quiet(time(3, 15), time(2, 30)))
    begin = at("2026-03-08 01:00", "America/New_York")
    assert when(begin, begin, reader, asked(), 0) == at("2026-03-09 02:30", "America/New_York")


@pytest.mark.parametrize(
    ("zone", "told"),
    [("Asia/Bishkek", "2026-03-12"), ("Pacific/Kiritimati", "2026-03-13"), ("UTC", "2026-03-12")],
)
def test_messages_are_counted_by_the_reader_s_day(zone, told):
    assert day(today("17:00"), chat(timezone=zone)) == told


clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
quiets = st.builds(Quiet, clocks, clocks)
readers = st.builds(
    chat,
    timezone=st.sampled_from(ZONES),
    quiet=st.none() | quiets,
    daily_at=clocks,
    most_a_day=st.sampled_from([0, 1, 3]),
    is_paused=st.booleans(),
)
# The clocks of New York are changed on both of these days.
moments = st.one_of(
    st.integers(int(at("2026-01-01 00:00")), int(at("2027-01-01 00:00"))),
    st.integers(int(at("2026-03-07 12:00")), int(at("2026-03-09 12:00"))),
    st.integers(int(at("2026-10-31 12:00")), int(at("2026-11-02 12:00"))),
)
waits = st.integers(0, 2 * 86400)
met = st.lists(st.sampled_from(Delivery), max_size=3).map(lambda found: asked(*found))
counts = st.integers(0, 4)


@given(readers, moments, waits, met, counts)
def test_nothing_is_told_in_quiet_hours_or_while_paused_or_before_now(
    reader, since, waited, found, told
):
    now = since + waited
    moment = when(since, now, reader, found, told)
    assert moment >= now
    assert (moment == NEVER) is reader.is_paused
    if reader.quiet and not reader.is_paused:
        assert not is_quiet(local(moment, reader).time(), reader.quiet)


@given(readers, moments, waits, met, st.lists(counts, min_size=4, max_size=4))
def test_nothing_but_a_pause_puts_aside_for_ever(reader, since, waited, found, counted):
    """However many messages the chat had whenever it is asked again: for the full hour, for the
    daily message, for the end of quiet hours, and then it is told.
    """
    assume(not reader.is_paused)
    asked_at = float(since + waited)
    for told in counted:
        moment = when(since, asked_at, reader, found, told)
        if moment == asked_at:
            return
        asked_at = moment
    raise AssertionError(asked_at)


@given(readers, moments, met, counts)
def test_nothing_waits_longer_than_for_the_daily_message_or_the_full_hour(
    reader, since, found, told
):
    reader = replace(reader, is_paused=False, quiet=None)
    latest = max(shows(reader, since), since + 3600)
    moment = when(since, since, reader, found, told)
    assert moment <= latest
    assert when(since, moment, reader, found, told + 1) <= latest


@given(readers, moments, met, counts)
def test_quiet_hours_delay_by_themselves_alone(reader, since, found, told):
    reader = replace(reader, is_paused=False)
    without = when(since, since, replace(reader, quiet=None), found, told)
    moment = when(since, since, reader, found, told)
    assert moment >= without
    if reader.quiet is None or not is_quiet(local(without, reader).time(), reader.quiet):
        assert moment == without
    else:
        assert moment - without <= (25 + 24) * 3600


def shows(reader, after):
    """When the reader's clock shows the hour of the daily message next, found by looking at it
    every minute; for one that is left out, the day after.
    """
    for minutes in range(1, 60 * 50):
        seen = local(after - after % 60 + minutes * 60, reader)
        if (seen.hour, seen.minute) == (reader.daily_at.hour, reader.daily_at.minute):
            return seen.timestamp()
    raise AssertionError(after)


@given(clocks, quiets)
def test_a_time_is_quiet_or_it_is_so_with_begin_and_end_exchanged(clock, quiet):
    assume(quiet.begin != quiet.end)
    assert is_quiet(clock, quiet) is not is_quiet(clock, Quiet(quiet.end, quiet.begin))


@given(moments)
def test_all_that_is_daily_comes_at_one_moment(since):
    reader = chat(daily_at=time(18), most_a_day=1)
    later = since + timedelta(minutes=7).total_seconds()
    daily = when(since, since, reader, asked(Delivery.DAILY), 0)
    over = when(later, later, reader, asked(Delivery.INSTANT), 1)
    assert over in {daily, daily + 86400}


WITH_DIGEST = Digest()
FRIDAY, SATURDAY, MONDAY = "2026-03-13", "2026-03-14", "2026-03-16"


@pytest.mark.parametrize(
    ("after", "due"),
    [
        ("2026-03-12 07:59", "2026-03-12 08:00"),
        ("2026-03-12 08:00", "2026-03-13 08:00"),
        ("2026-03-12 23:59", "2026-03-13 08:00"),
    ],
)
def test_a_digest_is_due_when_the_chats_clock_shows_its_time(after, due):
    assert next_digest(at(after), chat(digest=WITH_DIGEST)) == at(due)


def test_a_day_that_had_its_digest_has_no_other_when_the_time_is_changed():
    reader = chat(digest=WITH_DIGEST, daily_at=time(20))
    assert next_digest(today("09:00"), reader) == today("20:00")
    assert next_digest(today("09:00"), reader, "2026-03-12") == at(f"{FRIDAY} 20:00")


def test_on_weekdays_only_friday_is_followed_by_monday():
    reader = chat(digest=replace(WITH_DIGEST, weekdays_only=True))
    assert next_digest(at(f"{FRIDAY} 08:00"), reader) == at(f"{MONDAY} 08:00")
    assert last_digest(at("2026-03-15 12:00"), reader) == at(f"{FRIDAY} 08:00")


def test_who_wants_no_digest_never_gets_one():
    assert next_digest(today("07:00"), chat()) is None


@given(st.sampled_from(ZONES), st.times(), st.floats(0, 800 * 86400))
def test_every_day_has_exactly_one_digest_in_every_zone(zone, clock, start):
    reader = chat(
        digest=WITH_DIGEST, timezone=zone, daily_at=clock.replace(second=0, microsecond=0)
    )
    moment, days = at("2025-01-01 00:00") + start, []
    for _ in range(5):
        moment = next_digest(moment, reader)
        assert last_digest(moment, reader) == moment
        days.append(local(moment, reader).date())
    assert days == [days[0] + timedelta(n) for n in range(5)]


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("2026-03-08 02:30", ("2026-03-08 02:30", 0)),
        ("2026-11-01 01:30", ("2026-11-01 01:30", 0)),
    ],
)
def test_clocks_that_are_put_forward_or_back_over_a_digest_leave_it_once(said, due):
    day_, clock = said.split()
    reader = chat(
        digest=WITH_DIGEST, timezone="America/New_York", daily_at=time.fromisoformat(clock)
    )
    midnight = at(f"{day_} 00:00", "America/New_York")
    first = next_digest(midnight, reader)
    assert first == at(due[0], "America/New_York", due[1])
    assert local(next_digest(first, reader), reader).date().isoformat() > day_


@pytest.mark.parametrize(
    ("reader", "deliveries", "since", "told"),
    [
        (chat(digest=WITH_DIGEST), [Delivery.DAILY], "15:43", f"{FRIDAY} 11:10"),
        (chat(digest=WITH_DIGEST), [Delivery.HOURLY], "07:20", "2026-03-12 11:10"),
        (chat(digest=WITH_DIGEST), [Delivery.HOURLY], "08:20", "2026-03-12 09:00"),
        (chat(digest=WITH_DIGEST, quiet=NIGHT), [Delivery.INSTANT], "23:00", f"{FRIDAY} 11:10"),
        (
            chat(digest=WITH_DIGEST, quiet=Quiet(time(22), time(6))),
            [Delivery.INSTANT],
            "23:00",
            f"{FRIDAY} 06:00",
        ),
        (chat(digest=WITH_DIGEST), [Delivery.INSTANT], "07:59", "2026-03-12 07:59"),
        (
            chat(digest=WITH_DIGEST, daily_at=time(7, 50)),
            [Delivery.HOURLY],
            "07:55",
            "2026-03-12 08:00",
        ),
        (
            chat(digest=WITH_DIGEST, quiet=Quiet(time(22), time(8, 10))),
            [Delivery.INSTANT],
            "08:05",
            "2026-03-12 08:10",
        ),
        (chat(digest=Digest(frozenset())), [Delivery.DAILY], "15:43", f"{FRIDAY} 08:00"),
    ],
)
def test_what_is_held_back_until_the_digest_waits_for_it(reader, deliveries, since, told):
    assert when(today(since), today(since), reader, asked(*deliveries), 0) == at(told)


def test_what_is_held_back_at_a_weekend_without_digest_comes_by_itself():
    reader = chat(digest=replace(WITH_DIGEST, weekdays_only=True))
    friday = at(f"{FRIDAY} 15:43")
    assert when(friday, friday, reader, asked(Delivery.DAILY), 0) == at(f"{SATURDAY} 08:00")


def test_what_is_over_the_daily_limit_goes_into_the_digest():
    reader = chat(digest=WITH_DIGEST, most_a_day=3)
    since = today("15:43")
    assert when(since, since, reader, asked(Delivery.INSTANT), 3) == at(f"{FRIDAY} 11:10")
    assert when(since, at(f"{FRIDAY} 11:10"), reader, asked(Delivery.INSTANT), 3) == at(
        f"{FRIDAY} 11:10"
    )
