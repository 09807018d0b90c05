"""Searches the index on a connection of its own."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.matching.terms import Term
from bot.model import Edition, Found, Hit, Wanted
from bot.search import cards, ranking, schema
from bot.search.asking import Asked, understood
from bot.search.cards import Card
from bot.search.dictionary import Dictionary
from bot.search.finding import Finding
from bot.search.likeness import alike
from bot.search.marking import Marker, in_lead, in_title
from bot.search.paging import Latest, Ranked
from bot.search.ranking import Candidate

_LATEST = """
SELECT id, edition, published FROM articles
WHERE edition = ? AND (published, id) < (?, ?) AND place <= ?
ORDER BY published DESC, id DESC LIMIT ?
"""


class Reader:
    """One connection that reads. Every method blocks, and raises sqlite3.Error, or Damaged where a
    row is.
    """

    def __init__(self, path: Path) -> None:
        self._db = schema.to_read(path)
        try:
            self.is_ours = schema.about(self._db, "version") == schema.VERSION
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def find(self, wanted: Wanted) -> Found:
        """What holds the words."""
        self._db.execute("BEGIN")
        try:
            is_whole = bool(schema.about(self._db, "cursor"))
            if not wanted.words.strip():
                return self._latest(wanted, is_whole=is_whole)
            asked = understood(wanted.words, is_typing=wanted.is_typing)
            found, further = Found((), "", is_whole), ""
            while asked and not found.hits and wanted.limit > 0:
                found = self._found(asked, wanted, is_whole=is_whole)
                further = further or found.next
                asked = asked.otherwise
            return found if found.hits else replace(found, next=further)
        finally:
            self._db.execute("COMMIT")

    def like(self, article: int, limit: int) -> list[Hit]:
        """Earlier articles on the same."""
        asked = "SELECT id, edition, published FROM articles WHERE id = ?"
        ids = alike(self._db, article, limit)
        rows = [self._db.execute(asked, (each,)).fetchone() for each in ids]
        return [*self._hits([Candidate(*row) for row in rows if row])]

    def _latest(self, wanted: Wanted, *, is_whole: bool) -> Found:
        at = Latest.of(wanted.after)
        place = min(at.place, self._last_place())
        span = at.published, at.id, place, wanted.limit + 1
        rows = [
            Candidate(*row)
            for edition in wanted.editions or tuple(Edition)
            for row in self._db.execute(_LATEST, (edition, *span))
        ]
        rows = ranking.latest(rows)
        shown, more = rows[: wanted.limit], len(rows) > wanted.limit
        after = Latest(place, shown[-1].published, shown[-1].id) if more and shown else ""
        return Found(self._hits(shown), str(after), is_whole)

    def _found(self, asked: Asked, wanted: Wanted, *, is_whole: bool) -> Found:
        at = Ranked.of(wanted.after)
        at = at._replace(place=min(at.place, self._last_place()))
        search = Finding(self._db, asked, at.place)
        shown: list[Candidate] = []
        while True:
            window = search.window(at.below)
            ordered = ranking.ranked(window.found, wanted.editions)
            part = ordered[at.skipped : at.skipped + wanted.limit - len(shown)]
            shown += part
            at = at._replace(skipped=at.skipped + len(part))
            if at.skipped < len(ordered):
                break
            at = at._replace(below=window.rest, skipped=0)
            if not window.rest or search.is_tired:
                break
        after = str(at) if at.below and (shown or search.is_tired) else ""
        marked = () if wanted.is_typing else asked.shown
        return Found(self._hits(shown, marked), after, is_whole)

    def _last_place(self) -> int:
        return schema.number(self._db, "place")

    def _hits(self, shown: Sequence[Candidate], terms: Sequence[Term] = ()) -> tuple[Hit, ...]:
        asked = "SELECT id, card FROM cards WHERE id IN (SELECT value FROM json_each(?))"
        ids = json.dumps([each.id for each in shown])
        found = dict(self._db.execute(asked, (ids,)).fetchall())
        names = Dictionary(self._db).names
        title, lead = Marker(in_title(terms), names), Marker(in_lead(terms), names)
        return tuple(
            _hit(each, cards.unpack(found[each.id]), title, lead)
            for each in shown
            if each.id in found
        )


def _hit(found: Candidate, card: Card, in_title: Marker, in_lead: Marker) -> Hit:
    edition = cards.edition_of(found.edition)
    return Hit(
        found.id,
        edition,
        card.url,
        card.title,
        cards.moment(found.published),
        card.lead,
        card.section,
        card.picture,
        in_title.marks(card.title, edition),
        in_lead.marks(card.lead, edition),
    )
