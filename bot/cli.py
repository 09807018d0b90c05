"""The command line: run, demo, read, explain, rates, check."""

import argparse
import io
import sys
from collections.abc import Sequence

from bot import __version__, commands, logs
from bot.app import ROLES
from bot.mistakes import SettingsError
from bot.model import Edition
from bot.settings import HOW_TO_BEGIN, Settings, load

DEMO_PORT = 8024
MOST_PORT = 65535
MISUSED = 2


def main(argv: Sequence[str] | None) -> int:
    """As `bot.__main__.main`, but for how the program is broken off."""
    _write_anything()
    arguments = _parser().parse_args(_words(sys.argv[1:] if argv is None else argv))
    if arguments.command == "explain" and not (arguments.batch or arguments.query):
        print("explain needs a query: jarchy explain QUERY URL|FILE|-", file=sys.stderr)
        return MISUSED
    try:
        settings = load()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return MISUSED
    if arguments.command == "run" and not settings.telegram_bot_token.get_secret_value():
        print(HOW_TO_BEGIN, file=sys.stderr)
        return MISUSED
    logs.configure(settings, "WARNING")
    code = _do(arguments, settings)
    if sys.stdout:
        sys.stdout.flush()
    return code


def _words(argv: Sequence[str]) -> list[str]:
    """With a space before a query that begins with a dash, by which argparse knows it for none of
    the options.
    """
    is_explain = argv[:1] and argv[0] == "explain"
    return [f" {word}" if is_explain and _is_excluding(word) else word for word in argv]


def _is_excluding(word: str) -> bool:
    return word[:1] == "-" and word[1:2] not in ("", "-") and word != "-h"


def _write_anything() -> None:
    """What the terminal's encoding can't hold is shown by its number."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _do(arguments: argparse.Namespace, settings: Settings) -> int:
    match arguments.command:
        case "run":
            return commands.run(settings, arguments.only)
        case "demo":
            return commands.demo(settings, arguments.port, live=arguments.live)
        case "read":
            return commands.read(settings, arguments.page, arguments.edition)
        case "explain":
            return _explain(arguments, settings)
        case "rates":
            return commands.import_rates(settings, arguments.file)
        case _:
            return commands.check(settings)


def _explain(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.batch:
        return commands.explain_batch(arguments.query or "-")
    return commands.explain(settings, arguments.query, arguments.text, arguments.edition)


def _roles(text: str) -> frozenset[str]:
    roles = frozenset(role.strip() for role in text.split(",") if role.strip())
    if not roles or roles - ROLES:
        raise argparse.ArgumentTypeError(f"takes some of {', '.join(sorted(ROLES))}")
    return roles


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_PORT:
        raise argparse.ArgumentTypeError(f"takes a number from 0 to {MOST_PORT}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="jarchy", description="A Telegram bot that tells people the news they asked for."
    )
    parser.add_argument("--version", action="version", version=__version__)
    words = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = words.add_parser("run", help="run the bot; settings come from the environment or .env")
    run.add_argument(
        "--only",
        type=_roles,
        default=ROLES,
        metavar="ROLES",
        help="some of: receive,collect,deliver",
    )
    demo = words.add_parser("demo", help="run the bot against a simulated Telegram, in the browser")
    demo.add_argument("--port", type=_port, default=DEMO_PORT)
    demo.add_argument("--live", action="store_true", help="poll the real site")
    read = words.add_parser("read", help="show what the bot sees on a page, as JSON")
    read.add_argument("page", metavar="URL|FILE")
    _add_edition(read)
    _add_explain(words.add_parser("explain", help="say whether a query meets a text, and why"))
    _add_rates(words.add_parser("rates", help="fill the history of rates from a file"))
    words.add_parser("check", help="check settings, store, Telegram and site")
    return parser


def _add_explain(explain: argparse.ArgumentParser) -> None:
    explain.add_argument("query", nargs="?", metavar="QUERY")
    explain.add_argument("text", nargs="?", default="-", metavar="URL|FILE|-")
    explain.add_argument(
        "--batch", action="store_true", help="read lines of edition TAB query TAB text"
    )
    _add_edition(explain)


def _add_rates(rates: argparse.ArgumentParser) -> None:
    doing = rates.add_subparsers(dest="doing", required=True, metavar="import")
    filling = doing.add_parser("import", help="from CSV (day,currency,value[,nominal]) or JSON")
    filling.add_argument("file", metavar="FILE")


def _add_edition(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--edition", type=Edition, choices=list(Edition), metavar="en|ru|ky")
