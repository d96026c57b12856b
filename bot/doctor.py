"""A check of the whole installation: what is amiss, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from bot.approval import SIGNED, Status, approvable, day_of, load_approvals, status
from bot.errors import BadFile
from bot.helplines import load_helplines
from bot.plain import wording_faults
from corpus import Corpus, CorpusError, corpus_plain_faults, load_corpus
from index import UnusableIndex
from settings import Settings

NOT_FOR_PATIENTS = "not for patients until confirmed"
HELPLINES = Path(__file__).resolve().parent / "helplines.toml"
RING_AGAIN = 90
"""Days after which a helpline has to be rung again."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    level: Literal["good", "warning", "broken"]
    """`warning`: it works, and a person has something to do. `broken`: it does not work."""
    text: str
    """What was found and, unless it is good, what to do."""


def examine(settings: Settings, today: date) -> Iterator[Finding]:
    """What is found, one after the other: content, index, a question, numbers, approvals.

    Opens the chatbot and asks it a question that its own cards answer.
    """
    try:
        corpus = load_corpus(settings.corpus, settings.sources)
    except CorpusError as error:
        yield Finding("broken", str(error))
        return
    yield from _content(corpus, today)
    yield from _plain_words(corpus, settings)
    yield from _answering(settings)
    yield from _numbers(settings)
    yield from _rung_again(today)
    try:
        yield from _approvals(status(approvable(settings, corpus), load_approvals()))
    except BadFile as error:
        yield Finding("broken", str(error))


def _content(corpus: Corpus, today: date) -> Iterator[Finding]:
    for fault in corpus.faults:
        yield Finding("warning", fault)
    if not corpus.faults:
        documents = len(corpus.documents)
        yield Finding("good", f"the content is sound: {documents} documents, no faults")
    unchecked = [one.number for one in corpus.references.entries if not one.checked]
    if unchecked:
        yield Finding(
            "warning",
            f"nobody has opened the publisher's page of references {_listed(unchecked)};"
            " do, and fill in `checked` in references.toml",
        )
    if late := corpus.overdue(today):
        what = f"references {_listed(late)} were to be looked at again by now"
        yield Finding("warning", f"{what}; compare our notes with the sources")


def _plain_words(corpus: Corpus, settings: Settings) -> Iterator[Finding]:
    faults = [*corpus_plain_faults(corpus, settings), *wording_faults(settings)]
    for fault in faults:
        yield Finding("warning", fault)
    if not faults:
        yield Finding("good", "our own words are plain: short sentences, no word unexplained")


def _answering(settings: Settings) -> Iterator[Finding]:
    from bot.chatbot import Chatbot

    try:
        chatbot = Chatbot.open(settings)
        (question, *_) = chatbot.starting_questions()
    except (BadFile, UnusableIndex) as error:
        yield Finding("broken", str(error))
        return
    answer = chatbot.ask(question)
    if answer.outcome == "answered" and answer.quotes:
        yield Finding("good", f"the index is fresh, and it answers: {question}")
    else:
        what = f"{question!r} is not answered ({answer.outcome})"
        yield Finding("broken", f"{what}; run `python -m index build`")


def _numbers(settings: Settings) -> Iterator[Finding]:
    if settings.service_number:
        yield Finding("good", f"urgent replies name your own number: {settings.service_number}")
    else:
        yield Finding(
            "warning",
            "urgent replies cannot name your service's own number; set CHATBOT_SERVICE_NUMBER",
        )
    if not settings.country:
        what = "no country is set, so replies give the numbers of all three"
        yield Finding("warning", f"{what}; set CHATBOT_COUNTRY to GB, IE or US")


def _rung_again(today: date) -> Iterator[Finding]:
    """The helplines that nobody has rung for too long. Reads them."""
    try:
        rows = load_helplines(HELPLINES)
    except BadFile as error:
        yield Finding("broken", str(error))
        return
    for row in rows:
        day = day_of(row.confirmed_on)
        if day and (today - day).days > RING_AGAIN:
            what = f"{row.country} {row.name} was confirmed on {day}, over {RING_AGAIN} days ago"
            yield Finding("warning", f"{what}; ring it again, and have it approved again")


def _approvals(found: Status) -> Iterator[Finding]:
    for key in found.changed:
        yield Finding("warning", f"{key} was approved in other words; have it approved again")
    if found.complete:
        yield Finding("good", f"all {len(found.things)} things that patients read are approved")
        return
    for sort, (approved, every) in found.counts().items():
        if approved < every:
            how = f'`python -m bot approve "{sort} ..." --by NAME`'
            first = (
                "" if sort in SIGNED else "fill in confirmed_by and confirmed_on beside it, then "
            )
            yield Finding("warning", f"{sort}: {approved} of {every} approved; {first}{how}")
    yield Finding("warning", f"{NOT_FOR_PATIENTS}: see docs/safety/README.md")


def _listed(numbers: list[int] | tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
