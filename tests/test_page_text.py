"""Whatever text comes, the page shows it as text; and only what is meant can be tapped."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.page_text import (
    Span,
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
from corpus import Document, Paragraph, Term, load_corpus
from settings import Settings

HOSTILE = [
    "<script>alert(1)</script>",
    "![x](http://example.org/x.png)",
    "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<http://example.org>",
    "&lt;b&gt;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_wording_can_hold_no_markup_but_its_own(text: str) -> None:
    for html in (marked_up(f"**Now** {text}"), dialled(text)):
        assert "<script" not in html
        assert "<img" not in html
        assert "<a" not in html


def test_wording_has_paragraphs_lists_and_bold_words() -> None:
    html = marked_up("**Now.** One.\n\n- a\n- b")
    assert html == ("<p><strong>Now.</strong> One.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n")


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Call 999 now", ["tel:999"]),
        ("Call 112 or 999", ["tel:112", "tel:999"]),
        ("Samaritans (116 123) in Britain", ["tel:116123"]),
        ("helpline (1-800-227-2345)", ["tel:18002272345"]),
        ("Shout (text SHOUT to 85258)", ["sms:85258"]),
        ("call or text 988", ["tel:988"]),
        ("We could read only a part of reference 3 and 12", []),
    ],
)
def test_numbers_can_be_dialled(text: str, links: list[str]) -> None:
    html = dialled(text)
    assert [part.partition('"')[0] for part in html.split('href="')[1:]] == links


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//example.org", 'https://a"b', "https://a b"],
)
def test_only_a_web_address_becomes_a_link(url: str) -> None:
    assert web_address(url) == ""
    assert web_address("https://www.cancer.gov/types") == "https://www.cancer.gov/types"


@given(st.text())
def test_nothing_can_turn_the_text_round(text: str) -> None:
    left = set(shown(text)) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\0"
    )
    assert not left
    assert len(shown(text)) == len(text)


def test_a_copied_reply_has_no_marks_of_markdown() -> None:
    assert plain("**Reference 3:** X <https://x.org>\n\n*In general.*") == (
        "Reference 3: X https://x.org\n\nIn general."
    )


def document(text: str) -> Document:
    return Document("article", "article", Path("a"), text, "", ())


@given(st.text(min_size=1, max_size=40), st.data())
def test_the_pieces_of_a_paragraph_are_the_paragraph(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    start, end = sorted((data.draw(place), data.draw(place)))
    first, last = sorted((data.draw(place), data.draw(place)))
    paragraph = Paragraph("body", 0, len(text), ())
    spans = [Span(first, last, "number", "1")] if first < last else []
    pieces = cut(document(text), paragraph, spans, (start, end))
    assert "".join(piece.text for piece in pieces) == shown(text)
    assert "".join(piece.text for piece in pieces if piece.marked) == shown(text[start:end])


def test_every_printed_number_of_the_article_can_be_tapped() -> None:
    corpus = load_corpus(Settings().corpus)
    article = corpus.document("article")
    spans = list(number_spans(article, corpus.references))
    printed = [number for one in article.sentences() for number in one.numbers if one.id[0] == "A"]
    assert sorted(int(span.value) for span in spans) == sorted(printed)
    assert all(article.text[span.start : span.end] == span.value for span in spans)
    note = corpus.document("ref-1", "note")
    assert list(number_spans(note, corpus.references)) == []


TERMS = (
    Term(("tumour", "tumours"), "", "", "", ""),
    Term(("stem <cell>", "cancer stem cell"), "", "", "", ""),
)


def test_the_first_use_of_a_word_can_be_tapped() -> None:
    html = explained(
        Markup("<p>Tumours and a tumour; tumourous. <a href='tumour'>tumour</a></p>"), TERMS
    )
    assert html.count("<button") == 1
    assert html.startswith(
        '<p><button type="button" class="term" data-do="term" data-term="tumour">'
    )
    assert re.sub("</?button[^>]*>", "", html) == (
        "<p>Tumours and a tumour; tumourous. <a href='tumour'>tumour</a></p>"
    )
    assert 'data-term="stem &lt;cell&gt;"' in explained(Markup("A cancer stem cell"), TERMS)
    assert explained(Markup("<p>tumour</p>"), ()) == "<p>tumour</p>"


def test_words_of_the_article_can_be_tapped_and_stay_as_they_are() -> None:
    corpus = load_corpus(Settings().corpus)
    article = corpus.document("article")
    spans = list(term_spans(article, TERMS))
    assert spans
    assert {article.text[one.start : one.end].casefold() for one in spans} <= {"tumour", "tumours"}
    assert list(term_spans(article, ())) == []


@pytest.mark.parametrize("text", ["Lifeline (116 123).", "Call 999.", "(text HELP to 51444)"])
def test_no_bracket_or_full_stop_stands_alone_at_a_line(text: str) -> None:
    number = re.search(r"\(?\d[\d ]+\d[).]*", text)
    assert number
    whole = re.search(r'<span class="whole">(.*?)</span>', dialled(text))
    assert whole
    assert re.sub("<[^>]+>", "", whole[1]) == number[0]
