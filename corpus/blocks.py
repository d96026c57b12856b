"""What is kept of a document: blocks of plain text, without what a reader of it cannot see."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
LOWERED = str.maketrans("0123456789+-−–", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋")
VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
UNPRINTED = {"Cc", "Cf", "Co", "Cs"}
"""Control, format (zero-width, bidirectional, tags), private and half characters."""


class SourceError(ValueError):
    """A source cannot be had or used; the message says what is wrong with it and what to do."""


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, an item of a list or a caption, on one line."""

    text: str
    heading: bool = False


@dataclass(frozen=True)
class Extracted:
    """What a document says, and what it says about itself."""

    title: str
    """Empty when it tells none."""
    licence: str
    """What it states about its licence, in its own words and addresses; empty when nothing."""
    doi: str
    blocks: tuple[Block, ...]


def cleaned(text: str) -> str:
    """`text` on one line with single spaces, without characters that show nothing. Pure.

    Marks of a heading at its start go as well: they mean one in the file it is stored in.
    """
    line = " ".join(text.split())
    seen = "".join(one for one in line if unicodedata.category(one) not in UNPRINTED)
    return re.sub(r"^(?:#+ )+", "", " ".join(VARIATION.sub("", seen).split()))


def flow(
    root: Any, breaking: Collection[str], headings: Collection[str], skipped: Collection[str] = ()
) -> Iterator[Block]:
    """The text below an lxml element, parted where a `breaking` element or a heading is.

    Every other element is part of the line it stands in. Nothing of `skipped` elements is kept.
    """
    from lxml import etree

    words: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        heading = element.tag in headings
        if (heading or element.tag in breaking) and (text := cleaned("".join(words))):
            yield Block(text, heading and event == "end")
        if heading or element.tag in breaking:
            words.clear()
        if event == "start" and element.tag in skipped:
            walk.skip_subtree()
        elif event == "start":
            words.append(element.text or "")
        if event == "end" and element is not root:
            words.append(element.tail or "")
    if text := cleaned("".join(words)):
        yield Block(text)


def line_of_text(root: Any, skipped: Collection[str] = ()) -> str:
    """All the text below an lxml element on one line."""
    return " ".join(block.text for block in flow(root, (), (), skipped))


def set_apart(root: Any) -> None:
    """Numbers set high or low below `root` become such characters: 10⁶ is not to be read as 106."""
    for element in root.iter("sup", "sub"):
        line = "".join(element.itertext())
        if re.fullmatch(r"[\d+\-−–,.\s]+", line):
            table = RAISED if element.tag == "sup" else LOWERED
            for part in element.iter():
                part.text = (part.text or "").translate(table)
                if part is not element:
                    part.tail = (part.tail or "").translate(table)
