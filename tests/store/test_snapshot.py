"""The matcher as a file: what comes back is what was kept, or nothing."""

import builtins
import os
import pickle
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.flows.audience import Audience
from bot.matching import query
from bot.matching.matcher import Matcher
from bot.model import ChatRef
from bot.store.snapshot import FileSnapshot
from bot.store.subscriptions import RedisSubscriptions
from tests.builders.news import EN, KY, RU, article, subscription

ANNA, BEKZAT, TOPIC = ChatRef(1001), ChatRef(1002), ChatRef(-4001, 7)
DIGEST = 64
QUERIES = (
    "visa",
    "виза Китай",
    '"Ысык-Көл"',
    "title:visa",
    "section:society visa",
    "visa -China",
    "econom*",
    "=Visa",
    "lang:en visa",
    "e-mail | visa",
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "subscriptions.snapshot"


@pytest.fixture
def snapshot(path):
    return FileSnapshot(path)


def matcher(*texts):
    made = Matcher()
    for number, text in enumerate(texts or QUERIES):
        made.put(subscription(ANNA, text, EN, RU))
        made.put(subscription(TOPIC, text, EN))
        made.put(subscription(ChatRef(2000 + number), text, KY, EN))
    return made


def refused(snapshot):
    """Why nothing is loaded, in the one line that is logged."""
    with capture_logs() as logs:
        assert snapshot.load() is None
    (line,) = logs
    return line.get("reason", line["event"])


def with_body(content, body):
    """The file with other contents, its digest made to fit."""
    line, _, _ = content.partition(b"\n")
    return line + b"\n" + blake2b(body).digest() + body


def test_what_was_kept_is_loaded_with_its_cursor(snapshot):
    kept = matcher()
    snapshot.save(kept, "17-3")
    loaded, cursor = snapshot.load()
    assert cursor == "17-3"
    assert len(loaded) == len(kept)
    for found in (article(1, "A visa for China by e-mail"), article(2, "Виза в Китай", edition=RU)):
        assert kept.match(found)
        assert dict(loaded.match(found)) == dict(kept.match(found))


def test_what_was_loaded_is_changed_like_what_was_made(snapshot):
    kept = matcher("visa", "China")
    snapshot.save(kept, "1-0")
    loaded, _ = snapshot.load()
    for each in (kept, loaded):
        each.put(subscription(BEKZAT, "visa"))
        each.put(subscription(BEKZAT, "economy"))
        each.remove(ANNA, subscription(ANNA, "visa").key)
        each.put(subscription(ANNA, "China", KY))
    found = article(1, "A visa, China and the economy")
    assert len(loaded) == len(kept)
    assert dict(loaded.match(found)) == dict(kept.match(found))


def test_the_last_one_kept_counts(snapshot):
    snapshot.save(matcher(), "1-0")
    snapshot.save(matcher("visa"), "2-0")
    loaded, cursor = snapshot.load()
    assert (len(loaded), cursor) == (3, "2-0")


def test_the_file_is_for_its_owner_alone_and_nothing_else_is_left(snapshot, path):
    snapshot.save(matcher(), "1-0")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [*path.parent.iterdir()] == [path]


def test_without_a_file_there_is_nothing(snapshot):
    assert refused(snapshot) == "no snapshot of the subscriptions yet"


def test_a_file_cut_short_anywhere_is_refused(snapshot, path):
    snapshot.save(matcher("visa"), "1-0")
    whole = path.read_bytes()
    for length in {0, 1, 20, len(whole) - 1, *range(0, len(whole), 97)}:
        path.write_bytes(whole[:length])
        assert refused(snapshot)


@given(at=st.integers(0), bit=st.integers(0, 7))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_with_one_bit_changed_is_refused(snapshot, path, at, bit):
    snapshot.save(matcher("visa"), "1-0")
    damaged = bytearray(path.read_bytes())
    damaged[at % len(damaged)] ^= 1 << bit
    path.write_bytes(damaged)
    assert refused(snapshot)


@given(st.binary(max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_garbage_is_refused_with_or_without_a_true_beginning(snapshot, path, garbage):
    snapshot.save(matcher("visa"), "1-0")
    whole = path.read_bytes()
    for content in (garbage, with_body(whole, garbage)):
        path.write_bytes(content)
        assert refused(snapshot)


@pytest.mark.parametrize("what", [None, 7, ("1-0", None), (7, Matcher()), ("1-0", "x", "y")])
def test_a_file_that_holds_something_else_is_refused(snapshot, path, what):
    snapshot.save(matcher("visa"), "1-0")
    path.write_bytes(with_body(path.read_bytes(), pickle.dumps(what)))
    assert refused(snapshot)


@pytest.mark.parametrize("place", [0, 1, 2, 3, 4, 5, 6])
def test_a_file_of_another_version_is_refused(snapshot, path, place):
    snapshot.save(matcher("visa"), "1-0")
    line, _, rest = path.read_bytes().partition(b"\n")
    words = line.split()
    assert len(words) == 7
    words[place] = b"9" * len(words[place])
    path.write_bytes(b" ".join(words) + b"\n" + rest)
    assert refused(snapshot) == "another version wrote it"


class Evil:
    """Calls a function when it is unpickled."""

    def __init__(self, function, *given):
        self.made = function, given

    def __reduce__(self):
        return self.made


@pytest.mark.parametrize(
    "evil",
    [
        Evil(os.system, "touch {}"),
        Evil(builtins.eval, "open('{}', 'w')"),
        Evil(query.parse, "visa"),
        Evil(Matcher.put, "x"),
        Evil(os.mkdir, "{}"),
    ],
    ids=["os.system", "eval", "a function of ours", "a method of ours", "os.mkdir"],
)
def test_nothing_that_a_file_names_is_called_but_what_a_matcher_is_made_of(
    snapshot, path, evil, tmp_path
):
    snapshot.save(matcher("visa"), "1-0")
    function, (word,) = evil.made
    evil.made = function, (word.format(tmp_path / "called"),)
    path.write_bytes(with_body(path.read_bytes(), pickle.dumps(("1-0", evil), 5)))
    assert refused(snapshot).startswith("it names ")
    assert not (tmp_path / "called").exists()


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_is_refused(snapshot, path, mode):
    snapshot.save(matcher("visa"), "1-0")
    path.chmod(mode)
    assert refused(snapshot) == "others can write it"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_file_of_somebody_elses_is_refused(snapshot, path):
    snapshot.save(matcher("visa"), "1-0")
    os.chown(path, 65534, -1)
    assert refused(snapshot) == "others can write it"


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_is_refused_and_not_waited_for(snapshot, path, kind):
    snapshot.save(matcher("visa"), "1-0")
    path.rename(path.with_name("elsewhere"))
    match kind:
        case "link":
            path.symlink_to(path.with_name("elsewhere"))
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
    assert refused(snapshot)


def test_where_nothing_can_be_written_it_is_said_once_and_again_after_it_went_well(snapshot, path):
    path.parent.write_text("a file where the folder should be")
    with capture_logs() as logs:
        snapshot.save(matcher("visa"), "1-0")
        snapshot.save(matcher("visa"), "1-0")
    assert [line["event"] for line in logs] == ["no snapshot of the subscriptions kept"]
    path.parent.unlink()
    snapshot.save(matcher("visa"), "2-0")
    path.unlink()
    path.mkdir()
    with capture_logs() as logs:
        snapshot.save(matcher("visa"), "3-0")
        snapshot.save(matcher("visa"), "3-0")
    assert len(logs) == 1
    assert [*path.parent.iterdir()] == [path]


def test_a_file_that_could_not_be_finished_leaves_the_last_one(snapshot, path):
    snapshot.save(matcher("visa"), "1-0")
    unfinished = matcher("visa")
    unfinished.extra = lambda: None  # what can't be pickled
    with capture_logs() as logs:
        snapshot.save(unfinished, "2-0")
    assert len(logs) == 1
    assert snapshot.load()[1] == "1-0"
    assert [*path.parent.iterdir()] == [path]


def test_what_a_process_that_died_left_is_swept_and_what_another_writes_is_not(snapshot, path):
    path.parent.mkdir()
    left, writing = (path.with_name(f"{path.name}.{name}.new") for name in ("a", "b"))
    for each in (left, writing):
        each.write_bytes(b"begun")
    day_before = time.time() - 86400
    os.utime(left, (day_before, day_before))
    snapshot.save(matcher("visa"), "1-0")
    assert {*path.parent.iterdir()} == {path, writing}


def test_processes_that_share_the_file_never_mix_theirs(path):
    def keep(number):
        FileSnapshot(path).save(matcher(*QUERIES[: number + 1]), f"{number}-0")
        loaded, cursor = FileSnapshot(path).load()
        assert len(loaded) == 3 * (int(cursor.removesuffix("-0")) + 1)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(keep, [*range(len(QUERIES))] * 3))


async def test_a_process_starts_from_it_on_a_store_and_reads_all_where_the_store_was_emptied(
    store, path
):
    subscriptions, found = RedisSubscriptions(store), article(1, "A visa")

    async def start():
        audience = Audience(subscriptions, FileSnapshot(path))
        with capture_logs() as logs:
            told = {alert.chat for alert in await audience.wanting(found)}
        await audience.close()
        return told, [line["event"] for line in logs]

    await subscriptions.add(subscription(ANNA, "visa"), 9)
    assert (await start())[0] == {ANNA}
    await subscriptions.add(subscription(TOPIC, "visa"), 9)
    assert await start() == ({ANNA, TOPIC}, ["snapshot of the subscriptions loaded"])
    await subscriptions.remove(ANNA, subscription(ANNA, "visa").key)
    assert (await start())[0] == {TOPIC}
    await store.execute("FLUSHALL")
    await subscriptions.add(subscription(BEKZAT, "visa"), 9)
    told, events = await start()
    assert told == {BEKZAT}
    assert "subscriptions are read anew" in events
