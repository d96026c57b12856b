"""Whether the fixed wording is plain, by the measure that the corpus's own lines have."""

from pathlib import Path

from bot.wording import wording_entries
from corpus import load_glossary, plain_faults, plain_words
from settings import Settings

WORDING = Path(__file__).resolve().parent / "wording.toml"
SAID = (".", "?", "!", "”")
"""How a text ends that is more than a label."""


def wording_faults(settings: Settings) -> list[str]:
    """What is not plain in the texts of `wording.toml`. Labels have no sentences to judge.

    Reads the wording and the glossary. Raises `BadFile` or `CorpusError` for one that is no use.
    """
    texts = {
        f"{WORDING.name}: {name}": text
        for name, text in wording_entries(WORDING).items()
        if isinstance(text, str) and text.rstrip().endswith(SAID)
    }
    terms = load_glossary(settings.corpus / "glossary.toml")
    return plain_faults(texts, terms, plain_words(settings))
