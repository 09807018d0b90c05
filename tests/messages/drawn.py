"""What a picture says, read from its SVG as a reader's eye would."""

import re
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree as ET

from babel.numbers import parse_decimal

SVG = "{http://www.w3.org/2000/svg}"
MOVED = re.compile(r"(?:([▲▼]) )?(\S+(?: \S+)*) \((<?)([^%\s]+)\s?%\)")


@dataclass(frozen=True)
class Words:
    text: str
    x: float
    y: float


class Drawn:
    """A parsed picture."""

    def __init__(self, svg):
        self.root = ET.fromstring(svg)

    @property
    def words(self):
        return [
            Words(each.text, float(each.get("x")), float(each.get("y")))
            for each in self.root.iter(f"{SVG}text")
        ]

    @property
    def texts(self):
        return [each.text for each in self.words]

    def paths(self, kind):
        """The corners of each path of this class."""
        found = (each for each in self.root.iter(f"{SVG}path") if each.get("class") == kind)
        return [corners(each.get("d")) for each in found]

    @property
    def rules(self):
        """The heights of thin lines from side to side."""
        found = (each for each in self.root.iter(f"{SVG}path") if each.get("stroke-width") == "2")
        return [corners(each.get("d"))[0][1] for each in found]

    def at(self, text):
        """The words that say exactly this."""
        return [each for each in self.words if each.text == text]


def corners(path):
    return [tuple(map(float, corner.split(","))) for corner in re.findall(r"[ML]([^MLZ]+)", path)]


def number(text, language):
    return parse_decimal(text, locale=language)


def moved(text, language):
    """A change's amount and per cent, with their sign; None where it is no change."""
    if not (found := MOVED.fullmatch(text)):
        return None
    sign = {"▲": 1, "▼": -1, None: 0}[found[1]]
    amount, share = number(found[2], language), number(found[4], language)
    return (sign * amount, sign * share) if sign else (amount, share)


def straight(known, place):
    """The value at a place, by two places whose value is known."""
    (here, low), (there, high) = known
    share = (Decimal(str(place)) - Decimal(str(here))) / (Decimal(str(there)) - Decimal(str(here)))
    return low + share * (high - low)
