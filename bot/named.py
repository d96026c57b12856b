"""The quote that somebody names by its words: found as whole sentences, then copied from the file.

This is the way in for a writer that types: a language model names sentences, the program copies
them. Words may differ from the file's in typography alone. Near is not enough: "may" and "will",
38 and 39, "take" and "do not take" are near.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.answer import Quote
from corpus import MOST_SENTENCES, MOST_WORDS, Document, Section, Sentence

ONE_SIGN = str.maketrans(
    dict.fromkeys("‘’‚‛ʼ′", "'")
    | dict.fromkeys("“”„‟″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
    | {"…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
)
"""One quotation mark, one dash, no invisible sign, letters instead of ligatures. Unicode's own
compatibility forms (NFKC) go too far: they make 102 of 10²."""


def plain_typography(text: str) -> str:
    """`text` without what only typesetting decides; its words, case and numbers stay. Pure."""
    return " ".join(unicodedata.normalize("NFC", text).translate(ONE_SIGN).split())


def named_quote(words: str, document: Document, root: Path) -> Quote | None:
    """The quote that `words` name, in the words of `document`; None when they name none.

    They name one when they are, but for typography, the words of one of its `quotes`. `root` is the
    project's folder. Pure.
    """
    wanted = plain_typography(words)
    for section, sentences in _runs(document):
        if plain_typography(document.text[sentences[0].start : sentences[-1].end]) == wanted:
            return _copied(section, sentences, document, root)
    return None


def quotes(document: Document, root: Path) -> Iterator[Quote]:
    """All that can be quoted of `document`, in its order; the first sentence is each one's focus.

    That is: consecutive whole sentences of one paragraph, as few and short as a quote may be, and
    no title or heading. `root` is the project's folder. Pure.
    """
    return (_copied(section, run, document, root) for section, run in _runs(document))


def _runs(document: Document) -> Iterator[tuple[Section, tuple[Sentence, ...]]]:
    """The sentences of each quote there can be, with their section; an entry may be long."""
    for section, paragraph in document.paragraphs():
        if paragraph.kind in ("title", "heading"):
            continue
        for first in range(len(paragraph.sentences)):
            run: tuple[Sentence, ...] = ()
            for sentence in paragraph.sentences[first : first + MOST_SENTENCES]:
                run = (*run, sentence)
                words = sum(len(one.text.split()) for one in run)
                if words <= MOST_WORDS or paragraph.kind == "reference":
                    yield section, run


def _copied(
    section: Section, sentences: Sequence[Sentence], document: Document, root: Path
) -> Quote:
    start, end = sentences[0].start, sentences[-1].end
    return Quote(
        text=document.text[start:end],
        path=document.path.resolve().relative_to(root.resolve()).as_posix(),
        start=start,
        end=end,
        sha256=document.sha256,
        focus=(start, sentences[0].end),
        document=document.name,
        layer=document.layer,
        section=section.heading,
        references=tuple(sorted({number for one in sentences for number in one.numbers})),
    )
