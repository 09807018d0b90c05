"""The program's words as its operator types them: answers, exit codes, and never a traceback."""

import asyncio
import contextlib
import json
import logging
import os
import random
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import structlog
from story.program import ROOT, Stage, staged, until

from bot.__main__ import main
from bot.settings import Settings

PAGES = Path(__file__).parent / "pages"
MATCH, NONE, ERROR, INTERRUPTED = 0, 1, 2, 130
VISA = "Visas for students get cheaper."
SECRET = "hunter2-of-the-store"


def environment(**more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "RATES_URL": "", **more}


@pytest.fixture
def program(tmp_path):
    """Run it with these words to its end."""

    def program(*words, stdin=b"", **more):
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env=environment(**more),
            timeout=100,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return done

    return program


@pytest.fixture
def start(tmp_path):
    """Start it with these words, to talk with; it is ended with the test."""
    started = []

    def start(*words, **more):
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", *words], cwd=tmp_path, env=environment(**more), **pipes
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def interrupted(process) -> str:
    """Press Ctrl+C; what it says at its end."""
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert b"Traceback" not in err, err.decode()
    return (out + err).decode()


@pytest.fixture
def inside(monkeypatch, tmp_path, capsys):
    """The same within this process, for where that makes no difference: code, output, errors."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    logging_before, root = structlog.get_config(), logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def inside(*words):
        try:
            code = main(words)
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, said.out, said.err

    yield inside
    structlog.configure(**logging_before)
    root.handlers[:] = handlers
    root.setLevel(level)


def text_file(folder: Path, text: str | bytes) -> str:
    file = folder / "text.txt"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(file)


# --- explain --------------------------------------------------------------------------------------


def test_explain_says_by_which_words_a_query_meets_a_text(program):
    done = program("explain", "visa", "-", stdin=VISA.encode())
    assert (done.returncode, done.stderr) == (MATCH, b"")
    assert done.stdout.decode().startswith("match\tvisa: by “Visas”")
    assert done.stdout.count(b"\n") == 1


@pytest.mark.parametrize(
    ("query", "text", "code", "begin"),
    [
        ("visa", VISA, MATCH, "match\t"),
        ("visa China", VISA, NONE, "none\t"),
        ("!!!", VISA, ERROR, "error\t"),
        ("x" * 300, VISA, ERROR, "error\t"),
        ("визалар", "Визага жөнүндө", MATCH, "match\t"),
        ("visa", "", NONE, "none\t"),
        ("visa", "Visas\nfor\rall\x85of\u2028them", MATCH, "match\t"),
    ],
)
def test_explain_answers_in_a_line_and_by_its_exit_code(inside, tmp_path, query, text, code, begin):
    said = inside("explain", query, text_file(tmp_path, text))
    assert said[0] == code, said
    assert said[1].startswith(begin)
    assert len(said[1].splitlines()) == 1
    assert said[2] == ""


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("НЕ виза", "error\tonly excluded: НЕ виза; nearest: виза"),
        ("эко*", "error\tshort prefix: эко*; nearest: эко"),
        ("visa lang:de", "error\tunknown language: lang:de; nearest: visa"),
        ("visa -visa", "error\tcontradiction: visa -visa; nearest: visa"),
        ("the", "error\ttoo common: the"),
        ("", "error\tempty"),
    ],
)
def test_a_query_that_is_refused_comes_with_the_nearest_that_is_not(inside, tmp_path, query, told):
    file = text_file(tmp_path, f"en\t{query}\tVisas")
    assert inside("explain", "--batch", file) == (0, f"{told}\n", "")


def test_explain_reads_as_the_edition_that_it_is_told(inside, tmp_path):
    file = text_file(tmp_path, "Визы подешевели")
    assert inside("explain", "виза", file, "--edition", "ru")[0] == MATCH
    assert inside("explain", "виза", file, "--edition", "de")[0] == ERROR


@pytest.mark.parametrize("edition", ["en", "ru", "ky"])
def test_explain_looks_at_the_article_of_a_page_and_at_nothing_around_it(inside, edition):
    page = str(PAGES / edition / "article.html")
    seen = json.loads((PAGES / edition / "article.json").read_text("utf-8"))
    word = max(seen["title"].replace(",", " ").split(), key=len)
    assert inside("explain", word, page)[0] == MATCH
    elsewhere = {"en": "zeppelin", "ru": "дирижабль", "ky": "цеппелин"}[edition]
    assert inside("explain", elsewhere, page)[0] == NONE


@pytest.mark.parametrize("name", ["section:общество", "раздел:obschestvo"])
def test_explain_knows_a_page_s_section(inside, name):
    page = str(PAGES / "ru" / "article.html")
    assert inside("explain", f"{name} мост", page)[0] == MATCH
    assert inside("explain", "раздел:спорт", page)[0] == NONE


def test_explain_takes_a_query_that_begins_with_a_dash(inside, tmp_path):
    file = text_file(tmp_path, VISA)
    code, out, err = inside("explain", "-visa", file)
    assert (code, "only excluded" in out + err) == (ERROR, True)
    assert inside("explain", "-China visa", file, "--edition", "en")[0] == MATCH


@pytest.mark.parametrize("word", ["explain visa", "read"])
@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("nowhere.html", "No such file"),
        (".", "Is a directory"),
        ("http://127.0.0.1:1/", "Cannot connect"),
        ("http://[::1", "is no address"),
        ("http://127.0.0.1:99999/", "is no address"),
        ("http:///x", "http:///x"),
    ],
)
def test_a_page_that_can_not_be_had_is_one_line(inside, word, page, reason):
    code, out, err = inside(*word.split(), page)
    assert code == (NONE if word == "read" else ERROR)
    assert out == ""
    assert len(err.splitlines()) == 1
    assert reason in err


# --- explain --batch ------------------------------------------------------------------------------


def rubbish(count: int) -> list[bytes]:
    dice = random.Random(24)
    alphabet = [*b"\t\t\t en\rruky", 0, 0x85, 0xFF, 0xC3, *"ә\u2028”–".encode(), *b'"()*|-:/<&']
    return [bytes(dice.choices(alphabet, k=dice.randrange(40))) for _ in range(count)]


def test_batch_answers_every_line_by_one_line_whatever_it_holds(program):
    told = {
        b"en\tvisa\tVisas are cheap": b"match\t",
        b"ru\t\xd0\xb2\xd0\xb8\xd0\xb7\xd0\xb0\t\xd0\x92\xd0\xb8\xd0\xb7\xd1\x8b": b"match\t",
        b"en\tvisa\tNothing": b"none\t",
        b"en\tvisa\t": b"none\t",
        b"en\tvisa\ttabs\tin\tthe text, and a visa": b"match\t",
        b"en\tvisa\tVisas\r": b"match\t",
        b"en\tvisa\t" + b"words " * 180_000 + b"visa": b"match\t",
        b"en\tvisa\t" + b"x" * 1_100_000: b"none\t",
        b"en\tvisa\t\xff\xfe visa \xc3": b"match\t",
        b"en\t!!!\tVisas": b"error\t",
        b"en\t\tVisas": b"error\t",
        b"en\t" + b"x" * 1_000_000 + b"\tVisas": b"error\t",
        b"de\tvisa\tVisas": b"error\t",
        b"EN\tvisa\tVisas": b"error\t",
        b"en visa Visas": b"error\t",
        b"en\tvisa": b"error\t",
        b"\xff\tvisa\tVisas": b"error\t",
        b"": b"error\t",
    }
    lines = [*told, *rubbish(3000)]
    done = program("explain", "--batch", stdin=b"\n".join([*lines, b"en\tvisa\tvisa"]))
    assert (done.returncode, done.stderr) == (0, b"")
    answers = done.stdout.decode().split("\n")
    assert answers.pop() == ""
    assert len(answers) == len(lines) + 1
    for line, answer in zip(told, answers, strict=False):
        assert answer.startswith(told[line].decode()), (line[:80], answer)
    assert answers[-1].startswith("match\t")
    for answer in answers:
        word, tab, reason = answer.partition("\t")
        assert word in {"match", "none", "error"}
        assert tab
        assert reason
        assert len(answer.splitlines()) == 1


def test_batch_answers_each_line_at_once_and_ends_with_its_input(start):
    process = start("explain", "--batch")
    for text, word in (("A visa", b"match"), ("Rain", b"none"), ("Visas", b"match")):
        process.stdin.write(f"en\tvisa\t{text}\n".encode())
        process.stdin.flush()
        assert process.stdout.readline().startswith(word)
    process.stdin.close()
    assert process.wait(60) == 0
    assert process.stdout.read() == process.stderr.read() == b""


def test_batch_reads_a_file_too(inside, tmp_path):
    code, out, _ = inside("explain", "--batch", text_file(tmp_path, "en\tvisa\tVisas\n"))
    assert code == 0
    assert out.startswith("match\t")
    assert inside("explain", "--batch", "nowhere")[0] == ERROR


@pytest.mark.parametrize("words", [["explain", "--batch"], ["read", "-"]])
def test_a_reader_that_has_gone_is_no_error(start, words):
    process = start(*words)
    process.stdout.close()
    process.stdin.write(b"en\tvisa\tVisas\n" * 3)
    process.stdin.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""


# --- read -----------------------------------------------------------------------------------------


def told_of(seen: dict) -> dict:
    """Without what depends on the day on which it is read: a listing's days have no year."""
    rows = seen.get("items", seen.get("latest"))
    seen = {name: value for name, value in seen.items() if name not in {"items", "latest"}}
    return seen | {"rows": [(row["id"], row["url"], row["title"]) for row in rows]}


