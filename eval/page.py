"""A page of HTML that asks nothing of any other place, and what stands on it."""

import re
from collections.abc import Callable, Sequence
from html import escape

from markdown_it import MarkdownIt

from eval.tables import Table

STYLE = """
body { font: 16px/1.5 sans-serif; color: #1a1a1a; max-width: 74rem; margin: 2rem auto; }
body { padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
caption, figcaption { text-align: left; max-width: 46rem; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; }
th, td { padding: .25rem .75rem .25rem 0; }
figure { margin: 2rem 0; }
svg { max-width: 100%; height: auto; }
div { overflow-x: auto; }
article { border-top: 2px solid #767676; margin: 1.5rem 0; max-width: 60rem; }
article h3 { margin: .5rem 0; }
dt { font-weight: bold; }
dd { margin: 0 0 .5rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
tr.failed, p.failed { font-weight: bold; }
nav ul { columns: 3; max-width: 46rem; padding-left: 1.2rem; }
details { border-top: 1px solid #767676; max-width: 60rem; padding: .5rem 0; }
summary { cursor: pointer; font-weight: bold; overflow-wrap: anywhere; }
.reply { border-left: 3px solid #767676; padding-left: 1rem; overflow-wrap: anywhere; }
.beside { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; }
@media (max-width: 40rem) { .beside { grid-template-columns: 1fr; } }
""".strip()
Row = tuple[str, ...]
STRONG = ' class="failed"'
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(title: str, parts: Sequence[str]) -> str:
    """The whole page. `parts`: elements of HTML. Pure, like all here."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n" + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"
    )


def heading(text: str) -> str:
    """A heading of the second order, with the anchor that `contents` links to."""
    return f'<h2 id="{_anchor(text)}">{escape(text)}</h2>'


def contents(headings: Sequence[str]) -> str:
    """A list of links to these headings."""
    links = "".join(f'<li><a href="#{_anchor(one)}">{escape(one)}</a></li>' for one in headings)
    return f'<nav aria-label="Contents"><ul>{links}</ul></nav>'


def paragraph(text: str, *, failed: bool = False) -> str:
    """A paragraph; what `failed` is bold."""
    return f"<p{STRONG if failed else ''}>{escape(text)}</p>"


def table(told: Table, caption: str, bold: Callable[[Row], bool] = lambda row: False) -> str:
    """A table with its caption; the rows of which `bold` is true are bold."""
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in told.heads)
    rows = "\n".join(
        f"<tr{STRONG if bold(row) else ''}>{''.join(f'<td>{escape(one)}</td>' for one in row)}</tr>"
        for row in told.rows
    )
    return (
        f"<div><table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table></div>"
    )


def plot(name: str, drawing: str, caption: str) -> str:
    """A drawing of `plots` under the name it was drawn with, and its caption."""
    return f'<figure>\n<figcaption id="{name}">{escape(caption)}</figcaption>\n{drawing}\n</figure>'


def terms(told: Sequence[tuple[str, str]]) -> str:
    """Terms, each with its text as it stands, line ends too; those without text are left out."""
    pairs = (f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in told if text)
    return f"<dl>{''.join(pairs)}</dl>"


def reply(text: str) -> str:
    """A reply as the patient saw it: its Markdown drawn, HTML in it as text, links as words."""
    drawn = MarkdownIt("commonmark", {"html": False}).disable(["link", "autolink", "image"])
    return f'<div class="reply">{drawn.render(text)}</div>'


def folded(title: str, inside: str) -> str:
    """A part of which only the title is seen until it is opened."""
    return f"<details>\n<summary>{escape(title)}</summary>\n{inside}\n</details>"


def entry(title: str, inside: str) -> str:
    """A part with a heading of its own."""
    return f"<article>\n<h3>{escape(title)}</h3>\n{inside}\n</article>"


def beside(one: str, other: str) -> str:
    """Two parts side by side, one below the other on a narrow page."""
    return f'<div class="beside">\n<section>{one}</section>\n<section>{other}</section>\n</div>'


def _anchor(text: str) -> str:
    return "part-" + re.sub(r"\W+", "-", text.casefold()).strip("-")
