"""The notices of an answer: fixed wording on how far it goes, without any medical fact."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.answer import Answer, Notice, NoticeKind, Outcome, Quote
from bot.wording import Wording
from corpus import NOT_CHECKED, NOT_FOUND, PARTLY, SUPPORTED
from index import Record, Source

CRISIS = ("crisis.text", "crisis_now.text", "crisis_now.young")
"""The replies to thoughts and plans of suicide."""
CRISIS_TOLD = (*CRISIS, "notices.earlier_crisis")
"""The entries of which one stands in every answer after such words."""
SHORT = 10
"""Words of a message that says no more than whom it called."""


def fixed_notice(kind: NoticeKind, wording: Wording) -> Notice:
    """The notice whose wording is the same in every answer. Pure."""
    return Notice(kind=kind, text=wording(f"notices.{kind}"))


def reminder(message: str, last: Answer, wording: Wording) -> tuple[Notice, ...]:
    """Whom to call, after something urgent, until the person says that it is dealt with. Pure.

    The answer before carries it: it was urgent itself, or it repeated the reminder. After a thought
    of suicide "I'm fine now" does not end it; somebody who is there, or was called, does.
    """
    crisis = any(wording(entry) in last.reply for entry in CRISIS_TOLD)
    if _dealt_with(message, wording) or (not crisis and _mistaken(message, wording)):
        return ()
    if crisis:
        return (Notice(kind="earlier_urgent", text=wording("notices.earlier_crisis")),)
    if last.outcome == "urgent":
        return (fixed_notice("earlier_urgent", wording),)
    return tuple(notice for notice in last.notices if notice.kind == "earlier_urgent")


def after_the_call(
    message: str, last: Answer, wording: Wording, alarm: str = ""
) -> tuple[Outcome, str] | None:
    """What a short `message` gets that says who was called, or is there, after what cannot wait.

    Thanks, where it is dealt with, and whom to call next, where nobody answered. After a thought of
    suicide the reply still says whom to call. "It's all sorted now" is not believed then, since it
    may be a plan. What the head takes for an alarm (`alarm`: the kind) is not believed either: any
    after a thought of suicide, after anything else one of the body ("rang them, he is clammy").
    None for any other message. Pure.
    """
    if len(message.split()) > SHORT or "?" in message:
        return None
    dealt_with = _dealt_with(message, wording)
    if any(wording(entry) in last.reply for entry in CRISIS_TOLD):
        known = dealt_with or wording.has_words("crisis_dealt_with.words", message)
        believed = known and not alarm and not wording.has_words("not_dealt_with.words", message)
        return ("support", wording("crisis_dealt_with.text")) if believed else None
    reminded = any(notice.kind == "earlier_urgent" for notice in last.notices)
    told = last.outcome == "urgent" or reminded or wording("dealt_with.text") in last.reply
    if not told or alarm == "urgent":
        return None
    if dealt_with or _mistaken(message, wording):
        return "conversation", wording("dealt_with.text")
    if wording.has_words("dealt_with.words", message):
        return "urgent", wording("urgent.text")
    return None


def _dealt_with(message: str, wording: Wording) -> bool:
    """Whether `message` says that somebody was called or is there, and not that nobody answers."""
    called = wording.has_words("dealt_with.words", message)
    return called and not wording.has_words("not_dealt_with.words", message)


def _mistaken(message: str, wording: Wording) -> bool:
    """Whether `message` says that nothing urgent was meant, or that it is over."""
    mistaken = wording.has_words("mistaken.words", message)
    return mistaken and not wording.has_words("not_dealt_with.words", message)


def acknowledgement(wording: Wording, before: str = "") -> Notice:
    """The kind word for a question that is also full of fear. Pure.

    `before`: whom to call if it is happening now. That stands first even then.
    """
    kind = fixed_notice("acknowledgement", wording)
    return Notice(kind="acknowledgement", text=f"{before} {kind.text}".strip())


def how_far(
    message: str,
    passages: Sequence[Record],
    quotes: Sequence[Quote],
    sources: Mapping[int, Source],
    wording: Wording,
    today: date,
    personal: bool = False,
) -> tuple[Notice, ...]:
    """How far the quotes go: numbers, support, how much was read, and that all is general. Pure.

    `personal`: whether they stand beside a matter that is the care team's.
    """
    notices = []
    if any(not quote.references for quote in quotes):
        notices.append(fixed_notice("no_reference", wording))
    shown = {number for quote in quotes for number in quote.references}
    quoted = [passage for passage in passages if _is_quoted(passage, quotes)]
    texts = dict.fromkeys(_support(passage, shown, wording) for passage in quoted)  # each once
    notices += [Notice(kind="partly_supported", text=text) for text in texts if text]
    ours = {number for quote in quotes if quote.layer == "note" for number in quote.references}
    if partly := [number for number in ours if sources[number].partly_read]:
        notices.append(_told("partly_read", partly, wording))
    late = [number for number in overdue(sources, today) if number in ours]
    if late:
        notices.append(_told("review_due", late, wording))
    about_the_matter = any(passage.kind == "body" for passage in passages)
    if about_the_matter and (personal or wording.has_words("about_me.words", message)):
        notices.append(fixed_notice("general_only", wording))
    return tuple(notices)


def overdue(sources: Mapping[int, Source], today: date) -> list[int]:
    """The sources that should have been looked at again before `today`. Pure."""
    due = {number: source.review_due for number, source in sources.items() if source.review_due}
    return sorted(number for number, day in due.items() if date.fromisoformat(day) < today)


def _is_quoted(passage: Record, quotes: Sequence[Quote]) -> bool:
    return any(
        quote.path == passage.path and quote.start <= passage.focus_start < quote.end
        for quote in quotes
    )


def _support(passage: Record, shown: set[int], wording: Wording) -> str:
    """How far the sources shown were found to say the sentence; empty when all plainly do."""
    found = {number: how for number, how in passage.support if number in shown}
    if set(found.values()) <= {SUPPORTED}:
        return ""
    clauses = []
    for how, entry in (
        (NOT_FOUND, "notices.support_not_found"),
        (PARTLY, "notices.support_partly"),
        (NOT_CHECKED, "notices.support_not_checked"),
        (SUPPORTED, "notices.support_also"),
    ):
        if numbers := [number for number, said in found.items() if said == how]:
            clauses.append(_about(entry, numbers, wording))
    return " ".join(clauses)


def _told(kind: NoticeKind, numbers: Sequence[int], wording: Wording) -> Notice:
    return Notice(kind=kind, text=_about(f"notices.{kind}", numbers, wording))


def _about(entry: str, numbers: Sequence[int], wording: Wording) -> str:
    """The wording `entry` for one source or, ending in `_more`, for several."""
    *others, last = (str(number) for number in sorted(numbers))
    listed = f"{', '.join(others)} and {last}" if others else last
    return wording(f"{entry}_more" if others else f"{entry}_one", numbers=listed)