@pytest.mark.parametrize("kind", ["listing", "article"])
@pytest.mark.parametrize("edition", ["en", "ru", "ky"])
def test_read_shows_what_the_bot_sees_on_a_golden_page(inside, edition, kind):
    code, out, err = inside("read", str(PAGES / edition / f"{kind}.html"))
    assert (code, err) == (0, "")
    expected = json.loads((PAGES / edition / f"{kind}.json").read_text("utf-8"))
    assert told_of(json.loads(out)) == told_of(expected)


def test_read_shows_a_page_of_a_site(program):
    async def read():
        async with staged(Path()) as stage:
            number = stage.site.publish("en", "Visas get cheaper", ["So it was said."])
            listing = await asyncio.to_thread(program, "read", f"{stage.site_url}/english/")
            row = json.loads(listing.stdout)["items"][0]
            article = await asyncio.to_thread(program, "read", row["url"])
            missing = await asyncio.to_thread(program, "read", f"{stage.site_url}/english/1/")
            return number, row, json.loads(article.stdout), missing

    number, row, article, missing = asyncio.run(read())
    assert row["id"] == article["id"] == number
    assert article["title"] == "Visas get cheaper"
    assert article["body"] == ["So it was said."]
    assert (missing.returncode, missing.stdout) == (1, b"")
    assert b"answers 404" in missing.stderr


