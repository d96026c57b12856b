"""Passages: what can be quoted, with the sentences it is quoted with and their reference numbers.

A passage is one sentence of the article or of a source's text, with what makes it understood, or
one paragraph of a note. A card says which sentences those are; without a card it is the paragraph
of the note, or the sentence itself, with the next one when only that prints its number.
Titles and headings are never quoted, nor is a sentence that is too long and has no card.
A card finds its sentences by their words; when those have changed, by their place, and its line,
which was written for other words, is then no longer shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.cards import Card, line_hash, words_hash
from corpus.document import Document, Paragraph, Section, Sentence
from corpus.errors import CorpusError, line_of_key, read_text

MOST_SENTENCES = 3
MOST_WORDS = 60


@dataclass(frozen=True)
class Passage:
    """Something that can be quoted."""

    id: str
    """What its card calls it, else its sentence's; with a + where a card already has that name."""
    document: Document
    section: str
    kind: str
    """The kind of paragraph it stands in: body, byline, summary or reference."""
    sentences: tuple[Sentence, ...]
    """The one to three sentences it is quoted with, or entries of the reference list."""
    focus: tuple[int, int]
    """Where, in the file, the sentence stands that answers: (start, end)."""
    card: Card | None = None
    in_short: str | None = None
    """The card's line, if it was written for these very words."""
    gives_way: str | None = None
    """The passage that says the same and is quoted instead."""
    support: tuple[tuple[int, str], ...] = ()
    """Of the sentence that answers: what was found of it in which source."""
    adds: str | None = None
    """The passage of a note that is quoted beside it, because no printed number supports it."""
    restates: str | None = None
    """The passage of the article that a passage of a note says again."""

    @property
    def line_approved(self) -> bool:
        """Whether a person approved just this line for just this sentence."""
        if not (self.card and self.in_short):
            return False
        return self.card.approval == line_hash(self.in_short, self.focus_text)

    @property
    def start(self) -> int:
        """Where the quote starts in the file."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where the quote ends in the file."""
        return self.sentences[-1].end

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.document.text[self.start : self.end]

    @property
    def focus_text(self) -> str:
        """The words of the sentence that answers."""
        return self.document.text[slice(*self.focus)]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The reference numbers printed in the quoted words, each once, in numerical order."""
        return tuple(sorted({number for one in self.sentences for number in one.numbers}))


@dataclass(frozen=True)
class _Place:
    """A sentence and what it stands in."""

    section: Section
    paragraph: Paragraph
    sentence: Sentence


def make_passages(
    document: Document, cards: Sequence[Card], gives_way: Mapping[str, str], told: Path
) -> tuple[tuple[Passage, ...], tuple[Card, ...], tuple[str, ...]]:
    """The passages of `document`, the cards whose words are gone, and what a person must mend.

    Every card makes a passage, and so does every quotable sentence without one. `told` is the file
    that says which sentences give way. Raises `CorpusError` for a card whose words are there but do
    not stand together, are too long or are not to be quoted.
    """
    places = {
        sentence.id: _Place(section, paragraph, sentence)
        for section, paragraph in document.paragraphs()
        for sentence in paragraph.sentences
    }
    carded, gone, faults = _place_cards(document, places, cards)
    focused = {passage.focus for passage in carded}
    named = {card.passage for card in cards}
    kept, unkept = _gives_way(places, {passage.id for passage in carded}, gives_way, told)
    others = (
        Passage(
            f"{sentence.id}+" if sentence.id in named else sentence.id,
            document,
            place.section.heading,
            place.paragraph.kind,
            quote,
            (sentence.start, sentence.end),
            gives_way=kept.get(sentence.id),
        )
        for place, quote in _uncarded(document, places, focused)
        if (sentence := place.sentence)
    )
    passages = sorted([*carded, *others], key=lambda passage: (passage.focus, passage.id))
    return tuple(passages), gone, (*faults, *unkept)


def _gives_way(
    places: dict[str, _Place], carded: set[str], gives_way: Mapping[str, str], told: Path
) -> tuple[dict[str, str], tuple[str, ...]]:
    """What of `gives_way` holds, and its faults.

    It names sentences by their count: when one of them is not in the summary, the text has moved
    and none of it can be trusted.
    """
    summary = {id for id, place in places.items() if place.paragraph.kind == "summary"}
    moved = not gives_way.keys() <= summary
    kept, faults = {}, []
    for id, other in gives_way.items():
        line = line_of_key(read_text(told), id)
        if id not in summary:
            fault = f"{id} gives way, but is no sentence of the summary"
            faults.append(str(CorpusError(told, line, fault, "count its sentences anew")))
        elif not isinstance(other, str) or other not in carded:
            fault = f"{id} gives way to {other!r}, which has no card"
            faults.append(str(CorpusError(told, line, fault, "name one that has")))
        elif not moved:
            kept[id] = other
    return kept, tuple(faults)


def _place_cards(
    document: Document, places: dict[str, _Place], cards: Sequence[Card]
) -> tuple[list[Passage], tuple[Card, ...], tuple[str, ...]]:
    """Each card at its sentences: by the words first, then, for those left, by the place."""
    passages, faults = [], []
    by_words = {card.passage: _ids_by_words(document, list(places), card) for card in cards}
    held = {ids[_focus_index(card)] for card in cards if (ids := by_words[card.passage])}
    gone = []
    for card in cards:
        ids = by_words[card.passage]
        by_place = card.quote if set(card.quote) <= places.keys() else ()
        if ids:
            passages.append(_from_card(document, places, card, ids, fresh=True))
        elif by_place and by_place[_focus_index(card)] not in held:
            try:
                passages.append(_from_card(document, places, card, by_place, fresh=False))
                faults.append(_fault(card, "was written for other words", "read it again"))
            except CorpusError as error:
                gone.append(card)
                faults.append(str(error))
        else:
            gone.append(card)
            faults.append(_fault(card, "has lost its words", "remove it or give it others"))
    return passages, tuple(gone), tuple(faults)


def _fault(card: Card, what: str, remedy: str) -> str:
    line = line_of_key(read_text(card.path), "sha256")
    return str(CorpusError(card.path, line, f"the card of {card.passage} {what}", remedy))


def _focus_index(card: Card) -> int:
    """Which of the quoted sentences answers; the first, when all of them do."""
    return card.quote.index(card.passage) if card.passage in card.quote else 0


def _ids_by_words(document: Document, ids: list[str], card: Card) -> tuple[str, ...]:
    """The run of sentences whose words the card was written for; none: ()."""
    sentences = {sentence.id: sentence for sentence in document.sentences()}
    length = len(card.quote)
    first = [ids.index(card.quote[0])] if card.quote[0] in ids else []
    for at in [*first, *range(len(ids) - length + 1)]:
        run = ids[at : at + length]
        words = document.text[sentences[run[0]].start : sentences[run[-1]].end]
        if len(run) == length and words_hash(words) == card.sha256:
            return tuple(run)
    return ()


def _from_card(
    document: Document, places: dict[str, _Place], card: Card, ids: Sequence[str], fresh: bool
) -> Passage:
    run = [places[id] for id in ids]
    sentences = tuple(place.sentence for place in run)
    _check_quote(card, run, list(places))
    whole = card.passage not in card.quote
    focus = sentences[_focus_index(card)]
    return Passage(
        id=card.passage,
        document=document,
        section=run[0].section.heading,
        kind=run[0].paragraph.kind,
        sentences=sentences,
        focus=(sentences[0].start, sentences[-1].end) if whole else (focus.start, focus.end),
        card=card,
        in_short=card.in_short or None if fresh else None,
    )


def _check_quote(card: Card, run: list[_Place], ids: list[str]) -> None:
    """Raises `CorpusError` unless the sentences can be quoted; the reference list may be long."""
    line = line_of_key(read_text(card.path), "quote")
    if card.passage in ids and card.passage not in card.quote:
        raise CorpusError(card.path, line, f"{card.passage} is not in its own quote", "mend quote")
    at = ids.index(run[0].sentence.id)
    if [place.sentence.id for place in run] != ids[at : at + len(run)]:
        raise CorpusError(card.path, line, "the sentences do not follow each other", "mend quote")
    if all(place.paragraph.kind == "reference" for place in run):
        return
    if any(place.paragraph is not run[0].paragraph for place in run):
        raise CorpusError(card.path, line, "the sentences stand in two paragraphs", "mend quote")
    if (kind := run[0].paragraph.kind) not in ("body", "byline"):
        raise CorpusError(card.path, line, f"a {kind} has no card", "remove the card")
    if not _short([place.sentence for place in run]):
        words = sum(len(place.sentence.text.split()) for place in run)
        fault = f"{len(run)} sentences with {words} words"
        most = f"quote at most {MOST_SENTENCES} sentences and {MOST_WORDS} words"
        raise CorpusError(card.path, line, fault, most)


def _uncarded(
    document: Document, places: dict[str, _Place], focused: set[tuple[int, int]]
) -> Iterator[tuple[_Place, tuple[Sentence, ...]]]:
    """What has no card and can be quoted: the place that answers and its sentences.

    A paragraph of a note counts once, and not when a card has one of its sentences.
    """
    for place in places.values():
        if document.layer == "note":
            sentences = place.paragraph.sentences
            spans = {(sentence.start, sentence.end) for sentence in sentences}
            if place.sentence is sentences[0] and not spans & focused and _short(sentences):
                yield place, sentences
        elif (place.sentence.start, place.sentence.end) not in focused and _quotable(place):
            yield place, _quote_without_card(place)


def _short(sentences: Sequence[Sentence]) -> bool:
    words = sum(len(sentence.text.split()) for sentence in sentences)
    return len(sentences) <= MOST_SENTENCES and words <= MOST_WORDS


def _quotable(place: _Place) -> bool:
    """Whether it may be quoted at all. An entry of the reference list may be long."""
    kind = place.paragraph.kind
    return kind == "reference" or (kind not in ("title", "heading") and _short([place.sentence]))


def _quote_without_card(place: _Place) -> tuple[Sentence, ...]:
    """The sentence, with the next one when only that prints a number and both are short enough."""
    sentences = place.paragraph.sentences
    at = sentences.index(place.sentence)
    quote = sentences[at : at + 2]
    return quote if _short(quote) and not quote[0].numbers and quote[-1].numbers else quote[:1]
