"""The quote mutation bench: quotes that somebody edited, and what a checker lets through.

Every wrong edit must be refused. A harmless one, of typography alone, should be accepted. The
quotes are those that our own article and notes can give, and the edits are drawn from a fixed seed:
the same corpus gives the same bench.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot import Quote, quotes
from corpus import Corpus, Document
from eval import edits
from eval.measures import SEED, Figure, exact
from eval.tables import Table

SIZE = 120
"""Edits in a case, as many as that or all there are."""
UNCHANGED = "nothing changed"
"""The case of the true quotes themselves."""
LEAST = 100
"""With fewer edits a case says too little."""


class MutationError(ValueError):
    """The bench cannot be made or run; the message says why."""


@dataclass(frozen=True)
class Mutant:
    """A quote as somebody gives it: these words, of this document, with these numbers."""

    text: str
    document: Document
    references: tuple[int, ...]
    true: Quote
    """The quote that it was made from."""


@dataclass(frozen=True)
class Case:
    """One kind of edit."""

    name: str
    harmless: bool
    mutants: tuple[Mutant, ...]


@dataclass(frozen=True)
class Result:
    """How many of a case's mutants a checker accepted, with the exact interval of that share."""

    case: Case
    accepted: Figure

    @property
    def right(self) -> bool:
        """Whether the checker did what it should with every one."""
        return self.accepted.value == float(self.case.harmless)


Edit = Callable[[str, Random], Iterator[str]]

WRONG: Mapping[str, Edit] = {
    "a negation dropped": edits.negation_dropped,
    "a negation added": edits.negation_added,
    "may becomes will": edits.hedge_hardened,
    "a number changed": edits.number_changed,
    "an antonym": edits.antonym,
    "a true fragment after “not”": edits.fragment_after_negation,
    "an invented ending": edits.ending_invented,
    "words left out, with dots": edits.words_left_out,
}
HARMLESS: Mapping[str, Edit] = {
    "other quotation marks": edits.marks_changed,
    "other dashes": edits.dashes_changed,
    "lines wrapped": edits.lines_wrapped,
    "other spaces": edits.spaces_changed,
    "ligatures, soft hyphens": edits.letters_typeset,
}


def make_cases(corpus: Corpus, root: Path) -> tuple[Case, ...]:
    """Every case, made from the article and the notes of `corpus`. `root`: the project's folder.

    Raises `MutationError` when the corpus gives fewer than 100 edits of a kind. Pure.
    """
    own = [one for one in corpus.documents if one.layer != "source"]
    true = [Mutant(q.text, one, q.references, q) for one in own for q in quotes(one, root)]
    numbers = sorted(corpus.references.numbers)
    wrong = {
        **{name: _edited(true, edit, Random(SEED)) for name, edit in WRONG.items()},
        "two halves joined": _joined(true, Random(SEED)),
        "fabricated": _fabricated(true, Random(SEED)),
        "wrong reference": _numbered(true, numbers),
        "wrong document": _moved(true, own, Random(SEED)),
    }
    harmless = {name: _edited(true, edit, Random(SEED)) for name, edit in HARMLESS.items()}
    return (
        *(_case(name, False, mutants, true) for name, mutants in wrong.items()),
        _case(UNCHANGED, True, true, ()),
        *(_case(name, True, mutants, true) for name, mutants in harmless.items()),
    )


def judge(cases: Iterable[Case], accepts: Callable[[Mutant], bool]) -> tuple[Result, ...]:
    """What `accepts` does with the mutants of each case."""
    return tuple(
        Result(case, exact(sum(accepts(one) for one in case.mutants), len(case.mutants)))
        for case in cases
    )


def results_table(results: Sequence[Result]) -> Table:
    """A row for each case, with the exact 95 % interval (Clopper and Pearson), and two totals."""
    rows = [(one.case.name, one.case.harmless, one.accepted) for one in results]
    for name, harmless in (("all wrong ones", False), ("all harmless ones", True)):
        told = [one.accepted for one in results if one.case.harmless is harmless]
        accepted = sum(round(one.value * one.n) for one in told)
        rows.append((name, harmless, exact(accepted, sum(one.n for one in told))))
    cells = (
        (
            name,
            "accepted" if harmless else "refused",
            str(share.n),
            f"{share.value:.1%}",
            f"{share.low:.1%} to {share.high:.1%}",
        )
        for name, harmless, share in rows
    )
    return Table(("edit", "should be", "n", "accepted", "95 % interval"), tuple(cells))


def _case(name: str, harmless: bool, mutants: Iterable[Mutant], true: Sequence[Mutant]) -> Case:
    """The case with `SIZE` of the different `mutants` that are not among the `true` quotes."""
    known = {_said(one) for one in true}
    different = {_said(one): one for one in mutants if _said(one) not in known}
    if len(different) < LEAST:
        fault = f"the corpus gives {len(different)} edits of the kind {name!r}, {LEAST} are needed"
        raise MutationError(f"{fault}; add edits of that kind to eval/edits.py")
    drawn = Random(f"{SEED} {name}").sample([*different.values()], min(SIZE, len(different)))
    return Case(name, harmless, tuple(drawn))


def _said(mutant: Mutant) -> tuple[str, str, str, tuple[int, ...]]:
    return mutant.text, mutant.document.name, mutant.document.layer, mutant.references


def _edited(true: Iterable[Mutant], edit: Edit, random: Random) -> Iterator[Mutant]:
    for one in true:
        for text in edit(one.text, random):
            yield Mutant(text, one.document, one.references, one.true)


def _joined(true: Sequence[Mutant], random: Random) -> Iterator[Mutant]:
    for one in true:
        others = [other for other in true if other.document is one.document and other is not one]
        text = edits.joined(one.text, random.choice(others).text)
        yield Mutant(text, one.document, one.references, one.true)


def _fabricated(true: Sequence[Mutant], random: Random) -> Iterator[Mutant]:
    for text in edits.fabricated(random):
        one = random.choice(true)
        yield Mutant(text, one.document, one.references, one.true)


def _numbered(true: Iterable[Mutant], numbers: Sequence[int]) -> Iterator[Mutant]:
    """Real quotes with a number that is another's, one too many, or none."""
    for one in true:
        others = [number for number in numbers if number not in one.references]
        wrong: set[tuple[int, ...]] = {(), *((other,) for other in others)} - {one.references}
        wrong |= {tuple(sorted((*one.references, other))) for other in others}
        yield from (Mutant(one.text, one.document, told, one.true) for told in sorted(wrong))


def _moved(true: Sequence[Mutant], own: Sequence[Document], random: Random) -> Iterator[Mutant]:
    """Real quotes said to be of another document, which does not have them."""
    for one in true:
        document = random.choice([other for other in own if other is not one.document])
        if one.text not in document.text:
            number = document.name.removeprefix("ref-")
            told = (int(number),) if number.isdigit() else one.references
            yield Mutant(one.text, document, told, one.true)
