"""The fixed replies: which words of the wording a message gets. Pure throughout."""

from collections.abc import Sequence

from bot.answer import Outcome
from bot.care_team import questions_to_ask
from bot.screen import Alarm
from bot.wording import Wording
from index import Understanding

URGENT = {
    "urgent_life.groups": "urgent_life.text",
    "urgent_medicine.groups": "urgent_medicine.text",
    "urgent_poison.groups": "urgent_poison.text",
    "urgent_hospital.groups": "urgent_hospital.text",
    "crisis_now.groups": "crisis_now.text",
}
"""The groups of rules with a reply of their own. Any other group gets "urgent.text"."""
KIND = {
    "kind_guilt.words": "kind_guilt.text",
    "kind_grief.words": "kind_grief.text",
    "kind_alone.words": "kind_alone.text",
    "kind_angry.words": "kind_angry.text",
    "kind_hopeless.words": "kind_hopeless.text",
    "kind_fear.words": "kind_fear.text",
}
"""The words that tell a feeling, and the kind words for it. The first that fits is taken."""
GOOD_NEWS = {"good_news.words": "good_news.text"}
"""Met before all else in a chat, but not after something urgent ("I feel fine" is no news then),
nor beside a word of feeling ("I rang the bell and cried")."""
CHAT = {
    "thanks.words": "thanks.text",
    "no_help.words": "no_help.text",
}
"""The words of a chat that get another reply than the hello. The first that fits is taken."""
WHOLE_CHAT = {
    "help_me.words": "help_me.text",
    "okay.words": "okay.text",
    "goodbye.words": "goodbye.text",
}
"""The same for words that count only when they are the whole message. They go before the others."""


def whom_to_call(alarm: Alarm, message: str, young: bool, wording: Wording) -> tuple[Outcome, str]:
    """The outcome and the reply for what cannot wait.

    A thought of suicide beside a word that tells a place or a means ("bridge", "tablets") is
    treated as one that may be acted on now.
    """
    thought = alarm.kind == "suicidal"
    now = thought and wording.has_words("crisis_now.words", message)
    if now or wording.is_listed("crisis_now.groups", alarm.group):
        return "urgent", wording("crisis_now.young" if young else "crisis_now.text")
    if thought:
        return "support", _paragraphs(
            wording("crisis.text"), wording("young.text") if young else ""
        )
    for groups, text in URGENT.items():
        if wording.is_listed(groups, alarm.group):
            return "urgent", wording(text)
    return "urgent", wording("urgent.text" if alarm.group else "urgent.unclear")


def if_now(sign: Alarm | None, alone: Understanding) -> str:
    """The entry of whom to call if it is happening now: in a crisis, where the head sees one."""
    kinds = dict(alone.kinds)
    suicidal = kinds.get("suicidal", 0.0) + kinds.get("suicidal_now", 0.0)
    of_body = kinds.get("urgent", 0.0) + kinds.get("medicine_mistake", 0.0)
    crisis = not sign and suicidal > of_body
    return "crisis.if_now" if crisis else "urgent.if_now"


def supporting(
    message: str, said: Sequence[str], young: bool, crisis_named: bool, wording: Wording
) -> str:
    """Kind words for the feeling that `message` tells, and who listens.

    `said`: the replies before it, which it does not repeat. `crisis_named`: whether the crisis line
    stands before it already.
    """
    kind = wording(_first(KIND, message, wording) or "kind_any.text")
    if any(kind in reply for reply in said):
        kind = wording("kind_any.again")
    text = wording("support.after_crisis" if crisis_named else "support.text", kind=kind)
    return _paragraphs(text, wording("young.text") if young else "")


def chatting(message: str, after_alarm: bool, wording: Wording) -> str:
    """The reply to small talk. `after_alarm`: whether something urgent was told before."""
    hello = "conversation.listening" if after_alarm else "conversation.smalltalk"
    moved = after_alarm or wording.has_words("feelings.words", message)
    fitting = CHAT if moved else {**GOOD_NEWS, **CHAT}
    whole = (text for words, text in WHOLE_CHAT.items() if wording.is_listed(words, message))
    return wording(next(whole, "") or _first(fitting, message, wording) or hello)


def to_the_care_team(message: str, wording: Wording) -> str:
    """The reply to a personal matter, with questions for the care team that fit `message`."""
    return wording("care_team.text", questions=questions_to_ask(message, wording))


def _first(entries: dict[str, str], message: str, wording: Wording) -> str:
    fits = (text for words, text in entries.items() if wording.has_words(words, message))
    return next(fits, "")


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)
