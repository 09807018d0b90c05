"""What else finds the queries that an article meets. Each is built with queries, matches texts."""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks.workload import Asked
from bot.model import Article

UNPRIVILEGED = "postgres"


def literals(asked: Sequence[Asked]) -> list[str]:
    """The queries that are a word or a phrase."""
    return sorted({one.text.strip('"') for one in asked if one.kind in ("{a}", '"{a} {b}"')})


def text_of(article: Article) -> str:
    """All of an article in small letters."""
    return "\n".join((article.title, *article.body)).lower()


class Rival:
    def __init__(self, asked: Sequence[Asked]) -> None:
        raise NotImplementedError

    def match(self, article: Article) -> object:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None: ...


class Loop(Rival):
    """`keyword in text` for each: what bots do."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._keywords = literals(asked)

    def match(self, article: Article) -> object:
        text = text_of(article)
        return [keyword for keyword in self._keywords if keyword in text]


class Ahocorasick(Rival):
    """pyahocorasick."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        import ahocorasick

        self._automaton = ahocorasick.Automaton()
        for number, keyword in enumerate(literals(asked)):
            self._automaton.add_word(keyword, number)
        self._automaton.make_automaton()

    def match(self, article: Article) -> object:
        return {number for _, number in self._automaton.iter(text_of(article))}


class Daachorse(Rival):
    """daachorse."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        import daachorse

        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(literals(asked))

    def match(self, article: Article) -> object:
        return {number for *_, number in self._automaton.find_overlapping(text_of(article))}


class Hyperscan(Rival):
    """hyperscan, literals in UTF-8."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        import hyperscan

        patterns = [keyword.encode() for keyword in literals(asked)]
        self._database: Any = hyperscan.Database()
        self._database.compile(
            expressions=patterns,
            ids=list(range(len(patterns))),
            elements=len(patterns),
            flags=[hyperscan.HS_FLAG_SINGLEMATCH] * len(patterns),
            literal=True,
        )

    def match(self, article: Article) -> object:
        found: set[int] = set()
        self._database.scan(
            text_of(article).encode(), match_event_handler=lambda number, *_: found.add(number)
        )
        return found


class Postgres(Rival):
    """A table of `tsquery`, Debian's server on a socket of its own."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        import psycopg

        self._home = Path(tempfile.mkdtemp(prefix="bench-"))
        self._bin = max(Path("/usr/lib/postgresql").glob("*/bin"))
        self._home.chmod(0o777)
        # Postgres refuses to be run by root.
        self._user = "" if os.geteuid() else UNPRIVILEGED
        self._run(
            "initdb", "-D", f"{self._home}/data", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust"
        )
        options = f"-k {self._home} -c listen_addresses= -c fsync=off"
        self._run("pg_ctl", "-D", f"{self._home}/data", "-w", "-o", options, "start")
        user = self._user or getpass.getuser()
        self._connection = psycopg.connect(f"host={self._home} dbname=postgres user={user}")
        cursor = self._connection.cursor()
        cursor.execute("create table asked (id int, query tsquery)")
        with cursor.copy("copy asked from stdin") as copy:
            for number, one in enumerate(asked):
                copy.write_row((number, _tsquery(one)))
        cursor.execute("analyze asked")

    def match(self, article: Article) -> object:
        statement = "select id from asked where to_tsvector('simple', %s) @@ query"
        return self._connection.execute(statement, (text_of(article),)).fetchall()

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._run("pg_ctl", "-D", f"{self._home}/data", "-m", "immediate", "stop")
        shutil.rmtree(self._home, ignore_errors=True)

    def _run(self, tool: str, *words: str) -> None:
        user = ["setpriv", "--reuid", self._user, "--clear-groups"] if self._user else []
        subprocess.run(
            [*user, str(self._bin / tool), *words],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )


def _tsquery(one: Asked) -> str:
    a, b = (f"'{word}'" for word in one.words)
    return {
        "{a}": a,
        '"{a} {b}"': f"{a} <-> {b}",
        "{a} {b}": f"{a} & {b}",
        "{a} -{b}": f"{a} & !{b}",
        "{a} | {b}": f"{a} | {b}",
        "{p}*": f"'{one.words[0][:5]}':*",
    }[one.kind]


RIVALS: list[type[Rival]] = [Loop, Ahocorasick, Daachorse, Hyperscan, Postgres]