@pytest.mark.parametrize("page", ["", "<html></html>", "words", b"\x00\xff" * 999, "<div>" * 9999])
def test_read_says_of_a_page_that_it_does_not_know_why(inside, tmp_path, page):
    code, out, err = inside("read", text_file(tmp_path, page))
    assert code == 1
    said = json.loads(out)["reason"] if out else err
    assert "text.txt" in said
    assert len(said.splitlines()) == 1


def test_what_the_terminal_can_not_show_is_written_by_its_number(program):
    done = program(
        "explain", "visa", "-", stdin=VISA.encode(), PYTHONUTF8="0", PYTHONIOENCODING="ascii"
    )
    assert (done.returncode, done.stderr) == (MATCH, b"")
    assert b"\\u201cVisas\\u201d" in done.stdout


# --- words that can't be used ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["run", "--fast"],
        ["run", "--only", "sleep"],
        ["run", "--only", ""],
        ["demo", "--port", "99999"],
        ["demo", "--port", "-1"],
        ["demo", "--port", "http"],
        ["read"],
        ["read", "x", "--edition", "de"],
        ["explain"],
        ["check", "everything"],
    ],
)
def test_words_that_are_not_known_end_with_code_2_and_say_what_is_meant(inside, words):
    code, out, err = inside(*words)
    assert (code, out) == (2, "")
    assert "jarchy" in err


def test_version_and_help_are_no_errors(inside):
    assert inside("--version")[0] == 0
    code, out, _ = inside("--help")
    assert code == 0
    assert all(word in out for word in ("run", "demo", "read", "explain", "check"))


def test_run_without_a_token_says_how_to_get_one_and_what_needs_none(program):
    done = program("run")
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert "@BotFather" in line
    assert "demo" in line


