"""From the bytes of a document to its text: what is kept, what is dropped, what is refused."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import SourceError, cleaned
from corpus.document import sentence_spans
from corpus.extract import MOST_BYTES, extract
from settings import ROOT
from tests.source_documents import ARTICLE, ENCRYPTION, LINES, MARKDOWN, PAGE, pdf


def shown(raw: bytes | str, media_type: str) -> list[str]:
    """The blocks as lines, headings with a mark."""
    raw = raw.encode() if isinstance(raw, str) else raw
    blocks = extract(raw, media_type).blocks
    return [("## " if block.heading else "") + block.text for block in blocks]


# Web pages.


def test_a_page_keeps_headings_paragraphs_and_items_in_their_order() -> None:
    assert shown(PAGE, "text/html") == [
        "## Living Stone: When Lichen Comes Back",
        "When lichen comes back after cleaning, it is called a recurrence or recurrent lichen."
        " Nobody is to blame for it.",
        "## Why Lichen Comes Back",
        "It starts with cells that the first cleaning didn’t fully remove."
        " A drop of rain may hold 10⁶ of them¹.",
        "## Types of Recurrent Lichen",
        "There are different types:",
        "Local recurrence means that it is on the same tile.",
        "Regional recurrence means that it is on a tile nearby.",
        "## Its name",
        "Lichen keeps the name of the place where it began.",
    ]


def test_hidden_text_and_scripts_of_a_page_are_nowhere() -> None:
    assert "gnore" in PAGE
    assert not any("gnore" in line for line in shown(PAGE, "text/html"))


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        pytest.param("", "", "Living Stone: When Lichen Comes Back", id="its heading"),
        pytest.param(
            "<header>", "<header><h1>Slate Museum</h1>", "Living Stone: When Lichen Comes Back",
            id="not the heading of the site",
        ),
        pytest.param("h1", "h2", "Living Stone: When Lichen Comes Back - Slate Museum",
            id="else what the browser shows",
        ),
    ],
)  # fmt: skip
def test_the_title_of_a_page(old: str, new: str, title: str) -> None:
    page = PAGE.replace(old, new) if old else PAGE
    assert extract(page.encode(), "text/html").title == title


@pytest.mark.parametrize(
    ("extra", "licence"),
    [
        pytest.param("", "", id="none, and that of a picture is not the page's"),
        pytest.param(
            '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">',
            "https://creativecommons.org/licenses/by/4.0/",
            id="a link",
        ),
        pytest.param('<meta name="dcterms.rights" content="CC0">', "CC0", id="a field of its head"),
        pytest.param(
            "<p>Written in 2020. © 2020 Moss, all rights reserved. Thanks.</p>",
            "© 2020 Moss, all rights reserved.",
            id="a sentence",
        ),
        pytest.param("<p hidden>This is in the public domain.</p>", "", id="not a hidden one"),
    ],
)
def test_what_a_page_states_about_its_licence(extra: str, licence: str) -> None:
    page = PAGE.replace("</footer>", f"{extra}</footer>")
    assert extract(page.encode(), "text/html").licence == licence


def test_a_page_of_nothing_but_navigation_has_no_text() -> None:
    page = "<html><body><nav><a href='/'>Home</a></nav><script>x()</script></body></html>"
    with pytest.raises(SourceError, match="it holds no text; give the document itself"):
        extract(page.encode(), "text/html")


@pytest.mark.parametrize(
    ("head", "encoding", "media_type"),
    [
        pytest.param("", "utf-8", "text/html", id="none declared: UTF-8"),
        pytest.param("", "utf-8-sig", "text/html", id="a mark at the start"),
        pytest.param("", "utf-16", "text/html", id="a mark of UTF-16"),
        pytest.param("", "cp1252", "text/html; charset=ISO-8859-1", id="by the server"),
        pytest.param('<meta charset="windows-1252">', "cp1252", "text/html", id="by the page"),
    ],
)
def test_a_declared_encoding_is_honoured(head: str, encoding: str, media_type: str) -> None:
    page = f"<html><head>{head}</head><body><p>It isn’t café moss.</p></body></html>"
    assert shown(page.encode(encoding), media_type) == ["It isn’t café moss."]


def test_a_page_may_begin_like_an_article_in_xml() -> None:
    assert shown("<article class='x'><p>Moss is no lichen.</p></article>", "text/html") == [
        "Moss is no lichen."
    ]


# Articles.


def test_an_article_keeps_abstracts_sections_items_captions_and_footnotes() -> None:
    assert shown(ARTICLE, "application/xml") == [
        "## Simple Summary",
        "Lichen may come back.",
        "## Abstract",
        "Lichen lives on stone [1].",
        "## 1. Introduction",
        "Lichen is old¹,², and 10⁶ cells fill a drop. See belowb.",
        "Figure 1. A roof. Lichen on it.",
        "After the figure.",
        "## 1.1. Kinds",
        "The kinds are:",
        "crust;",
        "leaf.",
        "## Results & outlook",
        "Cells that are CD44⁺ drink H₂O.",
        "Table 1. Kinds of lichen",
        "Where x is large.",
        "## Footnotes",
        "a Counted twice.",
        "b Also in the snow.",
    ]


def test_an_article_tells_its_title_its_doi_and_its_licence() -> None:
    told = extract(ARTICLE.encode(), "application/jats+xml")
    assert (told.title, told.doi) == ("Genes of Small Things", "10.5555/tiles.7")
    assert told.licence == (
        "http://creativecommons.org/licenses/by/4.0/ This is an open access article distributed"
        " under the Creative Commons Attribution License, which permits unrestricted use."
    )


def test_captions_behind_the_body_are_kept() -> None:
    figure = "<fig><label>Figure 2</label><caption><p>A wall.</p></caption></fig>"
    floating = ARTICLE.replace(
        "<sub-article>", f"<floats-group>{figure}</floats-group><sub-article>"
    )
    assert "Figure 2. A wall." in shown(floating, "application/xml")


def test_an_article_in_another_declared_encoding_is_read() -> None:
    raw = ARTICLE.replace("UTF-8", "ISO-8859-1").replace("Lichen is old", "Lichen café is old")
    assert any("café" in line for line in shown(raw.encode("latin-1"), "text/xml"))


BOMB = '<!DOCTYPE article [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE article [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        pytest.param(
            ARTICLE.replace("</body>", ""), r"the XML is broken \(.+\); get it anew", id="broken"
        ),
        pytest.param(
            f"{BOMB}<article><body><p>&b;</p></body></article>",
            "the XML declares entities of its own, which are never expanded; get the publisher's",
            id="entity expansion",
        ),
        pytest.param(
            f"{FILE}<article><body><p>&a;</p></body></article>",
            "the XML declares entities of its own",
            id="an external entity",
        ),
        pytest.param(
            f'<?xml version="1.0" encoding="UTF-16"?>{FILE}<article>&a;</article>'.encode("utf-16"),
            "the XML declares entities of its own",
            id="an external entity in UTF-16",
        ),
        pytest.param(
            ARTICLE.replace("&nbsp;", "&moss;"),
            "the XML uses &moss;, which it does not define; get it anew",
            id="an unknown entity",
        ),
        pytest.param(
            ARTICLE[: ARTICLE.index("<body>")] + "<body/></article>",
            "the XML holds no article with a body, at most an abstract; get the full text",
            id="an abstract only",
        ),
        pytest.param(
            "<?xml version='1.0'?><rss><item>Moss</item></rss>",
            r"the XML holds no JATS articles \(its root is 'rss'\); give a file with the one",
            id="another kind of XML",
        ),
        pytest.param(
            "<?xml version='1.0'?>" + "<p>" * 100_000, "the XML is broken", id="endless nesting"
        ),
    ],
)
def test_xml_that_is_refused(raw: bytes | str, error: str) -> None:
    with pytest.raises(SourceError, match=f"^{error}"):
        shown(raw, "application/xml")


# PDF, Markdown, plain text.


def test_the_lines_of_a_pdf_are_joined_to_paragraphs() -> None:
    assert shown(pdf(*LINES), "application/pdf") == [
        "Lichen is a fungus and an alga that live together on bare stone for the long-term,"
        " and in all the long-term seasons. It may come back. Nobody is to blame for that.",
        "The second page goes on with lines that nobody reads.",
    ]


def test_the_running_head_of_a_pdf_is_dropped() -> None:
    pages = [f"Annals of Tiles {at}\nLichen on\n{at} roofs.\nIn {at}0 days" for at in range(1, 5)]
    pages = [page.replace("days", word) for page, word in zip(pages, "abcd", strict=True)]
    [line] = shown(pdf(*pages), "application/pdf")
    assert line == " ".join(
        f"Lichen on {at} roofs. In {at}0 {'abcd'[at - 1]}" for at in range(1, 5)
    )


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        pytest.param(
            pdf(""), "the PDF holds no text, perhaps pictures of it; run text", id="empty"
        ),
        pytest.param(
            pdf(*LINES, trailer=ENCRYPTION),
            "the PDF is encrypted; save a copy without a password",
            id="encrypted",
        ),
        pytest.param(
            pdf(*LINES)[:300], r"the PDF is damaged \(.+\); get it anew", id="cut in the middle"
        ),
        pytest.param(b"%PDF-1.7\njunk", r"the PDF is damaged \(.+\); get it anew", id="damaged"),
        pytest.param(
            b"PK\x03\x04" + b"\0" * 100,
            r"it is said to be PDF but is a zip archive \(.+\); give the document itself",
            id="a zip renamed to pdf",
        ),
        pytest.param(PAGE.encode(), "it is said to be PDF but is HTML", id="a page renamed to pdf"),
    ],
)
def test_a_pdf_that_is_refused(raw: bytes, error: str) -> None:
    with pytest.raises(SourceError, match=f"^{error}"):
        extract(raw, "application/pdf")


def test_markdown_is_read_like_a_page_and_html_in_it_is_no_markup() -> None:
    assert shown(MARKDOWN, "text/markdown") == [
        "## Living Stone",
        "Lichen is a fungus and an alga that live together.",
        "## Kinds",
        "crust",
        "leaf, not wood",
    ]
    assert extract(MARKDOWN.encode(), "text/markdown").title == "Living Stone"


def test_plain_text_is_parted_at_empty_lines_and_has_no_headings() -> None:
    text = "# One\r\nline.\r\n \r\n<b>Two</b> & three.\r\n\r\n\r\nFour.\r\n"
    assert shown(text, "text/plain") == ["One line.", "<b>Two</b> & three.", "Four."]


# Every kind.


@pytest.mark.parametrize(
    ("raw", "media_type", "error"),
    [
        pytest.param(
            b"x" * (MOST_BYTES + 1),
            "text/plain",
            r"it has 20,000,001 bytes, more than 20,000,000; give the document without its pict",
            id="too large",
        ),
        pytest.param(b" \n", "text/plain", "it holds no text", id="empty text"),
        pytest.param(b"* * *", "text/markdown", "it holds no text", id="only a rule"),
        pytest.param(b"# Moss", "text/markdown", "it holds no text", id="only a heading"),
        pytest.param(b"", "text/html", "it holds no text", id="an empty page"),
        pytest.param(b"", "application/pdf", "it is said to be PDF but is text", id="an empty PDF"),
        pytest.param(
            "café".encode("latin-1"),
            "text/plain",
            "its text is not utf-8, as it is said or taken to be; save it as UTF-8",
            id="wrong encoding",
        ),
        pytest.param(
            b'<meta charset="shift_jis"><p>\xff\xff</p>',
            "text/html",
            "its text is not shift_jis",
            id="a wrong declaration",
        ),
        pytest.param(
            b"<p>moss</p>", "text/html; charset=moss", "its text is not moss", id="no encoding"
        ),
        pytest.param(
            b"<p>moss</p>", "text/html; charset=zlib", "its text is not zlib", id="no charset"
        ),
        pytest.param(
            b"a\0b", "text/plain", "it is said to be plain text but is a binary", id="binary"
        ),
        pytest.param(
            PAGE.encode(),
            "application/xml",
            "it is said to be XML but is HTML",
            id="a page for XML",
        ),
        pytest.param(
            ARTICLE.encode(), "text/html", "it is said to be HTML but is XML", id="XML for a page"
        ),
        pytest.param(
            b"moss", "image/png", "image/png cannot be read; use one of HTML, XML", id="a picture"
        ),
        pytest.param(b"moss", "", "no media type cannot be read", id="no media type"),
    ],
)
def test_what_is_refused(raw: bytes, media_type: str, error: str) -> None:
    with pytest.raises(SourceError, match=f"^{error}"):
        extract(raw, media_type)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("a\u200bb\u2060c\ufeffd\u00ade", "abcde", id="zero-width"),
        pytest.param("a\u202eb\u2066c\u200f", "abc", id="bidirectional"),
        pytest.param("a\x00b\x1bc\x7f", "abc", id="control"),
        pytest.param("a\U000e0049b\ufe0f\U000e0100", "ab", id="tags and selectors"),
        pytest.param(" a\u00a0\t\u2028b\r\n c ", "a b c", id="white space"),
        pytest.param("# # a #1", "a #1", id="marks of a heading"),
        pytest.param(
            "#1 isn’t – “é” 10⁶ \U0001f44d", "#1 isn’t – “é” 10⁶ \U0001f44d", id="the rest"
        ),
    ],
)
def test_what_shows_nothing_is_removed(text: str, kept: str) -> None:
    assert cleaned(text) == kept


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.text())
def test_the_sentences_of_any_cleaned_text_stand_where_they_are_said_to(text: str) -> None:
    line = f"Before. {cleaned(text)} After."
    spans = list(sentence_spans(line, 0, len(line)))
    assert "".join(line[start:end] for start, end in spans).replace(" ", "") == line.replace(
        " ", ""
    )
    assert all(line[start:end].strip() == line[start:end] for start, end in spans)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(
    st.binary(max_size=300), st.sampled_from(["text/html", "application/xml", "application/pdf"])
)
def test_any_bytes_are_read_or_refused(raw: bytes, media_type: str) -> None:
    start = {"application/pdf": b"%PDF-1.4\n", "application/xml": b"<?xml version='1.0'?><article>"}
    try:
        told = extract(start.get(media_type, b"") + raw, media_type)
    except SourceError as error:
        said = str(error)
    else:
        said = told.blocks[0].text + "; "
    assert "; " in said


def test_the_same_bytes_give_the_same_text() -> None:
    assert extract(PAGE.encode(), "text/html") == extract(PAGE.encode(), "text/html")


def test_reading_stored_sources_wakes_no_library_for_documents(tmp_path: Path) -> None:
    script = (
        "import sys, corpus.sources, corpus.extract, corpus.changes\n"
        "heavy = {'httpx', 'lxml', 'trafilatura', 'pypdf', 'markdown_it', 'tenacity', 'protego'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"
