"""The fixed wording: every sentence a patient can read that is not from the corpus."""

import re
import tomllib
from collections.abc import Mapping, Sequence, Set
from pathlib import Path

from bot.errors import BadFile
from corpus import normalised


class WordingError(BadFile):
    """The wording file cannot be used; the message names the file, the entry and what to do."""


class Wording:
    """The entries of `wording.toml` by dotted name, filled in for one country.

    `wording("urgent.text")` is the text; values that differ from answer to answer are given with
    the call: `wording("reply.reference", number=3)`.
    """

    def __init__(self, path: Path, values: Mapping[str, str]) -> None:
        """Reads `path` and fills in `values`.

        Raises `WordingError` for an entry that is empty or missing, for a {name} that nothing fills
        in, and where one that has to stand in an entry does not.
        """
        self._path = path
        self._texts: dict[str, str] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        for name, value in wording_entries(path).items():
            if isinstance(value, list):
                self._words[name] = tuple(normalised(str(words)) for words in value)
                whole = bool(value) and all(self._words[name])
            else:
                self._texts[name] = str(value).strip()
                whole = bool(self._texts[name])
            if not whole:
                raise WordingError(f"{path.name}: {name} is empty; write it")
        if missing := [name for name in REQUIRED if name not in {**self._texts, **self._words}]:
            raise WordingError(f"{path.name}: {', '.join(missing)} missing; write it")
        for name, text in self._texts.items():
            _check_names(f"{path.name}: {name}", set(_NAME.findall(text)), MUST_HOLD.get(name, ()))
        filling = _with_lines(values, self._texts)
        self._texts = {name: _filled(text, filling) for name, text in self._texts.items()}

    def __call__(self, name: str, **values: object) -> str:
        """The text called `name`. Raises `KeyError` when there is none."""
        return _filled(self._texts[name], {key: str(value) for key, value in values.items()})

    def filled_with(self, values: Mapping[str, str]) -> "Wording":
        """The same wording with other values. Reads the file again."""
        return Wording(self._path, values)

    def has_words(self, name: str, message: str) -> bool:
        """Whether `message` holds one of the words or phrases that the list `name` gives."""
        return self.words_in(name, message) > 0

    def words_in(self, name: str, message: str) -> int:
        """How many of the words and phrases that the list `name` gives stand in `message`."""
        said = f" {normalised(message)} "
        return sum(f" {words} " in said for words in self._words[name])

    def is_listed(self, name: str, entry: str) -> bool:
        """Whether `entry` is one of the list `name`."""
        return normalised(entry) in self._words[name]


def wording_entries(path: Path) -> dict[str, object]:
    """Each entry of the file by its dotted name, a text or a list of words.

    Raises `WordingError` when the file cannot be read.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WordingError(f"{path.name}: {error}; put the file back or mend it") from error
    return dict(_entries("", tables))


def _entries(prefix: str, table: Mapping[str, object]) -> list[tuple[str, object]]:
    entries: list[tuple[str, object]] = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        entries += _entries(f"{name}.", value) if isinstance(value, dict) else [(name, value)]
    return entries


def _filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with each {name} that `values` knows replaced; others stay for a later call."""
    return _NAME.sub(lambda match: values.get(match[1], match[0]), text)


def _check_names(place: str, names: Set[str], needed: Sequence[str]) -> None:
    if unknown := sorted(names - KNOWN):
        known = ", ".join(sorted(KNOWN))
        raise WordingError(f"{place}: nothing fills in {{{unknown[0]}}}; use one of {known}")
    if missing := [name for name in needed if name not in names]:
        raise WordingError(f"{place}: has to hold {{{missing[0]}}}; put it in")


def _with_lines(values: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, str]:
    """`values`, and what is put together from them: whom to call in one country, or in all."""
    made = dict(values)
    for line in LINES:
        for country in COUNTRIES:
            first, second = values[f"{line}_{country}"], values.get(f"second_{line}_{country}", "")
            either = _filled(texts["everywhere.either"], {"one": first, "other": second})
            made[f"{line}_of_{country}"] = either if second else first
        country = values["country"].lower()
        everywhere = _filled(texts[f"everywhere.{line}"], values)
        made[line] = made[f"{line}_of_{country}"] if country else everywhere
    known = "known" if values["service_number"] else "unknown"
    made["service"] = _filled(texts[f"urgent.service_{known}"], values)
    return made


