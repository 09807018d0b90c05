"""What `REDIS_URL` may say. Its text may hold a password and is never repeated in an error."""

from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

FORMS = (
    "redis://[user:password@]host[:port][/db], the same with rediss://, unix:///path[?db=0], "
    "redis+sentinel://[user:password@]host:port,host:port/service[/db] "
    "or redis+cluster://[user:password@]host:port,host:port"
)
KINDS = {
    "redis": ("server", False),
    "rediss": ("server", True),
    "unix": ("socket", False),
    "redis+sentinel": ("sentinel", False),
    "rediss+sentinel": ("sentinel", True),
    "redis+cluster": ("cluster", False),
    "rediss+cluster": ("cluster", True),
}
PORTS = {"server": 6379, "sentinel": 26379, "cluster": 6379}
OPTIONS = {"db", "ssl_cert_reqs", "ssl_ca_certs"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a store is, taken apart."""

    kind: str
    """server, socket, sentinel or cluster."""
    nodes: tuple[tuple[str, int], ...] = ()
    path: str = ""
    service: str = ""
    db: int = 0
    tls: bool = False
    credentials: dict[str, str] = field(default_factory=dict, repr=False)
    options: dict[str, str] = field(default_factory=dict)


def parse(url: str) -> Address:
    """Take it apart. ValueError says in one line what is wrong, without the address."""
    parts = _split(url.strip())
    kind, tls = KINDS.get(parts.scheme) or _refuse(f"its scheme is not one of {', '.join(KINDS)}")
    options = _options(parts, tls)
    db = options.pop("db", "")
    if kind == "socket":
        return Address(kind, path=_socket(parts), db=_db(db), options=options)
    user, _, hosts = parts.netloc.rpartition("@")
    service, path_db = _path(parts.path, kind)
    return Address(
        kind,
        nodes=_nodes(hosts, PORTS[kind]),
        service=service,
        db=_db(path_db or db),
        tls=tls,
        credentials=_credentials(user),
        options=options,
    )


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        _refuse("it is not an address")


def _options(parts: SplitResult, tls: bool) -> dict[str, str]:
    options: dict[str, Any] = parse_qs(parts.query, keep_blank_values=True)
    known = OPTIONS if tls else {"db"}
    if not options.keys() <= known or parts.fragment:
        _refuse(f"after the ? it may have {', '.join(sorted(known))} alone")
    return {name: values[-1] for name, values in options.items()}


def _socket(parts: SplitResult) -> str:
    if parts.netloc or not parts.path:
        _refuse("a unix socket is named as unix:///its/path")
    return unquote(parts.path)


def _path(path: str, kind: str) -> tuple[str, str]:
    service, _, db = path.strip("/").partition("/")
    if kind == "sentinel":
        return unquote(service) or _refuse("a sentinel needs the name of a service"), db
    if db or (kind == "cluster" and service):
        _refuse("its path is too long")
    return "", service


def _db(text: str) -> int:
    if text and not (text.isascii() and text.isdigit()):
        _refuse("its database is not a number")
    return int(text or 0)


def _nodes(hosts: str, port: int) -> tuple[tuple[str, int], ...]:
    return tuple(_node(host, port) for host in hosts.split(","))


def _node(text: str, port: int) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{text}")
        host, given = parts.hostname, parts.port
    except ValueError:
        _refuse("a port is not a number up to 65535")
    if not host:
        _refuse("a host is missing")
    return host, given or port


def _credentials(user: str) -> dict[str, str]:
    name, _, password = user.partition(":")
    given = {"username": unquote(name), "password": unquote(password)}
    return {key: value for key, value in given.items() if value}


def _refuse(reason: str) -> NoReturn:
    raise ValueError(f"REDIS_URL is not understood: {reason}. Write {FORMS}") from None
