"""A 24.kg of our own: its listings and article pages in the real markup, with invented news."""

from simulator.site.article import BISHKEK, Article
from simulator.site.server import Request
from simulator.site.site import Site

__all__ = ["BISHKEK", "Article", "Request", "Site"]
