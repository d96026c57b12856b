"""Re-checks saved answers: each quote in its file, at its place, word for word.

Anyone can run this years later on an answer that was saved, as long as the files are kept.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from corpus import MOST_SENTENCES, MOST_WORDS, Document, load_corpus
from settings import Settings


class SavedQuote(BaseModel):
    """A quote as it was saved, whatever has happened to it since."""

    text: str
    path: str
    start: int
    end: int
    sha256: str
    focus: tuple[int, int]
    document: str
    layer: str
    references: tuple[int, ...]


class SavedReference(BaseModel):
    """A reference number that a saved answer shows."""

    number: int


class SavedAnswer(BaseModel):
    """What is checked of a saved answer."""

    contract: int
    quotes: tuple[SavedQuote, ...]
    references: tuple[SavedReference, ...]


class Verifier:
    """Checks answers against the files of one corpus."""

    def __init__(self, settings: Settings) -> None:
        self._root = settings.root
        self._corpus = settings.corpus
        self._documents: dict[Path, Document] | None = None

    def faults(self, answer: SavedAnswer) -> Iterator[str]:
        """Each fault of `answer` as a line: "quote 0: changed (...)". Reads the quoted files."""
        for at, quote in enumerate(answer.quotes):
            for fault in self._quote_faults(quote):
                yield f"quote {at}: {fault}"
        shown = sorted(reference.number for reference in answer.references)
        quoted = sorted({number for quote in answer.quotes for number in quote.references})
        if shown != quoted:
            yield f"wrong number (shows {shown}, its quotes have {quoted})"

    def _quote_faults(self, quote: SavedQuote) -> Iterator[str]:
        path = (self._root / quote.path).resolve()
        if not path.is_relative_to(self._root.resolve()) or not path.is_file():
            yield f"file not here ({quote.path})"
            return
        raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() != quote.sha256:
            yield f"changed ({quote.path} has another checksum)"
        text = raw.decode("utf-8", "replace")
        if text[quote.start : quote.end] != quote.text:
            known = quote.text in text
            yield "not at its place" if known else f"changed (not in {quote.path})"
            return
        yield from self._sentence_faults(quote, path)

    def _sentence_faults(self, quote: SavedQuote, path: Path) -> Iterator[str]:
        document = self._loaded().get(path)
        if document is None:
            yield f"file not here ({quote.path} is no text of this corpus)"
            return
        paragraphs = [paragraph for _, paragraph in document.paragraphs()]
        inside = [
            (paragraph, sentence)
            for paragraph in paragraphs
            for sentence in paragraph.sentences
            if sentence.start < quote.end and quote.start < sentence.end
        ]
        listed = all(paragraph.kind == "reference" for paragraph, _ in inside)
        together = listed or len({paragraph.start for paragraph, _ in inside}) == 1
        short = listed or (len(inside) <= MOST_SENTENCES and len(quote.text.split()) <= MOST_WORDS)
        whole = (
            bool(inside)
            and inside[0][1].start == quote.start
            and inside[-1][1].end == quote.end
            and all(paragraph.kind not in ("title", "heading") for paragraph, _ in inside)
        )
        focused = quote.focus in [(one.start, one.end) for _, one in inside] or (
            listed and quote.focus == (quote.start, quote.end)
        )
        if not (whole and together and short and focused):
            yield "not whole sentences"
        numbers = {number for _, sentence in inside for number in sentence.numbers}
        if numbers != set(quote.references):
            yield f"wrong number ({list(quote.references)}, the file has {sorted(numbers)})"
        if (quote.document, quote.layer) != (document.name, document.layer):
            yield f"wrong number (the file is {document.name}, {document.layer})"

    def _loaded(self) -> dict[Path, Document]:
        if self._documents is None:
            documents = load_corpus(self._corpus).documents
            self._documents = {document.path.resolve(): document for document in documents}
        return self._documents


def saved_answers(path: Path) -> Iterator[tuple[int, SavedAnswer | str]]:
    """Each answer in a file of JSON objects, one a line or all in one list, with its line.

    What is no answer comes as text that says why. Raises `OSError` for a file that cannot be read
    and `ValueError` for one that is not UTF-8.
    """
    text = path.read_text(encoding="utf-8")
    try:
        whole = json.loads(text)
    except ValueError:
        lines = enumerate(text.splitlines(), start=1)
        yield from ((number, _saved(line)) for number, line in lines if line.strip())
        return
    values = whole if isinstance(whole, list) else [whole]
    yield from ((number, _saved(json.dumps(value))) for number, value in enumerate(values, 1))


def _saved(line: str) -> SavedAnswer | str:
    try:
        return SavedAnswer.model_validate_json(line)
    except ValueError as error:
        first = str(error).splitlines()[1:2] or str(error).splitlines()[:1]
        return f"no answer ({first[0].strip()})"
