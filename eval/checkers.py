"""Quote checkers that the mutation bench can be pointed at: our proof, and anybody's callable.

A checker takes the words somebody gives as a quote, the text of the document they are said to stand
in, and the reference numbers shown for them; it gives back whether it would let them through.
"""

import importlib
from collections.abc import Callable

from bot import Quote, SavedAnswer, Verifier, named_quote
from eval.mutations import Mutant, MutationError
from settings import Settings


class Proof:
    """What our own program does with a quote that somebody else typed."""

    def __init__(self, settings: Settings) -> None:
        self._root = settings.root
        self._verifier = Verifier(settings)

    def shows(self, mutant: Mutant) -> bool:
        """Whether whole sentences are found for the words, and copied from the file hold.

        What would be shown are the file's own words. They must carry just the numbers given, and
        be without fault when they are verified.
        """
        quote = named_quote(mutant.text, mutant.document, self._root)
        return quote is not None and self._holds(quote, quote.text, mutant.references)

    def passes_saved(self, mutant: Mutant) -> bool:
        """Whether the words pass as they are, in a saved answer that is verified.

        They are saved at their own place in the document where they have one, else at that of the
        true quote. Not a character may differ: harmless edits do not pass.
        """
        document, true = mutant.document, mutant.true
        at = document.text.find(mutant.text)
        quote = true.model_copy(
            update={
                "path": document.path.resolve().relative_to(self._root.resolve()).as_posix(),
                "sha256": document.sha256,
                "document": document.name,
                "layer": document.layer,
                "start": true.start if at < 0 else at,
                "end": true.end if at < 0 else at + len(mutant.text),
            }
        )
        return self._holds(quote, mutant.text, mutant.references)

    def _holds(self, quote: Quote, text: str, references: tuple[int, ...]) -> bool:
        answer = {
            "contract": 1,
            "outcome": "answered",
            "statements": (),
            "quotes": ({**quote.model_dump(), "text": text, "references": references},),
            "references": tuple({"number": number} for number in references),
        }
        return not any(self._verifier.faults(SavedAnswer.model_validate(answer)))


def checker_named(name: str) -> Callable[[Mutant], bool]:
    """The checker that `name` ("module:callable") says, as the bench calls it.

    Imports the module. Raises `MutationError` when there is no such callable, and, when called,
    for whatever the checker raises: it is somebody else's code, anything may come.
    """
    module, _, attribute = name.partition(":")
    try:
        checker = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        fault = f"--checker {name!r} names nothing that can be called ({error})"
        raise MutationError(f"{fault}; write it as module:callable") from error
    if not callable(checker):
        raise MutationError(f"--checker {name!r} is no callable; write it as module:callable")

    def accepts(one: Mutant) -> bool:
        try:
            return bool(checker(one.text, one.document.text, one.references))
        except Exception as error:
            fault = f"--checker {name!r} raised {error!r} on {one.text[:60]!r}"
            raise MutationError(f"{fault}; mend it: it is to give True or False") from error

    return accepts
