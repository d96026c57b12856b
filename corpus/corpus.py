"""The whole content, read once: documents, references, passages, phrasings, and their faults."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from corpus.article import load_article
from corpus.cards import Card, Phrasing, asked, check_phrasings, load_cards, load_messages
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.faults import homeless_faults, line_faults, message_faults, note_card_faults
from corpus.follow_ups import FollowUp, load_follow_ups
from corpus.notes import Note, load_notes, note_faults
from corpus.passages import Passage, make_passages
from corpus.references import References, load_references
from corpus.sources import load_sources
from corpus.support import PARTLY, SUPPORTED, Support, load_support, support_faults

REVIEW_YEARS = 3
"""A source is looked at again after so many years, as health-information standards ask."""


@dataclass(frozen=True)
class Corpus:
    """What the chatbot may quote, and what people wrote about it."""

    documents: tuple[Document, ...]
    references: References
    notes: tuple[Note, ...]
    support: tuple[Support, ...]
    passages: tuple[Passage, ...]
    phrasings: tuple[Phrasing, ...]
    """Every phrasing of every card, and every message not to answer."""
    follow_ups: tuple[FollowUp, ...]
    """Messages that lean on an answer."""
    faults: tuple[str, ...]
    """What a person must mend before the content is published; it can be used meanwhile."""

    def document(self, name: str, layer: str = "") -> Document:
        """The document of that name, of that layer if one is told.

        Raises `KeyError` when there is none.
        """
        for document in self.documents:
            if document.name == name and layer in ("", document.layer):
                return document
        raise KeyError(f"{name} {layer}".strip())

    def note(self, number: int) -> Note | None:
        """Our note on that source; None when there is none."""
        return next((note for note in self.notes if note.number == number), None)

    def review_due(self, number: int) -> date | None:
        """When that source is to be looked at again; None for one that nobody has looked at.

        Three years after a person opened the publisher's page, else after our note was written.
        """
        note = self.note(number)
        looked = self.references[number].checked_on or (note.written if note else None)
        return _years_later(looked, REVIEW_YEARS) if looked else None

    def overdue(self, today: date) -> tuple[int, ...]:
        """The sources that should have been looked at again before `today`."""
        due = {number: self.review_due(number) for number in sorted(self.references.numbers)}
        return tuple(number for number, day in due.items() if day and day < today)


def load_corpus(folder: Path, fetched: Path | None = None) -> Corpus:
    """The content of `folder`, with the texts of the sources in `fetched`. Writes nothing.

    Raises `CorpusError`, naming file, line and remedy, for content that cannot be used.
    """
    references = load_references(folder / "references.toml")
    article, gives_way = load_article(folder, references)
    notes = load_notes(folder, references)
    support = load_support(folder / "support.toml")
    cards = load_cards(folder / "cards")
    texts, text_faults = load_sources(fetched, references) if fetched else ((), ())
    documents = (article, *(note.document for note in notes), *texts)
    made = [
        make_passages(article, _of(article, cards), gives_way, folder / "article.toml"),
        *(
            make_passages(note.document, _of(note.document, cards), {}, note.document.path)
            for note in notes
        ),
        *(make_passages(text, (), {}, text.path) for text in texts),
    ]
    passages = _with_support([one for passages, _, _ in made for one in passages], support)
    homeless = [card for card in cards if card.document not in {one.name for one in documents}]
    known = {card.passage for card in cards}
    phrasings = [phrasing for card in cards for phrasing in asked(card)]
    messages = load_messages(folder / "messages")
    check_phrasings([*phrasings, *messages])
    _check_labels(phrasings, known)
    missing = {card.passage for _, gone, _ in made for card in gone}
    missing |= {card.passage for card in homeless}
    return Corpus(
        documents=documents,
        references=references,
        notes=notes,
        support=support,
        passages=passages,
        phrasings=(*(_kept(one, missing) for one in phrasings), *messages),
        follow_ups=load_follow_ups(folder / "follow_ups.jsonl", known),
        faults=(
            *(fault for _, _, faults in made for fault in faults),
            *homeless_faults(homeless),
            *line_faults(passages),
            *message_faults(cards, messages, folder),
            *(fault for note in notes for fault in note_faults(note, folder, references)),
            *note_card_faults(passages),
            *support_faults(support, article, notes, references, folder / "support.toml"),
            *text_faults,
        ),
    )


def corpus_files(folder: Path) -> dict[str, str]:
    """Every content file below `folder`, by relative path, with the sha256 of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in (".txt", ".toml", ".md", ".jsonl")
    }


def _of(document: Document, cards: Sequence[Card]) -> list[Card]:
    return [card for card in cards if card.document == document.name]


def _with_support(passages: Sequence[Passage], support: Sequence[Support]) -> tuple[Passage, ...]:
    """The passages with what was found of them, and how article and notes stand to each other."""
    by_paragraph: dict[str, str] = {}
    for passage in passages:
        if passage.document.layer == "note":
            by_paragraph.setdefault(passage.id.partition(".")[0], passage.id)
    by_words = {one.focus_text: one.id for one in passages if one.document.layer == "article"}
    restated = {
        by_paragraph[row.note]: by_words[row.words]
        for row in reversed(support)  # the first row that names a paragraph holds
        if row.found == SUPPORTED and row.note in by_paragraph and row.words in by_words
    }
    placed = []
    for passage in passages:
        rows = [row for row in support if row.words == passage.focus_text]
        placed.append(
            replace(
                passage,
                support=tuple((row.reference, row.found) for row in rows),
                adds=_added(passage, rows, by_paragraph),
                restates=restated.get(passage.id),
            )
        )
    return tuple(placed)


def _added(passage: Passage, rows: Sequence[Support], by_paragraph: dict[str, str]) -> str | None:
    """The note to quote beside a sentence of which no printed number says it plainly."""
    if any(row.found == SUPPORTED and row.reference in passage.numbers for row in rows):
        return None
    others = [row for row in rows if row.reference not in passage.numbers]
    for found in (SUPPORTED, PARTLY):
        for row in others:
            if row.found == found and row.note in by_paragraph:
                return by_paragraph[row.note]
    return None


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)


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
