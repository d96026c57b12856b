"""Whether the fixed wording is plain, by the measure that the corpus's own lines have."""

import re
from dataclasses import replace
from pathlib import Path

from bot.helplines import PLACES, country_values, load_helplines
from bot.wording import Wording, wording_entries
from corpus import load_glossary, plain_faults, plain_words
from settings import Settings

HERE = Path(__file__).resolve().parent
WORDING, HELPLINES = HERE / "wording.toml", HERE / "helplines.toml"
SENTENCE = re.compile(r"[.?!”](?:\s|$)")
"""How a sentence ends: a text without one is a label."""
NUMBERS = ("everywhere.",)
"""Lists of numbers for all countries: no sentences of ours."""


def wording_faults(settings: Settings) -> list[str]:
    """What is not plain in the texts of `wording.toml`, as they are read in each country.

    Labels have no sentences to judge. The names of helplines are the helplines' own. Reads the
    wording, the helplines and the glossary. Raises `BadFile` or `CorpusError` for a bad one.
    """
    texts: dict[str, str] = {}
    for country in PLACES:
        values = country_values(HELPLINES, replace(settings, country=country))
        wording = Wording(WORDING, values)
        questions = wording("ask_any.questions")
        for name, entry in wording_entries(WORDING).items():
            if isinstance(entry, str) and SENTENCE.search(entry) and not name.startswith(NUMBERS):
                text = wording(name, questions=questions)
                if text not in texts.values():
                    texts[f"{WORDING.name}: {name}, {country}"] = text
    terms = load_glossary(settings.corpus / "glossary.toml")
    return plain_faults(texts, terms, plain_words(settings) | _names())


def _names() -> set[str]:
    """The words in the names of helplines. Reads them."""
    rows = load_helplines(HELPLINES)
    return {word for row in rows for word in re.findall(r"[^\W\d_]+", row.short.casefold())}
