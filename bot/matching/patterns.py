"""How words look in a text: the patterns by which they are found."""

import re
import unicodedata

_MARKS = "".join(
    re.escape(chr(c)) for c in range(0x300, 0x10000) if unicodedata.category(chr(c))[0] == "M"
)
INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_DASH = re.escape(DASHES)
APOSTROPHES = "'’‘ʼʻ`´＇"
_EMOJI = "\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\U0001f000-\U0001faff"
_FLAG = "[\U0001f1e6-\U0001f1ff]"
_MONEY = "$¢-¥\u20a0-\u20cf"
_IN = f"[\\w{_MARKS}{INVISIBLE}]"
# As many as there are: letters alone are read faster than a set of all.
_REST = rf"\w*+(?:[{_MARKS}{INVISIBLE}]++\w*+)*+"
# What is written after a number without a space, too; 5G and 1С are names.
_UNIT = (
    "(?=(?i:[kcm]m|[km]g|ml|[kmg]w|kwh|[mgt]b|[kmg]?hz|mln|bn|[ap]m|kgs|usd|eur|rub|soms?"
    "|[ксм]?м|[км]?г|гг|м?л|т|га|[кмг]вт|квтч|[мгт]б|[кмг]?гц|тыс|млн|млрд|трлн|руб|сом|сомов|миң)"
    rf"(?!{_IN}))"
)

# A word may hold marks and invisible characters; it may go on after an apostrophe (China's), end
# in signs (C++, C#), and carry a number behind a dash (COVID-19). Numbers keep their inner
# points (1,000; 10:30), may have spaces between thousands (20 000), and let go of a unit (100km).
# No part can match in two ways, so that the time is linear.
WORD = re.compile(
    rf"\d(?:\d{{0,2}}+(?:[ \u00a0\u202f]\d{{3}}(?!{_IN}))++(?![.,:/]\d)"
    rf"|\d*+(?:[.,]\d++)*+(?=[^\W\d_]){_UNIT}|{_REST}(?:[.,:/]\d{_REST})*+\+?)"
    rf"|[^\W\d]{_REST}(?:[{APOSTROPHES}]{_IN}++)*+(?:\+\+|\+(?![\w+])|#(?!\w)|[{_DASH}]\d{_REST})?"
    rf"|[{_EMOJI}](?:(?<={_FLAG}){_FLAG}|(?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[{_EMOJI}])*)"
    rf"|[{_MONEY}]"
)
# What may also be written as one word: e-mail, U.S.
COMPOUND = re.compile(
    rf"(?<!\w)(?:[A-Z]\.){{2,}}"
    rf"|(?<![\w{_MARKS}{INVISIBLE}{_DASH}])[^\W\d]{_IN}*[{_DASH}][^\W\d]{_IN}*(?![\w{_DASH}])"
)
# What a text without compounds lacks: to look for this first takes a tenth of the time.
HINT, POINTS = re.compile(rf"[{_DASH}](?=[^\W\d])"), re.compile(r"\.(?<=[A-Z]\.)")