def test_settings_that_can_not_be_used_are_told_a_line_each(program):
    done = program(
        "check", POLL_SECONDS="often", EDITIONS="en,de", TELEGRAM_BOT_TOKEN="secret word"
    )
    assert done.returncode == 2
    lines = sorted(done.stderr.decode().splitlines())
    assert [line.partition(":")[0] for line in lines] == [
        "EDITIONS",
        "POLL_SECONDS",
        "TELEGRAM_BOT_TOKEN",
    ]
    assert b"secret word" not in done.stderr


# --- check ----------------------------------------------------------------------------------------


@pytest.fixture
async def stage(tmp_path):
    async with staged(tmp_path) as stage:
        yield stage


async def checked(stage: Stage, **more: str) -> tuple[int, dict[str, str]]:
    """Its exit code, and what it says of each part."""
    checking = await stage.start("-m", "bot", "check", **more)
    code = await checking.ends()
    assert "Traceback" not in checking.output
    lines = [line.split(maxsplit=2) for line in checking.output.splitlines()]
    return code, {part: f"{verdict} {said}" for verdict, part, said in lines}


def failed(parts: dict[str, str]) -> list[str]:
    return [part for part, said in parts.items() if said.startswith("FAIL")]


async def test_check_says_of_each_part_that_it_is_well(stage):
    code, parts = await checked(stage)
    assert list(parts) == ["settings", "store", "persistence", "telegram", "site", "feed", "bank"]
    assert (code, failed(parts)) == (0, [])
    assert "embedded" in parts["store"]
    assert f"@{stage.telegram.world.bot.username}" in parts["telegram"]
    assert "rows" in parts["site"]
    assert "header alone" in parts["bank"]
    assert "listings alone" in parts["feed"]


async def test_check_says_how_to_switch_inline_search_on(stage):
    world = stage.telegram.world
    _, parts = await checked(stage)
    assert "inline" not in parts["telegram"]
    world.bot = replace(world.bot, inline=False)
    code, parts = await checked(stage)
    assert (code, failed(parts)) == (0, [])
    assert "/setinline to @BotFather" in parts["telegram"]


async def test_check_fails_without_a_token(stage):
    code, parts = await checked(stage, TELEGRAM_BOT_TOKEN="")
    assert (code, failed(parts)) == (1, ["settings", "telegram"])


async def test_check_fails_without_a_store_and_does_not_show_its_password(stage):
    code, parts = await checked(stage, REDIS_URL=f"redis://:{SECRET}@127.0.0.1:1/0")
    assert (code, failed(parts)) == (1, ["store", "persistence"])
    assert SECRET not in str(parts)


@pytest.mark.parametrize("password", ["a[b", "a#b/c?d", "a%5Bb"])
async def test_check_fails_with_an_address_that_is_none_and_does_not_show_its_password(
    stage, password
):
    code, parts = await checked(stage, REDIS_URL=f"redis://:{SECRET}{password}@nowhere:no/0")
    assert (code, failed(parts)) == (1, ["store", "persistence"])
    assert SECRET not in str(parts)


async def test_check_fails_with_a_store_that_forgets(stage, store_url):
    code, parts = await checked(stage, REDIS_URL=store_url)
    assert (code, failed(parts)) == (1, ["persistence"])
    assert "appendonly" in parts["persistence"]


async def test_check_fails_with_a_folder_that_can_not_be_used(stage):
    code, parts = await checked(stage, DATA_DIR="/dev/null/data")
    assert (code, failed(parts)) == (1, ["store", "persistence"])


async def test_check_fails_with_a_token_that_telegram_does_not_know(stage):
    token = "42:another-simulated-token"
    code, parts = await checked(stage, TELEGRAM_BOT_TOKEN=token)
    assert (code, failed(parts)) == (1, ["telegram"])
    assert token not in str(parts)


async def test_check_fails_without_telegram_and_does_not_show_the_token(stage):
    code, parts = await checked(stage, TELEGRAM_API_URL="http://127.0.0.1:1")
    assert (code, failed(parts)) == (1, ["telegram"])
    assert stage.telegram.world.bot.token not in str(parts)


async def test_check_fails_with_a_site_that_is_another(stage):
    stage.site.fail("/kyrgyzcha/*", body="<html>Under construction</html>")
    code, parts = await checked(stage)
    assert (code, failed(parts)) == (1, ["site"])
    assert "/kyrgyzcha/" in parts["site"]


