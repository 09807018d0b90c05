"""Stores of several servers: a primary that sentinels watch, and a cluster."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis

from bot.store import keys
from tests.store.conftest import Server, free_port, wait_until

COMMON = ("--save", "", "--repl-diskless-sync-delay", "0")
NODE_MILLISECONDS = "1000"
"""After which a server that does not answer counts as down."""
SLOTS = 16384


@dataclass(frozen=True, slots=True)
class Replicated:
    """A store, and the server that holds the bot's keys, with a replica."""

    url: str
    primary: Server
    replica: Server

    def wait_until_replicated(self) -> None:
        """Until the replica has all that the primary has."""
        with redis.Redis(port=self.primary.port) as one, redis.Redis(port=self.replica.port) as two:

            def follows() -> bool:
                here, there = (probe.info("replication") for probe in (one, two))
                is_up = there.get("master_link_status") == "up"
                return is_up and there["slave_repl_offset"] >= here["master_repl_offset"]

            wait_until(follows)

    def wait_until_replaced(self) -> None:
        """Until the replica has taken the primary's place."""
        with redis.Redis(port=self.replica.port) as probe:
            wait_until(lambda: probe.info("replication")["role"] == "master")


@contextmanager
def watched(folder: Path, *settings: str) -> Iterator[Replicated]:
    """A primary and a replica, watched by a sentinel."""
    with ExitStack() as stack:
        primary = _start(stack, folder, *settings)
        replica = _start(stack, folder, *settings, "--replicaof", "127.0.0.1", str(primary.port))
        config = folder / "sentinel.conf"
        config.write_text(
            f"sentinel monitor news 127.0.0.1 {primary.port} 1\n"
            f"sentinel down-after-milliseconds news {NODE_MILLISECONDS}\n"
            "sentinel failover-timeout news 3000\n"
        )
        watcher = Server(folder, [str(config), "--sentinel"])
        stack.callback(watcher.kill)
        watcher.start()
        with redis.Redis(port=watcher.port) as probe:
            wait_until(lambda: probe.sentinel_master("news")["num-slaves"] == 1)
        store = Replicated(f"redis+sentinel://127.0.0.1:{watcher.port}/news", primary, replica)
        store.wait_until_replicated()
        yield store


@contextmanager
def clustered(folder: Path, *settings: str) -> Iterator[Replicated]:
    """Three primaries, of which the one that holds the bot's keys has a replica."""
    with ExitStack() as stack:
        nodes = [_start(stack, folder, *settings, *_of_cluster()) for _ in range(4)]
        probes = [stack.enter_context(redis.Redis(port=node.port)) for node in nodes]
        for number, probe in enumerate(probes):
            if number < 3:
                bounds = SLOTS * number // 3, SLOTS * (number + 1) // 3 - 1
                probe.execute_command("CLUSTER ADDSLOTSRANGE", *bounds)
            for node in nodes:
                probe.execute_command("CLUSTER MEET", "127.0.0.1", node.port, _bus(node))
        wait_until(
            lambda: all(probe.cluster("INFO")["cluster_known_nodes"] == "4" for probe in probes)
        )
        home = probes[0].cluster("KEYSLOT", keys.PREFIX) * 3 // SLOTS
        probes[3].cluster("REPLICATE", probes[home].cluster("MYID").decode())
        wait_until(lambda: all(probe.cluster("INFO")["cluster_state"] == "ok" for probe in probes))
        others = ",".join(f"127.0.0.1:{node.port}" for node in nodes[:3])
        store = Replicated(f"redis+cluster://{others}", nodes[home], nodes[3])
        store.wait_until_replicated()
        yield store


def _start(stack: ExitStack, folder: Path, *settings: str) -> Server:
    server = Server(folder, [*COMMON, *settings])
    stack.callback(server.kill)
    return server.start()


def _of_cluster() -> list[str]:
    bus = free_port()
    return [
        "--cluster-enabled", "yes",
        "--cluster-port", str(bus),
        "--cluster-config-file", f"nodes-{bus}",
        "--cluster-node-timeout", NODE_MILLISECONDS,
    ]  # fmt: skip


def _bus(node: Server) -> int:
    return int(node.words[node.words.index("--cluster-port") + 1])
