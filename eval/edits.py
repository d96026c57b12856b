"""Edits of a quote's words, wrong ones and harmless ones. Each gives every text it can make.

What is drawn is drawn from the `random` that is handed over. All pure.
"""

import re
from collections.abc import Iterator
from random import Random

NEGATION = re.compile(r"\b(?:not|never|no|without|cannot)\b|n[’']t\b", re.IGNORECASE)
AFFIRMED = {
    "not": ("", "also"),
    "never": ("", "always"),
    "no": ("", "every"),
    "without": ("with", "even with"),
    "cannot": ("can", "can also"),
    "n't": ("", " indeed"),
}
"""A negation, and what may stand in its place once it is dropped."""
AUXILIARY = re.compile(r"\b(?:may|might|can|could|will|is|are|was|were|has|have|does|do)\b(?!['’])")
HEDGE = re.compile(r"\b(?:may|might|can|could)\b(?!['’])", re.IGNORECASE)
NUMBER = re.compile(r"\d+")
PAIRS = (
    *("more less", "most least", "small large", "tiny huge", "many few", "often rarely"),
    *("usually seldom", "early late", "earlier later", "before after", "first last", "new old"),
    *("good bad", "better worse", "near far", "close distant", "same different", "high low"),
    *("faster slower", "harder easier", "easily hardly", "grow shrink", "grows shrinks"),
    *("start stop", "started stopped", "starts stops", "survived died", "kill feed", "found lost"),
    *("resistant sensitive", "important unimportant", "successful unsuccessful"),
    *("likely unlikely", "able unable", "stable unstable", "possible impossible", "usual unusual"),
    *("main minor", "inside outside", "with without", "appear disappear", "return vanish"),
    *("all none", "every no", "some all", "helps harms", "help harm", "recent outdated"),
)
ANTONYM = {one: other for pair in PAIRS for one, other in (pair.split(), reversed(pair.split()))}
ENDINGS = (
    ", so it can always be cured.",
    ", which happens to nine in ten people.",
    ", and no further tests are needed.",
    ", unless the diet is changed at once.",
    ", as every doctor knows.",
    " but only in people over seventy.",
)
SUBJECTS = (
    *("Cancer stem cells", "Recurrent cancers", "Cells left behind after surgery"),
    *("Tumours that come back", "Chemotherapy and radiotherapy", "People whose cancer returned"),
    *("New cancer treatments", "Hidden groups of cancer cells", "The original treatments"),
    *("Scans and blood tests", "Cancers that spread", "Cells that resist treatment"),
)
CLAIMS = (
    *("always disappear within two years.", "can be prevented by eating less sugar (3)."),
    *("were never found in children (1).", "cause recurrence in 80 in 100 people."),
    *("do no harm as long as they are small (2).", "must be treated with a higher dose."),
    *("are passed on from parents to children (4).", "have nothing to do with recurrence."),
    *("grow back faster after a biopsy (5).", "are no longer a danger after five years (1)."),
)
APOSTROPHE, QUOTATION, DASH = re.compile("[’']"), re.compile('[“”"]'), re.compile("[-–—]")
MARKS = (("'", '"'), ("ʼ", "„"), ("‘", "‟"))
DASHES = "-‐‑–—−"
GAPS = ("...", "…", "[...]", "(…)")
INVISIBLE = "\u00ad\u200b\ufeff"
LIGATURES = {"ffi": "ﬃ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}


def negation_dropped(text: str, random: Random) -> Iterator[str]:
    """A negation is gone, or its opposite stands there."""
    del random
    for found in NEGATION.finditer(text):
        for instead in AFFIRMED[found[0].casefold().replace("’", "'")]:
            yield _tidy(text[: found.start()] + instead + text[found.end() :])


def negation_added(text: str, random: Random) -> Iterator[str]:
    """A "not" or "never" stands after an auxiliary verb."""
    for found in AUXILIARY.finditer(text):
        yield f"{text[: found.end()]} {random.choice(('not', 'never'))}{text[found.end() :]}"


def hedge_hardened(text: str, random: Random) -> Iterator[str]:
    """May, might, can or could becomes will."""
    del random
    for found in HEDGE.finditer(text):
        yield text[: found.start()] + _cased("will", found[0]) + text[found.end() :]


def number_changed(text: str, random: Random) -> Iterator[str]:
    """A number becomes another one, of as many digits or one more."""
    for found in NUMBER.finditer(text):
        others = [n for n in range(1, 10 ** len(found[0]) + 1) if n != int(found[0])]
        yield f"{text[: found.start()]}{random.choice(others)}{text[found.end() :]}"


def antonym(text: str, random: Random) -> Iterator[str]:
    """A word becomes its opposite."""
    del random
    for found in re.finditer(r"\b[A-Za-z]+\b", text):
        if opposite := ANTONYM.get(found[0].casefold()):
            yield text[: found.start()] + _cased(opposite, found[0]) + text[found.end() :]


def fragment_after_negation(text: str, random: Random) -> Iterator[str]:
    """True words from right after a negation to the end, and to two earlier places."""
    for found in NEGATION.finditer(text):
        words = text[found.end() :].split()
        for many in (
            len(words),
            *random.sample(range(4, len(words)), max(0, min(2, len(words) - 4))),
        ):
            if many >= 4:
                yield " ".join(words[:many])


def ending_invented(text: str, random: Random) -> Iterator[str]:
    """At least 100 true characters, or all but the last sign, and an invented end."""
    for begin in (text[: text.rfind(" ", 0, random.randint(108, 160))], text.rstrip(".")):
        if len(begin) >= 100 and begin != text:
            yield begin.rstrip(" ,") + random.choice(ENDINGS)


def words_left_out(text: str, random: Random) -> Iterator[str]:
    """Two to six words are gone, and three dots stand there."""
    words = text.split(" ")
    if len(words) > 8:
        at, many = random.randrange(1, len(words) - 7), random.randint(2, 6)
        yield " ".join([*words[:at], random.choice(GAPS), *words[at + many :]])


def fabricated(random: Random) -> Iterator[str]:
    """Sentences about the matter that stand nowhere."""
    claims = [f"{subject} {claim}" for subject in SUBJECTS for claim in CLAIMS]
    yield from random.sample(claims, len(claims))


def joined(text: str, other: str) -> str:
    """The beginning of `text` and the end of `other`, each about half."""
    first, last = text.split(" "), other.split(" ")
    return " ".join([*first[: (len(first) + 1) // 2], *last[(len(last) + 1) // 2 :]])


def marks_changed(text: str, random: Random) -> Iterator[str]:
    """All apostrophes and quotation marks are of another make."""
    del random
    for apostrophe, quotation in MARKS:
        yield QUOTATION.sub(quotation, APOSTROPHE.sub(apostrophe, text))


def dashes_changed(text: str, random: Random) -> Iterator[str]:
    """All dashes and hyphens are of another make."""
    del random
    yield from (DASH.sub(dash, text) for dash in DASHES)


def lines_wrapped(text: str, random: Random) -> Iterator[str]:
    """Lines end where words do; the next ones may be indented."""
    breaks = ("\n", "\r\n", " \n", "\n    ")
    yield _spaced(text, breaks, random, share=0.2)


def spaces_changed(text: str, random: Random) -> Iterator[str]:
    """Some spaces do not break, are narrow, or stand twice."""
    yield _spaced(text, ("\u00a0", "\u202f", "\u2009", "  ", "\t"), random, share=0.4)


def letters_typeset(text: str, random: Random) -> Iterator[str]:
    """What is copied out of a PDF: ligatures, soft hyphens, signs of no width, parted accents."""
    for letters, ligature in LIGATURES.items():
        if letters in text:
            yield text.replace(letters, ligature)
    at = random.choice([found.end() - 2 for found in re.finditer(r"\w{5,}", text)] or [0])
    yield f"{text[:at]}{random.choice(INVISIBLE)}{text[at:]}"


def _spaced(text: str, spaces: tuple[str, ...], random: Random, share: float) -> str:
    parts = re.split("( )", text)
    gaps = [at for at, part in enumerate(parts) if part == " "]
    chosen = random.sample(gaps, max(1, round(share * len(gaps)))) if gaps else []
    for at in chosen:
        parts[at] = random.choice(spaces)
    return "".join(parts)


def _tidy(text: str) -> str:
    """`text` without the spaces that a dropped word leaves."""
    return re.sub(" +", " ", text).strip()


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[0].isupper() else word
