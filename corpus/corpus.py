"""The whole content, read once from a folder: documents, references, passages, messages."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.cards import KINDS, Card, Phrasing, asked, check_phrasings, load_cards, load_messages
from corpus.document import Document, load_article
from corpus.errors import CorpusError, line_of_key, read_text
from corpus.faithful import strengthened
from corpus.passages import Passage, make_passages
from corpus.references import References, load_references


@dataclass(frozen=True)
class Corpus:
    """What the chatbot may quote, and what people wrote about it."""

    documents: tuple[Document, ...]
    references: References
    passages: tuple[Passage, ...]
    phrasings: tuple[Phrasing, ...]
    """Every phrasing of every card, and every message not to answer."""
    faults: tuple[str, ...]
    """What a person must mend before the content is published; it can be used meanwhile."""

    def document(self, name: str) -> Document:
        """The document of that name. Raises `KeyError` when there is none."""
        for document in self.documents:
            if document.name == name:
                return document
        raise KeyError(name)


def load_corpus(folder: Path) -> Corpus:
    """The content of `folder`. Reads files, writes none.

    Raises `CorpusError`, naming file, line and remedy, for content that cannot be used.
    """
    references = load_references(folder / "references.toml")
    article, gives_way = load_article(folder, references)
    cards = load_cards(folder / "cards")
    passages, gone, faults = make_passages(article, cards, gives_way, folder / "article.toml")
    phrasings = [phrasing for card in cards for phrasing in asked(card)]
    messages = load_messages(folder / "messages")
    check_phrasings([*phrasings, *messages])
    _check_labels(phrasings, {card.passage for card in cards})
    missing = {card.passage for card in gone}
    return Corpus(
        documents=(article,),
        references=references,
        passages=passages,
        phrasings=(*(_kept(one, missing) for one in phrasings), *messages),
        faults=(*faults, *_line_faults(passages), *_message_faults(cards, messages, folder)),
    )


def corpus_files(folder: Path) -> dict[str, str]:
    """Every content file below `folder`, by relative path, with the sha256 of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in (".txt", ".toml")
    }


def _message_faults(
    cards: tuple[Card, ...], messages: tuple[Phrasing, ...], folder: Path
) -> Iterator[str]:
    """Kinds without a message: with cards alone, the head would answer whatever it is asked."""
    told = {message.labels[0] for message in messages}
    for kind in KINDS if cards else ():
        if kind not in told:
            path = folder / "messages" / f"{kind}.txt"
            yield str(CorpusError(path, 1, "holds no message", "write some, one a line"))


def _check_labels(phrasings: list[Phrasing], carded: set[str]) -> None:
    for phrasing in phrasings:
        for label in phrasing.labels:
            if label not in carded:
                fault = f"there is no card for {label!r}"
                raise CorpusError(phrasing.path, phrasing.line, fault, "name a passage with a card")


def _kept(phrasing: Phrasing, missing: set[str]) -> Phrasing:
    """The phrasing with the passages that are left; with none it is a near miss: not to answer."""
    labels = tuple(label for label in phrasing.labels if label not in missing)
    return Phrasing(phrasing.text, labels or ("near_miss",), phrasing.path, phrasing.line)


def _line_faults(passages: tuple[Passage, ...]) -> Iterator[str]:
    """Lines that say more than the sentence they were written for."""
    for passage in passages:
        if passage.card and passage.in_short:
            path = passage.card.path
            for fault in strengthened(passage.in_short, passage.focus_text):
                line = line_of_key(read_text(path), "in_short")
                what = f"the line of {passage.id} {fault}"
                yield str(CorpusError(path, line, what, "word it anew"))
