"""What the page shows, as HTML made by the templates: answers, texts, dialogs, the page to take.

The templates escape whatever they are given, so no text can become markup.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from bot.answer import Answer, Outcome, Quote
from bot.approval import Status
from bot.helplines import PLACES, USES, Helpline
from bot.page_calls import calls, split_at_calls
from bot.page_text import (
    Piece,
    cut,
    dialled,
    explained,
    marked_up,
    number_spans,
    plain,
    shown,
    term_spans,
    web_address,
)
from bot.render import LEADING, layer_words, own_text
from bot.wording import Wording
from corpus import Corpus, Document, Term

STATIC = Path(__file__).resolve().parent / "static"
TEMPLATES = Path(__file__).resolve().parent / "templates"
EVERYDAY = ("cancer", "cell")
"""Words of the glossary that can be tapped in the article, and are too common in our own lines."""


@dataclass(frozen=True)
class ShownQuote:
    """A quote with what stands above and below it."""

    quote: Quote
    lines: tuple[str, ...]
    """Our own sentences that rest on it and stand above no earlier quote."""
    layer: str
    """Whose words it is, and under which heading."""


@dataclass(frozen=True)
class Part:
    """A paragraph of an opened text, and the heading that it opens."""

    kind: str
    heading: str
    pieces: tuple[Piece, ...]
    reference: int = 0


class Views:
    """The page in the wording of one country. Safe to share between threads."""

    def __init__(
        self,
        wording: Wording,
        terms: Sequence[Term] = (),
        helplines: Sequence[Helpline] = (),
    ) -> None:
        """`terms`: the words that can be tapped for what they mean. Reads no template yet.

        `helplines`: those whose numbers the wording names.
        """
        self._wording, self._terms, self._helplines = wording, terms, helplines
        told = [one for one in terms if one.name not in EVERYDAY]
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "shown": shown,
            "marked_up": marked_up,
            "dialled": dialled,
            "explained": lambda text: explained(escape(text), told),
            "calls": lambda text: calls(text, helplines, wording),
            "web_address": web_address,
            "day": day_in_words,
        }
        self._environment.globals |= {"words": wording}

    def turn(self, answer: Answer, written_from: Mapping[int, str]) -> str:
        """A question and its answer. `written_from`: what our note on each source rests on."""
        shown = self._answer(answer, written_from)
        alarm = answer.outcome == "urgent" or self._is_crisis(answer.outcome, shown["text"])
        before, after = split_at_calls(shown["text"]) if alarm else ("", shown["text"])
        return self._made("turn.html", **shown, alarm=alarm, before=before, after=after)

    def spoken(self, answer: Answer, written_from: Mapping[int, str]) -> str:
        """The answer as it is read aloud, by a screen reader or a voice: one thing a line."""
        lines = [one.text for one in answer.notices if one.kind in LEADING]
        lines.append(plain(own_text(self._wording, answer, written_from)))
        for one in self._quotes(answer, written_from):
            said = self._wording("answer.spoken_quote", layer=one.layer, text=one.quote.text)
            lines += [*one.lines, said]
        lines += [one.text for one in answer.notices if one.kind not in LEADING]
        return shown("\n".join(line for line in lines if line))

    def parts(self, helplines: Sequence[Helpline], country: str, version: str) -> str:
        """The states of the page that come and go, and its dialogs."""
        places = {
            place: [(use, lines) for use in USES if (lines := _of(helplines, place, use))]
            for place in PLACES
        }
        return self._made(
            "parts.html", helplines=places, country=country, version=version, terms=self._terms
        )

    def text(self, document: Document, corpus: Corpus, marked: tuple[int, int] = (0, 0)) -> str:
        """A whole text with `marked` characters highlighted."""
        number = 0 if document.layer == "article" else int(document.name.removeprefix("ref-"))
        return self._made(
            "passage.html",
            document=document,
            number=number,
            parts=_parts(document, corpus, self._terms, marked),
            references=corpus.references,
            marked=marked,
        )

    def about(self, corpus: Corpus, index: str, status: Status) -> str:
        """What it answers from, what is promised and not, and what happens to what is typed."""
        rows = [(one, corpus.note(one.number)) for one in corpus.references.entries]
        article = _credits(corpus)
        return self._made("about.html", rows=rows, index=index, status=status, article=article)

    def appointment(
        self,
        answers: Sequence[Answer],
        written_from: Mapping[int, str],
        corpus: Corpus,
        day: date,
    ) -> str:
        """The conversation as a page of its own, to print or keep."""
        rows = [self._answer(answer, written_from) for answer in answers]
        return self._made(
            "appointment.html", rows=rows, article=_credits(corpus), day=day_in_words(day)
        )

    def _is_crisis(self, outcome: Outcome, text: str) -> bool:
        """Whether a reply to distress says whom to call in an emergency, as plain comfort never."""
        named = calls(text, self._helplines, self._wording)
        return outcome == "support" and any(call.emergency for call in named)

    def _answer(self, answer: Answer, written_from: Mapping[int, str]) -> dict[str, Any]:
        return {
            "answer": answer,
            "leading": [one for one in answer.notices if one.kind in LEADING],
            "notices": [one for one in answer.notices if one.kind not in LEADING],
            "text": own_text(self._wording, answer, written_from),
            "quotes": self._quotes(answer, written_from),
        }

    def _quotes(self, answer: Answer, written_from: Mapping[int, str]) -> list[ShownQuote]:
        return [
            ShownQuote(
                quote,
                tuple(one.text for one in answer.statements if at == min(one.quotes)),
                layer_words(self._wording, quote, written_from),
            )
            for at, quote in enumerate(answer.quotes)
        ]

    def _made(self, template: str, **values: object) -> str:
        return self._environment.get_template(template).render(**values)


def _of(helplines: Sequence[Helpline], country: str, use: str) -> list[Helpline]:
    return [row for row in helplines if (row.country, row.use) == (country, use)]


def day_in_words(day: date) -> str:
    """The day as people write it: 24 November 2026. Pure."""
    return f"{day.day} {day:%B %Y}"


def _credits(corpus: Corpus) -> str:
    """The article's title and who wrote it, as it prints them."""
    article = corpus.document("article")
    wanted = [one for _, one in article.paragraphs() if one.kind in ("title", "byline")]
    return " ".join(shown(article.text[one.start : one.end]).strip() for one in wanted)


def _parts(
    document: Document, corpus: Corpus, terms: Sequence[Term], marked: tuple[int, int]
) -> list[Part]:
    """The paragraphs of `document` in pieces. The article's headings stand in its own text."""
    numbers, words = number_spans(document, corpus.references), term_spans(document, terms)
    spans = sorted([*numbers, *words], key=lambda one: one.start)
    made = []
    for section in document.sections:
        for at, paragraph in enumerate(section.paragraphs):
            heading = section.heading if document.layer != "article" and at == 0 else ""
            entry = paragraph.kind == "reference"
            pieces = cut(document, paragraph, () if entry else spans, marked)
            number = paragraph.sentences[0].numbers[0] if entry else 0
            made.append(Part(paragraph.kind, heading, pieces, number))
    return made