_NAME = re.compile(r"\{(\w+)\}")
LINES = ("emergency", "crisis", "helpline", "young", "poison")
"""Whom to call: each is a name in brackets, filled in for one country or for all."""
COUNTRIES = ("gb", "ie", "us")
KNOWN = frozenset(
    {
        *LINES,
        *(f"{line}_{country}" for line in LINES for country in COUNTRIES),
        *("service", "service_number", "one", "other", "kind", "questions", "question"),
        *("written_from",),
        *("number", "numbers", "address", "day", "index", "layer", "text", "approved", "every"),
    }
)
"""The names that may stand in curly brackets: something fills each in."""
MUST_HOLD: dict[str, tuple[str, ...]] = {
    "care_team.text": ("questions",),
    "crisis.if_now": ("crisis", "emergency"),
    "crisis.text": ("crisis", "emergency"),
    "crisis_now.text": ("crisis", "emergency"),
    "crisis_now.young": ("young", "emergency"),
    "help_me.text": ("emergency",),
    "no_help.text": ("helpline",),
    "notices.earlier_crisis": ("crisis", "emergency"),
    "notices.earlier_urgent": ("service", "emergency"),
    "notices.language": ("emergency",),
    "page.about": ("emergency",),
    "support.after_crisis": ("kind", "helpline"),
    "support.text": ("kind", "helpline", "crisis"),
    "unavailable.text": ("emergency",),
    "urgent.if_now": ("service", "emergency"),
    "urgent.text": ("service", "emergency"),
    "urgent.unclear": ("service", "emergency"),
    "urgent_hospital.text": ("emergency",),
    "urgent_life.text": ("emergency",),
    "urgent_medicine.text": ("service", "emergency"),
    "urgent_poison.text": ("emergency", "poison"),
    "young.text": ("young",),
}
"""What an entry must name, however it is worded: without it nobody is told whom to call."""

