"""The text of a PDF: its lines joined to paragraphs. Nothing in it is run."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator

from corpus.blocks import Block, Extracted, SourceError, cleaned

ENDS = re.compile(r"[.!?:][\"”’)\]]*$")
SHORT = 0.85
"""A line shorter than this share of the longest, with an end of a sentence, ends a paragraph."""


def read_pdf(raw: bytes) -> Extracted:
    """What the pages say; the title that programs put into a PDF is seldom one, and left out.

    Raises `SourceError` if it is encrypted, damaged or without text.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what failed is told by us
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted:
            raise SourceError("the PDF is encrypted; save a copy without a password")
        pages = [page.extract_text().split("\n") for page in reader.pages]
    except SourceError:
        raise
    except Exception as error:  # on a damaged file pypdf may raise anything
        fault = f"the PDF is damaged ({type(error).__name__}: {cleaned(str(error))})"
        raise SourceError(f"{fault}; get it anew") from error
    blocks = tuple(map(Block, _paragraphs(_without_margins(pages))))
    if not any(re.search(r"\w", block.text) for block in blocks):
        fault = "the PDF holds no text, perhaps pictures of it"
        raise SourceError(f"{fault}; run text recognition on it, read it over and add that")
    return Extracted("", "", "", blocks)


def _without_margins(pages: list[list[str]]) -> list[list[str]]:
    """The pages without page numbers and the lines that stand at the edge of several pages."""
    pages = [[line for line in map(cleaned, page) if line] for page in pages]
    edges = Counter(_edge(line) for page in pages for line in {*page[:1], *page[-1:]})
    for page in pages:
        for at in (0, -1):
            if page and (not _edge(page[at]) or edges[_edge(page[at])] >= max(3, len(pages) / 3)):
                del page[at]
    return pages


def _edge(line: str) -> str:
    """What a running head says beside its page number."""
    return re.sub(r"[\d\W]+", " ", line).strip()


def _paragraphs(pages: list[list[str]]) -> Iterator[str]:
    whole = "\n".join(line for page in pages for line in page)
    paragraph = ""
    for page in pages:
        longest = max(map(len, page), default=0)
        for line in page:
            paragraph = _joined(paragraph, line, whole)
            if ENDS.search(line) and len(line) < SHORT * longest:
                yield paragraph
                paragraph = ""
    if paragraph:
        yield paragraph


def _joined(text: str, line: str, whole: str) -> str:
    """`text` with the next line; a word parted at the end of a line is put together again.

    The hyphen stays where the word has it elsewhere too ("long-term").
    """
    parted = re.search(r"(\w+)-$", text)
    follows = re.match(r"[^\W\d_]+", line)
    if not parted or not follows or not follows[0].islower():
        return f"{text} {line}".strip()
    kept = re.search(rf"\b{re.escape(parted[1])}-{follows[0]}", whole)
    return (text if kept else text[:-1]) + line
