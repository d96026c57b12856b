"""The text of a journal article in JATS XML: abstract and body, with captions and footnotes.

No entity is expanded, nothing is loaded beside the text itself.
"""

import html
import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from corpus.blocks import Block, Extracted, SourceError, flow, line_of_text, set_apart

LINK = "{http://www.w3.org/1999/xlink}href"
BREAKING = (
    *("p", "list", "list-item", "def-list", "def-item", "term", "def", "disp-quote", "boxed-text"),
    *("sec", "abstract", "body", "caption", "statement", "verse-group", "preformat"),
)
SKIPPED = ("table", "tex-math", "graphic", "media", "supplementary-material", "object-id")
CAPTIONED = ("fig", "table-wrap")
MARKS = ("xref", "fn")
"""What a title carries beside its words."""


def read_article(text: str) -> Extracted:
    """The one article in `text`.

    Raises `SourceError` for XML that is broken, declares entities, or is no article with a body.
    """
    article = _article(_parsed(text))
    meta = article.find("front/article-meta")
    body = article.find("body")
    if meta is None or body is None or not line_of_text(body):
        raise SourceError(
            "the XML holds no article with a body, at most an abstract; get the full text"
        )
    set_apart(article)
    footnotes = _footnotes(article, body)
    _flatten(article)
    blocks = [block for part in meta.findall("abstract") for block in _abstract(part)]
    blocks += flow(body, BREAKING, ("title",), SKIPPED)
    if (floats := article.find("floats-group")) is not None:
        blocks += [Block("Figures and tables", heading=True), *flow(floats, ("p",), (), SKIPPED)]
    if footnotes:
        blocks += [Block("Footnotes", heading=True), *map(Block, footnotes)]
    title = meta.find("title-group/article-title")
    return Extracted(
        title="" if title is None else line_of_text(title, MARKS),
        licence=_licence(meta),
        doi=(meta.findtext("article-id[@pub-id-type='doi']") or "").strip(),
        blocks=tuple(blocks),
    )


def _parsed(text: str) -> Any:
    """The root of the XML, all names without their namespace."""
    from lxml import etree

    if "<!ENTITY" in text:
        fault = "the XML declares entities of its own, which are never expanded"
        raise SourceError(f"{fault}; get the publisher's or Europe PMC's file")
    bare = re.sub(r"\A\ufeff?\s*<\?xml[^>]*\?>", "", text)
    known = re.sub(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][\w.]*;", _character, bare)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(known.encode("utf-8", "replace"), parser=parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"the XML is broken ({error.msg}); get it anew") from error
    for element in root.iter("*"):
        element.tag = etree.QName(element).localname
    return root


def _character(entity: re.Match[str]) -> str:
    """The character that a name of HTML's list stands for, as JATS files use them."""
    character = html.unescape(entity[0])
    if character == entity[0]:
        raise SourceError(f"the XML uses {entity[0]}, which it does not define; get it anew")
    return escape(character)


def _article(root: Any) -> Any:
    found = [root] if root.tag == "article" else root.findall(".//article")
    if len(found) != 1:
        fault = f"the XML holds {len(found) or 'no'} JATS articles (its root is {root.tag!r})"
        raise SourceError(f"{fault}; give a file with the one article")
    return found[0]


def _footnotes(article: Any, body: Any) -> list[str]:
    """The notes that the body has or points to, taken out of it so that no sentence is torn."""
    called = set(body.xpath(".//xref[@ref-type='fn']/@rid"))
    inside = body.xpath(".//fn[not(ancestor::table-wrap)]")
    behind = [one for one in article.findall("back//fn") if one.get("id") in called]
    notes = [_labelled(one, one) for one in [*inside, *behind]]
    for element in inside:
        _replace(element, None)
    return [note for note in notes if note]


def _flatten(article: Any) -> None:
    """A figure or table becomes its label and caption; a section's label joins its title."""
    from lxml import etree

    for element in list(article.iter(*CAPTIONED)):
        caption = element.find("caption")
        paragraph = etree.Element("p")
        paragraph.text = "" if caption is None else _labelled(element, caption)
        _replace(element, paragraph)
    for title in article.iter("title"):
        label = title.getprevious()
        if label is not None and label.tag == "label":
            title.text = f"{line_of_text(label)} {title.text or ''}"
    for label in list(article.iter("label")):
        _replace(label, None)


def _labelled(element: Any, content: Any) -> str:
    """The text of `content` behind the label of `element`: "Figure 1. Lichen on a roof."."""
    label = element.find("label")
    name = "" if label is None else line_of_text(label)
    words = " ".join(block.text for block in flow(content, ("p", "title"), (), (*SKIPPED, "label")))
    stop = "" if not name or name.endswith((".", ":")) or element.tag == "fn" else "."
    return f"{name}{stop} {words}".strip() if words else ""


def _replace(element: Any, other: Any) -> None:
    """Puts `other`, or nothing, in the place of `element`; the text behind it stays."""
    parent, tail = element.getparent(), element.tail or ""
    at = parent.index(element)
    parent.remove(element)
    if other is not None:
        other.tail = tail
        parent.insert(at, other)
    elif at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def _abstract(part: Any) -> Iterator[Block]:
    if part.find("title") is None:
        yield Block("Abstract", heading=True)
    yield from flow(part, BREAKING, ("title",), SKIPPED)


def _licence(meta: Any) -> str:
    """The addresses and the words of the article's licence, each once."""
    said = []
    for licence in meta.findall("permissions/license"):
        said += [one.get(LINK) for one in licence.iter() if one.get(LINK)]
        said.append(" ".join(block.text for block in flow(licence, ("p", "license_ref"), ())))
    if meta.find("permissions/license") is None:
        said += [line_of_text(one) for one in meta.findall("permissions/license_ref")]
    return " ".join(dict.fromkeys(filter(None, said)))
