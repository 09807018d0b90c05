"""Why an article meets a query, or why not, in a line for an operator."""

from bot.matching.why import Explanation, Hit

_SHOWN = 60
"""Characters of a word found that are shown."""


def sentence(explanation: Explanation) -> str:
    """One line: `visa: by “visas” in the title; China: missing`."""
    missing = _missing(explanation)
    told = [f"{hit.term}: by {_stands(hit)}" for hit in explanation.hits]
    told += [f"{term}: {missing.get(term, 'missing')}" for term in explanation.missing]
    told += [f"{hit.term}: excluded, and there is {_stands(hit)}" for hit in explanation.excluded]
    return "; ".join(told)


def _missing(explanation: Explanation) -> dict[str, str]:
    """Missing term → what is there instead, where anything is."""
    return {
        **{term: f"missing (“{_short(w)}” is not a form of it)" for term, w in explanation.refused},
        **{term: f"missing (there is no “{_short(w)}”)" for term, w in explanation.absent},
        **dict.fromkeys(explanation.apart, "missing (its words stand apart)"),
        **{hit.term: f"only {_stands(hit)}" for hit in explanation.elsewhere},
    }


def _stands(hit: Hit) -> str:
    return f"“{_short(hit.form)}” in the {hit.where}"


def _short(form: str) -> str:
    return form if len(form) <= _SHOWN else form[: _SHOWN - 1] + "…"
