"""The text of a web page: its main part as trafilatura finds it, without anything hidden.

Nothing is executed. A page's style sheet is not read: text that only it hides counts as shown.
"""

import logging
import re
from typing import Any

from corpus.blocks import Extracted, SourceError, cleaned, flow, line_of_text, set_apart

UNSEEN = (
    *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas"),
    *("dialog", "datalist", "textarea", "select"),
)
HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?:opacity|font-size)\s*:\s*0(?:\.0*)?(?:px|em|rem|pt|%)?\s*(?:;|!|$)"
)
HIDING_CLASSES = {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"}

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "head")
"""Of HTML, and trafilatura's `head`; so too below."""
BREAKING = (
    *("p", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "div", "section", "article"),
    *("table", "caption", "tr", "th", "td", "figure", "figcaption", "details", "summary", "hr"),
    *("body", "main", "header", "footer", "nav", "aside", "address", "form"),
    *("list", "item", "quote", "row", "cell", "code"),
)

RIGHTS_NAMES = {"dcterms.license", "dcterms.rights", "dc.license", "dc.rights", "license", "rights"}
RIGHTS_WORDS = re.compile(
    r"creative commons|\bcc[- ]?(?:by|0|zero)\b|public domain|all rights (?:are )?reserved"
    r"|free of copyright|subject to copyright|work of the (?:u\.?s\.?|united states) government",
    re.IGNORECASE,
)


def read_page(text: str) -> Extracted:
    """The main part of an HTML page. Its `blocks` are empty when it has no text."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what failed is told by us
    page = _visible(text)
    title, licence, doi = _title(page), _licence(page), _meta(page, {"citation_doi", "dc.doi"})
    for element in list(page.iter("nav", "footer")):
        element.drop_tree()
    main = trafilatura.bare_extraction(page, fast=True, include_comments=False, with_metadata=False)
    body = getattr(main, "body", None)
    blocks = () if body is None else tuple(flow(_spaced(body), BREAKING, HEADINGS))
    return Extracted(title, licence, doi, blocks)


def read_markdown(text: str) -> Extracted:
    """The whole of a Markdown text; HTML in it is treated like that of a page."""
    from markdown_it import MarkdownIt

    plain = re.sub(r"\A---\n.*?\n(?:---|\.\.\.)\n", "", text, flags=re.DOTALL)
    page = _visible(MarkdownIt("commonmark").enable("table").render(plain) or "<p></p>")
    blocks = flow(_spaced(page.body), BREAKING, HEADINGS)
    return Extracted(_title(page), _licence(page), "", tuple(blocks))


def _visible(text: str) -> Any:
    """The page as a tree, without its comments and hidden elements."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, AssertionError) as error:
        raise SourceError("it holds no text; give the document itself") from error
    for element in [one for one in page.iter() if _hidden(one)]:
        if element.getparent() is not None:
            element.drop_tree()
    set_apart(page)
    return page


def _hidden(element: Any) -> bool:
    style = element.get("style", "").casefold()
    return (
        element.tag in UNSEEN
        or element.get("hidden") is not None
        or element.get("aria-hidden", "").casefold() == "true"
        or bool(HIDING_STYLE.search(style))
        or not HIDING_CLASSES.isdisjoint(element.get("class", "").split())
    )


def _spaced(root: Any) -> Any:
    """`root`, with a space where a line is broken."""
    for element in root.iter("br", "lb"):
        element.tail = " " + (element.tail or "")
    return root


def _title(page: Any) -> str:
    """The page's own heading, else what it tells a browser."""
    for path in ("//main//h1", "//article//h1", "//h1", "//head/title"):
        for element in page.xpath(path):
            if title := line_of_text(element):
                return title
        if path == "//h1" and (title := _meta(page, {"og:title"})):
            return title
    return ""


def _meta(page: Any, names: set[str]) -> str:
    for element in page.iter("meta"):
        name = element.get("name") or element.get("property") or ""
        if name.casefold() in names and (content := cleaned(element.get("content", ""))):
            return content
    return ""


def _licence(page: Any) -> str:
    """What the page says about its rights: links, metadata, sentences; not those of a picture."""
    said = [_meta(page, {name}) for name in sorted(RIGHTS_NAMES)]
    for element in page.iter("a", "link"):
        address = element.get("href", "")
        licensed = "license" in element.get("rel", "").casefold().split()
        if (licensed or "creativecommons.org/" in address) and not _in_figure(element):
            said.append(cleaned(address))
    for block in flow(page, BREAKING, HEADINGS, skipped=("figure", "head")):
        sentences = re.split(r"(?<=[.!?])\s+", block.text)
        said += [one for one in sentences if RIGHTS_WORDS.search(one)]
    return " ".join(dict.fromkeys(filter(None, said)))


def _in_figure(element: Any) -> bool:
    return any(True for _ in element.iterancestors("figure"))
