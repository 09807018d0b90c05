"""Lengths of time in what readers say. Pure."""

import re
from datetime import timedelta

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_MONTH, _YEAR = timedelta(days=30), timedelta(days=365)
_NAMES = {
    _MINUTE: "m min mins minute minutes м мин минута минуту минуты минут мүн мүнөт мүнөткө",
    _HOUR / 2: "полчаса",
    _HOUR: "h hr hrs hour hours ч час часа часов саат саатка",
    _DAY: "d day days д дн день дня дней сутки суток күн күнгө",
    _WEEK: "w week weeks нед неделя неделю недели недель жума жумага апта аптага",
    _MONTH: "month months месяц месяца месяцев ай айга",
    _YEAR: "year год жыл жылга",
}
_UNITS = {name: unit for unit, names in _NAMES.items() for name in names.split()}
_LENGTH = re.compile(r"(?:for |на )?(?:an? |бир |([0-9]{1,5}(?:[.,][0-9]{1,2})?) ?)?([^\W\d_]+)\.?")
_LONGEST = timedelta(days=366)


def read(said: str) -> timedelta | None:
    """The length in "2h", "3 days", "на 2 часа", "бир күн"; None: it is none, or over a year."""
    found = _LENGTH.fullmatch(" ".join(said.casefold().split()))
    if found is None or found[2] not in _UNITS:
        return None
    length = float((found[1] or "1").replace(",", ".")) * _UNITS[found[2]]
    return length if timedelta(0) < length <= _LONGEST else None
