"""Under which licences a source's text may be fetched and kept, told from what it states itself."""

import re

from corpus.blocks import SourceError

REFUSED = (
    ("forbids commercial use", r"non-? ?commercial|\bcc[- ]?by-? ?nc|licenses/by-nc"),
    (
        "forbids changed versions",
        r"no-? ?deriv|\bcc[- ]?by(?:-? ?nc)?-? ?nd|licenses/by(?:-nc)?-nd",
    ),
    ("reserves all rights", r"all rights (?:are )?reserved"),
    (
        "says that it is not free",
        r"(?:\bnot|\bnor?|\bnever|n[’']t)\s(?:\S+\s){0,3}(?:public domain|free of copyright)"
        r"|(?<!not )(?<!never )\bsubject to copyright",
    ),
)
"""What rules a text out, whatever else is stated."""
ALLOWED = (
    ("CC0", r"publicdomain/zero|\bcc[- ]?(?:0|zero)\b"),
    ("CC BY-SA", r"licenses/by-sa\b|\bcc[- ]?by[- ]sa\b|attribution[- ]+share[- ]?alike"),
    ("CC BY", r"licenses/by/|\bcc[- ]?by\b(?!-)|creative commons attribution\b(?!-)"),
    (
        "public domain",
        r"publicdomain/mark|\bpublic domain\b|free of copyright|not subject to copyright"
        r"|work of the (?:u\.?s\.?|united states) government",
    ),
)
"""Which licences allow to keep and quote the text, by the words or addresses used for them."""


def allowing(statement: str, number: int) -> str:
    """The name of the licence that `statement` tells and that allows to keep the text of `number`.

    Raises `SourceError`, with the way that is left, when it tells none or one that does not.
    """
    plain = re.sub(r"\s*[‐‑–—-]\s*", "-", " ".join(statement.split())).casefold()
    for why, words in REFUSED:
        if re.search(words, plain):
            raise SourceError(f"its licence {why} ({_short(statement)}); {own_copy(number)}")
    for name, words in ALLOWED:
        if re.search(words, plain):
            return name
    what = f"says nothing that allows it ({_short(statement)})" if plain else "states no licence"
    raise SourceError(f"the document {what}; {own_copy(number)}")


def own_copy(number: int) -> str:
    """What an operator can do about a text that may not be fetched."""
    command = f'python -m corpus add {number} FILE --permission "who, when"'
    return f"ask the publisher, then add your own copy: {command}"


def _short(statement: str) -> str:
    return statement if len(statement) <= 120 else f"{statement[:120].rstrip()} ..."