REQUIRED = (
    "about.approved",
    "about.checked",
    "about.not_promised",
    "about.not_promises",
    "about.privacy",
    "about.private",
    "about.promised",
    "about.promises",
    "about.sources",
    "about.title",
    "about.unchecked",
    "about.version",
    "about.what",
    "about.who",
    "about.written",
    "about_me.words",
    "answer.copied",
    "answer.copy",
    "answer.helpful",
    "answer.link_copied",
    "answer.link_copy",
    "answer.no",
    "answer.not_copied",
    "answer.opens_new",
    "answer.quote_label",
    "answer.show_article",
    "answer.show_note",
    "answer.show_source",
    "answer.silence",
    "answer.speak",
    "answer.spoken_quote",
    "answer.yes",
    "ask_any.questions",
    "ask_blame.questions",
    "ask_blame.words",
    "ask_cause.questions",
    "ask_cause.words",
    "ask_chances.questions",
    "ask_chances.words",
    "ask_choices.questions",
    "ask_choices.words",
    "ask_family.questions",
    "ask_family.words",
    "ask_follow_up.questions",
    "ask_follow_up.words",
    "ask_living.questions",
    "ask_living.words",
    "ask_medicine.questions",
    "ask_medicine.words",
    "ask_results.questions",
    "ask_results.words",
    "ask_symptom.questions",
    "ask_symptom.words",
    "ask_worked.questions",
    "ask_worked.words",
    "care_team.text",
    "conversation.ask_something",
    "conversation.listening",
    "conversation.smalltalk",
    "conversation.too_long",
    "crisis.if_now",
    "crisis.text",
    "crisis_now.groups",
    "crisis_now.text",
    "crisis_now.words",
    "crisis_now.young",
    "dealt_with.text",
    "dealt_with.words",
    "everywhere.crisis",
    "everywhere.either",
    "everywhere.emergency",
    "everywhere.helpline",
    "everywhere.poison",
    "everywhere.young",
    "feedback.also_sent",
    "feedback.consent",
    "feedback.exactly",
    "feedback.failed",
    "feedback.hard_to_understand",
    "feedback.include",
    "feedback.need_consent",
    "feedback.need_reason",
    "feedback.question_too_long",
    "feedback.row_day",
    "feedback.row_helpful",
    "feedback.row_index",
    "feedback.row_outcome",
    "feedback.row_question",
    "feedback.row_quotes",
    "feedback.row_why",
    "feedback.send",
    "feedback.thanks",
    "feedback.title",
    "feedback.today",
    "feedback.too_many",
    "feedback.why",
    "feedback.will_send",
    "feedback.worrying",
    "feedback.wrong_answer",
    "feedback.wrong_passage",
    "feelings.words",
    "help_me.text",
    "help_me.words",
    "helplines.everywhere",
    "helplines.gb",
    "helplines.ie",
    "helplines.title",
    "helplines.unconfirmed",
    "helplines.us",
    "helplines.use_cancer",
    "helplines.use_crisis",
    "helplines.use_emergency",
    "helplines.use_poison",
    "helplines.use_team",
    "helplines.use_urgent",
    "helplines.use_young",
    "helplines.where",
    "keeping.forget_text",
    "keeping.forget_title",
    "keeping.forget_yes",
    "keeping.forgotten",
    "keeping.kept",
    "keeping.not_kept",
    "keeping.offer",
    "keeping.open",
    "kind_alone.text",
    "kind_alone.words",
    "kind_angry.text",
    "kind_angry.words",
    "kind_any.again",
    "kind_any.text",
    "kind_fear.text",
    "kind_fear.words",
    "kind_grief.text",
    "kind_grief.words",
    "kind_guilt.text",
    "kind_guilt.words",
    "kind_hopeless.text",
    "kind_hopeless.words",
    "layers.article",
    "layers.note",
    "layers.source",
    "looks.colours",
    "looks.colours_dark",
    "looks.colours_device",
    "looks.colours_light",
    "looks.contrast",
    "looks.contrast_normal",
    "looks.contrast_strong",
    "looks.size",
    "looks.size_large",
    "looks.size_larger",
    "looks.size_largest",
    "looks.size_normal",
    "looks.title",
    "no_help.text",
    "no_help.words",
    "not_covered.did_you_mean",
    "not_covered.injection",
    "not_covered.language",
    "not_covered.meta",
    "not_covered.near_miss",
    "not_covered.no_such_reference",
    "not_covered.off_topic",
    "not_covered.out_of_scope_medical",
    "not_dealt_with.words",
    "notices.acknowledgement",
    "notices.earlier_crisis",
    "notices.earlier_urgent",
    "notices.general_only",
    "notices.language",
    "notices.no_reference",
    "notices.partly_read_more",
    "notices.partly_read_one",
    "notices.review_due_more",
    "notices.review_due_one",
    "notices.support_also_more",
    "notices.support_also_one",
    "notices.support_not_checked_more",
    "notices.support_not_checked_one",
    "notices.support_not_found_more",
    "notices.support_not_found_one",
    "notices.support_partly_more",
    "notices.support_partly_one",
    "page.about",
    "page.about_this",
    "page.answer",
    "page.article",
    "page.asked",
    "page.back",
    "page.busy",
    "page.call",
    "page.call_in",
    "page.close",
    "page.conversation",
    "page.dialog_back",
    "page.empty",
    "page.failed",
    "page.forget",
    "page.from_link",
    "page.helplines",
    "page.input_label",
    "page.input_placeholder",
    "page.keep",
    "page.linked",
    "page.looks",
    "page.offline",
    "page.reload",
    "page.reminder",
    "page.renewed",
    "page.restart",
    "page.restoring",
    "page.retry",
    "page.send",
    "page.show_all",
    "page.started",
    "page.starting",
    "page.take",
    "page.testing",
    "page.text_to",
    "page.title",
    "page.too_long",
    "page.tools_conversation",
    "page.tools_reading",
    "page.undo",
    "page.waiting",
    "page.working",
    "passage.article",
    "passage.failed",
    "passage.gone",
    "passage.marked",
    "passage.note",
    "passage.number_label",
    "passage.references",
    "passage.return",
    "passage.source",
    "reply.more",
    "reply.no_number",
    "reply.printed_more",
    "reply.printed_one",
    "reply.reference",
    "reply.suggestions",
    "reply.understood",
    "support.after_crisis",
    "support.text",
    "take.failed",
    "take.filename",
    "take.heading",
    "take.index",
    "take.mine",
    "take.nothing",
    "take.print",
    "take.printed_on",
    "take.save",
    "take.text",
    "take.title",
    "thanks.text",
    "thanks.words",
    "unavailable.text",
    "urgent.if_now",
    "urgent.service_known",
    "urgent.service_unknown",
    "urgent.text",
    "urgent.unclear",
    "urgent_hospital.groups",
    "urgent_hospital.text",
    "urgent_life.groups",
    "urgent_life.text",
    "urgent_medicine.groups",
    "urgent_medicine.text",
    "urgent_poison.groups",
    "urgent_poison.text",
    "young.text",
    "young.words",
)
"""The entries the program reads. A test holds this list to the code."""
