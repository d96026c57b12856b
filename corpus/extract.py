"""From the bytes of a document to its text. Nothing in it is executed or loaded from elsewhere.

What kind it is must be said and must fit the bytes. The libraries that read it wake only here.
"""

import codecs
import re

from corpus.blocks import Block, Extracted, SourceError, cleaned

MOST_BYTES = 20_000_000

KINDS = {
    "text/html": "HTML",
    "application/xhtml+xml": "HTML",
    "application/xml": "XML",
    "text/xml": "XML",
    "application/pdf": "PDF",
    "text/markdown": "Markdown",
    "text/plain": "plain text",
}
"""What can be read, by media type."""
FITS = {
    "HTML": {"HTML", "text"},
    "XML": {"XML"},
    "PDF": {"PDF"},
    "Markdown": {"text"},
    "plain text": {"text"},
}
"""What the bytes of each kind may look like."""
MAGIC = {
    b"PK\x03\x04": "a zip archive (Word and EPUB files are such)",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
XML_STARTS = re.compile(
    rb"<\?xml|<!doctype|<pmc-articleset|<article\s[^>]*(?:xmlns|article-type|dtd-version)"
)
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(
    rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)",
    re.IGNORECASE,
)


def extract(raw: bytes, media_type: str) -> Extracted:
    """What the document of that media type ("text/html; charset=utf-8") says.

    Raises `SourceError` when it is too large, of another kind than stated, in an unknown encoding,
    broken or without text.
    """
    if len(raw) > MOST_BYTES:
        fault = f"it has {len(raw):,} bytes, more than {MOST_BYTES:,}"
        raise SourceError(f"{fault}; give the document without its pictures")
    stated, _, options = media_type.partition(";")
    kind = _kind(stated.strip().casefold())
    looks = _looks(raw)
    if looks not in FITS[kind]:
        raise SourceError(f"it is said to be {kind} but is {looks}; give the document itself")
    told = _read(raw, kind, options)
    if not any(not block.heading and re.search(r"\w", block.text) for block in told.blocks):
        raise SourceError("it holds no text; give the document itself")
    return told


def _kind(media_type: str) -> str:
    if media_type.endswith("+xml") and media_type not in KINDS:
        return "XML"
    if media_type not in KINDS:
        known = ", ".join(dict.fromkeys(KINDS.values()))
        raise SourceError(f"{media_type or 'no media type'} cannot be read; use one of {known}")
    return KINDS[media_type]


def _looks(raw: bytes) -> str:
    """What the first bytes show: HTML, XML, PDF, text, or what else it is."""
    if b"%PDF-" in raw[:1024]:
        return "PDF"
    for magic, name in MAGIC.items():
        if raw.startswith(magic):
            return name
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in raw and not wide:
        return "a binary file"
    head = raw[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(b"<") and re.search(rb"<!doctype\s+html|<html\b", head):
        return "HTML"
    return "XML" if XML_STARTS.match(head) else "text"


def _read(raw: bytes, kind: str, options: str) -> Extracted:
    if kind == "PDF":
        from corpus.pdf_text import read_pdf

        return read_pdf(raw)
    text = _decoded(raw, kind, options)
    if kind == "XML":
        from corpus.jats import read_article

        return read_article(text)
    if kind == "plain text":
        paragraphs = map(cleaned, re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n")))
        return Extracted("", "", "", tuple(Block(one) for one in paragraphs if one))
    from corpus.web_page import read_markdown, read_page

    return read_page(text) if kind == "HTML" else read_markdown(text.replace("\r\n", "\n"))


def _decoded(raw: bytes, kind: str, options: str) -> str:
    """The text in the encoding that its first bytes, the server or itself declares; else UTF-8."""
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", options, re.IGNORECASE)
    inside = DECLARED.search(raw[:4096]) if kind in ("HTML", "XML") else None
    declared = charset[1] if charset else (inside[1] or inside[2]).decode() if inside else "utf-8"
    encoding = next((name for mark, name in MARKS if raw.startswith(mark)), declared)
    try:
        return raw.decode(_python_name(encoding)).removeprefix("\ufeff")
    except (LookupError, UnicodeError) as error:
        fault = f"its text is not {encoding}, as it is said or taken to be"
        raise SourceError(f"{fault}; save it as UTF-8") from error


def _python_name(encoding: str) -> str:
    """The codec for a declared name; what calls itself Latin 1 is Windows 1252 on the web."""
    name = codecs.lookup(encoding).name
    return "cp1252" if name in ("iso8859-1", "ascii") else name
