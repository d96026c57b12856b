"""Re-checks saved answers: each quote in its file, at its place, word for word.

Anyone can run this years later on an answer that was saved, as long as the files are kept.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from bot.errors import BadFile
from corpus import MOST_SENTENCES, MOST_WORDS, NUMBER, CorpusError, Document, load_corpus
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
    section: str
    references: tuple[int, ...]


class SavedStatement(BaseModel):
    """One of the bot's own sentences, as it was saved."""

    text: str
    quotes: tuple[int, ...]


class SavedReference(BaseModel):
    """A reference number that a saved answer shows."""

    number: int


class SavedAnswer(BaseModel):
    """What is checked of a saved answer."""

    contract: Literal[1]
    outcome: str
    statements: tuple[SavedStatement, ...]
    quotes: tuple[SavedQuote, ...]
    references: tuple[SavedReference, ...]


class Verifier:
    """Checks answers against the files of one corpus."""

    def __init__(self, settings: Settings) -> None:
        self._root = settings.root
        self._settings = settings
        self._documents: dict[Path, Document] | None = None

    def faults(self, answer: SavedAnswer) -> Iterator[str]:
        """Each fault of `answer` as a line: "quote 0: changed (...)". Reads the quoted files."""
        for at, quote in enumerate(answer.quotes):
            for fault in self._quote_faults(quote):
                yield f"quote {at}: {fault}"
        if answer.outcome == "answered" and not answer.quotes:
            yield "not whole sentences (an answer without a quote)"
        for statement in answer.statements:
            yield from self._statement_faults(statement, answer.quotes)
        shown = sorted(reference.number for reference in answer.references)
        quoted = sorted({number for quote in answer.quotes for number in quote.references})
        if shown != quoted:
            yield f"wrong number (shows {shown}, its quotes have {quoted})"

    def _statement_faults(
        self, statement: SavedStatement, quotes: tuple[SavedQuote, ...]
    ) -> Iterator[str]:
        named = [quotes[at] for at in statement.quotes if 0 <= at < len(quotes)]
        if not named or len(named) < len(statement.quotes):
            yield f"not whole sentences (a statement names {list(statement.quotes)})"
        told = {number for quote in named for number in NUMBER.findall(quote.text)}
        if lacking := [number for number in NUMBER.findall(statement.text) if number not in told]:
            yield f"wrong number (a statement has {', '.join(lacking)}, its quotes have not)"

    def _quote_faults(self, quote: SavedQuote) -> Iterator[str]:
        path = self._file(quote.path)
        if path is None:
            yield f"file not here ({quote.path!r})"
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
        try:
            document = self._loaded().get(path)
        except CorpusError as error:
            yield f"changed (the corpus cannot be read: {error})"
            return
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
        if sorted(numbers) != sorted(quote.references):
            yield f"wrong number ({list(quote.references)}, the file has {sorted(numbers)})"
        if quote.section not in {section.heading for section in document.sections}:
            yield f"not at its place (there is no section {quote.section!r})"
        if (quote.document, quote.layer) != (document.name, document.layer):
            yield f"wrong number (the file is {document.name}, {document.layer})"

    def _file(self, told: str) -> Path | None:
        """The file of that path, if it is one below the project's root."""
        try:
            path = (self._root / told).resolve()
            return path if path.is_relative_to(self._root.resolve()) and path.is_file() else None
        except ValueError:  # a zero byte
            return None

    def _loaded(self) -> dict[Path, Document]:
        if self._documents is None:
            documents = load_corpus(self._settings.corpus, self._settings.sources).documents
            self._documents = {document.path.resolve(): document for document in documents}
        return self._documents


def saved_answers(path: Path) -> Iterator[tuple[int, SavedAnswer | str]]:
    """Each answer in a file of JSON objects, one a line or all in one list, with its line.

    What is no answer comes as text that says why. Raises `OSError` for a file that cannot be read
    and `BadFile` for one that is not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: is not UTF-8; give a file of saved answers") from error
    try:
        whole = json.loads(text)
    except ValueError:
        lines = enumerate(text.split("\n"), start=1)
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
