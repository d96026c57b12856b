"""What a person must mend before the content is published: found by looking at all of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.cards import KINDS, Card, Phrasing, line_hash
from corpus.errors import CorpusError, line_of_key, read_text
from corpus.faithful import strengthened
from corpus.passages import Passage

FEWEST_PHRASINGS = 12
"""How many phrasings the card of a note's paragraph has at least: what the head learns it from."""


def homeless_faults(cards: Sequence[Card]) -> Iterator[str]:
    """Cards in the folder of a document that is not there."""
    for card in cards:
        fault = f"the card of {card.passage} belongs to {card.document}, which is not here"
        yield str(CorpusError(card.path, 1, fault, "move it or bring the text back"))


def note_card_faults(passages: Sequence[Passage]) -> Iterator[str]:
    """Paragraphs of notes that no question finds, because they lack a card or its phrasings."""
    for passage in passages:
        if passage.document.layer != "note":
            continue
        line = passage.document.text.count("\n", 0, passage.start) + 1
        count = len(passage.card.phrasings) if passage.card else 0
        if count < FEWEST_PHRASINGS:
            what = (
                f"{passage.id} has {count} phrasings"
                if passage.card
                else f"{passage.id} has no card"
            )
            remedy = f"write a card with at least {FEWEST_PHRASINGS}"
            yield str(CorpusError(passage.document.path, line, what, remedy))


def message_faults(
    cards: Sequence[Card], messages: Sequence[Phrasing], folder: Path
) -> Iterator[str]:
    """Kinds without a message: with cards alone, the head would answer whatever it is asked."""
    told = {message.labels[0] for message in messages}
    for kind in KINDS if cards else ():
        if kind not in told:
            path = folder / "messages" / f"{kind}.txt"
            yield str(CorpusError(path, 1, "holds no message", "write some, one a line"))


def line_faults(passages: Sequence[Passage]) -> Iterator[str]:
    """Lines that say more than the sentence they were written for, unless a person approved them.

    An approval of another line, or for another sentence, is a fault too: it has run out.
    """
    for passage in passages:
        if not (passage.card and passage.in_short):
            continue
        path = passage.card.path
        if passage.card.approval and not passage.line_approved:
            line = line_of_key(read_text(path), "approval")
            what = f"the approval of the line of {passage.id} is for other words"
            yield str(CorpusError(path, line, what, "have it approved again, or remove it"))
        for fault in (
            () if passage.line_approved else strengthened(passage.in_short, passage.focus_text)
        ):
            line = line_of_key(read_text(path), "in_short")
            what = f"the line of {passage.id} {fault}"
            approval = line_hash(passage.in_short, passage.focus_text)
            remedy = f"word it anew, or record a person's approval of {approval}"
            yield str(CorpusError(path, line, what, remedy))
