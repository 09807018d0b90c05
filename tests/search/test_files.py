"""The index's file: missing, damaged, of an older version, and read by others meanwhile."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.search import cards
from bot.search.damage import Damaged
from bot.search.follow import Follow
from bot.search.index import Index, damaged
from tests.builders.news import article
from tests.search.conftest import Library

ROOT = Path(__file__).parents[2]
READ = """
import asyncio, sys
from pathlib import Path
from bot.model import Wanted
from bot.search.index import Index

async def main():
    index = Index(Path(sys.argv[1]))
    for line in sys.stdin:
        found = await index.find(Wanted(line, limit=50))
        print(*sorted(hit.id for hit in found.hits), found.is_whole, flush=True)
    index.close()

asyncio.run(main())
"""


async def test_before_there_is_an_index_nothing_is_found_and_more_may_be_there(library):
    found = await library.find("visa")
    assert (found.hits, found.is_whole) == ((), False)
    assert await library.index.like(1, 5) == []
    await library.hold(article(1))
    assert (await library.find("visa")).is_whole


def rubbish(file: Path) -> None:
    file.write_bytes(os.urandom(50_000))


def cut_off(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def emptied(file: Path) -> None:
    os.truncate(file, 0)


def holed(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(os.urandom(file.stat().st_size - 4096))


def of_another_version(file: Path) -> None:
    with sqlite3.connect(file) as db:
        db.execute("UPDATE about SET value = '0.0' WHERE name = 'version'")
    db.close()


def removed(file: Path) -> None:
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()


DAMAGES = [rubbish, cut_off, emptied, holed, of_another_version, removed]


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_file_that_is_of_no_use_is_made_anew_at_the_next_start(tmp_path, damage):
    first = Library(tmp_path)
    await first.hold(*(article(number) for number in range(1, 50)))
    first.close()
    first.follow.wait()
    damage(first.file)
    again = Library(tmp_path, first.chronicle)
    assert len(await again.ids("visa", limit=99)) in {0, 49}
    await until_found(again, 49)
    again.close()


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_file_that_is_damaged_under_readers_is_made_anew(library, damage):
    await library.hold(*(article(number) for number in range(1, 50)))
    assert len(await library.ids("visa", limit=99)) == 49
    damage(library.file)
    await until_found(library, 49)
    await library.hold(article(60))
    await until_found(library, 50)


def a_bit_of_a_card(db: sqlite3.Connection) -> None:
    (card,) = db.execute("SELECT card FROM cards WHERE id = 7").fetchone()
    flipped = [bytes([card[0] ^ 1 << bit]) + card[1:] for bit in range(8)]
    [row, *_] = filter(is_no_card, flipped)
    db.execute("UPDATE cards SET card = ? WHERE id = 7", (row,))


def is_no_card(row: bytes) -> bool:
    try:
        cards.unpack(row)
    except Damaged:
        return True
    return False


def set_to(table: str, column: str, value: str) -> Callable[[sqlite3.Connection], None]:
    return lambda db: db.execute(f"UPDATE {table} SET {column} = {value}")


@pytest.mark.parametrize(
    "damage",
    [
        a_bit_of_a_card,
        set_to("about", "value", "'x' WHERE name = 'place'"),
        set_to("about", "value", "'x' WHERE name = 'words'"),
        set_to("cards", "card", "5"),
        set_to("articles", "edition", "'xx'"),
        set_to("articles", "edition", "CAST(x'ff' AS TEXT)"),
        set_to("articles", "published", "'x' WHERE id = 7"),
        set_to("postings", "ids", "x'07'"),
        set_to("postings", "ids", "NULL"),
    ],
)
async def test_a_damaged_row_has_the_file_made_anew(library, damage):
    await library.hold(*(article(number) for number in range(1, 50)))
    library.follow.close()
    library.follow.wait()
    with sqlite3.connect(library.file) as db:
        damage(db)
    db.close()
    library.follow = Follow(library.folder, library.chronicle)
    await until_found(library, 49)


@pytest.mark.parametrize("words", ["\ud83d", "\0", "visa \udfff*", "٣", "1" * 5000])
async def test_nothing_that_is_typed_is_taken_for_damage(library, words):
    await library.hold(article(1))
    for is_typing in (True, False):
        await library.find(words, is_typing=is_typing)
    assert not damaged(library.file).exists()


async def test_a_file_that_cant_be_removed_is_followed_again_once_it_can(library):
    await library.hold(article(1))
    library.follow.close()
    library.follow.wait()
    removed(library.file)
    rubbish(library.file)
    held = library.file.with_name(library.file.name + "-shm")
    held.mkdir()
    library.follow = Follow(library.folder, library.chronicle)
    for _ in range(3):
        await library.follow.step()
    assert await library.ids("visa") == []
    held.rmdir()
    await until_found(library, 1)


@pytest.mark.parametrize("is_marked", [False, True])
async def test_a_directory_in_its_place_is_told_of_once_and_waited_out(library, is_marked):
    library.file.mkdir()
    if is_marked:
        damaged(library.file).touch()
    library.chronicle.put(article(1))
    with capture_logs() as told:
        for _ in range(4):
            await library.follow.step()
    [only] = told
    assert (only["log_level"], only["file"]) == ("warning", str(library.file))
    assert await library.ids("visa") == []
    library.file.rmdir()
    await until_found(library, 1)


async def until_found(library: Library, count: int) -> None:
    """Nothing that is asked meanwhile raises."""
    for _ in range(20):
        await library.follow.step()
        found = await library.find("visa", limit=99)
        if len(found.hits) == count and found.is_whole:
            return
        # What a cache still knows is searched without a look at the file.
        library.index.close()
        library.index = Index(library.folder)
    pytest.fail("it was never made anew")


async def test_another_process_reads_while_this_one_writes(library):
    await library.hold(article(1))
    with subprocess.Popen(  # noqa: ASYNC220 - it is asked in a thread
        [sys.executable, "-c", READ, library.folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as reader:

        def ask() -> str:
            reader.stdin.write("visa\n")
            reader.stdin.flush()
            return reader.stdout.readline().strip()

        for number in range(2, 12):
            asking = asyncio.to_thread(ask)
            _, said = await asyncio.gather(library.hold(article(number)), asking)
            *found, is_whole = said.split()
            assert is_whole == "True"
            assert len(found) in {number - 1, number}
        assert ask() == " ".join(map(str, [*range(1, 12), True]))
        reader.stdin.close()


async def test_one_follows_and_another_when_that_one_ends(library):
    await library.hold(article(1))
    other = Follow(library.folder, library.chronicle)
    library.chronicle.put(article(2))
    await other.step()
    assert await library.ids("visa") == [1]
    library.follow.close()
    library.follow.wait()
    await other.step()
    assert await library.ids("visa") == [2, 1]
    other.close()


async def test_a_follower_in_a_process_that_was_killed_is_followed_by_another(library):
    code = (
        "import fcntl, sys, time; lock = open(sys.argv[1], 'w'); "
        "fcntl.flock(lock, fcntl.LOCK_EX); print(1, flush=True); time.sleep(600)"
    )
    library.chronicle.put(article(1))
    with subprocess.Popen(  # noqa: ASYNC220 - it only holds a lock
        [sys.executable, "-c", code, library.folder / "search.lock"], stdout=subprocess.PIPE
    ) as holder:
        holder.stdout.readline()
        await library.follow.step()
        assert await library.ids("visa") == []
        holder.kill()
    await library.follow.step()
    assert await library.ids("visa") == [1]
