"""Lines that say more than their sentence, made from the lines of the cards: none may be shown.

Each is handed to the proof as a writer would hand it over. It is shown when the answer would state
it, and then the proof has let a dropped hedge, a changed negation or a new number through.
"""

from collections.abc import Iterator, Sequence
from random import Random

from bot import Proposal, prove
from eval import edits
from eval.measures import SEED, Figure, exact
from index import LiveIndex, Record
from settings import Settings

EDITS = (edits.negation_dropped, edits.negation_added, edits.hedge_hardened)
NUMBER = " It happens to 83 in 97 people."


def strengthened_lines(records: Sequence[Record]) -> Iterator[tuple[Record, str]]:
    """Each passage that has a line, with the line made stronger in every way there is. Pure."""
    for record in records:
        line = record.in_short
        if not line:
            continue
        random = Random(f"{SEED} {line}")
        yield record, line + NUMBER
        for edit in EDITS:
            yield from ((record, edited) for edited in edit(line, random) if edited != line)


def strengthened_shown(settings: Settings) -> Figure:
    """The share of the strengthened lines that would be shown, with the exact 95 % interval.

    Raises `UnusableIndex` when there is no index. Reads the quoted files.
    """
    lines = list(strengthened_lines(LiveIndex(settings)().carded))
    shown = sum(
        line in (one.text for one in prove([Proposal(record, line)], settings.root)[1])
        for record, line in lines
    )
    return exact(shown, len(lines))
