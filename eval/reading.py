"""How easily the bot's own words are read: its reply without quotes, references, suggestions."""

import re

from bot import Answer

MARKUP = re.compile(r"<[^>]*>|[*_`#]|^- ", re.MULTILINE)


def own_words(answer: Answer) -> str:
    """What the bot says itself, as plain text: no quote, no entry of the list, no suggestion. Pure.

    Quotes are the words of others, and never changed.
    """
    said = []
    for paragraph in answer.reply.split("\n\n"):
        lines = [line for line in paragraph.splitlines() if not line.startswith(">")]
        lines = [line for line in lines if line.removeprefix("- ") not in answer.suggestions]
        text = "\n".join(lines)
        if text and not any(one.citation in text for one in answer.references):
            said.append(text)
    return MARKUP.sub("", "\n\n".join(said)).strip()