async def test_check_says_what_the_feed_shows(stage):
    url = f"{stage.site_url}/rss"
    code, parts = await checked(stage, RSS_URL=f"{url}/")
    assert (code, failed(parts)) == (0, [])
    assert f"{url}: 15 articles, the newest " in parts["feed"]
    stage.site.fail("/rss", body="<html>No feed here</html>")
    code, parts = await checked(stage, RSS_URL=url)
    assert (code, failed(parts)) == (1, ["feed"])
    assert "no feed" in parts["feed"]


async def test_check_says_how_the_bank_is(stage):
    url = f"{stage.site_url}/XML/daily.xml"
    day = max(day for day, code, *_ in stage.site.bank.history() if code == "USD")
    code, parts = await checked(stage, RATES_URL=url)
    assert (code, failed(parts)) == (0, [])
    assert f"{url}: daily 5 rates of {day}," in parts["bank"]
    assert "weekly 4 rates of" in parts["bank"]
    stage.site.fail("/XML/weekly.xml", body="Try again later", headers={"Content-Type": "text/xml"})
    code, parts = await checked(stage, RATES_URL=url)
    assert (code, failed(parts)) == (1, ["bank"])
    assert "weekly.xml" in parts["bank"]


async def test_check_fails_with_addresses_that_are_none(stage):
    nowhere = "http://127.0.0.1:99999"
    code, parts = await checked(stage, SITE_URL=nowhere, TELEGRAM_API_URL=nowhere)
    assert (code, failed(parts)) == (1, ["telegram", "site"])


# --- run ------------------------------------------------------------------------------------------


async def test_a_bot_that_is_stopped_lets_the_article_at_work_end(stage):
    bot = await stage.start()
    await bot.says("edition=ky")
    number = stage.site.publish("en", "Visas get cheaper", ["So it was said."])
    stage.site.fail(f"*/{number}*", delay=1)
    await until(lambda: any(str(number) in asked.path for asked in stage.site.requests))
    assert await bot.stop() == 0
    after = bot.output.partition("stopping")[2]
    assert "article kept" in after
    assert "unreadable" not in after
    assert "trouble" not in after


# --- demo, and Ctrl+C -----------------------------------------------------------------------------


def test_demo_on_a_port_that_is_taken_is_one_line(program):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = program("demo", "--port", port)
    assert done.returncode == 1
    (line,) = done.stderr.decode().splitlines()
    assert port in line
    assert "--port" in line


async def test_demo_prints_its_address_and_ends_well(tmp_path):
    async with staged(tmp_path) as stage:
        demo = await stage.start("-m", "bot", "demo", "--port", "0")
        await demo.says("Open http://127.0.0.1:")
        await demo.says("edition=ky")
        demo.process.send_signal(signal.SIGINT)
        assert await demo.ends() == 0
        assert "Traceback" not in demo.output


def test_ctrl_c_between_two_lines_of_a_batch_ends_it(start):
    process = start("explain", "--batch")
    process.stdin.write(b"en\tvisa\tVisas\n")
    process.stdin.flush()
    process.stdout.readline()
    assert interrupted(process) == ""
    assert process.returncode == INTERRUPTED


@pytest.mark.parametrize("words", [["explain", "visa"], ["read"]])
def test_ctrl_c_while_a_file_is_read_ends_it(start, tmp_path, words):
    os.mkfifo(tmp_path / "fifo")
    process = start(*words, "fifo")
    with (tmp_path / "fifo").open("wb"):  # opens when the other side does
        assert interrupted(process) == ""
    assert process.returncode == INTERRUPTED


def test_ctrl_c_while_the_program_is_loaded_ends_it(start, tmp_path):
    slow = "import pathlib, time\npathlib.Path('loading').touch()\ntime.sleep(60)\n"
    (tmp_path / "structlog.py").write_text(slow)
    process = start("explain", "visa", "-", PYTHONPATH=f"{tmp_path}:{ROOT}")
    asyncio.run(until((tmp_path / "loading").exists))
    assert interrupted(process) == ""
    assert process.returncode == INTERRUPTED


async def test_ctrl_c_while_a_site_is_waited_for_ends_it(stage):
    stage.site.fail("/english/*", delay=60)
    reading = await stage.start("-m", "bot", "read", f"{stage.site_url}/english/")
    await until(lambda: stage.site.requests)
    reading.process.send_signal(signal.SIGINT)
    assert await reading.ends() == INTERRUPTED
    assert reading.output == ""
