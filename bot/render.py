"""The reply a patient reads, in Markdown: the same for the page, the terminal and the API."""

from collections.abc import Mapping, Sequence

from bot.answer import Notice, Quote, ShownReference, Statement
from bot.wording import Wording

LEADING = ("earlier_urgent", "acknowledgement")
"""Notices that stand above everything else; the others stand below the quotes."""


def render(
    wording: Wording,
    text: str,
    statements: Sequence[Statement],
    quotes: Sequence[Quote],
    references: Sequence[ShownReference],
    notices: Sequence[Notice],
    suggestions: Sequence[str],
    written_from: Mapping[int, str],
    understood_as: str | None,
) -> str:
    """The reply: leading notices, fixed text, lines, quotes and their sources, the rest. Pure.

    `written_from` says of each source what our note on it was written from.
    """
    parts = [notice.text for notice in notices if notice.kind in LEADING]
    if understood_as:
        parts.append(f"*{wording('reply.understood', question=understood_as)}*")
    parts += [text] if text else []
    for at, quote in enumerate(quotes):
        parts += [statement.text for statement in statements if at in statement.quotes]
        parts.append(_quoted(wording, quote, written_from))
    parts += [_reference(wording, reference) for reference in references]
    parts += [f"*{notice.text}*" for notice in notices if notice.kind not in LEADING]
    if suggestions:
        lead = wording("reply.more" if quotes else "reply.suggestions")
        parts.append("\n".join([lead, "", *(f"- {question}" for question in suggestions)]))
    return "\n\n".join(parts)


def _quoted(wording: Wording, quote: Quote, written_from: Mapping[int, str]) -> str:
    """A blockquote with the words, then whose they are and which numbers stand for them."""
    lines = [*quote.text.splitlines(), "", f"— {_whose(wording, quote, written_from)}"]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _whose(wording: Wording, quote: Quote, written_from: Mapping[int, str]) -> str:
    """The layer in words, the heading, and the numbers: those printed, or the source's own."""
    numbers = ", ".join(str(number) for number in quote.references)
    if quote.layer != "article":
        told = written_from.get(quote.references[0], "")
        whose = wording(f"layers.{quote.layer}", number=numbers, written_from=told)
        return f"{whose}, “{quote.section}”" if quote.section else whose
    count = len(quote.references)
    entry = "no_number" if not count else "printed_one" if count == 1 else "printed_more"
    printed = wording(f"reply.{entry}", numbers=numbers)
    return f"{wording('layers.article')}, “{quote.section}”, {printed}"


def _reference(wording: Wording, reference: ShownReference) -> str:
    name = wording("reply.reference", number=reference.number)
    return f"**{name}:** {reference.citation} <{reference.url}>"
