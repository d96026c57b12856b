"""The reply a patient reads, in Markdown: for the terminal and the API; its pieces for the page."""

from collections.abc import Mapping, Sequence

from bot.answer import Answer, Notice, Quote, ShownReference, Statement
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
    before = _before(wording, notices, understood_as)
    after = _after(wording, statements, quotes, references, notices, suggestions, written_from)
    return "\n\n".join([*before, *([text] if text else []), *after])


def own_text(wording: Wording, answer: Answer, written_from: Mapping[int, str]) -> str:
    """The fixed wording in the reply of `answer`, which no other field holds. Pure.

    The page shows every other part in its own way. `written_from` as in `render`.
    """
    before = _before(wording, answer.notices, answer.understood_as)
    after = _after(
        wording,
        answer.statements,
        answer.quotes,
        answer.references,
        answer.notices,
        answer.suggestions,
        written_from,
    )
    return answer.reply.removeprefix("\n\n".join(before)).removesuffix("\n\n".join(after)).strip()


def _before(wording: Wording, notices: Sequence[Notice], understood_as: str | None) -> list[str]:
    parts = [notice.text for notice in notices if notice.kind in LEADING]
    if understood_as:
        parts.append(f"*{wording('reply.understood', question=understood_as)}*")
    return parts


def _after(
    wording: Wording,
    statements: Sequence[Statement],
    quotes: Sequence[Quote],
    references: Sequence[ShownReference],
    notices: Sequence[Notice],
    suggestions: Sequence[str],
    written_from: Mapping[int, str],
) -> list[str]:
    parts = []
    for at, quote in enumerate(quotes):
        parts += [statement.text for statement in statements if at in statement.quotes]
        parts.append(_quoted(wording, quote, written_from))
    parts += [_reference(wording, reference) for reference in references]
    parts += [f"*{notice.text}*" for notice in notices if notice.kind not in LEADING]
    if suggestions:
        lead = wording("reply.more" if quotes else "reply.suggestions")
        parts.append("\n".join([lead, "", *(f"- {question}" for question in suggestions)]))
    return parts


def _quoted(wording: Wording, quote: Quote, written_from: Mapping[int, str]) -> str:
    """A blockquote with the words, then whose they are and which numbers stand for them."""
    lines = [*quote.text.splitlines(), "", f"— {_whose(wording, quote, written_from)}"]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def layer_words(wording: Wording, quote: Quote, written_from: Mapping[int, str]) -> str:
    """Whose words the quote is, and under which heading they stand. Pure."""
    number = quote.references[0] if quote.references else 0
    told = written_from.get(number, "")
    whose = wording(f"layers.{quote.layer}", number=number, written_from=told)
    return f"{whose}, “{quote.section}”" if quote.section else whose


def _whose(wording: Wording, quote: Quote, written_from: Mapping[int, str]) -> str:
    """The layer in words, the heading, and the numbers: those printed, or the source's own."""
    if quote.layer != "article":
        return layer_words(wording, quote, written_from)
    numbers = ", ".join(str(number) for number in quote.references)
    count = len(quote.references)
    entry = "no_number" if not count else "printed_one" if count == 1 else "printed_more"
    printed = wording(f"reply.{entry}", numbers=numbers)
    return f"{layer_words(wording, quote, written_from)}, {printed}"


def _reference(wording: Wording, reference: ShownReference) -> str:
    name = wording("reply.reference", number=reference.number)
    return f"**{name}:** {reference.citation} <{reference.url}>"
