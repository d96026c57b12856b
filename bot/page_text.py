"""Text made safe and useful for the page: our own wording, and texts cut where something stands.

Nothing here trusts a text: whatever comes from the corpus, a patient or a model is shown as text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from corpus import Document, Paragraph, References, Term, terms_in

PRINTED_NUMBERS = re.compile(r"\((?:\d{1,2}(?:\s*,\s*\d{1,2})*)\)")
PHONE = re.compile(
    r"(?:(?<=\btext )(?P<word>[A-Z]+) to )?(?P<open>\(?)(?<![\w-])(?P<number>\d[\d -]+\d)(?![\w-])"
    r"(?P<close>[).,;]*)"
)
"""A telephone number, and the marks that must not stand alone at the end or begin of a line."""
_HIDDEN = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink"])


@dataclass(frozen=True)
class Span:
    """Where something that can be tapped stands in a text: a reference number or a word."""

    start: int
    end: int
    kind: str
    """`number` or `term`."""
    value: str
    """The reference number, or the name of the glossary's entry."""


@dataclass(frozen=True)
class Piece:
    """Characters of a text that are all of one kind, all quoted or all not."""

    text: str
    kind: str = ""
    value: str = ""
    marked: bool = False


def shown(text: str) -> str:
    """`text` with every control that could hide or turn round what it says as U+FFFD. Pure."""
    return _HIDDEN.sub("\ufffd", text)


def marked_up(text: str) -> Markup:
    """Our own fixed wording as HTML: its paragraphs, lists and bold words, and numbers to dial."""
    return _dialled(_MARKDOWN.render(shown(text)))


def dialled(text: str) -> Markup:
    """A line of our own wording with its telephone numbers as links. Pure."""
    return _dialled(str(escape(shown(text))))


def explained(html: Markup, terms: Sequence[Term]) -> Markup:
    """`html` with the first use of each of the terms as a button; links stay as they are. Pure."""
    made, used, in_link = [], set[str](), False
    for part in re.split(r"(<[^>]*>)", html):
        if part.startswith("<"):
            in_link = part.startswith("<a ") or (in_link and part != "</a>")
            made.append(part)
        else:
            made.append(part if in_link else _with_buttons(part, terms, used))
    return Markup("".join(made))  # what is added is escaped, the rest was safe


def _with_buttons(text: str, terms: Sequence[Term], used: set[str]) -> str:
    """`text` with a button for each term that is not in `used` yet; they are added to it."""
    made, at = [], 0
    for found in terms_in(text, terms):
        if found.term.name in used:
            continue
        used.add(found.term.name)
        told = f'class="term" data-do="term" data-term="{escape(found.term.name)}"'
        words = text[found.start : found.end]
        made += [text[at : found.start], f'<button type="button" {told}>{words}</button>']
        at = found.end
    return "".join([*made, text[at:]])


def term_spans(document: Document, terms: Sequence[Term]) -> Iterator[Span]:
    """Where a text uses a word that the glossary explains: the first time in each paragraph."""
    for paragraph in (one for _, one in document.paragraphs() if one.kind in ("body", "summary")):
        used = set[str]()
        for found in terms_in(document.text[paragraph.start : paragraph.end], terms):
            name, start = found.term.name, paragraph.start + found.start
            if name not in used:
                used.add(name)
                yield Span(start, paragraph.start + found.end, "term", name)


def web_address(url: str) -> str:
    """`url` if it leads to a web page; else nothing, so that no script can be behind a link."""
    return url if re.match(r"https?://[^\s\"'<>]+$", url) else ""


def plain(reply: str) -> str:
    """A reply as plain text, to copy: without the marks of Markdown. Pure."""
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", shown(reply))
    text = re.sub(r"^\*(.+)\*$", r"\1", text, flags=re.M)
    return re.sub(r"<(https?://[^>\s]+)>", r"\1", text)


def number_spans(document: Document, references: References) -> Iterator[Span]:
    """Every reference number that the article prints; none in any other text. Pure."""
    if document.layer != "article":
        return
    text = document.text
    for group in PRINTED_NUMBERS.finditer(text):
        for digits in re.finditer(r"\d+", group[0]):
            start = group.start() + digits.start()
            yield Span(start, start + len(digits[0]), "number", digits[0])
    for glued in references.glued:
        start = text.find(glued.words) + glued.words.rfind(glued.mark)
        yield Span(start, start + len(glued.mark), "number", str(glued.number))


def cut(
    document: Document, paragraph: Paragraph, spans: Sequence[Span], marked: tuple[int, int]
) -> tuple[Piece, ...]:
    """The paragraph in pieces, cut at the spans within it and at the ends of what is marked.

    Joined again they are the paragraph, character for character. Pure.
    """
    inside = [one for one in spans if paragraph.start <= one.start and one.end <= paragraph.end]
    ends = {paragraph.start, paragraph.end, *(max(paragraph.start, one) for one in marked)}
    ends |= {end for one in inside for end in (one.start, one.end)}
    places = sorted(end for end in ends if end <= paragraph.end)
    made = []
    for start, end in pairwise(places):
        span = next((one for one in inside if one.start <= start and end <= one.end), None)
        quoted = marked[0] <= start and end <= marked[1]
        kind, value = (span.kind, span.value) if span else ("", "")
        made.append(Piece(shown(document.text[start:end]), kind, value, quoted))
    return tuple(made)


def _dialled(html: str) -> Markup:
    """`html` with its telephone numbers as links; safe, since our wording has no other digits."""
    return Markup(PHONE.sub(_link, html))  # escaped by whoever made `html`


def dial_address(found: re.Match[str]) -> str:
    """Where the number that `PHONE` found is dialled or texted; empty for one too short. Pure."""
    digits = re.sub(r"\D", "", found["number"])
    return f"{'sms' if found['word'] else 'tel'}:{digits}" if len(digits) >= 3 else ""


def _link(match: re.Match[str]) -> str:
    if not (address := dial_address(match)):
        return match[0]
    before = f"{match['word']} to " if match["word"] else ""
    link = f'<a class="dial" href="{address}">{match["number"]}</a>'
    if match["open"] or match["close"]:
        link = f'<span class="whole">{match["open"]}{link}{match["close"]}</span>'
    return f"{before}{link}"
