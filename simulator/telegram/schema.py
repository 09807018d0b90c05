"""The Bot API description as a table, and requests held against it.

`bot_api.json`: a field is `[types, required]`, with `[lowest, highest, unit]` of its length third
and its only possible value fourth, where it has them.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from simulator.telegram.files import Upload, attachments
from simulator.telegram.model import Json
from simulator.telegram.text import utf16_length

NUMBER = re.compile(r"-?\d{1,19}")
ARRAY = "Array of "
BOOLEANS = dict.fromkeys(("true", "yes", "1"), True) | dict.fromkeys(("false", "no", "0"), False)
FORMATTED = frozenset({"text", "caption", "message_text"})
"""Fields whose length counts after `parse_mode` was applied."""

PRIMITIVES: dict[str, Callable[[Any], bool]] = {
    "String": lambda value: isinstance(value, str),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
    "InputFile": lambda value: isinstance(value, Upload),
}


@dataclass(frozen=True, slots=True)
class Violation:
    """Something in a request that the description doesn't allow."""

    where: str
    what: str
    fatal: bool
    """Whether Telegram refuses such a request rather than overlook it."""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Schema:
    """Methods and types by name."""

    def __init__(self, table: Json, visible: Callable[[str, str | None], str]) -> None:
        """`visible` gives what is left of a text when its parse mode was applied."""
        self._table = table
        self._visible = visible
        self._names = {name.lower(): name for name in table["methods"]}

    def method(self, name: str) -> str | None:
        """The method's proper spelling: Telegram doesn't tell case apart."""
        return self._names.get(name.lower())

    def coerce(self, method: str, raw: Json) -> Json:
        """Parameters that came as text, as what they stand for; what can't be is left as it is."""
        fields = self._table["methods"][method]
        return {
            name: _coerced(fields[name][0].split("|"), value) if name in fields else value
            for name, value in raw.items()
        }

    def check(self, method: str, params: Json) -> list[Violation]:
        """Everything in a request that isn't as described."""
        named = set(attachments(params))
        asked = {name: value for name, value in params.items() if name not in named}
        found = self._fields(method, self._table["methods"][method], asked)
        loose = {f"{method}.{name}" for name in params if self._is_loose(method, params, name)}
        return [replace(each, fatal=each.fatal and each.where not in loose) for each in found]

    def loosened(self, method: str, params: Json) -> Json:
        """Numbers where text is expected, as text: Telegram isn't strict about these."""
        return {
            name: str(value) if self._is_loose(method, params, name) else value
            for name, value in params.items()
        }

    def _is_loose(self, method: str, params: Json, name: str) -> bool:
        field = self._table["methods"][method].get(name)
        return bool(field) and field[0] == "String" and isinstance(params[name], int | float)

    def check_type(self, kind: str, value: Any) -> list[Violation]:
        """The same for any value that is to be of a type, such as `Update`."""
        return self._value(kind, [kind], value)

    def check_answer(self, method: str, value: Any) -> list[Violation]:
        """The same for what a method gave back."""
        return self._value(method, self._table["returns"][method].split("|"), value)

    def _fields(self, where: str, fields: Json, value: Json) -> Iterator[Violation]:
        for name, (_, required, *_rest) in fields.items():
            if required and name not in value:
                yield Violation(where, f"{name} is missing", fatal=True)
        for name, content in value.items():
            if name not in fields:
                yield Violation(where, f"{name} is unknown", fatal=False)
            else:
                yield from self._field(f"{where}.{name}", name, fields[name], value, content)

    def _field(
        self, where: str, name: str, field: list[Any], holder: Json, value: Any
    ) -> Iterator[Violation]:
        types, _, length, only = (*field, None, None)[:4]
        wrong = self._value(where, types.split("|"), value)
        yield from wrong
        if only is not None and value != only:
            yield Violation(where, f"must be {only!r}", fatal=True)
        if length and not wrong:
            mode = holder.get("parse_mode") if name in FORMATTED else None
            mode = mode if isinstance(mode, str) else None
            yield from self._length(where, length, value, mode)

    def _length(
        self, where: str, length: list[Any], value: Any, mode: str | None
    ) -> Iterator[Violation]:
        lowest, highest, unit = length
        try:
            size = _size(unit, self._visible(value, mode) if mode else value)
        except ValueError as error:
            yield Violation(where, str(error), fatal=False)
            return
        if not lowest <= size <= highest:
            what = f"{size} {unit}, allowed are {lowest} to {highest}"
            yield Violation(where, what, fatal=False)

    def _value(self, where: str, kinds: list[str], value: Any) -> list[Violation]:
        """The complaints of the alternative that fits best; none where one fits."""
        kinds = [each for kind in kinds for each in self._table["unions"].get(kind, [kind])]
        fits = [kind for kind in kinds if self._could_be(kind, value)] or kinds
        complaints = [self._one(where, kind, value) for kind in fits]
        fatal = [(any(each.fatal for each in found), len(found), found) for found in complaints]
        return min(fatal, key=lambda each: each[:2])[2]

    def _one(self, where: str, kind: str, value: Any) -> list[Violation]:
        if kind.startswith(ARRAY):
            return self._array(where, kind.removeprefix(ARRAY), value)
        if kind in PRIMITIVES:
            return [] if PRIMITIVES[kind](value) else [_wrong(where, kind, value)]
        if kind in self._table["unions"]:
            return self._value(where, [kind], value)
        if kind == "True":
            return [] if value is True else [_wrong(where, kind, value)]
        if not isinstance(value, dict):
            return [_wrong(where, kind, value)]
        return list(self._fields(where, self._table["types"][kind], value))

    def _array(self, where: str, kind: str, value: Any) -> list[Violation]:
        if not isinstance(value, list):
            return [_wrong(where, ARRAY + kind, value)]
        each = [self._value(f"{where}[{at}]", [kind], one) for at, one in enumerate(value)]
        return [violation for found in each for violation in found]

    def _could_be(self, kind: str, value: Any) -> bool:
        """Whether the fields that tell the members of a union apart say so."""
        if not isinstance(value, dict):
            return True
        fields = self._table["types"].get(kind, {})
        return all(
            name in value and value[name] == field[3]
            for name, field in fields.items()
            if len(field) > 3  # noqa: PLR2004 - see the module's docstring
        )


@cache
def table() -> Json:
    """The description, read once."""
    loaded: Json = json.loads(files(__package__).joinpath("bot_api.json").read_text("utf-8"))
    return loaded


def _coerced(kinds: list[str], value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if "Integer" in kinds and NUMBER.fullmatch(value):
        return int(value)
    if "String" in kinds:
        return value
    if "Boolean" in kinds:
        return BOOLEANS.get(value.lower(), value)
    try:
        return json.loads(value)
    except ValueError:
        return value


def _size(unit: str, value: Any) -> int:
    if unit == "bytes":
        return len(str(value).encode("utf-8", "surrogatepass"))
    return utf16_length(value) if isinstance(value, str) else len(value)


def _wrong(where: str, kind: str, value: Any) -> Violation:
    return Violation(where, f"{type(value).__name__} where {kind} is expected", fatal=True)
